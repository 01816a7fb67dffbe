"""Blind votes counted: Bradley-Terry on published and small tables, position bias, agreement, what is asked next."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from ballots import vote, votes
from summarize_eval.votes import report
from summarize_eval.votes.asking import gains, next_pair
from summarize_eval.votes.standings import position_bias, standings, voter_agreement, wins_of
from summarize_eval.votes.strengths import covariance, information, preferred, probability, strengths

# A. Agresti, "Categorical Data Analysis", 1990, section 10.6: wins in the American League, 1987; rows over
# columns. The strengths are those of R's BradleyTerry2 (Turner and Firth 2012), against Baltimore.
TEAMS = ("Milwaukee", "Detroit", "Toronto", "New York", "Boston", "Cleveland", "Baltimore")
WINS = [
    [0, 7, 9, 7, 7, 9, 11],
    [6, 0, 7, 5, 11, 9, 9],
    [4, 6, 0, 7, 7, 8, 12],
    [6, 8, 6, 0, 6, 7, 10],
    [6, 2, 6, 7, 0, 7, 12],
    [4, 4, 5, 6, 6, 0, 6],
    [2, 4, 1, 3, 1, 7, 0],
]
PUBLISHED = [1.5814, 1.4364, 1.2945, 1.2476, 1.1077, 0.6839, 0.0]


def test_a_published_table() -> None:
    found = strengths(np.array(WINS, float), prior=0)
    assert (found - found[-1]).round(4).tolist() == PUBLISHED


@pytest.mark.parametrize(
    ("rows", "share"),
    [
        ([("x", "left", "y", 3), ("x", "right", "y", 1)], 3 / 4),
        ([("x", "left", "y", 3), ("y", "left", "x", 1)], 3 / 4),  # the side says nothing of who won
        (
            [("x", "left", "y", 3), ("x", "right", "y", 1), ("x", "both", "y", 4)],
            5 / 8,
        ),  # a draw is half a win
        ([("x", "left", "y", 3), ("x", "right", "y", 1), ("y", "neither", "x", 4)], 5 / 8),
        ([("x", "both", "y", 2), ("x", "neither", "y", 3)], 1 / 2),
    ],
)
def test_two_systems_have_the_share_of_their_wins(
    rows: list[tuple[str, str, str, int]], share: float
) -> None:
    found = strengths(wins_of(votes(*rows), ["x|v1", "y|v1"]), prior=0)
    assert preferred(found)[0] == pytest.approx(share)
    assert probability(found[0] - found[1]) == pytest.approx(share)


def test_who_never_lost_has_no_strength_without_a_prior() -> None:
    wins = np.array([[0.0, 10.0], [0.0, 0.0]])
    with pytest.raises(ValueError, match="no bound"):
        strengths(wins, prior=0)
    few, many = preferred(strengths(wins))[0], preferred(strengths(100 * wins))[0]
    assert 0.5 < few < many < 1


def test_nobody_voted_on_is_average_and_not_known() -> None:
    wins = np.zeros((3, 3))
    wins[0, 1] = wins[1, 0] = 50
    found = strengths(wins)
    assert found == pytest.approx([0, 0, 0])
    told = information(found, covariance(wins, found))
    assert told[0, 2] == told[1, 2] > told[0, 1] > 0
    assert np.array_equal(told, told.T)


def test_standings_of_a_small_table() -> None:
    found = standings(
        votes(("x", "left", "y", 6), ("x", "right", "y", 1), ("y", "both", "x", 2), ("y", "neither", "x", 1))
    )
    assert [one.part for one in found] == ["headline"]
    first, second = found[0].systems
    assert (first.name, first.votes, first.wins, first.losses, first.both, first.neither) == (
        "x",
        10,
        6,
        1,
        2,
        1,
    )
    assert (second.name, second.wins, second.losses) == ("y", 1, 6)
    assert first.preferred + second.preferred == pytest.approx(1)
    # Six wins and three draws of ten, and a draw of the prior for each of both: a little nearer to a half.
    assert 0.7 < first.preferred < 0.75
    assert first.low < first.preferred < first.high


def test_parts_apart_and_together() -> None:
    cast = [vote("x", "left", "y", part=part, ballot="one") for part in ("headline", "bullets", "wysk")]
    found = {one.part: one for one in standings(cast)}
    assert list(found) == ["headline", "bullets", "wysk", "all"]
    assert found["all"].votes == 3 and found["headline"].votes == 1
    # One ballot: nothing to draw from.
    assert math.isnan(found["all"].systems[0].low)


def test_an_interval_covers_what_is_sure_and_what_is_not() -> None:
    """Articles that agree give a narrow interval, articles that contradict each other a wide one."""
    steady = [vote("x", ("left", "right")[n % 4 == 0], "y", article=f"a{n // 4}") for n in range(80)]
    torn = [vote("x", "left" if n < 60 else "right", "y", article=f"a{n // 40}") for n in range(80)]
    (one, _), (other, _) = (standings(cast)[0].systems for cast in (steady, torn))
    assert one.preferred == pytest.approx(other.preferred)
    assert one.high - one.low < 0.75 * (other.high - other.low)
    again = standings(steady)[0].systems[0]
    assert (again.low, again.high) == (one.low, one.high)
    assert standings(steady, seed=1)[0].systems[0].low != one.low


def test_two_versions_of_one_summarizer_are_two_systems() -> None:
    cast = [vote("lead", "left", "textrank"), vote("lead", "left", "textrank")]
    older = [replace(one, left_signature="lead|v0") for one in cast]
    names = [one.name for one in standings([*cast, *older])[0].systems]
    assert sorted(names) == ["lead|v0", "lead|v1", "textrank"]


def test_position_bias() -> None:
    found = position_bias(votes(("x", "left", "y", 8), ("y", "right", "x", 2), ("x", "both", "y", 5)))
    assert (found.decided, found.share) == (10, 0.8)
    # Wilson's interval of 8 of 10, as in any table of it.
    assert (round(found.low, 3), round(found.high, 3)) == (0.490, 0.943)
    assert math.isnan(position_bias(votes(("x", "both", "y", 5))).share)


def test_agreement_where_an_article_was_voted_on_twice() -> None:
    cast = [
        vote("x", "left", "y", voter="ann"),
        vote("y", "right", "x", voter="bob"),  # x again: the sides were swapped
        vote("x", "both", "y", voter="ann", article="a2"),
        vote("x", "left", "y", voter="bob", article="a2"),
        vote("x", "neither", "y", voter="ann", article="a3"),
        vote("x", "neither", "y", voter="bob", article="a3"),
        vote("x", "neither", "z", voter="bob", article="a3"),  # another pair
        vote("x", "neither", "y", voter="bob", article="a3", part="wysk"),  # another part
        vote("x", "left", "y", voter="cat", article="a4"),
        vote("x", "left", "y", voter="cat", article="a4"),
    ]
    found = voter_agreement(cast)
    assert (found.compared, found.share) == (3, pytest.approx(2 / 3))
    assert (found.again, found.again_share) == (1, 1.0)
    # Of six answers three name a side (which one is even by chance), one says both, two neither:
    # chance is (3/6)²/2 + (1/6)² + (2/6)² = 19/72, and pi (2/3 - 19/72) / (1 - 19/72) = 29/53.
    assert found.pi == pytest.approx(29 / 53)


def test_agreement_of_three_voters_is_counted_by_pairs() -> None:
    cast = [
        vote("x", choice, "y", voter=voter)
        for voter, choice in (("ann", "left"), ("bob", "left"), ("cat", "both"))
    ]
    found = voter_agreement(cast)
    assert (found.compared, found.share, found.again) == (3, pytest.approx(1 / 3), 0)


SYSTEMS = ["x|v1", "y|v1", "z|v1"]


def test_the_pair_that_nobody_knows_comes_next() -> None:
    cast = votes(("x", "left", "y", 10), ("y", "left", "x", 10), ("x", "left", "z", 1), ("y", "left", "z", 1))
    told = gains(cast, SYSTEMS)
    assert told[0, 1] < min(told[0, 2], told[1, 2])
    article, pair = next_pair(cast, SYSTEMS, ["h1", "h2"], "me") or ("", frozenset())
    assert "z|v1" in pair
    assert (article, pair) == next_pair(cast, SYSTEMS, ["h1", "h2"], "me")


def test_a_pair_whose_outcome_is_clear_waits() -> None:
    cast = votes(
        ("x", "left", "z", 40), ("x", "left", "y", 20), ("x", "right", "y", 20), ("y", "left", "z", 40)
    )
    found = next_pair(cast, SYSTEMS, ["h1"], "me")
    assert found is not None and found[1] == frozenset(("x|v1", "y|v1"))


def test_nobody_is_asked_twice_and_everything_comes() -> None:
    articles = ["hash of a1", "hash of a2"]
    cast, seen = [], set()
    while found := next_pair(cast, SYSTEMS, articles, "me"):
        assert found not in seen
        seen.add(found)
        left, right = (system.removesuffix("|v1") for system in sorted(found[1]))
        cast.append(vote(left, "left", right, article=found[0].removeprefix("hash of "), voter="me"))
    assert len(seen) == 6
    assert next_pair(cast, SYSTEMS, articles, "you") is not None
    everything = {(article, pair) for article, pair in seen}
    assert next_pair([], SYSTEMS, articles, "me", everything) is None


def test_every_fifth_pair_is_one_that_somebody_else_has_judged() -> None:
    articles = [f"hash of a{number}" for number in range(200)]
    cast = [vote("x", "left", "y", article="a77", voter="you")]
    for number in range(4):
        found = next_pair(cast, ["x|v1", "y|v1"], articles, "me")
        assert found is not None and found[0] != "hash of a77", number
        cast.append(vote("x", "right", "y", article=found[0].removeprefix("hash of "), voter="me"))
    found = next_pair(cast, ["x|v1", "y|v1"], articles, "me")
    assert found is not None and found[0] == "hash of a77"


def test_voters_who_begin_together_read_different_articles() -> None:
    articles = [f"h{number}" for number in range(20)]
    first = {(next_pair([], ["x", "y"], articles, f"voter{number}") or ("",))[0] for number in range(8)}
    assert len(first) > 3


def test_the_table_in_words_and_as_json() -> None:
    cast = votes(("x", "left", "y", 3), ("y", "both", "x", 1))
    text = report.text(cast)
    assert "Headline: 4 votes, 4 articles, 4 voters" in text
    assert "left won 100 % of 3 decided votes (44 to 100): no sign that sides matter" in text
    found = json.loads(report.as_json(cast))
    assert found["schema"] == "summarize-votes/1"
    assert found["parts"][0]["systems"][0]["name"] == "x"
    assert found["parts"][0]["agreement"]["share"] is None
    assert report.text([]) == "No votes yet"
    assert "<script" not in report.html(votes(("<script>", "left", "y", 3)))
