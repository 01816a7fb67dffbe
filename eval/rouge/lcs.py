"""Longest common subsequences of token lists, bit-parallel; lengths and positions only.

A set of positions in the reference is one Python integer, bit i for position i, so that one addition
does the work of a whole row of the usual table, at any length (H. Hyyrö, "Bit-parallel LCS-length
computation revisited", 2004). Leaves out weighted LCS.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Token = TypeVar("Token", bound=Hashable)


def positions(tokens: Sequence[Token]) -> dict[Token, int]:
    """Return for each token the set of positions where it stands, as bits.

    Example:
        >>> positions("abca")
        {'a': 9, 'b': 2, 'c': 4}
    """
    found: dict[Token, int] = {}
    bit = 1
    for token in tokens:
        found[token] = found.get(token, 0) | bit
        bit <<= 1
    return found


def match(where: Mapping[Token, int], candidate: Sequence[Token]) -> list[int]:
    """Return for each token of the candidate its positions in the reference, as bits; 0 for none.

    Example:
        >>> match(positions("abca"), "xac")
        [0, 9, 4]
    """
    return [where.get(token, 0) for token in candidate]


def lcs_length(matches: Sequence[int], size: int) -> int:
    """Return the length of the longest common subsequence.

    Args:
        matches: `match(positions(reference), candidate)`.
        size: the number of tokens in the reference.

    Example:
        >>> lcs_length(match(positions("abcbdab"), "bdcaba"), 7)
        4
    """
    full = (1 << size) - 1
    row = full  # bit i is 0 where the length grows at position i
    for here in matches:
        if here:
            hit = row & here
            row = (row + hit) | (row - hit)
    return size - (row & full).bit_count()


def lcs_positions(matches: Sequence[int], size: int) -> int:
    """Return the positions in the reference of one longest common subsequence, as bits.

    Of several, the one that ROUGE-1.5.5 and rouge-score read off their table from its end: a match is
    taken where there is one, else the step goes up in the reference unless the length would fall.

    Args:
        matches: `match(positions(reference), candidate)`.
        size: the number of tokens in the reference.

    Example:
        >>> bin(lcs_positions(match(positions("aa"), "ax"), 2))
        '0b1'
    """
    row = (1 << size) - 1
    rows: list[tuple[int, int]] = []  # the row after a token, and where that token stands
    before = -1
    for here in matches:
        if here:
            hit = row & here
            row = (row + hit) | (row - hit)
        if here or before:  # one row stands for a run of tokens that are not in the reference
            rows.append((row, here))
        before = here

    taken, left = 0, size
    for row, here in reversed(rows):
        stop = ((~row | here) & ((1 << left) - 1)).bit_length()
        if not stop:
            break
        if here >> (stop - 1) & 1:
            taken |= 1 << (stop - 1)
            left = stop - 1
        else:
            left = stop
    return taken
