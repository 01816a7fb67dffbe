"""Files of lines, plain or compressed, as rows: JSON Lines and JSON documents; `delimited` reads CSV.

A line that is broken is a row that says so; a file that breaks off is an error behind its last row.
"""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from summarize.errors import DamagedInputError, InputError
from summarize.reading.columns import Columns
from summarize.reading.formats.decode import encoding_of
from summarize.reading.rows import HEAD, Row, settled
from summarize.reading.storage import is_damage, is_stream, open_input, size_of, unpacked

# A line beyond this is no article; without a limit a file without line breaks would fill the memory.
MAX_LINE = 64 * 2**20
SAMPLE = 1 << 16
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# Where a JSON document that is an object keeps its rows, as a server's answer does.
_LISTS = ("articles", "data", "items", "results", "documents", "rows", "records", "news", "docs", "entries")
_GAP = re.compile(r"[\s,]*")
_OPENING = re.compile(r'\s*\{\s*\n\s*"')


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the files of lines are written; None recognises it by their beginning.

    Attributes:
        delimiter: between the fields of a CSV file, one character.
        encoding: as Python calls it.
    """

    delimiter: str | None = None
    encoding: str | None = None


UNKNOWN = Dialect()


class LineFile:
    """A file of lines; what a line means is told by the children.

    Args:
        path: the file, its address, or "-" for standard input.
        dialect: how it is written.
    """

    legacy_encodings = True

    def __init__(self, path: str, dialect: Dialect = UNKNOWN) -> None:
        self.name = "standard input" if path == "-" else path
        self._path = path
        self._dialect = dialect
        self.size = 0 if is_stream(path) else size_of(path)
        self.position = 0

    def identity(self) -> list[Any]:
        """Return name and size: what the lines hold is told by their checksum."""
        return [self.name, self.size]

    def rows(self, asked: Columns | None = None) -> Iterator[Row]:
        """Yield the rows in order; see `RowSource`."""
        # A pipe may be a slow feed, of which no row must wait for others.
        return settled(self._read(), asked, self.name, 1 if is_stream(self._path) else HEAD)

    def _read(self) -> Iterator[Row]:
        line = 1
        try:
            with open_input(self._path) as raw:
                for row in self._rows(self._recoded(unpacked(raw, self.name)), raw):
                    line = row.line + 1
                    yield row
        except Exception as error:
            if is_damage(error):
                message = f"{self.name}:{line}: the file breaks off here: {error}"
                raise DamagedInputError(message, line) from error
            if isinstance(error, OSError):
                raise InputError(f"{self.name}:{line}: could not be read any further: {error}") from error
            raise
        self.position = self.size

    def _recoded(self, stream: io.BufferedReader) -> io.BufferedReader:
        """Return a stream as UTF-8 whose lines end in line feeds; an old Macintosh has carriage returns."""
        sample = stream.peek(SAMPLE)
        found = self._dialect.encoding or encoding_of(sample, self.legacy_encodings)
        newline = None if b"\r" in sample and b"\n" not in sample else "\n"
        if found == "utf-8" and newline:
            return stream
        return io.BufferedReader(Recoded(stream, found, newline), SAMPLE)

    def _rows(self, stream: io.BufferedReader, raw: IO[bytes]) -> Iterator[Row]:
        raise NotImplementedError

    def _lines(self, stream: IO[bytes], raw: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
        """Yield (number from 1, line) and note how far the file is read; None for a line that is too long."""
        number = 0
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            if number == 1:
                line = line.removeprefix(_BYTE_ORDER_MARK)
            if self.size and number % 64 == 0:
                self.position = raw.tell()
            if len(line) <= MAX_LINE:
                yield number, line
                continue
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE)
            yield number, None

    def _too_long(self, number: int) -> Row:
        return Row(self.name, number, error=f"the line is longer than {MAX_LINE >> 20} MiB")


class Recoded(io.RawIOBase):
    """A stream in another encoding as one in UTF-8; bytes that mean nothing in it stay, and are no UTF-8."""

    def __init__(self, stream: io.BufferedReader, encoding: str, newline: str | None) -> None:
        wide = encoding.lower().startswith(("utf-16", "utf-32", "utf_16", "utf_32"))
        self._errors = "surrogatepass" if wide else "surrogateescape"
        try:
            "".encode(encoding)  # which refuses what is a codec, but of no text
            decoder: Any = codecs.getincrementaldecoder(encoding)(self._errors)
        except LookupError as error:
            raise InputError(f"no encoding is called {encoding!r}; try utf-8, utf-16 or cp1252") from error
        self._decoder = decoder if newline else io.IncrementalNewlineDecoder(decoder, translate=True)
        self._stream = stream
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and not self._ended:
            # What has come, and no more: a row must not wait for those behind it.
            data = self._stream.read1(SAMPLE)
            self._ended = not data
            self._ready = self._decoder.decode(data, self._ended).encode("utf-8", self._errors)
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count


class JsonLines(LineFile):
    """A JSON object a line, blank lines being no rows; or one JSON document that holds a list of objects."""

    legacy_encodings = False  # JSON is UTF-8 by its standard, or says that it is UTF-16

    def _rows(self, stream: io.BufferedReader, raw: IO[bytes]) -> Iterator[Row]:
        start = stream.peek(SAMPLE)[:SAMPLE].removeprefix(_BYTE_ORDER_MARK).decode("utf-8", "replace")
        if start.lstrip().startswith("["):
            yield from self._array(io.TextIOWrapper(stream, "utf-8-sig", "surrogateescape"))
        elif _OPENING.match(start) or self._is_answer(start):
            yield from self._document(stream)
        else:
            for number, line in self._lines(stream, raw):
                if line is None:
                    yield self._too_long(number)
                elif bare := line.strip():
                    yield Row(self.name, number, bare)

    def _is_answer(self, start: str) -> bool:
        """Tell whether this is a server's answer on one line, with a list of articles in it."""
        line, _, rest = start.partition("\n")
        listed = re.search(rf'"(?:{"|".join(_LISTS)})"\s*:\s*\[\s*\{{', line)
        return (
            listed is not None
            and not rest.strip()
            and not re.search(r'"(?:text|article)"\s*:', line[: listed.start()])
        )

    def _array(self, text: IO[str]) -> Iterator[Row]:
        """Yield the items of one array, of which only the one that is read is in memory."""
        decode = json.JSONDecoder().raw_decode
        waiting, at, number = text.read(SAMPLE), 0, 1
        at = waiting.index("[") + 1
        while True:
            at = _GAP.match(waiting, at).end()  # type: ignore[union-attr]
            if waiting.startswith("]", at):
                return
            try:
                item, at = decode(waiting, at)
            except (ValueError, RecursionError) as error:
                # It may only not be whole yet; reading as much again keeps this linear.
                waiting, at = waiting[at:], 0
                more = text.read(max(SAMPLE, len(waiting)))
                if not more or len(waiting) > MAX_LINE:
                    message = f"{self.name}:{number}: the array breaks off here: {error}"
                    raise DamagedInputError(message, number) from error
                waiting += more
                continue
            yield self._item(number, item)
            number += 1

    def _document(self, stream: IO[bytes]) -> Iterator[Row]:
        data = stream.read(MAX_LINE + 1)
        if len(data) > MAX_LINE:
            yield self._too_long(1)
            return
        try:
            document = json.loads(data.removeprefix(_BYTE_ORDER_MARK))
        except (ValueError, RecursionError) as error:
            raise DamagedInputError(f"{self.name}: is no JSON: {error}", 1) from error
        listed = next((document[name] for name in _LISTS if isinstance(document.get(name), list)), [document])
        for number, item in enumerate(listed, 1):
            yield self._item(number, item)

    def _item(self, number: int, item: Any) -> Row:
        if isinstance(item, dict):
            return Row(self.name, number, item)
        return Row(self.name, number, error=f"holds a JSON {type(item).__name__}, not an object")


def text_lines(path: str) -> Iterator[tuple[str, str | None]]:
    """Yield "file:line" and text of each line of a file, compressed or not; None where it is not UTF-8.

    Raises:
        InputError: where the file cannot be read, or breaks off.
    """
    for row in _Texts(path).rows():
        try:
            yield row.where, None if row.error else row.data.decode("utf-8")  # type: ignore[union-attr]
        except UnicodeDecodeError:
            yield row.where, None


class _Texts(LineFile):
    def _rows(self, stream: io.BufferedReader, raw: IO[bytes]) -> Iterator[Row]:
        for number, line in self._lines(stream, raw):
            yield self._too_long(number) if line is None else Row(self.name, number, line.rstrip(b"\r\n"))
