"""Longest common subsequences of many short pairs at once: one pair a lane of a numpy array.

The same algorithm as `rouge.lcs`, with a set of positions in one unsigned 64-bit number, so that a step
is taken for all pairs together. Leaves out references of more than 64 tokens: those are for `rouge.lcs`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
Integers = NDArray[np.int64]

WIDTH = 64
_ONE = np.uint64(1)
# The lowest n bits set, for n from 0 to 64.
_LOW = np.array([(1 << n) - 1 for n in range(WIDTH + 1)], dtype=np.uint64)


class Lanes:
    """Sequences of unequal length laid side by side, longest first, so that each step is one slice.

    Args:
        lane: the sequence that each token belongs to, ascending, shape (tokens,).
        count: the number of sequences; some may have no token.
    """

    def __init__(self, lane: Integers, count: int) -> None:
        lengths = np.bincount(lane, minlength=count)
        self.order = np.argsort(-lengths, kind="stable")
        self._rank = np.empty(count, dtype=np.int64)
        self._rank[self.order] = np.arange(count)
        starts = np.cumsum(lengths) - lengths
        self._step = np.arange(len(lane)) - starts[lane]
        self._place = self._rank[lane]
        steps = int(lengths.max(initial=0))
        # How many lanes are still running at each step.
        self.running = np.searchsorted(-lengths[self.order], -np.arange(1, steps + 1), side="right")

    def spread(self, matches: Bits) -> Bits:
        """Lay a value of each token out as an array of shape (steps, lanes)."""
        table = np.zeros((len(self.running), len(self.order)), dtype=np.uint64)
        table[self._step, self._place] = matches
        return table

    def collect(self, values: NDArray[np.generic]) -> NDArray[np.generic]:
        """Return values of shape (lanes,) to the order of the sequences."""
        return values[self._rank]


def lcs_lengths(lanes: Lanes, matches: Bits, sizes: Integers) -> Integers:
    """Return the lengths of the longest common subsequences, shape (sequences,).

    Args:
        lanes: the candidates.
        matches: for each token of the candidates, where it stands in its reference, as bits.
        sizes: the number of tokens of each reference, at most 64, shape (sequences,).
    """
    sizes = sizes[lanes.order]
    row = _LOW[sizes]
    for here, running in zip(lanes.spread(matches), lanes.running, strict=True):
        hit = row[:running] & here[:running]
        row[:running] = (row[:running] + hit) | (row[:running] - hit)
    lengths = sizes - np.bitwise_count(row & _LOW[sizes])
    return lanes.collect(lengths).astype(np.int64)


def lcs_positions(lanes: Lanes, matches: Bits, sizes: Integers) -> Bits:
    """Return where one longest common subsequence stands in each reference, as bits.

    The arguments are those of `lcs_lengths`; of several subsequences it is the one that
    `summarize_eval.rouge.lcs.lcs_positions` takes.
    """
    table = lanes.spread(matches)
    row = _LOW[sizes[lanes.order]]
    rows = np.empty_like(table)
    for step, running in enumerate(lanes.running):
        hit = row[:running] & table[step, :running]
        row[:running] = (row[:running] + hit) | (row[:running] - hit)
        rows[step] = row

    taken = np.zeros_like(row)
    left = sizes[lanes.order]
    for step in range(len(table) - 1, -1, -1):
        running = lanes.running[step]
        here = table[step, :running]
        stop = _bit_length((~rows[step, :running] | here) & _LOW[left[:running]])
        top = _LOW[stop] ^ (_LOW[stop] >> _ONE)
        matched = (here & top) != 0
        taken[:running] |= np.where(matched, top, np.uint64(0))
        left[:running] = stop - matched
    return lanes.collect(taken).astype(np.uint64)


def _bit_length(bits: Bits) -> Integers:
    """Return the number of the highest bit set, counted from 1; 0 where none is."""
    for shift in (1, 2, 4, 8, 16, 32):
        bits = bits | (bits >> np.uint64(shift))
    return np.bitwise_count(bits).astype(np.int64)
