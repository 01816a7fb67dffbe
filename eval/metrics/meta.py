"""Which metric to believe: the correlation of metrics with human marks, at system and at summary level.

At system level the means of the systems are correlated, at summary level the systems' summaries of each
article, averaged over the articles. Intervals resample the articles. D. Deutsch, R. Dror and D. Roth, "A
statistical analysis of summarization evaluation metrics using resampling methods", 2021; marks of A. R.
Fabbri et al., "SummEval", 2021. Leaves out reading files (`summarize_eval.data.marks`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..significance import resampled_means

Floats = NDArray[np.float64]
LEVELS = ("system", "summary")


def kendall(one: Floats, other: Floats) -> Floats:
    """Return Kendall's tau-b along the last axis; NaN where one side is constant.

    Example:
        >>> kendall(np.array([1.0, 2, 3, 4]), np.array([1.0, 3, 2, 4])).round(3).tolist()
        0.667
    """
    a, b = _signs(one), _signs(other)
    both = (a * b).sum(axis=(-2, -1))
    return _ratio(both, (a * a).sum(axis=(-2, -1)) * (b * b).sum(axis=(-2, -1)))


def spearman(one: Floats, other: Floats) -> Floats:
    """Return Spearman's rho along the last axis, with mean ranks for ties."""
    # A value's rank is, but for a constant, half the sum of the signs of its differences to all values.
    return pearson(_signs(one).sum(axis=-1), _signs(other).sum(axis=-1))


def pearson(one: Floats, other: Floats) -> Floats:
    """Return Pearson's r along the last axis; NaN where one side is constant."""
    a, b = (values - values.mean(axis=-1, keepdims=True) for values in (one, other))
    return _ratio((a * b).sum(axis=-1), (a * a).sum(axis=-1) * (b * b).sum(axis=-1))


def _signs(values: Floats) -> Floats:
    return np.sign(values[..., :, None] - values[..., None, :])


def _ratio(both: Floats, squares: Floats) -> Floats:
    out = np.full(np.shape(both), np.nan)
    found: Floats = np.divide(both, np.sqrt(squares), out=out, where=squares > 1e-24)
    return found


CORRELATIONS: dict[str, Callable[[Floats, Floats], Floats]] = {
    "kendall": kendall,
    "spearman": spearman,
    "pearson": pearson,
}


@dataclass(frozen=True)
class Agreement:
    """How a metric agrees with one kind of mark.

    Attributes:
        value: the correlation.
        low, high: its 95 % interval.
        worse: the two-sided p-value of its difference to the metric that agrees best, None for that one.
    """

    value: float
    low: float
    high: float
    worse: float | None


def agreements(
    metrics: Mapping[str, Floats],
    marks: Mapping[str, Floats],
    level: str,
    correlation: str = "kendall",
    samples: int = 1000,
    seed: int = 12345,
) -> dict[str, dict[str, Agreement]]:
    """Return the agreement of each metric with each mark, by names.

    Args:
        metrics, marks: figures of shape (articles, systems).
        level: "system" or "summary".
        correlation: one of `CORRELATIONS`.
        samples: resamples of the articles.
        seed: of the resamples.
    """
    correlate = CORRELATIONS[correlation]
    found: dict[str, dict[str, Agreement]] = {name: {} for name in metrics}
    means = {name: resampled_means(values, samples, seed) for name, values in {**metrics, **marks}.items()}
    for mark, human in marks.items():
        values: dict[str, float] = {}
        drawn: dict[str, Floats] = {}
        for name, scores in metrics.items():
            if level == "system":
                values[name] = float(_told(correlate(scores.mean(axis=0), human.mean(axis=0))))
                drawn[name] = _told(correlate(means[name], means[mark]))
            else:
                # Articles whose systems all have one mark say nothing of any metric.
                differ = np.ptp(human, axis=1) > 0
                kept = _told(correlate(scores[differ], human[differ])) if differ.any() else np.zeros(1)
                values[name] = float(kept.mean())
                drawn[name] = resampled_means(kept[:, None], samples, seed)[:, 0]
        best = max(values, key=lambda name: values[name])
        for name in metrics:
            low, high = np.quantile(drawn[name], [0.025, 0.975])
            worse = None if name == best else _p(drawn[best] - drawn[name])
            found[name][mark] = Agreement(values[name], float(low), float(high), worse)
    return found


def _told(correlations: Floats) -> Floats:
    """Return the correlations, 0 for NaN: a metric that cannot tell systems apart agrees with nothing."""
    found: Floats = np.nan_to_num(correlations, nan=0.0)
    return found


def _p(differences: Floats) -> float:
    """Return the two-sided bootstrap p-value of a mean difference from its resamples."""
    count = len(differences) + 1
    return float(min(1.0, 2 * min((differences <= 0).sum() + 1, (differences >= 0).sum() + 1) / count))


def agreement_table(
    found: Mapping[str, Mapping[str, Agreement]], marks: Sequence[str]
) -> tuple[list[str], list[list[str]]]:
    """Return the header and one row of cells for each metric; * where it is no worse than the best."""
    rows = []
    for name, by_mark in found.items():
        cells = []
        for mark in marks:
            one = by_mark[mark]
            star = "*" if one.worse is None or one.worse >= 0.05 else " "
            cells.append(f"{one.value:+.3f} [{one.low:+.2f}, {one.high:+.2f}]{star}")
        rows.append([name, *cells])
    return ["metric", *marks], rows
