"""cluster: articles -> stories, by what their leads and names share. No model, no neighbours lost to hashing.

TF-IDF vectors of title and lead, kept sparse; average linkage over the pairs that share anything rare, so
that a story neither splits at one odd article nor swallows its neighbour through one that is near both.
"""

from __future__ import annotations

import heapq
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document
from summarize.errors import OptionError
from summarize.language.text import stems, words

Vector = tuple[NDArray[np.int32], NDArray[np.floating[Any]]]  # terms by their numbers, and what they weigh

SIMILARITY = 0.3
DAYS = 4.0
_LEAD = 25  # sentences
_TERMS = 100  # of an article, the rarest for it
_NAME = 2.0  # what a name weighs against another word
_LEAST = 0.05  # cosine below which two articles have nothing to do with each other
_FEW = 200  # articles: what is rare is told as if there were at least so many
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
    return [word for part in text.split()[1:] if part[:1].isupper() for word in words(part)]


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
        edges = [
            pair
            for pair, cosine in _pairs(vectors, proceed)
            if cosine >= similarity and self._may_meet(*pair, window)
        ]
        # No mean reaches what no pair does: what no such pair connects need not be looked at together, and
        # the pairs of an article with all others, by far the most, need not be kept.
        groups = []
        for part in _connected(len(vectors), edges):
            pairs = {
                (one, two): cosine
                for (one, two), cosine in _pairs([vectors[index] for index in part], proceed)
                if self._may_meet(part[one], part[two], window)
            }
            groups += [[part[index] for index in group] for group in linked(len(part), pairs, similarity)]
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


def _pairs(vectors: Sequence[Vector], proceed: Callable[[], None]) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield each pair of articles with its cosine, those near 0 left out, term by term over an index."""
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
        # Up to its own place a term has the articles before this one.
        spans = [
            (start, place, weight)
            for start, place, weight in zip(
                starts[begin:end].tolist(), places[begin:end].tolist(), mine, strict=True
            )
            if place > start
        ]
        if not spans:
            continue
        others = np.concatenate([articles[start:place] for start, place, _ in spans])
        parts = np.concatenate([weights[start:place] * weight for start, place, weight in spans])
        cosines = np.bincount(others, parts, minlength=index)
        for other in np.flatnonzero(cosines > _LEAST).tolist():
            yield (other, index), float(cosines[other])


def _connected(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return what pairs connect, each part in order.

    Example:
        >>> _connected(5, [(0, 3), (3, 4)])
        [[0, 3, 4], [1], [2]]
    """
    leader = list(range(count))

    def find(item: int) -> int:
        while leader[item] != item:
            leader[item] = item = leader[leader[item]]
        return item

    for one, two in pairs:
        first, second = sorted((find(one), find(two)))
        leader[second] = first
    parts: dict[int, list[int]] = defaultdict(list)
    for item in range(count):
        parts[find(item)].append(item)
    return list(parts.values())


def linked(count: int, pairs: Mapping[tuple[int, int], float], similarity: float) -> list[list[int]]:
    """Return the groups of average linkage; a pair that is not given counts as 0.

    Args:
        count: how many items there are.
        pairs: the similarity of items (smaller, larger).
        similarity: the mean over all pairs of two groups from which on they are one.

    Example:
        >>> linked(4, {(0, 1): 0.9, (1, 2): 0.6, (2, 3): 0.8}, 0.5)
        [[0, 1], [2, 3]]
    """
    members = {index: [index] for index in range(count)}
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    queue = []
    for (one, two), value in pairs.items():
        sums[one][two] = sums[two][one] = value
        if value >= similarity:
            queue.append((-value, one, two))
    heapq.heapify(queue)
    fresh = count
    while queue:
        _, one, two = heapq.heappop(queue)
        if one not in members or two not in members:
            continue  # one of them is part of a larger group by now, which stands in the queue itself
        members[fresh] = sorted(members.pop(one) + members.pop(two))
        together = Counter(sums.pop(one)) + Counter(sums.pop(two))
        for other, value in together.items():
            if other not in members:
                continue
            near = sums[other]
            near.pop(one, None)
            near.pop(two, None)
            sums[fresh][other] = near[fresh] = value
            mean = value / (len(members[fresh]) * len(members[other]))
            if mean >= similarity:
                heapq.heappush(queue, (-mean, other, fresh))
        fresh += 1
    return sorted(members.values())
