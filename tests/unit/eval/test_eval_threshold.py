"""Which score parts supported summaries from the others."""

from __future__ import annotations

import numpy as np
import pytest
from summarize_eval.trust.threshold import threshold
from summarize_eval.trust.trust import balanced_accuracy


def test_between_two_answers_that_are_apart() -> None:
    scores = np.array([0.2, 0.3, 0.3, 0.7, 0.8, 0.9] * 10)
    answers = np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0] * 10)
    found = threshold(scores, answers, [("news", row // 6) for row in range(60)])
    assert 0.3 < found <= 0.7


def test_sets_weigh_the_same_however_many_rows_they_have() -> None:
    """A large set that no threshold parts leaves the choice to a small one that one does."""
    random = np.random.default_rng(1)
    scores = np.r_[random.random(900), np.repeat([0.62, 0.7], 15)]
    answers = np.r_[random.integers(2, size=900), np.repeat([0, 1], 15)].astype(np.float64)
    articles = [("large", row % 300) for row in range(900)] + [("small", row % 15) for row in range(30)]
    assert 0.62 < threshold(scores, answers, articles) <= 0.7


def test_a_few_rows_do_not_decide() -> None:
    """The one best threshold stands beside a single odd row; the median over articles stays where most agree."""
    random = np.random.default_rng(2)
    answers = np.repeat([0.0, 1.0], 200)
    scores = np.clip(np.where(answers == 1, 0.6, 0.4) + random.normal(0, 0.15, 400), 0, 1)
    found = threshold(scores, answers, [("news", row % 200) for row in range(400)])
    assert found == pytest.approx(0.5, abs=0.04)
    assert balanced_accuracy(scores >= found, answers) > 0.7
