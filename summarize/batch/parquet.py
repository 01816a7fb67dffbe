"""Rows of JSON Lines -> a Parquet file, a group of rows in memory at a time; same rows, same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
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

    schema, texts = _schema(lines)
    with parquet.ParquetWriter(output, schema, compression="zstd") as writer:
        group: list[dict[str, Any]] = []
        for record in _records(lines):
            for name in texts:
                if record.get(name) is not None and not isinstance(record[name], str):
                    record[name] = json.dumps(record[name], ensure_ascii=False)
            group.append(_valid(record))
            if len(group) == GROUP:
                writer.write_table(pa.Table.from_pylist(group, schema))
                group.clear()
        if group:
            writer.write_table(pa.Table.from_pylist(group, schema))


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


def _schema(lines: Path) -> tuple[Any, list[str]]:
    """Return the schema, and the columns whose values are of several kinds and become text."""
    import pyarrow as pa

    kinds: dict[str, set[type]] = {}
    with_text = False
    for record in _records(lines):
        for name, value in record.items():
            kinds.setdefault(name, set())
            if value is not None:
                large = type(value) is int and not -_LARGEST <= value < _LARGEST
                kinds[name].add(object if large else type(value))
        with_text = with_text or _has_text(record)
    fixed = _fixed(with_text, str in kinds.get("headline", ()) or "schema" not in kinds)
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
    return pa.schema(fields), texts


def _has_text(record: dict[str, Any]) -> bool:
    lines = [line for style in ("bullets", "wysk") for line in record.get(style) or ()]
    return any("text" in found for line in lines if isinstance(line, dict) for found in line["evidence"])


def _fixed(with_text: bool, compact: bool) -> dict[str, Any]:
    """The types of what every brief holds."""
    import pyarrow as pa

    text, number, texts = pa.string(), pa.int64(), pa.list_(pa.string())
    if compact:
        return {"headline": text, "bullets": texts, "wysk": texts, "signature": text}
    place = {"sentence": number, "start": number, "end": number, "score": pa.float64()}
    evidence = pa.struct(list((place | ({"text": text} if with_text else {})).items()))
    flag = pa.struct([("start", number), ("end", number), ("kind", text), ("sentence", number)])
    line = pa.struct([("text", text), ("evidence", pa.list_(evidence)), ("flags", pa.list_(flag))])
    document = pa.struct([("characters", number), ("sentences", number), ("sha256", text)])
    strings = dict.fromkeys(("schema", "source", "title", "language", "summarizer", "signature"), text)
    return strings | {
        "headline": line,
        "bullets": pa.list_(line),
        "wysk": pa.list_(line),
        "reference": texts,
        "coverage": pa.float64(),
        "notes": texts,
        "document": document,
    }
