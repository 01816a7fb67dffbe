"""JSON Lines, CSV and TSV, plain or compressed (gzip, zstd), as rows; a broken line is a row that says so."""

from __future__ import annotations

import csv
import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from typing import IO, Any, cast

from summarize.errors import InputError, MissingDependencyError
from summarize.reading.rows import Row
from summarize.reading.storage import open_file, size_of

COMPRESSED = (".gz", ".zst")
# A line beyond this is no article; without a limit a file without line breaks would fill the memory.
MAX_LINE = 64 * 2**20
_BLOCK = 1 << 16
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ESCAPED = "".join(map(chr, range(0xDC80, 0xDD00)))  # how "surrogateescape" shows bytes that are not UTF-8


class LinePart:
    """A file of lines; what a line means is told by the children.

    Args:
        path: the file, its address, or "-" for standard input.
    """

    def __init__(self, path: str) -> None:
        self.name = "standard input" if path == "-" else path
        self._path = path
        self.size = 0 if path == "-" else size_of(path)
        self.position = 0

    def identity(self) -> list[Any]:
        """Return name and size: what the lines hold is told by their checksum."""
        return [self.name, self.size]

    def rows(self) -> Iterator[Row]:
        """Yield the rows in order."""
        raw = sys.stdin.buffer if self._path == "-" else open_file(self._path)
        line = 1
        with raw:
            try:
                with _decompressed(raw, self._path) as stream:
                    for row in self._rows(self._tracked(stream, raw)):
                        line = row.line + 1
                        yield row
            except (OSError, EOFError, zlib.error) as error:
                yield Row(self.name, line, error=f"the file breaks off here: {error}")
            except Exception as error:
                if (
                    type(error).__name__ != "ZstdError"
                ):  # its class is known only where zstandard is installed
                    raise
                yield Row(self.name, line, error=f"the file breaks off here: {error}")
        self.position = self.size

    def _rows(self, lines: Iterator[tuple[int, bytes | None]]) -> Iterator[Row]:
        raise NotImplementedError

    def _tracked(self, stream: IO[bytes], raw: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
        """Yield (number, line) and note how far the file has been read; None for a line beyond the limit."""
        for number, line in _lines(stream):
            if self.size and number % 64 == 0:
                self.position = raw.tell()
            yield number, line

    def _too_long(self, number: int) -> Row:
        return Row(self.name, number, error=f"the line is longer than {MAX_LINE >> 20} MiB")


class JsonLines(LinePart):
    """A JSON object a line. Blank lines are no rows."""

    def _rows(self, lines: Iterator[tuple[int, bytes | None]]) -> Iterator[Row]:
        for number, line in lines:
            if line is None:
                yield self._too_long(number)
            elif bare := line.strip():
                if number == 1 and bare.startswith(b"[") and self._path.endswith((".json", ".json.gz")):
                    raise InputError(
                        f"{self.name}: holds one JSON array; give an object a line: jq -c '.[]' {self.name}"
                    )
                yield Row(self.name, number, bare)


class Csv(LinePart):
    """Comma- or tab-separated values with a header; quoted fields may hold line breaks."""

    def __init__(self, path: str, delimiter: str) -> None:
        super().__init__(path)
        self._delimiter = delimiter

    def _rows(self, lines: Iterator[tuple[int, bytes | None]]) -> Iterator[Row]:
        csv.field_size_limit(MAX_LINE)
        long: list[int] = []
        last = 0

        def decoded() -> Iterator[str]:
            nonlocal last
            for number, line in lines:
                last = number
                if line is None:
                    long.append(number)
                else:
                    yield line.decode("utf-8", "surrogateescape")

        reader = csv.reader(decoded(), delimiter=self._delimiter)
        header: list[str] | None = None
        while True:
            first = last + 1
            try:
                fields = next(reader)
            except StopIteration:
                fields = None
            except csv.Error as error:
                yield Row(self.name, first, error=f"lines {first} to {last} are no CSV ({error})")
                continue
            while long:
                yield self._too_long(long.pop(0))
            if fields is None:
                return
            if header is None:
                header = fields
            elif fields:
                yield self._row(first, header, fields)

    def _row(self, line: int, header: list[str], fields: list[str]) -> Row:
        if len(fields) != len(header):
            return Row(self.name, line, error=f"has {len(fields)} fields, and the header has {len(header)}")
        if any(not field.isascii() and any(mark in field for mark in _ESCAPED) for field in fields):
            return Row(self.name, line, error="is not UTF-8")
        return Row(self.name, line, dict(zip(header, fields, strict=True)))


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Yield (number from 1, line), the line None where it is longer than any article."""
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(_BYTE_ORDER_MARK)
        if len(line) <= MAX_LINE:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE)
        yield number, None


def _decompressed(raw: IO[bytes], path: str) -> IO[bytes]:
    if path.endswith(".gz"):
        # A GzipFile buffers, and gives the rows before a break; its type is not declared as IO.
        return cast("IO[bytes]", gzip.GzipFile(fileobj=raw))
    if path.endswith(".zst"):
        try:
            import zstandard
        except ImportError as error:
            raise MissingDependencyError(
                f"{path}: zstd needs zstandard: pip install 'summarize-toolkit[batch]'"
            ) from error
        reader = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)
        return io.BufferedReader(reader, _BLOCK)
    return raw
