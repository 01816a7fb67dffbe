"""Comparisons with the baseline: Holm's correction, effect, power, and equal length."""

import numpy as np
import pytest
from summarize_eval.comparison import Comparison, compare, correct, cut_to_equal, holm, leading
from summarize_eval.evaluate import evaluate
from summarize_eval.reports.tables import render
from summarize_eval.results import Settings, System
from summarize_eval.rouge.rouge import Rouge


def test_holm_as_published() -> None:
    # The example of the issue: three stars at 5 %, none after the correction.
    assert holm(np.array([[0.043, 0.035, 0.024]])).round(3).tolist() == [[0.072, 0.072, 0.072]]
    assert holm(np.array([[0.01], [0.9]])).ravel().tolist() == pytest.approx([0.02, 0.9])
    assert holm(np.array([0.6, 0.7])).tolist() == [1.0, 1.0]


def test_effect_and_power_of_known_differences() -> None:
    baseline = np.zeros((4, 1))
    system = np.array([[0.1], [0.3], [0.1], [0.3]])
    found = compare(baseline, system, "paired-bs", 200, 1, 0.95)
    spread = np.std([0.1, 0.3, 0.1, 0.3], ddof=1)
    assert found.difference.mean[0] == pytest.approx(0.2)
    assert found.effect[0] == pytest.approx(0.2 / spread)
    assert found.detectable[0] == pytest.approx(2.8016 * spread / 2, rel=1e-4)
    two = correct([found, found])
    assert two[0].corrected[0] == pytest.approx(min(1, 2 * found.p[0]))


def test_only_a_significant_lead_leads() -> None:
    means = np.array([[0.5, 0.2, 0.2], [0.4, 0.3, 0.3]])
    other = compare(np.zeros((4, 3)), np.zeros((4, 3)), "paired-bs", 10, 1, 0.95)
    clear = Comparison(other.difference, other.effect, other.p, np.array([0.01, 0.01, 0.2]), other.detectable)
    assert leading(means, [None, clear]) == [0, 1, None]
    assert leading(means, [None, None]) == [None] * 3


def test_equal_length_takes_the_gain_of_length_away() -> None:
    assert cut_to_equal(["a b c\nd"], ["a b"]) == (["a b"], ["a b"])
    references = [("a b c d e f",), ("g h i j k l",)]
    short, long = ["a b", "g h"], ["a b c d", "g h i j"]
    settings = Settings(samples=100, test="paired-bs", equal_length=True)
    systems = [System("short", short), System("long", long)]
    found = evaluate("x", systems, references, Rouge(["rouge1"]), settings)
    one = found.results[1].comparison
    assert one is not None and one.equal_length is not None
    assert one.difference.mean[0] > 0 and one.equal_length.mean[0] == 0
    assert "at equal length +0.00 [+0.00, +0.00]" in render(found)
