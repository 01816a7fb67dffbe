"""cluster: articles -> stories, by what their leads and names share. No model, no neighbours lost to hashing.

TF-IDF vectors of title and lead, kept sparse; average linkage over the pairs that share anything rare, so
that a story neither splits at one odd article nor swallows its neighbour through one that is near both.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document
from summarize.errors import OptionError
from summarize.language.text import stems, words

SIMILARITY = 0.3
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


def cluster(
    documents: Sequence[Document],
    dates: Sequence[datetime | None] | None = None,
    *,
    days: float = 4.0,
    similarity: float = SIMILARITY,
) -> list[Story]:
    """Group articles into stories, those that most articles tell first.

    Args:
        documents: of one language or of several, which share few words and so no story.
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
    if dates is None and any(document.published for document in documents):
        dates = [document.published for document in documents]
    if not 0 < similarity <= 1:
        raise OptionError(f"similarity must be above 0 and at most 1, not {similarity}")
    pairs = {
        pair: cosine
        for pair, cosine in _pairs(_vectors(documents), len(documents))
        if dates is None or _near(dates[pair[0]], dates[pair[1]], timedelta(days=days))
    }
    groups = linked(len(documents), pairs, similarity)
    groups.sort(key=lambda group: (-len(group), group[0]))
    return [Story(tuple(documents[index] for index in group)) for group in groups]


def _near(one: datetime | None, two: datetime | None, window: timedelta) -> bool:
    return one is None or two is None or abs(one - two) <= window


def _vectors(documents: Sequence[Document]) -> list[dict[str, float]]:
    """Return the TF-IDF vector of each document's title and lead, of length 1."""
    counts = [_terms(document) for document in documents]
    frequency = Counter(term for found in counts for term in found)
    most = max(_COMMON, len(documents) // 10)
    # Of a few articles what two share would count as common, and hold nothing together.
    size = max(len(documents), _FEW)
    rarity = {term: log((1 + size) / n) + 1 for term, n in frequency.items() if n <= most}
    vectors = []
    for found in counts:
        weights = {term: (1 + log(n)) * rarity[term] for term, n in found.items() if term in rarity}
        best = heapq.nlargest(_TERMS, weights.items(), key=lambda item: item[1])
        norm = sqrt(sum(weight**2 for _, weight in best)) or 1.0
        vectors.append({term: weight / norm for term, weight in best})
    return vectors


def _terms(document: Document) -> dict[str, float]:
    """Return how often each stem stands in title and lead, those of names counted more."""
    found: dict[str, float] = defaultdict(float)
    if document.title:
        for stem in stems(words(document.title), document.language):
            found[stem] += 1
    for sentence, content in zip(document.sentences[:_LEAD], document.content[:_LEAD], strict=True):
        names = set(stems(_capitalized(sentence.text), document.language))
        for stem in content:
            found[stem] += _NAME if stem in names else 1.0
    return found


def _capitalized(text: str) -> list[str]:
    """Return the words that begin with a capital inside a sentence, in lower case."""
    return [word for part in text.split()[1:] if part[:1].isupper() for word in words(part)]


def _pairs(vectors: Sequence[Mapping[str, float]], count: int) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield each pair of articles with its cosine, those near 0 left out, term by term over an index."""
    postings: dict[str, list[int]] = defaultdict(list)
    weights: dict[str, list[float]] = defaultdict(list)
    for index, vector in enumerate(vectors):
        for term, weight in vector.items():
            postings[term].append(index)
            weights[term].append(weight)
    index_of = {term: np.array(found, dtype=np.int64) for term, found in postings.items() if len(found) > 1}
    weight_of = {term: np.array(weights[term]) for term in index_of}
    for index, vector in enumerate(vectors):
        shared = [term for term in vector if term in index_of]
        if not shared:
            continue
        others = np.concatenate([index_of[term] for term in shared])
        parts: NDArray[np.float64] = np.concatenate([weight_of[term] * vector[term] for term in shared])
        cosines = np.bincount(others, parts, minlength=count)[:index]
        for other in np.flatnonzero(cosines > _LEAST).tolist():
            yield (other, index), float(cosines[other])


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
