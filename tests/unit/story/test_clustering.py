"""Stories told apart: groups that neither split nor mix, the window of time, and the measures of both."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from itertools import combinations
from math import log, sqrt

import pytest
from summarize_eval.benchmarks.stories import adjusted_rand, b_cubed

from summarize import Document, parse
from summarize.errors import OptionError
from summarize.story.clustering import Clusters, Sketch, cluster
from summarize.story.linkage import linked

FERRY = (
    "A ferry carrying 140 people sank off Pellworth harbour on Tuesday. Divers searched the wreck.",
    "Divers searched the wreck of the ferry that sank off Pellworth harbour with 140 people.",
)
CUP = ("Leeds won the national cup on penalties.", "On penalties Leeds won the cup against Hull.")
ALONE = "Parliament passed the budget after a long debate."


def documents(*texts: str) -> list[Document]:
    return [parse(text, language="en") for text in texts]


def groups(*texts: str) -> list[set[str]]:
    return [{document.text for document in story.documents} for story in cluster(documents(*texts))]


def test_articles_on_one_event_come_together_and_others_stay_apart() -> None:
    found = groups(FERRY[0], CUP[0], ALONE, FERRY[1], CUP[1], FERRY[0] + " Police said so.")
    assert found[0] == {FERRY[0], FERRY[1], FERRY[0] + " Police said so."}, "most articles first"
    assert set(CUP) in found and {ALONE} in found and len(found) == 3


def test_days_far_apart_are_not_brought_together() -> None:
    pair = documents(*FERRY)
    days = [datetime(2026, 3, day, tzinfo=UTC) for day in (1, 20)]
    assert len(cluster(pair, days)) == 2
    assert len(cluster(pair, days, days=30)) == 1
    assert len(cluster(pair, [days[0], None])) == 1


def test_nothing_and_empty_texts_and_bad_options() -> None:
    assert cluster([]) == []
    assert len(cluster(documents("", ""))) == 2
    with pytest.raises(OptionError, match="one for each"):
        cluster(documents(ALONE), [])
    with pytest.raises(OptionError, match="similarity"):
        cluster([], similarity=0)


def test_articles_of_two_languages_are_never_one_story() -> None:
    pair = [parse(text, language=language) for text, language in zip(FERRY, ("en", "de"), strict=True)]
    assert len(cluster(pair)) == 2


def test_groups_are_those_of_linkage_over_all_pairs() -> None:
    # What no pair connects is looked at by itself, which must not show.
    dice = random.Random(5)
    terms = [f"t{number}" for number in range(60)]
    articles = [dict.fromkeys(dice.sample(terms, 9), 1.0) for _ in range(80)]
    desk = Clusters()
    for found in articles:
        desk.add(Sketch(found, "en", None))
    frequency = {term: sum(term in found for found in articles) for term in terms}
    vectors = [{term: log(201 / frequency[term]) + 1 for term in found} for found in articles]
    norms = [sqrt(sum(weight**2 for weight in vector.values())) for vector in vectors]
    pairs = {}
    for one, two in combinations(range(80), 2):
        shared = vectors[one].keys() & vectors[two].keys()
        cosine = sum(vectors[one][term] * vectors[two][term] for term in shared) / norms[one] / norms[two]
        if cosine > 0.05:
            pairs[one, two] = cosine
    # How near the ten nearest of each outside its story are, against the mean of that over all.
    apart = [[c for pair, c in pairs.items() if index in pair and c < 0.45] for index in range(80)]
    crowd = [sum(sorted(cosines)[-10:]) / 10 for cosines in apart]
    mean = sum(crowd) / 80
    pairs = {(a, b): c - (crowd[a] + crowd[b]) / 2 + mean for (a, b), c in pairs.items()}
    pairs = {pair: value for pair, value in pairs.items() if value > 0}
    found = desk.groups(similarity=0.45)
    assert found == linked(80, pairs, 0.45)
    assert 20 < len(found) < 75, "neither all apart nor all together"


def test_where_many_articles_are_alike_more_is_needed_to_be_a_story() -> None:
    # Fifteen reports on one subject share three words with each other; two more pairs share as much, in
    # two reports of it and in two of nothing else.
    desk = Clusters()
    for number in range(15):
        own = [f"own{number}.{i}" for i in range(8)] + (["x0", "x1", "x2"] if number < 2 else [])
        desk.add(Sketch(dict.fromkeys([*own, "oil", "price", "barrel"], 1.0), "en", None))
    for number in range(2):
        own = [f"other{number}.{i}" for i in range(8)]
        shared = ["ferry", "sank", "divers", "wreck"]
        desk.add(Sketch(dict.fromkeys([*own, *shared], 1.0), "en", None))
    for number in range(30):
        desk.add(Sketch({f"single{number}.{i}": 1.0 for i in range(8)}, "en", None))
    assert [group for group in desk.groups(similarity=0.28) if len(group) > 1] == [[15, 16]]


def test_a_large_story_does_not_crowd_itself_out() -> None:
    desk = Clusters()
    for number in range(40):
        own = {f"own{number}": 1.0}
        desk.add(Sketch({**own, **dict.fromkeys(["ferry", "sank", "divers", "wreck"], 1.0)}, "en", None))
    for number in range(30):
        desk.add(Sketch({f"single{number}.{i}": 1.0 for i in range(8)}, "en", None))
    assert [len(group) for group in desk.groups() if len(group) > 1] == [40]


def test_a_long_clustering_may_be_stopped() -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    desk = Clusters()
    for _ in range(2):
        desk.add(Sketch({"ferry": 1.0}, "en", None))
    with pytest.raises(KeyboardInterrupt):
        desk.groups(proceed=stop)


def test_linkage_takes_the_mean_over_groups() -> None:
    chain = {(0, 1): 0.9, (1, 2): 0.8, (2, 3): 0.9}
    assert linked(4, chain, 0.5) == [[0, 1], [2, 3]], "a chain is not one group"
    assert linked(3, {(0, 1): 0.9, (0, 2): 0.6, (1, 2): 0.6}, 0.5) == [[0, 1, 2]]


def test_b_cubed_by_hand() -> None:
    # Articles a1 a2 a3 of one event, b1 b2 of another; found {a1 a2 b1} and {a3 b2}.
    # Precision: a1, a2 2/3, b1 1/3, a3, b2 1/2 -> 8/15. Recall: a1, a2 2/3, a3 1/3, b1, b2 1/2 -> 8/15.
    assert b_cubed("xxyxy", "aaabb") == pytest.approx(8 / 15)
    # Found {a1 a2} {a3} {b1 b2}: precision 1; recall a1, a2 2/3, a3 1/3, b1, b2 1 -> 11/15; F 22/26.
    assert b_cubed("xxyzz", "aaabb") == pytest.approx(22 / 26)


def test_the_measures_are_1_for_the_truth_and_fall_for_splitting_and_mixing() -> None:
    truth = list("aaabbc")
    assert b_cubed(list("xxxyyz"), truth) == adjusted_rand(list("xxxyyz"), truth) == 1.0
    for wrong in (list("xxyzzw"), list("xxxxxx")):
        assert b_cubed(wrong, truth) < 1 and adjusted_rand(wrong, truth) < 1
