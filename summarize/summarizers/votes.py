"""Votes of sentences for each other, by the cosine of their TF-IDF vectors, and the ranks they lead to.

For a short text, which most news is, the cosines stand in a matrix and the ranks are the solution of a
linear system. For a long one that matrix would grow with the square of the sentences; there a vote is
summed term by term over running totals, so that time and memory grow with the words of the text, and the
ranks are found by iteration.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
_ITERATIONS, _TOLERANCE = 100, 1e-6
_SHORT = 60  # sentences; of more, a matrix saves no time, and numpy would start threads for it


class Votes(ABC):
    """Counts votes."""

    @abstractmethod
    def votes(self, cast: Vector, earlier: float) -> Vector:
        """Return for each sentence the votes it is cast, each times the similarity of the two.

        Args:
            cast: what each sentence has to give, shape (sentences,).
            earlier: the weight of votes that come from earlier sentences, 0 to 1; later ones have the rest.
        """

    @abstractmethod
    def _settle(self, share: Vector, earlier: float, damping: float, prior: Vector) -> Vector:
        """Return the ranks that another round of votes leaves as they are."""

    def ranks(self, direction: float, damping: float, prior: Vector) -> Vector:
        """Return where a surfer is found who follows votes and now and then restarts, shape (sentences,).

        Args:
            direction: the weight of a vote for an earlier sentence against one for a later, 0.5 to 1.
            damping: how often the surfer follows a vote, 0 to below 1.
            prior: where it restarts, shape (sentences,), summing to 1.
        """
        out = self.votes(np.ones(len(prior)), direction)
        # A sentence that resembles no other has no votes to cast; its share restarts with the prior.
        share = np.divide(1.0, out, out=np.zeros_like(out), where=out > 1e-12)
        return self._settle(share, 1 - direction, damping, prior)


def count(sentences: Sequence[Sequence[str]]) -> Votes:
    """Return what counts the votes of sentences, given the terms of each."""
    flat = list(chain.from_iterable(sentences))
    ids = {term: index for index, term in enumerate(dict.fromkeys(flat))}
    terms = np.fromiter(map(ids.__getitem__, flat), dtype=np.int64, count=len(flat))
    rows = np.repeat(np.arange(len(sentences)), [len(sentence) for sentence in sentences])
    kind = Matrix if len(sentences) <= _SHORT else Totals
    return kind(terms, rows, len(sentences), len(ids))


class Matrix(Votes):
    """The cosines of all pairs.

    Args:
        terms, rows: for each word, the number of its term and of its sentence, both shape (words,).
        sentences, size: how many sentences and terms there are.
    """

    def __init__(self, terms: NDArray[np.int64], rows: NDArray[np.int64], sentences: int, size: int) -> None:
        times = np.bincount(rows * size + terms, minlength=sentences * size).reshape(sentences, size)
        frequency = np.count_nonzero(times, axis=0)
        vectors = times * _rarity(frequency, sentences)
        norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
        norms[norms == 0] = 1.0
        # Most terms stand in one sentence: they lengthen its vector and bring it nearer to no other.
        vectors = vectors[:, frequency > 1] / norms[:, None]
        self._below: NDArray[np.float64] = np.tril(vectors @ vectors.T, -1)

    def votes(self, cast: Vector, earlier: float) -> Vector:
        """Return the votes; see `Votes`."""
        # Cosines are the same in both directions: what stands above the diagonal is below, transposed.
        votes: Vector = earlier * (self._below @ cast) + (1 - earlier) * (cast @ self._below)
        return votes

    def _settle(self, share: Vector, earlier: float, damping: float, prior: Vector) -> Vector:
        follow = (earlier * self._below + (1 - earlier) * self._below.T) * share + np.outer(prior, share == 0)
        ranks = np.linalg.solve(np.eye(len(prior)) - damping * follow, (1 - damping) * prior)
        return ranks.astype(np.float64, copy=False)


class Totals(Votes):
    """The cosines, known only through what they sum to; arguments as for `Matrix`.

    One entry for each term of each sentence, ordered by term and then by sentence: votes from earlier
    sentences are a running total inside a term.
    """

    def __init__(self, terms: NDArray[np.int64], rows: NDArray[np.int64], sentences: int, size: int) -> None:
        self._count = sentences
        key, times = np.unique(terms * sentences + rows, return_counts=True)
        term, self._row = np.divmod(key, max(sentences, 1))
        self._starts = np.flatnonzero(np.diff(term, prepend=-1))
        frequency = np.diff(self._starts, append=len(term))
        self._group = np.repeat(np.arange(len(self._starts)), frequency)
        weight = times * _rarity(frequency, sentences)[self._group]
        norm = np.sqrt(np.bincount(self._row, weight**2, minlength=sentences))
        self._weight = weight / norm[self._row]

    def votes(self, cast: Vector, earlier: float) -> Vector:
        """Return the votes; see `Votes`."""
        entries = self._weight * cast[self._row]
        running = np.cumsum(entries)
        before = running - entries
        before -= before[self._starts][self._group]
        others = np.add.reduceat(entries, self._starts)[self._group] - entries if len(entries) else entries
        sums = (1 - earlier) * others + (2 * earlier - 1) * before
        gathered = np.bincount(self._row, self._weight * sums, minlength=self._count)
        return np.maximum(gathered.astype(np.float64, copy=False), 0.0)

    def _settle(self, share: Vector, earlier: float, damping: float, prior: Vector) -> Vector:
        idle = share == 0
        ranks = prior
        for _ in range(_ITERATIONS):
            votes = self.votes(ranks * share, earlier)
            step = damping * votes + (1 - damping + damping * ranks[idle].sum()) * prior
            change = np.abs(step - ranks).sum()
            ranks = step
            if change < _TOLERANCE:
                break
        return ranks


def _rarity(frequency: NDArray[np.int64], sentences: int) -> Vector:
    """Inverse document frequency: of terms that stand in so many sentences, shape (terms,)."""
    weights: Vector = np.log((sentences + 1) / frequency) + 1
    return weights
