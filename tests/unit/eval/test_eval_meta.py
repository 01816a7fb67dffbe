"""Agreement of metrics with human marks: correlations against hand-made cases, levels, and the command."""

import json
from pathlib import Path

import numpy as np
import pytest
from summarize_eval.data.marks import read_marks
from summarize_eval.metrics.base import Sample
from summarize_eval.metrics.meta import agreements, kendall, pearson, spearman
from summarize_eval.metrics.registry import installed_metrics, load_metric
from summarize_eval.metrics.report import report

from summarize.errors import InputError, OptionError


def test_correlations_with_ties() -> None:
    # Of the six pairs four agree; each side has one tie, in another pair: 4 / sqrt(5 * 5).
    one, other = np.array([1.0, 2, 2, 3]), np.array([1.0, 2, 3, 3])
    assert kendall(one, other) == pytest.approx(4 / 5)
    assert spearman(one, other) == pytest.approx(
        pearson(np.array([1, 2.5, 2.5, 4]), np.array([1, 2, 3.5, 3.5]))
    )
    assert pearson(one, 2 * one + 1) == pytest.approx(1)
    assert kendall(one, -one) == pytest.approx(-1)
    assert np.isnan(kendall(one, np.ones(4)))


def test_levels_differ_and_a_blind_metric_is_worse() -> None:
    rng = np.random.default_rng(1)
    human = rng.normal(size=(60, 5)) + np.arange(5)
    metrics = {"good": human + rng.normal(size=(60, 5)), "blind": rng.normal(size=(60, 5))}
    for level in ("system", "summary"):
        found = agreements(metrics, {"mark": human}, level, samples=200)
        good, blind = found["good"]["mark"], found["blind"]["mark"]
        assert good.value > 0.5 and good.low <= good.value <= good.high and good.worse is None
        assert blind.worse is not None and blind.worse < 0.05


def test_articles_that_all_systems_share_a_mark_on_do_not_count() -> None:
    human = np.array([[1.0, 2, 3], [5, 5, 5]])
    metrics = {"right": np.array([[1.0, 2, 3], [3, 1, 2]]), "constant": np.ones((2, 3))}
    found = agreements(metrics, {"mark": human}, "summary", samples=50)
    assert found["right"]["mark"].value == 1.0
    assert found["constant"]["mark"].value == 0.0
    nothing = agreements(metrics, {"mark": np.ones((2, 3))}, "summary", samples=50)
    assert nothing["right"]["mark"].value == 0.0


@pytest.mark.parametrize("name", installed_metrics())
def test_every_metric_prefers_the_reference(name: str) -> None:
    metric = load_metric(name)
    article = "The cat sat on the mat. It purred all day. Dogs barked in London."
    good = Sample("The cat sat on the mat.", ("The cat sat on the mat.",), article)
    bad = Sample("But fish swam in Paris with 9 birds.", ("The cat sat on the mat.",), article)
    found = metric.score([good, bad])
    assert found and metric.signature
    assert all(values.shape == (2,) and np.isfinite(values).all() for values in found.values())
    first = {"statistics": "coverage", "editing": "clean"}.get(name, next(iter(found)))
    assert found[first][0] > found[first][1]


def test_unknown_metrics_and_options() -> None:
    with pytest.raises(OptionError, match="there are rouge"):
        load_metric("x")
    with pytest.raises(OptionError, match="it has mode, formula"):
        load_metric("rouge:x=1")
    assert "tokenizer:perl" in load_metric("rouge:mode=perl").signature


def test_report_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "marked.jsonl"
    article = "The cat sat on the mat. It purred all day."
    texts = {"a": ("The cat sat on the mat.", 5), "b": ("A cat sat.", 3), "c": ("Fish.", 1)}
    rows = [
        {
            "id": n,
            "article": article,
            "system": s,
            "summary": t,
            "references": [texts["a"][0]],
            "relevance": m,
        }
        for n in range(3)
        for s, (t, m) in texts.items()
    ]
    path.write_text("\n".join(map(json.dumps, rows[:-1])))
    text = report(str(path), ["rouge"], samples=20)
    assert "2 articles, 3 systems" in text and "+1.000 [+1.00, +1.00]*" in text
    assert "1 articles were left out" in text
    found = json.loads(report(str(path), ["rouge"], format="json", samples=20))
    assert found["agreement"]["summary"]["spearman"]["rouge1"]["relevance"]["value"] == pytest.approx(1)
    with pytest.raises(OptionError, match="two metrics give the figure 'rouge1'"):
        report(str(path), ["rouge", "rouge:mode=perl"], samples=20)
    with pytest.raises(InputError, match="no column x"):
        read_marks(str(path), ["x"])
    path.write_text("\n".join(map(json.dumps, rows[:2])))
    with pytest.raises(InputError, match="three systems"):
        read_marks(str(path))
