"""A row -> a line of output, or of the errors file. The same here, in a worker process and on a cluster.

Nothing is read but texts that a row only names; nothing is written.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from summarize.errors import Failure, InputError, MissingDependencyError, ModelError
from summarize.reading.columns import Columns
from summarize.reading.dated import TELLING_COLUMNS
from summarize.reading.rows import Article, Row, article_of, id_of

if TYPE_CHECKING:
    from summarize.brief import Brief
    from summarize.document import Document

# What a brief's row may hold; a column that is carried along must not be called so.
BRIEF_KEYS = frozenset(
    (
        "schema", "source", "title", "language", "headline", "bullets", "wysk", "reference", "summarizer",
        "signature", "coverage", "notes", "document", "id", "others", "disagreements", "developments",
        "published", "outlet", "text", "articles",
    )
)  # fmt: skip

_SKIPPED = "left out as --skip asked"


@dataclass(frozen=True)
class BatchSettings:
    """What decides the output: same settings and same rows give the same bytes.

    Attributes:
        summarizer: a registered name.
        options: keywords of its constructor.
        styles: names of the styles to write.
        bullets: how many bullets at most; None for three.
        language: ISO 639-1 code, or "auto".
        text, title, id: the columns that hold them; None finds them by their usual names.
        carry: columns to carry along, name in the input -> name in the output.
        evidence: write the text of the source sentences too.
        compact: write lines as plain strings, without evidence.
        strict: replace or leave out lines that the article does not support.
        skip: ids, paths or FILE:LINE of rows to be left out as errors; may differ when a run is resumed.
        cluster: write a brief for each story that rows tell, instead of one for each row.
    """

    summarizer: str
    options: dict[str, Any] = field(default_factory=dict)
    styles: tuple[str, ...] = ("headline", "bullets", "wysk")
    bullets: int | None = None
    language: str = "auto"
    text: str | None = None
    title: str | None = None
    id: str | None = None
    carry: dict[str, str] = field(default_factory=dict)
    evidence: bool = False
    compact: bool = False
    strict: bool = False
    skip: frozenset[str] = frozenset()
    cluster: bool = False

    @property
    def identity(self) -> dict[str, Any]:
        """What must be the same when a run is resumed, as JSON can hold it."""
        return {name: value for name, value in asdict(self).items() if name != "skip"}

    @property
    def columns(self) -> Columns:
        """The columns to look for."""
        telling = TELLING_COLUMNS if self.cluster else ()
        return Columns(self.text, self.title, self.id, also=(*self.carry, *telling))

    @property
    def in_threads(self) -> bool:
        """Whether threads may work on rows side by side."""
        from summarize.registry import find

        return not self.cluster and find(self.summarizer).in_threads

    @property
    def batch_size(self) -> int:
        """How many rows to hand over at once, as far as it is known before the summarizer is loaded."""
        from summarize.registry import find

        return 1 if self.cluster else find(self.summarizer).batch_size


@dataclass(frozen=True, slots=True)
class StoryRow(Row):
    """The rows that tell one story, as one; file, line and data are those of the first.

    Attributes:
        members: all of them, in the order of the input.
    """

    members: tuple[Row, ...] = ()

    @property
    def bytes(self) -> int:
        """About how much memory they take."""
        return sum(member.bytes for member in self.members)

    def digest(self, before: int) -> int:
        """Return the running checksum of the stories behind this one, from the one before it."""
        for member in self.members:
            before = member.digest(before)
        # Where one story ends and the next begins is part of it.
        return crc32(b"%d" % len(self.members), before)


class RowResult(NamedTuple):
    """What became of a row: a line of output, or of the errors file; with its line break, UTF-8."""

    good: bool
    line: bytes


class Author:
    """Summarizes rows, with one summarizer that is loaded once.

    Raises:
        SummarizeError: where the summarizer cannot be loaded.
    """

    def __init__(self, settings: BatchSettings) -> None:
        from summarize.registry import load

        self._settings, self._asked = settings, settings.columns
        self._summarizer = load(settings.summarizer, **settings.options)
        self._proven = False

    @property
    def batch_size(self) -> int:
        """How many rows to hand over at once."""
        return self._summarizer.batch_size

    def prepare(self) -> None:
        """Load what the first document would have to wait for, so that no row's time limit pays for it.

        Raises:
            ModelError, MissingDependencyError: where that fails.
        """
        from summarize.parsing.parse import parse
        from summarize.summarizers.base import WARM_UP

        for result in self._briefs([parse(WARM_UP)]):
            if isinstance(result, Failure) and isinstance(result.error, ModelError | MissingDependencyError):
                raise result.error

    def outcomes(self, rows: Iterable[Row]) -> Iterator[RowResult]:
        """Yield one outcome for each row, in order.

        Raises:
            ModelError, MissingDependencyError: before the first row that went well, since then none will.
        """
        # Rows whose result is awaited, and what they carry.
        taken: deque[tuple[Row, dict[str, Any]]] = deque()

        def documents() -> Iterator[Document | Failure]:
            for row in rows:
                carried: dict[str, Any] = {}
                taken.append((row, carried))
                try:
                    document, found = self._document(row)
                except Exception as error:
                    yield Failure(row.where, error)
                else:
                    carried |= found
                    yield document

        for result in self._briefs(documents()):
            row, carried = taken.popleft()
            found = result if isinstance(result, Failure) else self._good(row, result, carried)
            yield self.failed(row, found) if isinstance(found, Failure) else found

    def _briefs(self, documents: Iterable[Document | Failure]) -> Iterator[Brief | Failure]:
        settings = self._settings
        return self._summarizer.brief_each(
            documents, settings.styles, settings.bullets, strict=settings.strict
        )

    def failed(self, row: Row, result: Failure) -> RowResult:
        """Return the row of the errors file for one that could not be summarized.

        Raises:
            ModelError, MissingDependencyError: where it fails for that and no row went well yet.
        """
        error = result.error
        if not self._proven and isinstance(error, ImportError):
            raise MissingDependencyError(f"the installation is not complete: {error}") from error
        if not self._proven and isinstance(error, ModelError | MissingDependencyError):
            raise error
        return failure(row, result.reason, self._settings.id)

    def _document(self, row: Row) -> tuple[Document, dict[str, Any]]:
        """Return the document of a row, and what is carried along.

        Raises:
            InputError: with what is wrong with the row.
        """
        from summarize.reading.read import read

        if row.error:
            raise InputError(row.error)
        if row.where in self._settings.skip:
            raise InputError(_SKIPPED)
        if isinstance(row.data, Path):
            return read(row.data, language=self._settings.language), {"id": row.file}
        article = article_of(row, self._asked)
        if str(article.id) in self._settings.skip:
            raise InputError(_SKIPPED)
        carried = {"id": article.id}
        for name, called in self._settings.carry.items():
            carried[called] = article.values.get(name)
        return self._parsed(article, row.where), carried

    def _parsed(self, article: Article, where: str) -> Document:
        from summarize.parsing.parse import parse

        return parse(article.text, title=article.title, source=where, language=self._settings.language)

    def _good(self, row: Row, brief: Brief, carried: dict[str, Any]) -> RowResult | Failure:
        try:
            outcome = self._written(brief, carried)
        except Exception as error:
            return Failure(row.where, error)
        if not self._proven:
            # What is loaded now stays: the garbage collector need not look through it every few rows.
            gc.freeze()
        self._proven = True
        return outcome

    def _written(self, brief: Brief, carried: dict[str, Any]) -> RowResult:
        from summarize.writing.record import dumps, to_record

        lines = [str(line) for style in self._settings.styles for line in brief.lines(style)]
        if not lines:
            raise InputError("; ".join(brief.notes) or "the summarizer wrote nothing")
        if self._settings.compact:
            record: dict[str, Any] = {
                style: [str(line) for line in brief.lines(style)] for style in self._settings.styles
            }
            if "headline" in record:
                record["headline"] = str(brief.headline) if brief.headline else None
            record["signature"] = brief.signature
        else:
            record = to_record(brief, evidence=self._settings.evidence)
        try:
            line = dumps(carried | record)
        except (TypeError, ValueError):
            line = dumps(_plain(carried) | record)
        return RowResult(True, line.encode() + b"\n")


def failure(row: Row, reason: str, id_column: str | None = None) -> RowResult:
    """Return a row of the errors file: file, line, id and reason."""
    from summarize.writing.record import dumps

    record = _named(row, id_column) | {"reason": reason}
    if isinstance(row, StoryRow) and len(row.members) > 1:
        record["articles"] = [_named(member, id_column) for member in row.members]
    return RowResult(False, dumps(_plain(record)).encode() + b"\n")


def _named(row: Row, id_column: str | None) -> dict[str, Any]:
    try:
        columns = row.columns or Columns(id=id_column)
        number = row.file if isinstance(row.data, Path) else id_of(row, row.values(), columns)
    except InputError:
        number = None
    return {"file": row.file, "line": row.line, "id": number}


def _plain(value: Any) -> Any:
    """Return a value of a table as JSON can hold it: dates and the like as text, no NaN."""
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, float):
        return value if value - value == 0 else None
    if value is None or isinstance(value, str | int):
        return value
    return value.hex() if isinstance(value, bytes) else str(value)
