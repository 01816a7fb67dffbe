"""Rows of JSON Lines -> a Parquet file, a group of rows in memory at a time; same rows, same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

GROUP = 4096  # rows
_LARGEST = 1 << 63


def pack(lines: Path, output: Path) -> None:
    """Write the rows of a file of JSON Lines as Parquet.

    What a brief holds has fixed types. A column that was carried along is of the one type that all its
    values have (text, integer, number or truth value); where they differ, it is text and holds JSON.

    Raises:
        OSError: where the disk is full, for one.
    """
    import pyarrow as pa
    import pyarrow.parquet as parquet

    schema, texts, nested = _schema(lines)
    with parquet.ParquetWriter(output, schema, compression="zstd") as writer:
        group: list[dict[str, Any]] = []
        for record in _records(lines):
            _spell_out(record, texts)
            for article in _articles(record):
                _spell_out(article, nested)
            group.append(_valid(record))
            if len(group) == GROUP:
                writer.write_table(pa.Table.from_pylist(group, schema))
                group.clear()
        if group:
            writer.write_table(pa.Table.from_pylist(group, schema))


def _spell_out(record: dict[str, Any], names: Sequence[str]) -> None:
    """Write the values of columns that hold several kinds as JSON."""
    for name in names:
        if record.get(name) is not None and not isinstance(record[name], str):
            record[name] = json.dumps(record[name], ensure_ascii=False)


def _articles(record: dict[str, Any]) -> list[dict[str, Any]]:
    """What a story carries along of each of its articles; nothing for a single article's row."""
    found: list[dict[str, Any]] = record.get("articles", [])
    return found


def _records(lines: Path) -> Iterator[dict[str, Any]]:
    with open(lines, "rb") as file:
        for line in file:
            yield json.loads(line)


def _valid(value: Any) -> Any:
    """Replace lone surrogates, which JSON can escape and UTF-8 cannot hold."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_valid(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _valid(entry) for key, entry in value.items()}
    return value


def _schema(lines: Path) -> tuple[Any, list[str], list[str]]:
    """Return the schema, and the columns whose values are of several kinds and become text.

    The last are those of the articles of stories.
    """
    import pyarrow as pa

    kinds: dict[str, set[type]] = {}
    nested: dict[str, set[type]] = {}
    with_text = False
    for record in _records(lines):
        _count_kinds(record, kinds)
        for article in _articles(record):
            _count_kinds(article, nested)
        with_text = with_text or _has_text(record)
    compact = str in kinds.get("headline", ()) or "schema" not in kinds
    fixed = _fixed(with_text, compact, bool(nested))
    carried, texts = _fields(nested, {})
    if nested:
        fixed["articles"] = pa.list_(pa.struct(carried))
    fields, several = _fields(kinds, fixed)
    return pa.schema(fields), several, texts


def _count_kinds(record: dict[str, Any], kinds: dict[str, set[type]]) -> None:
    for name, value in record.items():
        kinds.setdefault(name, set())
        if value is not None:
            large = type(value) is int and not -_LARGEST <= value < _LARGEST
            kinds[name].add(object if large else type(value))


def _fields(kinds: dict[str, set[type]], fixed: dict[str, Any]) -> tuple[list[Any], list[str]]:
    """Return the columns with their types, and the names of those that become text."""
    import pyarrow as pa

    single = {bool: pa.bool_(), int: pa.int64(), float: pa.float64(), str: pa.string()}
    fields, texts = [], []
    for name, found in kinds.items():
        if name in fixed:
            fields.append(pa.field(name, fixed[name]))
        elif found == {int, float}:
            fields.append(pa.field(name, pa.float64()))
        elif len(found) == 1 and (kind := next(iter(found))) in single:
            fields.append(pa.field(name, single[kind]))
        else:
            fields.append(pa.field(name, pa.string()))
            texts.append(name)
    return fields, texts


def _has_text(record: dict[str, Any]) -> bool:
    lines = [line for style in ("bullets", "wysk") for line in record.get(style) or ()]
    return any("text" in found for line in lines if isinstance(line, dict) for found in line["evidence"])


def _fixed(with_text: bool, compact: bool, stories: bool) -> dict[str, Any]:
    """The types of what every brief holds; lines of stories name their documents."""
    import pyarrow as pa

    text, number, texts = pa.string(), pa.int64(), pa.list_(pa.string())
    if compact:
        return {"headline": text, "bullets": texts, "wysk": texts, "signature": text}
    of = [("document", number)] if stories else []
    place = [("sentence", number), ("start", number), ("end", number), ("score", pa.float64()), *of]
    evidence = pa.struct([*place, *([("text", text)] if with_text else [])])
    flag = pa.struct([("start", number), ("end", number), ("kind", text), ("sentence", number), *of])
    line = pa.struct([("text", text), ("evidence", pa.list_(evidence)), ("flags", pa.list_(flag))])
    size = [("characters", number), ("sentences", number), ("sha256", text)]
    told = [(name, text) for name in ("source", "title", "published", "outlet")]
    strings = dict.fromkeys(("schema", "source", "title", "language", "summarizer", "signature"), text)
    return strings | {
        "headline": line,
        "bullets": pa.list_(line),
        "wysk": pa.list_(line),
        "reference": texts,
        "coverage": pa.float64(),
        "notes": texts,
        "document": pa.struct(size),
        "others": pa.list_(pa.struct([*told, *size])),
        "disagreements": pa.list_(line),
    }
