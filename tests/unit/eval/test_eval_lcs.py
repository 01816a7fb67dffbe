"""Bit-parallel LCS, one by one and in lanes, equals the table of the textbook."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from summarize_eval.rouge.lanes import Lanes, lcs_lengths
from summarize_eval.rouge.lanes import lcs_positions as lanes_positions
from summarize_eval.rouge.lcs import lcs_length, lcs_positions, match, positions

words = st.lists(st.integers(0, 5), max_size=30)


def table(reference: list[int], candidate: list[int]) -> list[list[int]]:
    rows = [[0] * (len(candidate) + 1) for _ in range(len(reference) + 1)]
    for i, token in enumerate(reference, 1):
        for j, other in enumerate(candidate, 1):
            best = max(rows[i - 1][j], rows[i][j - 1])
            rows[i][j] = rows[i - 1][j - 1] + 1 if token == other else best
    return rows


def read_off(reference: list[int], candidate: list[int]) -> set[int]:
    """Walk the table from its end as ROUGE-1.5.5 does."""
    rows = table(reference, candidate)
    i, j, found = len(reference), len(candidate), set()
    while i and j:
        if reference[i - 1] == candidate[j - 1]:
            found.add(i - 1)
            i, j = i - 1, j - 1
        elif rows[i][j - 1] > rows[i - 1][j]:
            j -= 1
        else:
            i -= 1
    return found


def as_set(bits: int) -> set[int]:
    return {place for place in range(bits.bit_length()) if bits >> place & 1}


@given(words, words)
@settings(deadline=None)
def test_one_pair_equals_the_table(reference: list[int], candidate: list[int]) -> None:
    matches = match(positions(reference), candidate)
    assert lcs_length(matches, len(reference)) == table(reference, candidate)[-1][-1]
    assert as_set(lcs_positions(matches, len(reference))) == read_off(reference, candidate)


@given(st.lists(st.tuples(words, words), max_size=12))
@settings(deadline=None)
def test_lanes_equal_one_by_one(pairs: list[tuple[list[int], list[int]]]) -> None:
    matches = [match(positions(reference), candidate) for reference, candidate in pairs]
    sizes = np.array([len(reference) for reference, _ in pairs], dtype=np.int64)
    lane = np.repeat(np.arange(len(pairs)), [len(found) for found in matches])
    flat = np.array([bits for found in matches for bits in found], dtype=np.uint64)
    lanes = Lanes(lane, len(pairs))
    expected = [
        lcs_length(found, len(reference)) for found, (reference, _) in zip(matches, pairs, strict=True)
    ]
    assert lcs_lengths(lanes, flat, sizes).tolist() == expected
    taken = [
        lcs_positions(found, len(reference)) for found, (reference, _) in zip(matches, pairs, strict=True)
    ]
    assert lanes_positions(lanes, flat, sizes).tolist() == taken


def test_a_lane_holds_64_tokens() -> None:
    reference = list(range(64))
    matches = np.array(match(positions(reference), reference), dtype=np.uint64)
    lanes = Lanes(np.zeros(64, dtype=np.int64), 1)
    sizes = np.array([64])
    assert lcs_lengths(lanes, matches, sizes).tolist() == [64]
    assert lanes_positions(lanes, matches, sizes).tolist() == [2**64 - 1]


def test_any_length() -> None:
    reference = [n % 7 for n in range(1000)]
    candidate = [n % 5 for n in range(900)]
    matches = match(positions(reference), candidate)
    assert lcs_length(matches, 1000) == table(reference, candidate)[-1][-1]
