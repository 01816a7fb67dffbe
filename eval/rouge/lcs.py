"""Longest common subsequences of token lists, bit-parallel; lengths, positions and unions.

A set of positions in the reference is one Python integer, bit i for position i, so that one addition
does the work of a whole row of the usual table, at any length (H. Hyyrö, "Bit-parallel LCS-length
computation revisited", 2004). Leaves out weighted LCS.
"""

from __future__ import annotations

from collections import Counter
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


def union_matches(reference: Sequence[Sequence[Token]], candidate: Sequence[Sequence[Token]]) -> int:
    """Count the words of the union LCS of each reference line with all candidate lines.

    No word counts more often than it stands in the candidate, as in ROUGE-1.5.5; the paper (section 3.2)
    does not say so.
    """
    matched: Counter[Token] = Counter()
    lines_with: dict[Token, list[tuple[Token, ...]]] = {}
    for other in dict.fromkeys(map(tuple, candidate)):
        for token in dict.fromkeys(other):
            lines_with.setdefault(token, []).append(other)
    for line, times in Counter(map(tuple, reference)).items():
        where = positions(line)
        union = _union(where, len(line), lines_with)
        if union:
            for token, bits in where.items():
                if bits & union:
                    matched[token] += times * (bits & union).bit_count()
    if not matched:
        return 0
    have = Counter(token for line in candidate for token in line)
    return sum(min(count, have[token]) for token, count in matched.items())


def _union(where: Mapping[Token, int], size: int, lines_with: dict[Token, list[tuple[Token, ...]]]) -> int:
    """Return the positions of a reference line that some candidate line has in its LCS with it, as bits.

    A line is left out where it could add nothing: where all positions of all its words are there already.

    Args:
        where: the positions of each word of the reference line, as bits.
        size: the number of its words.
        lines_with: the distinct candidate lines in which a word stands.
    """
    union = 0
    seen: set[tuple[Token, ...]] = set()
    shared = [token for token in where if token in lines_with]
    for token in sorted(shared, key=lambda token: len(lines_with[token])):  # the rarest word's tell most
        for other in lines_with[token]:
            if not where[token] & ~union:
                break
            if other not in seen:
                seen.add(other)
                union |= lcs_positions(match(where, other), size)
    return union
