"""Counts matches of many text pairs at once, for ROUGE over a corpus; what each match means is in `rouge`.

Everything is an array over the tokens of all pairs. Pairs too long for a 64-bit lane are left to the
caller, who counts them one by one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .lanes import WIDTH, Bits, Integers, Lanes, lcs_lengths, lcs_positions
from .tokenizers import NumberedTokens

# Beyond these a pair is rare, and lanes as wide as the longest one would cost the others memory.
MAX_CANDIDATE = 512
MAX_LINES = 16


@dataclass(frozen=True)
class Groups:
    """The distinct n-grams of the references, each with the places where it stands.

    Attributes:
        pairs: the pair of each group, shape (groups,).
        counts: how often it stands in the reference, shape (groups,).
        reference: the group of each n-gram of the references, or -1 across two texts, shape (n-grams,).
        candidate: the same for the candidates; -1 also where the reference does not have it.
    """

    pairs: Integers
    counts: Integers
    reference: Integers
    candidate: Integers


class Overlap:
    """What references and candidates have in common, pair by pair.

    Args:
        reference, candidate: the tokens of both sides; text i of one is paired with text i of the other.
        pairs: how many pairs there are.
    """

    def __init__(self, reference: NumberedTokens, candidate: NumberedTokens, pairs: int) -> None:
        self._reference, self._candidate, self._pairs = reference, candidate, pairs
        self._base = 1 + max(reference.numbers.max(initial=0), candidate.numbers.max(initial=0))
        self.reference_sizes = np.bincount(reference.texts, minlength=pairs)
        self.candidate_sizes = np.bincount(candidate.texts, minlength=pairs)
        self._words = self._group(1, reference.texts, candidate.texts)
        self._line, self._in_line = _ordinals(reference)

    def ngrams(self, size: int) -> Integers:
        """Count the n-grams on both sides, each as often as where it is rarer, shape (pairs,)."""
        groups = self._words
        for n in range(2, size + 1):
            groups = self._group(n, groups.reference[:-1], groups.candidate[:-1])
        return self._clipped(groups, groups.counts)

    def long_pairs(self, summary_level: bool) -> NDArray[np.bool_]:
        """Tell which pairs are too long for `lcs` or, if `summary_level`, for `union`; shape (pairs,)."""
        too_long = self.candidate_sizes > MAX_CANDIDATE
        if not summary_level:
            return too_long | (self.reference_sizes > WIDTH)
        wide = (self._in_line >= WIDTH) | (self._line >= MAX_LINES)
        too_long[self._reference.texts[wide]] = True
        return too_long

    def lcs(self, skip: NDArray[np.bool_]) -> Integers:
        """Return the length of the longest common subsequence of each pair not skipped, shape (pairs,)."""
        places = self._places(_within(self._reference.texts), np.zeros_like(self._line), 1, skip)[:, 0]
        kept = ~skip[self._candidate.texts]
        lanes = Lanes(self._candidate.texts[kept], self._pairs)
        sizes = np.where(skip, 0, self.reference_sizes)
        return lcs_lengths(lanes, places[self._words.candidate[kept]], sizes)

    def union(self, skip: NDArray[np.bool_]) -> Integers:
        """Count the words of the union LCS of each pair not skipped (ROUGE-Lsum), shape (pairs,)."""
        reference, candidate = self._reference, self._candidate
        lines = 1 + int(self._line[~skip[reference.texts]].max(initial=0))
        places = self._places(self._in_line, self._line, lines, skip)
        sizes = np.zeros((self._pairs, lines), dtype=np.int64)
        np.add.at(sizes, (reference.texts[self._line < lines], self._line[self._line < lines]), 1)

        taken = np.zeros(len(reference.numbers), dtype=bool)
        kept = ~skip[candidate.texts]
        for line in range(lines):
            # The candidates' lines whose reference has this many lines run side by side.
            chosen = kept & (sizes[candidate.texts, line] > 0)
            _, first, lane = np.unique(candidate.lines[chosen], return_index=True, return_inverse=True)
            pairs = candidate.texts[chosen][first]
            lanes = Lanes(lane, len(first))
            found = lcs_positions(lanes, places[self._words.candidate[chosen], line], sizes[pairs, line])
            union = np.zeros(self._pairs, dtype=np.uint64)
            np.bitwise_or.at(union, pairs, found)
            mine = np.flatnonzero((self._line == line) & ~skip[reference.texts])
            bits = union[reference.texts[mine]] >> self._in_line[mine].astype(np.uint64)
            taken[mine] = bits & np.uint64(1)
        counts = np.bincount(self._words.reference[taken], minlength=len(self._words.counts))
        return self._clipped(self._words, counts)

    def _group(self, size: int, left: Integers, right: Integers) -> Groups:
        """Group n-grams by the group of their first n-1 tokens (for n=1 the pair) and their last token."""
        reference, candidate = self._reference, self._candidate
        same = reference.texts[: len(left)] == reference.texts[size - 1 :]
        keys = (left * self._base + reference.numbers[size - 1 :])[same]
        unique, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        group = np.full(len(left), -1, dtype=np.int64)
        group[same] = inverse

        theirs = np.flatnonzero((right >= 0) & (candidate.texts[: len(right)] == candidate.texts[size - 1 :]))
        keys = right[theirs] * self._base + candidate.numbers[size - 1 :][theirs]
        index = np.searchsorted(unique, keys)
        known = (
            unique[np.minimum(index, len(unique) - 1)] == keys if len(unique) else np.zeros(len(keys), bool)
        )
        other = np.full(len(right), -1, dtype=np.int64)
        other[theirs[known]] = index[known]
        pairs = reference.texts[: len(left)][same][first]
        return Groups(pairs, np.bincount(inverse, minlength=len(unique)), group, other)

    def _clipped(self, groups: Groups, counts: Integers) -> Integers:
        """Sum counts of groups over each pair, none above how often it stands in the candidate."""
        have = np.bincount(groups.candidate[groups.candidate >= 0], minlength=len(groups.counts))
        hits = np.bincount(groups.pairs, weights=np.minimum(counts, have), minlength=self._pairs)
        return hits.astype(np.int64)

    def _places(self, place: Integers, line: Integers, lines: int, skip: NDArray[np.bool_]) -> Bits:
        """Return where each group stands in each line of its reference, as bits, shape (groups + 1, lines).

        The last row is empty: it stands for words that are not in the reference, whose group is -1.
        """
        found = np.zeros((len(self._words.counts) + 1) * lines, dtype=np.uint64)
        kept = ~skip[self._reference.texts]
        bits = np.uint64(1) << place[kept].astype(np.uint64)
        # A position stands in one group only: adding its bit is setting it.
        np.add.at(found, self._words.reference[kept] * lines + line[kept], bits)
        return found.reshape(-1, lines)


def _within(owner: Integers) -> Integers:
    """Return the place of each item among those of its owner, counted from 0; owners ascend."""
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    return np.arange(len(owner)) - np.repeat(starts, np.diff(starts, append=len(owner)))


def _ordinals(tokens: NumberedTokens) -> tuple[Integers, Integers]:
    """Return for each token the number of its line in its text, and its place in that line."""
    starts = np.flatnonzero(np.diff(tokens.lines, prepend=-1))
    number = np.repeat(_within(tokens.texts[starts]), np.diff(starts, append=len(tokens.lines)))
    return number, _within(tokens.lines)
