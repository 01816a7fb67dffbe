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
from summarize.story.clustering import Clusters, Sketch, cluster, linked

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
    found = desk.groups(similarity=0.45)
    assert found == linked(80, pairs, 0.45)
    assert 20 < len(found) < 75, "neither all apart nor all together"


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


def test_the_measures_are_1_for_the_truth_and_fall_for_splitting_and_mixing() -> None:
    truth = list("aaabbc")
    assert b_cubed(list("xxxyyz"), truth) == adjusted_rand(list("xxxyyz"), truth) == 1.0
    for wrong in (list("xxyzzw"), list("xxxxxx")):
        assert b_cubed(wrong, truth) < 1 and adjusted_rand(wrong, truth) < 1
