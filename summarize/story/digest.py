"""digest: the articles of a day -> a brief of each story and a line for each single. Nothing is fetched here.

Stories come by how many independent sources tell them, half as much for each day of age; what one source
alone tells is listed behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from typing import Any

from summarize.brief import Brief
from summarize.document import Document
from summarize.errors import Failure, SummarizeError
from summarize.registry import DEFAULT, load
from summarize.story.cache import Cache, key_of
from summarize.story.clustering import cluster
from summarize.story.joined import without_copies
from summarize.story.story import brief_story, newest_first
from summarize.style import BULLETS, HEADLINE, STYLES, Style, resolve_styles
from summarize.summarizers.base import with_sentences
from summarize.writing.record import digest_of, from_record, to_record
from summarize.writing.wording import independent, newest, outlet

_DAY = 86_400.0  # seconds, in which a story loses half of its weight
_FEW = 24  # stories that are not worth starting processes for
_SINGLE = (HEADLINE, replace(BULLETS, lines=1))


@dataclass(frozen=True, slots=True)
class Digest:
    """The stories of a day.

    Attributes:
        made: when it was made.
        stories: briefs of what several articles tell, the weightiest first.
        singles: briefs of a headline and a line of what one article tells, the newest first.
        failures: what could not be read or summarized.
    """

    made: datetime
    stories: tuple[Brief, ...] = ()
    singles: tuple[Brief, ...] = ()
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    """Articles to be written up, and how."""

    documents: tuple[Document, ...]
    styles: tuple[Style, ...]
    bullets: int | None

    def key(self, signature: str) -> str:
        styles = [[style.name, style.lines, style.line_words] for style in self.styles]
        return key_of([signature, styles, self.bullets], self.documents)


def digest(
    documents: Iterable[Document | Failure],
    summarizer: str = DEFAULT,
    *,
    styles: Iterable[str | Style] = STYLES,
    bullets: int | None = None,
    options: dict[str, Any] | None = None,
    cache: Cache | None = None,
    workers: int = 1,
    now: datetime | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Digest:
    """Write a digest of many articles.

    Args:
        documents: what `parse`, `read` or `Gatherer.gather` gave; failures among them are kept.
        summarizer: a name that `summarize list` shows.
        styles: what to write of each story.
        bullets: how many bullets of a story at most; None for three.
        options: keywords of the summarizer.
        cache: where briefs are kept, so that a later run need not write them again.
        workers: processes to write with.
        now: when it is made; None asks the clock.
        tell: is told what is going on, a line each.

    Raises:
        OptionError: for a summarizer, style or option that does not exist.

    Example:
        >>> from summarize.parsing.parse import parse
        >>> texts = ("Ferry sinks off Pellworth.", "A ferry sank off Pellworth.", "Leeds won the cup.")
        >>> found = digest([parse(text, source=text[:1]) for text in texts], "lead")
        >>> len(found.stories), len(found.singles)
        (1, 1)
    """
    chosen = resolve_styles(styles, bullets)
    desk = _Desk(summarizer, options or {}, cache, workers)
    given = [with_sentences(found) for found in documents]
    failures = [found for found in given if isinstance(found, Failure)]
    articles = _each_once([found for found in given if isinstance(found, Document)])
    groups = [story.documents for story in cluster(articles)]
    tell(f"{len(articles):,} articles, {len(groups):,} stories and singles")
    tasks = [
        _Task(tuple(newest_first(group)), chosen, bullets) if _tellers(group) > 1 else _single(group)
        for group in groups
    ]
    briefs: list[Brief] = []
    for found in desk.write(tasks):
        if isinstance(found, Failure):
            failures.append(found)
        else:
            briefs.append(found)
    moment = now or datetime.now(UTC)
    stories = [brief for brief in briefs if brief.others]
    singles = [brief for brief in briefs if not brief.others]
    return Digest(
        moment,
        tuple(sorted(stories, key=lambda brief: -_weight(brief, moment))),
        tuple(sorted(singles, key=lambda brief: -_age_of(brief, moment), reverse=True)),
        tuple(failures),
    )


def _weight(brief: Brief, now: datetime) -> float:
    return float(independent(brief.documents) * 2.0 ** -(_age_of(brief, now) / _DAY))


def _age_of(brief: Brief, now: datetime) -> float:
    """Seconds since the last article; a day where nobody knows."""
    last = newest(brief)
    return max(0.0, (now - last).total_seconds()) if last else _DAY


def _tellers(documents: Sequence[Document]) -> int:
    return len(without_copies(documents)[0])


def _single(documents: Sequence[Document]) -> _Task:
    # Copies of one text: the brief of a story notes them, and tells it once.
    return _Task(tuple(newest_first(documents)), _SINGLE, 1)


def _each_once(documents: Sequence[Document]) -> list[Document]:
    """Return documents without those that the same outlet gave twice, in an order that no network decides."""
    ordered = newest_first(sorted(documents, key=lambda document: (document.source or "", document.text)))
    found = {(outlet(document), digest_of(document)): document for document in reversed(ordered)}
    return [document for document in ordered if found[outlet(document), digest_of(document)] is document]


class _Desk:
    """Writes the briefs of tasks, what is in the cache aside, here or in processes of their own."""

    def __init__(self, name: str, options: dict[str, Any], cache: Cache | None, workers: int) -> None:
        self._name, self._options, self._cache = name, options, cache
        self._summarizer = load(name, **options)
        self._workers = workers if self._summarizer.batch_size == 1 else 1

    def write(self, tasks: Sequence[_Task]) -> Iterator[Brief | Failure]:
        """Yield a brief for each task, or why there is none; in no order."""
        waiting = []
        for task in tasks:
            key = task.key(self._summarizer.signature)
            kept = self._cache.brief(key) if self._cache else None
            found = _brief_of(kept, task) if kept else None
            if found is None:
                waiting.append((key, task))
            else:
                yield found
        for (key, task), record in self._records(waiting):
            if isinstance(record, Failure):
                yield record
                continue
            if self._cache:
                self._cache.keep_brief(key, record)
            found = _brief_of(record, task)
            yield found or Failure(outlet(task.documents[0]), ValueError("wrote a brief of another text"))

    def _records(
        self, waiting: Sequence[tuple[str, _Task]]
    ) -> Iterator[tuple[tuple[str, _Task], dict[str, Any] | Failure]]:
        tasks = [task for _, task in waiting]
        if self._workers < 2 or len(tasks) < _FEW:
            write = partial(_record, summarizer=self._summarizer)
            yield from zip(waiting, map(write, tasks), strict=True)
            return
        context = get_context("spawn")
        begin = (self._name, self._options)
        with ProcessPoolExecutor(self._workers, context, _begin, begin) as pool:
            yield from zip(waiting, pool.map(_record, tasks, chunksize=4), strict=True)


_writer: dict[str, Any] = {}  # of a worker process: its summarizer, loaded once


def _begin(name: str, options: dict[str, Any]) -> None:
    _writer["summarizer"] = load(name, **options)


def _record(task: _Task, summarizer: Any = None) -> dict[str, Any] | Failure:
    try:
        brief = brief_story(
            task.documents, summarizer or _writer["summarizer"], styles=task.styles, bullets=task.bullets
        )
    except Exception as error:  # a fault of a plugin costs one story
        return Failure(task.documents[0].source or "", error)
    return to_record(brief)


def _brief_of(record: dict[str, Any], task: _Task) -> Brief | None:
    """Return the brief of a record with the documents of a task, or None where it is of others."""
    known = {digest_of(document): document for document in reversed(task.documents)}
    try:
        first, *others = (known[text["sha256"]] for text in (record["document"], *record.get("others", ())))
        return from_record(record, first, others)
    except (SummarizeError, KeyError, TypeError):
        return None
