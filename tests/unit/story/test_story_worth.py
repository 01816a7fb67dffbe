"""What a sentence of a story is worth: its traits counted by hand, and what is made of them."""

from __future__ import annotations

import gzip
import json
import runpy
from math import log, sqrt
from pathlib import Path

import numpy as np
import pytest
from summarize_eval.benchmarks.parts import Bench

from summarize import parse
from summarize.story.worth import TRAITS, WEIGHTS, traits, worth

FIT = Path(__file__).parents[3] / "training" / "story" / "fit.py"
ONE = parse("Ferries sank. Boats float.", language="en")
TWO = parse("Ferries burned. Ferries sank.", language="en")


def test_traits_are_those_of_a_count_by_hand() -> None:
    found = [dict(zip(TRAITS, row, strict=True)) for row in traits([ONE, TWO]).tolist()]
    assert [round(row["place"], 6) for row in found] == [0.0, round(log(2), 6)] * 2
    assert [row["words"] for row in found] == [log(2)] * 4
    # "ferry" and "sink" are in both documents, "boat", "float" and "burn" in one.
    assert [row["shared"] for row in found] == [1.0, 0.0, 0.5, 1.0]
    norm = sqrt(3**2 + 2**2 + 1 + 1 + 1)  # ferry three times, sink twice, the others once
    assert [row["central"] for row in found] == pytest.approx(
        [count / norm / sqrt(2) for count in (5, 2, 4, 5)]
    )


def test_in_english_worth_is_made_of_the_weighted_traits_whatever_facts_weigh() -> None:
    sums = traits([ONE, TWO]) @ np.array(WEIGHTS["en"][:-1]) + WEIGHTS["en"][-1]
    for facts in (np.zeros(4), np.arange(4.0)):
        assert worth([ONE, TWO], facts) == pytest.approx(sums**0.65)


def test_what_stands_far_down_and_is_of_something_else_is_worth_more_than_nothing() -> None:
    far = parse("Rain fell. " * 3000 + "A baker slept.", language="en")
    *_, last = worth([ONE, far], np.zeros(3003))
    assert last == pytest.approx(0.02**0.65)


def test_elsewhere_worth_is_what_facts_weigh_for_their_length() -> None:
    told = [parse("Một hai ba bốn. Năm sáu bảy tám chín mười một hai ba.", language="vi")]
    short, long = worth(told, np.array([2.0, 2.0]))
    assert (short, long) == pytest.approx((1.0, 2 / 3))


def test_a_document_alone_shares_nothing_and_one_without_words_is_worth_something() -> None:
    assert traits([ONE])[:, TRAITS.index("shared")].tolist() == [0.0, 0.0]
    dots = parse("... !!! ...", language="en")
    assert (worth([dots], np.zeros(len(dots.sentences))) >= 0.02**0.65).all()


def test_weights_are_learned_from_training_articles_dealt_out_and_from_no_other_set(tmp_path: Path) -> None:
    """The folder holds no other set, so that reading one would be an error."""
    fit = runpy.run_path(str(FIT))
    assert fit["SETS"] == ("cnndm_train", "dailymail_train")
    names = "Ann Bob Cid Dan Eve Fay Gus Hal Ida Jim Kay Lou".split()
    lines = [f"{name} saw the ferry{' sink' * (number % 3)}." for number, name in enumerate(names)]
    long, short = " ".join(lines), " ".join(lines[:7])
    for name in fit["SETS"]:
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as rows:
            for text in (long, short):
                rows.write(json.dumps({"id": "1", "article": text, "highlights": "Ann saw it."}) + "\n")
            rows.write(json.dumps({"id": "2", "article": short, "highlights": "Ann saw it."}) + "\n")
    found = [[d.sentences for d in documents] for documents, _ in fit["stories"](Bench(tmp_path))]
    openings = [[[line.line.split()[0] for line in lines] for lines in story] for story in found]
    # The first article of the second set has an odd number, and so three parts.
    assert openings == [
        [names[0::2], names[1::2]],
        [names[0::3], names[1::3], names[2::3]],
    ]
    weights = fit["fit"](fit["stories"](Bench(tmp_path)))
    assert len(weights) == len(WEIGHTS["en"]) == len(TRAITS) + 1
    assert np.isfinite(weights).all()
