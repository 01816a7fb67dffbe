"""Ranking: a hypothesis that invents loses to one that does not, however much the model likes it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.models.reranking import Hypothesis, rank
from summarize.parsing.parse import parse

ARTICLE = parse(
    "The ferry Marigold sank off Pellworth on Tuesday. All 84 passengers were rescued by fishing boats. "
    "Northline suspended the route."
)
TRUE = Hypothesis(("The ferry Marigold sank off Pellworth.", "All 84 passengers were rescued."), -0.9)


def test_an_unsupported_fact_loses_to_none() -> None:
    for line in (
        "All 93 passengers were rescued by fishing boats.",
        "All 84 passengers were rescued by Ana Bekele.",
        '"It went down like a stone at dawn", one said.',
    ):
        invented = Hypothesis((TRUE.lines[0], line), -0.01)
        assert rank([invented, TRUE], ARTICLE) == [TRUE, invented]
        # What is not looked at decides nothing: there the model's own score does.
        assert rank([TRUE, invented], ARTICLE, most=1) == [invented, TRUE]


def test_the_model_decides_between_two_that_the_article_bears_out_alike() -> None:
    other = Hypothesis(("Northline suspended the route.",), -0.2)
    copied = Hypothesis(("All 84 passengers were rescued by fishing boats.",), -0.3)
    assert rank([copied, other], ARTICLE) == [other, copied]
    likely = Hypothesis(("Northline closed the harbour for tourists.",), -0.19)
    assert rank([likely, other], ARTICLE) == [other, likely]
    likeliest = Hypothesis(likely.lines, 0.9)
    assert rank([other, likeliest], ARTICLE) == [likeliest, other]


def test_a_hypothesis_without_a_line_comes_last() -> None:
    empty = Hypothesis((), 0.0)
    invented = Hypothesis(("All 93 passengers drowned.",), -5.0)
    assert rank([empty, invented], ARTICLE) == [invented, empty]
    assert rank([empty], ARTICLE) == [empty]
    assert rank([], ARTICLE) == []


@given(st.lists(st.tuples(st.lists(st.text(max_size=30), max_size=3), st.floats(-9, 0)), max_size=4))
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_and_equals_keep_their_order(pairs: list[tuple[list[str], float]]) -> None:
    hypotheses = [Hypothesis(tuple(lines), score) for lines, score in pairs]
    found = rank(hypotheses, ARTICLE)
    assert sorted(map(repr, found)) == sorted(map(repr, hypotheses))
    assert rank(found, ARTICLE) == found
