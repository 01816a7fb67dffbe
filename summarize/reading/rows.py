"""Row: one record of an input and where it stands, decoded as late as possible; and the article in it."""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from summarize.errors import EmptyTextError, InputError
from summarize.reading.columns import ID_COLUMNS, Columns, as_text, find_column

HEAD = 20  # rows looked at before the columns are settled
_HEAD_BYTES = 1 << 20
_MARKUP = re.compile(r"<(?:br|p|hr)\s*/?>|</(?:p|div|a|span|strong|em|b|i|ul|ol|li|h[1-6]|blockquote)>", re.I)


@dataclass(frozen=True, slots=True)
class Row:
    """One record.

    Attributes:
        file: the file or data set, as the user called it.
        line: its line or row there, counted from 1.
        data: a line of JSON as bytes, the values by column, or the path of a text to be read; a worker
            decodes and reads, so that the one process that hands out rows has little to do.
        error: why there is no data, or none that can be summarized.
        columns: which columns hold what in this file, where that is settled.
    """

    file: str
    line: int
    data: bytes | dict[str, Any] | Path | None = None
    error: str = ""
    columns: Columns | None = None

    @property
    def bytes(self) -> int:
        """About how much memory it takes."""
        if isinstance(self.data, dict):
            return sum(len(value) for value in self.data.values() if isinstance(value, str | bytes))
        return len(self.data) if isinstance(self.data, bytes) else 0

    @property
    def where(self) -> str:
        """File and line, for messages and for `source`; the path alone for a text of its own."""
        return self.file if isinstance(self.data, Path) else f"{self.file}:{self.line}"

    def values(self) -> dict[str, Any]:
        """Return the values by column.

        Raises:
            InputError: for a row that is none, saying why.
        """
        if isinstance(self.data, dict):
            return self.data
        if not isinstance(self.data, bytes):
            raise InputError(self.error or "is a text of its own")
        try:
            values = json.loads(self.data.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise InputError(
                f"is not UTF-8: byte {error.start}: {error.reason}; name its encoding with --encoding"
            ) from error
        except (ValueError, RecursionError) as error:
            raise InputError(f"is no JSON: {error}") from error
        if not isinstance(values, dict):
            raise InputError(f"holds a JSON {type(values).__name__}, not an object")
        return values

    def digest(self, before: int) -> int:
        """Return the running checksum of an input behind this row, from the one before it."""
        if isinstance(self.data, bytes):
            return zlib.crc32(self.data, before)
        if isinstance(self.data, Path):
            try:
                status = os.stat(self.data)
                known = f"{self.data}|{status.st_size}|{status.st_mtime_ns}"
            except OSError:
                known = str(self.data)
        else:
            known = repr(self.data) + self.error
        return zlib.crc32(known.encode("utf-8", "surrogatepass"), before)


class RowSource(Protocol):
    """A file or a data set that gives rows.

    Attributes:
        name: as the user called it.
        size: what `position` counts up to, in whatever unit suits; 0 where nobody knows.
        position: how far it has been read.
    """

    name: str
    size: int
    position: int

    def rows(self, asked: Columns | None = None) -> Iterator[Row]:
        """Yield the rows in order; a row that cannot be read is one with an error.

        Args:
            asked: what to look for: the rows then know their columns, and other columns may be left unread.
                None gives all columns, and settles nothing.

        Raises:
            InputError: where the file has no such columns, or cannot be read any further for now.
            DamagedInputError: where the file is damaged or not complete, behind its last whole row.
        """

    def identity(self) -> list[Any]:
        """Return what must be the same when a run is resumed, as JSON can hold it."""


def settled(rows: Iterator[Row], asked: Columns | None, name: str, most: int = HEAD) -> Iterator[Row]:
    """Yield rows that know their columns, which the first of them tell.

    Raises:
        InputError: where the columns that are asked for are in none of the first rows.
    """
    if asked is None:
        yield from rows
        return
    head: list[Row] = []
    samples: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        head.append(row)
        size += len(row.data) if isinstance(row.data, bytes) else 0
        with suppress(InputError):  # which is told when its turn comes
            samples.append(row.values())
        if len(head) >= most or size > _HEAD_BYTES:
            break
    if head and not samples and len(head) == HEAD:
        raise InputError(
            f"{name}: none of the first {HEAD} rows can be read; {head[0].where}: {_wrong(head[0])}; "
            "--delimiter and --encoding say how a table is written"
        )
    columns = settle(asked, samples, name) if samples else None
    for row in chain(head, rows):
        yield Row(row.file, row.line, row.data, row.error, columns)


def settle(
    asked: Columns, samples: list[dict[str, Any]], name: str, names: list[str] | None = None
) -> Columns:
    """Return the columns of a file.

    Raises:
        InputError: where they are not there, with the name of the file.
    """
    try:
        return asked.settle(samples, names or ())
    except InputError as error:
        raise InputError(f"{name}: {error}") from error


def _wrong(row: Row) -> str:
    try:
        row.values()
    except InputError as error:
        return str(error)
    return ""


class Article(NamedTuple):
    """What a row says of its article.

    Attributes:
        id: as the row has it, or file and line.
        text: without markup.
        title: its headline, or None.
        values: all columns that were read.
        columns: which of them hold what.
    """

    id: Any
    text: str
    title: str | None
    values: dict[str, Any]
    columns: Columns


def article_of(row: Row, asked: Columns) -> Article:
    """Return the article in a row.

    Args:
        row: a record, not a path.
        asked: the columns to look for where the row does not have those of its file.

    Raises:
        InputError: with what is wrong with the row.
    """
    values = row.values()
    columns = row.columns
    if columns is None or columns.text not in values:
        columns = asked.settle([values])
    found = values[columns.text or ""]
    text = as_text(found)
    if text is None:
        raise InputError(f"column {columns.text!r} holds no text but {type(found).__name__}")
    if not text.strip():
        raise EmptyTextError(f"column {columns.text!r} is empty")
    title = values.get(columns.title or "")
    title = " ".join(title.split()) if isinstance(title, str) else None
    if "<" in text and _MARKUP.search(text):
        from summarize.reading.formats.pages import from_html

        page = from_html(text, row.where, force=True)  # a row claims to be an article
        text, title = page.text, title or page.title
    return Article(id_of(row, values, columns), text, title or None, values, columns)


def id_of(row: Row, values: dict[str, Any], columns: Columns) -> Any:
    """Return the id that a row has, or file and line where it has none."""
    column = columns.id if columns.id is not None else find_column(values, ID_COLUMNS)
    found = values.get(column) if column is not None else None
    return row.where if found is None else found
