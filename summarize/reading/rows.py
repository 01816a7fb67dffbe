"""Row: one record of an input and where it stands, decoded as late as possible. Nothing is opened here."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Row:
    """One record.

    Attributes:
        file: the file or data set, as the user called it.
        line: its line or row there, counted from 1.
        data: a line of JSON as bytes, the values by column, or the path of a text to be read; a worker
            decodes and reads, so that the one process that hands out rows has little to do.
        error: why there is no data.
    """

    file: str
    line: int
    data: bytes | dict[str, Any] | Path | None = None
    error: str = ""

    @property
    def where(self) -> str:
        """File and line, for messages and for `source`; the path alone for a text of its own."""
        return self.file if isinstance(self.data, Path) else f"{self.file}:{self.line}"

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


class Part(Protocol):
    """A file or a data set that gives rows.

    Attributes:
        name: as the user called it.
        size: what `position` counts up to, in whatever unit suits; 0 where nobody knows.
        position: how far it has been read.
    """

    name: str
    size: int
    position: int

    def rows(self) -> Iterator[Row]:
        """Yield the rows in order; a row that cannot be read is one with an error."""

    def identity(self) -> list[Any]:
        """Return what must be the same when a run is resumed, as JSON can hold it."""
