"""What can be said of a summary without a reference: length, novelty, extraction, repetition, support.

Leaves out judgement by models. Coverage and density are those of M. Grusky, M. Naaman and Y. Artzi,
"Newsroom: a dataset of 1.3 million summaries with diverse extractive strategies", 2018.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from summarize.brief import Line
from summarize.language.text import ngrams, words


@dataclass(frozen=True)
class Statistics:
    """Figures of one summary.

    Attributes:
        words: its length in words.
        compression: words of the article for one word of the summary.
        coverage: share of its words that stand in fragments copied from the article, 0 to 1.
        density: mean length in words of the fragment that a word stands in; the squares of their lengths
            over the number of words.
        new_unigrams, new_bigrams, new_trigrams: share of its distinct n-grams that the article lacks.
        repetition: share of its trigrams that it has said before.
        evidenced: share of its lines with a source sentence that supports them in full, or None.
    """

    words: float
    compression: float
    coverage: float
    density: float
    new_unigrams: float
    new_bigrams: float
    new_trigrams: float
    repetition: float
    evidenced: float | None = None


NAMES = tuple(field.name for field in fields(Statistics))


def describe(article: str, summary: str, lines: Sequence[Line] | None = None) -> Statistics:
    """Return the figures of a summary.

    Args:
        article: the text it is of.
        summary: its text.
        lines: the same as lines of a brief, for the share with evidence; None where there are none.

    Example:
        >>> describe("The cat sat on the mat.", "The cat sat. It purred.").coverage
        0.6
    """
    source, said = words(article), words(summary)
    lengths = [size for _, _, size in fragments(source, said)]
    count = max(len(said), 1)
    trigrams = ngrams(said, 3)
    return Statistics(
        words=len(said),
        compression=len(source) / count if said else 0.0,
        coverage=sum(lengths) / count,
        density=sum(length**2 for length in lengths) / count,
        new_unigrams=_new(source, said, 1),
        new_bigrams=_new(source, said, 2),
        new_trigrams=_new(source, said, 3),
        repetition=1 - len(set(trigrams)) / len(trigrams) if trigrams else 0.0,
        evidenced=_share_evidenced(lines) if lines else None,
    )


def mean_statistics(statistics: Sequence[Statistics]) -> dict[str, float]:
    """Return the mean of each figure over the summaries that have it."""
    means = {}
    for name in NAMES:
        values = [value for one in statistics if (value := getattr(one, name)) is not None]
        if values:
            means[name] = sum(values) / len(values)
    return means


def fragments(article: Sequence[str], summary: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the extractive fragments, greedily from the left, each the longest that the article holds.

    Returns:
        (start in the summary, start in the article, length) of each, in words.

    Example:
        >>> fragments("the cat sat on the mat".split(), "the mat and the cat sat".split())
        [(0, 4, 2), (3, 0, 3)]
    """
    places: dict[str, list[int]] = {}
    for place, word in enumerate(article):
        places.setdefault(word, []).append(place)
    found = []
    start = 0
    while start < len(summary):
        best, best_at = 0, 0
        for place in places.get(summary[start], ()):
            if best and not _agrees(article, place + best, summary, start + best):
                continue  # it could not be longer than the best so far
            length = 1
            while _agrees(article, place + length, summary, start + length):
                length += 1
            if length > best:
                best, best_at = length, place
        if best:
            found.append((start, best_at, best))
        start += max(best, 1)
    return found


def _agrees(article: Sequence[str], place: int, summary: Sequence[str], start: int) -> bool:
    return place < len(article) and start < len(summary) and article[place] == summary[start]


def _new(article: Sequence[str], summary: Sequence[str], size: int) -> float:
    said = set(ngrams(summary, size))
    return len(said - set(ngrams(article, size))) / len(said) if said else 0.0


def _share_evidenced(lines: Sequence[Line]) -> float:
    full = sum(not line.flags and any(proof.score >= 1 for proof in line.evidence) for line in lines)
    return full / len(lines)
