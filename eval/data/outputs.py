"""Reads what systems wrote, to be scored: line by line, or from a column; several systems and references.

Systems and references meet by id where all have ids, else in order. Nothing is summarized here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarize.errors import InputError
from summarize.reading.columns import ID_COLUMNS, SUMMARY_COLUMNS, TEXT_COLUMNS, find_column
from summarize.reading.inputs import COLUMNAR, LINES, TABLES, kind_of, open_inputs
from summarize.reading.lines import text_lines

OUTPUT_COLUMNS = ("prediction", "output", "generated", "hypothesis", "candidate", "bullets", "wysk")
REFERENCE_COLUMNS = ("reference", "references")
_NAMES = {
    "output": (*OUTPUT_COLUMNS, *SUMMARY_COLUMNS),
    "reference": (*REFERENCE_COLUMNS, *SUMMARY_COLUMNS),
    "source": TEXT_COLUMNS,
}


@dataclass
class Texts:
    """The texts of one file.

    Attributes:
        name: the file's name without its endings.
        texts: one entry for each row; several texts where the column holds a list of them.
        ids: their ids, or None where the file has none.
        articles: the articles they are of, where the file has them too, or None.
        problems: one message for each row that was skipped.
        lined: whether a text of this file can hold line breaks.
    """

    name: str
    texts: list[tuple[str, ...]]
    ids: list[str] | None = None
    articles: list[str] | None = None
    problems: list[str] = field(default_factory=list)
    lined: bool = True


def read_texts(path: str, column: str | None = None, what: str = "output") -> Texts:
    """Read a file of outputs, references or articles.

    Args:
        path: a table or JSON Lines, as `summarize batch` reads them, hold a text a row; others a line.
        column: the column to read; None finds it by its usual name.
        what: "output", "reference" or "source": whose usual names a column is found by. A list is several
            references, else the lines of one text.

    Raises:
        InputError: where the file or the column is not there, or nothing in it can be read.
    """
    if not Path(path).is_file():
        raise InputError(f"{path}: there is no such file")
    name = Path(path.removesuffix(".gz").removesuffix(".zst")).stem
    if kind_of(path) not in (*LINES, *TABLES, *COLUMNAR):
        return _plain(path, name)
    names = _NAMES[what]
    found = Texts(name, [], [], [])
    text_column: str | None = None
    [source] = open_inputs([path])
    for row in source.rows():
        try:
            values = row.values()
        except InputError as error:
            found.problems.append(f"{row.where}: {error}")
            continue
        text_column = text_column or _column(path, values, column, names)
        texts = _texts(values.get(text_column), several=what == "reference")
        if texts is None:
            found.problems.append(f"{row.where}: column {text_column!r} holds no text")
            continue
        found.texts.append(texts)
        _note(found, values, text_column)
    if not found.texts:
        first = f"; first problem: {found.problems[0]}" if found.problems else ""
        raise InputError(f"{path}: holds no text that can be read{first}")
    return found


def align(systems: Sequence[Texts], references: Sequence[Texts]) -> tuple[list[Texts], list[tuple[str, ...]]]:
    """Put systems and references in one order, the first reference file's.

    Args:
        systems: one file each.
        references: one file or more; each document has the references of all of them.

    Returns:
        The systems, and the references of each document.

    Raises:
        InputError: where they do not fit: other numbers, other ids, or skipped rows without ids.
    """
    files = [*systems, *references]
    if all(file.ids is not None and len(set(file.ids)) == len(file.ids) for file in files):
        wanted = references[0].ids or []
        files = [_in_order(file, wanted) for file in files]
    else:
        _require_same_order(files)
    ordered = files[: len(systems)]
    texts = [
        sum(several, ()) for several in zip(*(file.texts for file in files[len(systems) :]), strict=True)
    ]
    return ordered, texts


def _plain(path: str, name: str) -> Texts:
    found = Texts(name, [], lined=False)
    for where, text in text_lines(path):
        if text is None:
            raise InputError(f"{where}: is not UTF-8, and lines without ids cannot be skipped")
        found.texts.append((text,))
    if not found.texts:
        raise InputError(f"{path}: the file is empty")
    return found


def _column(path: str, values: dict[str, Any], asked: str | None, names: Iterable[str]) -> str:
    if asked is not None and asked not in values:
        raise InputError(f"{path}: no column is called {asked!r}; there are {', '.join(values)}")
    found = asked or find_column(values, names)
    if found is None:
        raise InputError(
            f"{path}: no column looks like what is wanted; name one of {', '.join(values)} with "
            "--column, --reference-column or --source-column"
        )
    return found


def _texts(value: Any, several: bool) -> tuple[str, ...] | None:
    """Return the texts of a cell: for a reference a list is several, for an output it is lines of one.

    Lines may be strings, or objects with a "text", as in the toolkit's own JSON.
    """
    if isinstance(value, dict):
        value = value.get("text")
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        return None
    lines = [line.get("text") if isinstance(line, dict) else line for line in value]
    texts = tuple(line for line in lines if isinstance(line, str))
    if len(texts) < len(lines):
        return None
    return texts if several else ("\n".join(texts),)


def _note(found: Texts, values: dict[str, Any], text_column: str) -> None:
    """Keep the id and the article of a row; a file where one row has none has none."""
    number = values.get(find_column(values, ID_COLUMNS) or "")
    found.ids = _longer(found.ids, None if number is None else str(number))
    others = [name for name in values if name != text_column]
    article = values.get(find_column(others, TEXT_COLUMNS) or "")
    found.articles = _longer(found.articles, article if isinstance(article, str) else None)


def _longer(texts: list[str] | None, text: str | None) -> list[str] | None:
    if texts is None or text is None:
        return None
    texts.append(text)
    return texts


def _in_order(file: Texts, ids: list[str]) -> Texts:
    index = {number: place for place, number in enumerate(file.ids or [])}
    if missing := [number for number in ids if number not in index]:
        raise InputError(f"{file.name} lacks {len(missing)} of {len(ids)} ids, {missing[0]!r} first")
    places = [index[number] for number in ids]
    articles = [file.articles[place] for place in places] if file.articles else None
    return Texts(file.name, [file.texts[p] for p in places], ids, articles, file.problems, file.lined)


def _require_same_order(files: Sequence[Texts]) -> None:
    for file in files:
        if file.problems:
            raise InputError(
                f"{file.problems[0]}: without ids in every file a row cannot be skipped; fix it or add ids"
            )
        if len(file.texts) != len(files[-1].texts):
            counts = ", ".join(f"{other.name} {len(other.texts)}" for other in files)
            raise InputError(
                f"the files have different numbers of texts: {counts}; they are compared row by row"
            )
