"""cluster: articles -> stories, by what their leads and names share. No model, no neighbours lost to hashing.

TF-IDF vectors of title and lead, kept sparse; average linkage over the pairs that share anything rare, so
that a story neither splits at one odd article nor swallows its neighbour through one that is near both. Where
many articles are on one subject (a trial, the oil price), being alike says less: what an article shares with
its nearest outside its story is taken off, after the local scaling of Conneau et al., "Word translation
without parallel data", 2018.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document
from summarize.errors import OptionError
from summarize.language.text import stems, words
from summarize.story.linkage import connected, linked

Vector = tuple[NDArray[np.int32], NDArray[np.floating[Any]]]  # terms by their numbers, and what they weigh
Floats = NDArray[np.float64]
Rows = Iterator[tuple[int, NDArray[np.int64], Floats]]

SIMILARITY = 0.3
DAYS = 4.0
_LEAD = 25  # sentences
_TERMS = 100  # of an article, the rarest for it
_NAME = 2.0  # what a name weighs against another word
_LEAST = 0.05  # cosine below which two articles have nothing to do with each other
_FEW = 200  # articles: what is rare is told as if there were at least so many
_NEAREST = 10  # articles that tell how crowded a subject is
_COMMON = 200  # articles: a term in more, and in a tenth of all, brings no two together


@dataclass(frozen=True, slots=True)
class Story:
    """The articles on one event, in the order they were given; a story of one is a single."""

    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Sketch:
    """What clustering knows of an article.

    Attributes:
        terms: how often each stem stands in title and lead, those of names counted more.
        language: ISO 639-1 code; articles of different languages are never one story.
        published: when it appeared, None where nobody knows.
    """

    terms: Mapping[str, float]
    language: str
    published: datetime | None


def cluster(
    documents: Sequence[Document],
    dates: Sequence[datetime | None] | None = None,
    *,
    days: float = DAYS,
    similarity: float = SIMILARITY,
) -> list[Story]:
    """Group articles into stories of one language each, those that most articles tell first.

    Args:
        documents: what `parse` or `read` returned.
        dates: when each appeared, None where nobody knows; such an article may belong to any day. By default
            what the documents say of themselves.
        days: articles further apart in time are not brought together directly.
        similarity: the mean cosine from which on two groups are one story, 0 to 1.

    Raises:
        OptionError: for dates that are not one for each document, or a similarity out of range.

    Example:
        >>> from summarize.parsing.parse import parse
        >>> texts = ("Ferry sinks off Pellworth.", "A ferry sank off Pellworth.", "Leeds won the cup.")
        >>> [len(story.documents) for story in cluster([parse(text) for text in texts])]
        [2, 1]
    """
    if dates is not None and len(dates) != len(documents):
        raise OptionError(f"there are {len(dates)} dates for {len(documents)} documents; give one for each")
    if not 0 < similarity <= 1:
        raise OptionError(f"similarity must be above 0 and at most 1, not {similarity}")
    desk = Clusters()
    for document, date in zip(documents, dates or [d.published for d in documents], strict=True):
        desk.add(replace(sketch(document), published=date))
    groups = desk.groups(days=days, similarity=similarity)
    groups.sort(key=lambda group: (-len(group), group[0]))
    return [Story(tuple(documents[index] for index in group)) for group in groups]


def sketch(document: Document) -> Sketch:
    """Return what clustering has to know of a document."""
    found: dict[str, float] = defaultdict(float)
    if document.title:
        for stem in stems(words(document.title), document.language):
            found[stem] += 1
    for sentence, content in zip(document.sentences[:_LEAD], document.content[:_LEAD], strict=True):
        names = set(stems(_capitalized(sentence.text), document.language))
        for stem in content:
            found[stem] += _NAME if stem in names else 1.0
    return Sketch(dict(found), document.language, document.published)


def _capitalized(text: str) -> list[str]:
    """Return the words that begin with a capital inside a sentence, in lower case."""
    return words(" ".join(part for part in text.split()[1:] if part[:1].isupper()))


class Clusters:
    """Articles one after the other -> groups. Of each only numbers are kept, some 4 kB."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}  # of terms
        self._counts: list[Vector] = []
        self._languages: list[str] = []
        self._dates: list[datetime | None] = []

    def add(self, article: Sketch) -> None:
        """Take one more article."""
        numbers = self._numbers
        ids = [numbers.setdefault(term, len(numbers)) for term in article.terms]
        self._counts.append((np.array(ids, np.int32), np.array(list(article.terms.values()), np.float32)))
        self._languages.append(sys.intern(article.language))
        self._dates.append(article.published)

    def groups(
        self,
        *,
        days: float = DAYS,
        similarity: float = SIMILARITY,
        proceed: Callable[[], None] = lambda: None,
    ) -> list[list[int]]:
        """Return the numbers of the articles of each story, counted from 0, in order of the first of each.

        Args:
            days, similarity: see `cluster`.
            proceed: is called again and again while this takes its time, and may raise.
        """
        window = timedelta(days=days)
        vectors = self._vectors()
        crowd = _crowd(vectors, similarity, proceed)

        def near(numbers: Sequence[int], least: float) -> Iterator[tuple[tuple[int, int], float]]:
            crowded = crowd[np.array(numbers, np.int64)]
            for two, others, cosines in _rows([vectors[index] for index in numbers], proceed):
                values = cosines - (crowded[others] + crowded[two]) / 2
                kept = values >= least
                for one, value in zip(others[kept].tolist(), values[kept].tolist(), strict=True):
                    if self._may_meet(numbers[one], numbers[two], window):
                        yield (one, two), value

        # No mean reaches what no pair does: what no such pair connects need not be looked at together, and
        # the pairs of an article with all others, by far the most, need not be kept.
        edges = (pair for pair, _ in near(range(len(vectors)), similarity))
        groups = []
        for part in connected(len(vectors), edges):
            found = linked(len(part), dict(near(part, 0.0)), similarity) if len(part) > 1 else [[0]]
            groups += [[part[index] for index in group] for group in found]
        return sorted(groups)

    def _may_meet(self, one: int, two: int, window: timedelta) -> bool:
        first, second = self._dates[one], self._dates[two]
        near = first is None or second is None or abs(first - second) <= window
        return near and self._languages[one] == self._languages[two]

    def _vectors(self) -> list[Vector]:
        """Return the TF-IDF vector of each article, of length 1: terms by their numbers, and weights."""
        count = len(self._counts)
        frequency = np.zeros(len(self._numbers), np.int64)
        for ids, _ in self._counts:
            frequency[ids] += 1
        most = max(_COMMON, count // 10)
        # Of a few articles what two share would count as common, and hold nothing together.
        rarity = np.log((1 + max(count, _FEW)) / np.maximum(frequency, 1)) + 1
        vectors = []
        for ids, times in self._counts:
            rare = frequency[ids] <= most
            ids = ids[rare]
            weights = (1 + np.log(times[rare].astype(np.float64))) * rarity[ids]
            best = np.argsort(-weights, kind="stable")[:_TERMS]
            norm = float(np.sqrt(np.sum(weights[best] ** 2))) or 1.0
            vectors.append((ids[best], weights[best] / norm))
        return vectors


def _crowd(vectors: Sequence[Vector], similarity: float, proceed: Callable[[], None]) -> Floats:
    """Return how much nearer its nearest are to each article than on average, those of its story left out."""
    nearest = np.zeros((len(vectors), _NEAREST))
    least = np.zeros(len(vectors))  # of each row of it
    for index, others, cosines in _rows(vectors, proceed):
        apart = cosines < similarity
        others, cosines = others[apart], cosines[apart]
        best = np.sort(cosines)[-_NEAREST:]
        nearest[index, : len(best)] = best
        least[index] = nearest[index].min()
        nearer = cosines > least[others]
        others, cosines = others[nearer], cosines[nearer]
        nearest[others, nearest[others].argmin(1)] = cosines
        least[others] = nearest[others].min(1)
    found: Floats = nearest.mean(1)
    return found - found.mean() if len(found) else found


def _rows(vectors: Sequence[Vector], proceed: Callable[[], None]) -> Rows:
    """Yield each article with those before it and their cosines, those near 0 left out, over an index."""
    if not vectors:
        return
    ids = np.concatenate([found for found, _ in vectors])
    order = np.argsort(ids, kind="stable")
    articles = np.repeat(np.arange(len(vectors)), [len(found) for found, _ in vectors])[order]
    weights = np.concatenate([found for _, found in vectors])[order]
    places = np.empty(len(order), np.int64)  # where in the index each term of each article stands
    places[order] = np.arange(len(order))
    starts = np.searchsorted(ids[order], ids)  # and where that term begins
    end = 0
    for index, (found, mine) in enumerate(vectors):
        proceed()
        begin, end = end, end + len(found)
        # Up to its own place a term has the articles before this one: all these places, term by term.
        sizes = places[begin:end] - starts[begin:end]
        offsets = np.repeat(starts[begin:end] - np.cumsum(sizes) + sizes, sizes)
        before = offsets + np.arange(len(offsets))
        others, parts = articles[before], weights[before] * np.repeat(mine, sizes)
        cosines = np.bincount(others, parts, minlength=index)
        near = np.flatnonzero(cosines > _LEAST)
        yield index, near, cosines[near].astype(np.float64)
