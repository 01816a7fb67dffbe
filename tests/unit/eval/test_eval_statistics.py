"""Figures without references: the fragments of Grusky et al. and what is counted from them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from summarize_eval.statistics import describe, fragments

from summarize import Evidence, Flag, Line

tokens = st.lists(st.sampled_from("abcde"), max_size=25)


def as_published(article: list[str], summary: list[str]) -> list[list[str]]:
    """Figure 3 of the paper, as it is printed."""
    found, i, j = [], 0, 0
    while i < len(summary):
        best: list[str] = []
        while j < len(article):
            if summary[i] == article[j]:
                k, m = i, j
                while k < len(summary) and m < len(article) and summary[k] == article[m]:
                    k, m = k + 1, m + 1
                if len(best) < k - i:
                    best = summary[i:k]
                j = m
            else:
                j += 1
        i, j = i + max(len(best), 1), 0
        if best:
            found.append(best)
    return found


@given(tokens, tokens)
@settings(deadline=None)
def test_fragments_are_at_least_the_published_ones(article: list[str], summary: list[str]) -> None:
    found = fragments(article, summary)
    for start, place, size in found:
        assert summary[start : start + size] == article[place : place + size]
        longer = summary[start : start + size + 1]
        if len(longer) > size:
            assert not any(article[n : n + size + 1] == longer for n in range(len(article))), (
                "not the longest"
            )
    # As printed it jumps over a match's end (j = m), so it may miss overlapping ones; coverage is equal.
    assert sum(size for *_, size in found) == sum(map(len, as_published(article, summary)))


def test_figures_of_a_copied_and_a_new_summary() -> None:
    article = "The mayor opened the bridge on Monday. Hundreds came to see it."
    copied = describe(article, "The mayor opened the bridge on Monday.")
    assert (copied.words, copied.coverage, copied.density) == (7, 1.0, 7.0)
    assert (copied.new_unigrams, copied.new_bigrams, copied.new_trigrams) == (0, 0, 0)
    assert copied.compression == pytest.approx(12 / 7)
    new = describe(article, "Crowds flock there, crowds flock there.")
    assert (new.coverage, new.density, new.new_unigrams) == (0, 0, 1)
    assert new.repetition == 0.25


def test_evidence_is_a_share_of_lines_without_a_flag() -> None:
    lines = [
        Line("A.", (Evidence(0, 0, 2),)),
        Line("B.", (Evidence(0, 0, 2, 0.5),)),
        Line("C.", (Evidence(0, 0, 2),), (Flag(0, 1, "name"),)),
        Line("D."),
    ]
    found = describe("A. B.", "A.\nB.\nC.\nD.", lines)
    assert found.evidenced == 0.25
    assert describe("A. B.", "A.").evidenced is None


@given(st.text(max_size=80), st.text(max_size=80))
@settings(deadline=None)
def test_any_text_has_figures(article: str, summary: str) -> None:
    found = describe(article, summary)
    assert 0 <= found.coverage <= 1
    assert 0 <= found.repetition <= 1
    assert found.density >= found.coverage - 1e-9
