"""Textbook TextRank, ranked exactly as sumy 0.13 ranks it, over whole rows at a time.

Similarity is the number of shared words over the sum of log lengths (Mihalcea and Tarau 2004); the
surfer's restart is spread evenly, as sumy does it. Kept as a baseline that can be trusted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]

DAMPING, EPSILON = 0.85, 1e-4
_NO_DIVISION_BY_ZERO = 1e-7
_BLOCK_CELLS, _KEPT_CELLS = 1 << 22, 1 << 25


def plain_ranks(sentences: Sequence[Sequence[str]]) -> Vector:
    """Return the PageRank of each sentence, shape (sentences,).

    Args:
        sentences: the stems of each, stop words excluded, repetitions included.
    """
    count = len(sentences)
    graph = _Overlap(sentences)
    out = np.concatenate([block.sum(axis=1) for block in graph.blocks()]) + _NO_DIVISION_BY_ZERO
    ranks: Vector = np.full(count, 1.0 / count)
    while True:
        cast = ranks / out
        votes = sum((cast[start:stop] @ block for start, stop, block in graph.spans()), np.zeros(count))
        step = (1 - DAMPING) / count * ranks.sum() + DAMPING * votes
        change = np.linalg.norm(step - ranks)
        ranks = step
        if change <= EPSILON:
            return ranks


class _Overlap:
    """Rows of the similarity matrix, a block at a time; kept where they are few, else computed again."""

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        self._count = len(sentences)
        ids: dict[str, int] = {}
        counts = [Counter(ids.setdefault(stem, len(ids)) for stem in stems) for stems in sentences]
        self._columns = [np.fromiter(c, dtype=np.int64, count=len(c)) for c in counts]
        self._values = [np.fromiter(c.values(), dtype=np.float64, count=len(c)) for c in counts]
        holders: list[list[int]] = [[] for _ in ids]
        times: list[list[int]] = [[] for _ in ids]
        for row, counter in enumerate(counts):
            for term, value in counter.items():
                holders[term].append(row)
                times[term].append(value)
        self._holders = [np.array(rows) for rows in holders]
        self._times = [np.array(values, dtype=np.float64) for values in times]
        self._logs = np.log([max(len(stems), 1) for stems in sentences])
        self._height = max(1, _BLOCK_CELLS // self._count)
        self._kept: list[tuple[int, int, Vector]] | None = None
        if self._count**2 <= _KEPT_CELLS:
            self._kept = list(self._make())

    def spans(self) -> Iterator[tuple[int, int, Vector]]:
        """Yield (first row, row behind the last, block of shape (rows, sentences))."""
        return iter(self._kept) if self._kept is not None else self._make()

    def blocks(self) -> Iterator[Vector]:
        """Yield the blocks alone."""
        return (block for _, _, block in self.spans())

    def _make(self) -> Iterator[tuple[int, int, Vector]]:
        for start in range(0, self._count, self._height):
            stop = min(start + self._height, self._count)
            shared = np.zeros((stop - start, self._count))
            for row in range(start, stop):
                for term, value in zip(self._columns[row], self._values[row], strict=True):
                    shared[row - start, self._holders[term]] += value * self._times[term]
            lengths = self._logs[start:stop, None] + self._logs[None, :]
            # Two sentences of one word each: log lengths sum to nothing, the count stands as it is.
            yield start, stop, np.divide(shared, lengths, out=shared, where=lengths > 1e-8)
