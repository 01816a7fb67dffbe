"""A batch of stories: the rows of the input are read to the end and clustered, and each story becomes a row.

What a row holds waits in a file without a name, in memory stays what clustering needs. Everything else, from
worker processes to resuming, is that of any other batch; `StoryAuthor` writes the briefs.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from summarize.batch.work import Author, BatchSettings, RowResult, StoryRow, failure
from summarize.errors import Failure, panics_as_errors
from summarize.reading.dated import dated_document
from summarize.reading.rows import Article, Row

if TYPE_CHECKING:
    from summarize.brief import Brief
    from summarize.document import Document

Work = Callable[[Iterator[Row]], Iterator[RowResult]]


class Stories:
    """Rows on their way to being stories.

    Args:
        folder: where the rows wait, on a disk that has room for them; None for the system's own.

    Raises:
        OSError: where no file can be written there.
    """

    def __init__(self, folder: Path | None) -> None:
        from summarize.story.clustering import Clusters

        self._spool = TemporaryFile(dir=folder)  # noqa: SIM115 - `close` does
        self._places: list[int] = []
        self._clusters = Clusters()
        self._articles: list[int] = []  # the numbers of the rows that can be part of a story
        self._failed: dict[int, str] = {}
        self._groups: list[list[int]] = []
        self._read = self._given = 0

    def read(self, rows: Iterable[Row], work: Work) -> Iterator[RowResult]:
        """Take rows, and yield for each what became of it: a sketch, or a line of the errors file.

        Args:
            rows: all that there are.
            work: an author's `outcomes`, here or in other processes.

        Raises:
            OSError: where the disk is full, for one.
        """
        from summarize.story.clustering import Sketch

        for result in work(self._kept(rows)):
            found = json.loads(result.line)
            if result.good:
                date = found["published"]
                published = datetime.fromisoformat(date) if date else None
                self._clusters.add(Sketch(found["terms"], found["language"], published))
                self._articles.append(self._read)
            else:
                self._failed[self._read] = found["reason"]
            self._read += 1
            yield result

    def cluster(self, proceed: Callable[[], None]) -> tuple[int, int]:
        """Find the stories that the rows tell; return how many, and how many of them have several rows.

        Args:
            proceed: is called again and again while this takes its time, and may raise.
        """
        groups = self._clusters.groups(proceed=proceed)
        del self._clusters
        self._groups = [[self._articles[place] for place in group] for group in groups]
        return len(groups), sum(len(group) > 1 for group in groups)

    def rows(self) -> Iterator[Row]:
        """Yield each story as a row, and each row that failed with the reason, by the first row of each."""
        for group in sorted([*self._groups, *([number] for number in self._failed)]):
            members = tuple(map(self._row, group))
            first = members[0]
            self._given += len(group)
            if group[0] in self._failed:
                yield replace(first, error=self._failed[group[0]])
            else:
                yield StoryRow(first.file, first.line, first.data, columns=first.columns, members=members)

    @property
    def share(self) -> float | None:
        """How many of the rows have been given out as stories, 0 to 1."""
        return self._given / self._read if self._read else None

    def close(self) -> None:
        """Remove what waits."""
        self._spool.close()

    def _kept(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self._places.append(self._spool.tell())
            self._spool.write(pickle.dumps(row, pickle.HIGHEST_PROTOCOL))
            yield row

    def _row(self, number: int) -> Row:
        self._spool.seek(self._places[number])
        row: Row = pickle.load(self._spool)
        return row


class StoryAuthor(Author):
    """Sketches rows for clustering, and writes the brief of each row that is a story."""

    @property
    def batch_size(self) -> int:
        """One: a story is a batch of its own."""
        return 1

    def outcomes(self, rows: Iterable[Row]) -> Iterator[RowResult]:
        """Yield one outcome for each row, in order: a brief for a story, a sketch for any other.

        Raises:
            ModelError, MissingDependencyError: before the first story that went well, since then none will.
        """
        for row in rows:
            yield self._told(row) if isinstance(row, StoryRow) else self._sketched(row)

    def _sketched(self, row: Row) -> RowResult:
        from summarize.story.clustering import sketch
        from summarize.summarizers.base import with_sentences

        try:
            document = with_sentences(self._document(row)[0])
            if isinstance(document, Failure):
                raise document.error
            found = sketch(document)
        except Exception as error:
            return failure(row, Failure(row.where, error).reason, self._settings.id)
        published = found.published.isoformat() if found.published else None
        record = {"terms": found.terms, "language": found.language, "published": published}
        return RowResult(True, json.dumps(record).encode())

    def _told(self, story: StoryRow) -> RowResult:
        from summarize.story.story import brief_story

        settings = self._settings
        try:
            given = [self._document(row) for row in story.members]
            with panics_as_errors("the summarizer"):
                brief = brief_story(
                    [document for document, _ in given],
                    self._summarizer,
                    styles=settings.styles,
                    bullets=settings.bullets,
                    strict=settings.strict,
                )
            found = self._good(story, brief, _articles(brief, given))
        except Exception as error:  # a fault of the toolkit or of a plugin costs one story
            found = Failure(story.where, error)
        return self.failed(story, found) if isinstance(found, Failure) else found

    def _parsed(self, article: Article, where: str) -> Document:
        return dated_document(article, where, self._settings.language)


def author_of(settings: BatchSettings) -> Author:
    """Return who works on the rows of a run.

    Raises:
        SummarizeError: where the summarizer cannot be loaded.
    """
    return StoryAuthor(settings) if settings.cluster else Author(settings)


def _articles(brief: Brief, given: list[tuple[Document, dict[str, Any]]]) -> dict[str, Any]:
    """Return the id of a story, and what its rows carry along, in the order of the brief, copies last."""
    places = {id(document): place for place, document in enumerate(brief.documents)}
    articles = [carried | {"document": places.get(id(document))} for document, carried in given]
    articles.sort(key=lambda article: (article["document"] is None, article["document"] or 0))
    return {"id": articles[0]["id"], "articles": articles}
