"""Measures how well the checking of summaries agrees with people: `summarize-eval trust`.

SummEdits (Laban et al. 2023, news half), XSum hallucinations (Maynez et al. 2020) and QAGS (Wang et al.
2020, CNN/DM). Each set is split by article: the first half fits the weights and the thresholds, the other
half is reported. Annotating, and the sets themselves, are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.trust.model import fit, write
from eval.trust.rows import SETS, Annotated, Speed, read_rows
from summarize.evidence.score import Model

Array = NDArray[np.float64]
KINDS = ("number", "name", "quote", "negation", "word", "role")
RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % bootstrap interval over articles."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{100 * self.value:.1f} [{100 * self.low:.1f}, {100 * self.high:.1f}]"


@dataclass(frozen=True, slots=True)
class SetReport:
    """What was measured on one set.

    Attributes:
        auc, accuracy: ROC-AUC and balanced accuracy of the held-out half, at the threshold of the other.
        accuracy_shipped: balanced accuracy there at the one threshold that ships for all sets.
        crossed_auc, crossed_accuracy: both halves, each by weights and threshold fitted on the other.
        flags: rows with a flag of each kind, and how many of them people call unfaithful; held-out half.
    """

    name: str
    rows: int
    articles: int
    faithful: float
    auc: Figure
    accuracy: Figure
    accuracy_shipped: Figure
    threshold: float
    crossed_auc: Figure
    crossed_accuracy: Figure
    flags: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrustReport:
    """The reports of the sets, the fitted weights, the error of calibration held out, and the speed."""

    sets: tuple[SetReport, ...]
    model: Model
    calibration_error: float
    speed: Speed

    def __str__(self) -> str:
        head = f"{'held out (95 %)':18} {'rows':>5} {'faithful':>8}  {'balanced accuracy':20} {'ROC-AUC':20} "
        lines = [head + f"{'crossed accuracy':20} {'crossed ROC-AUC':20} shipped threshold"]
        for s in self.sets:
            lines.append(
                f"{s.name:18} {s.rows:5} {s.faithful:8.0%}  {s.accuracy!s:20} {s.auc!s:20} "
                f"{s.crossed_accuracy!s:20} {s.crossed_auc!s:20} {s.accuracy_shipped!s}"
            )
        lines.append("\nflags: rows flagged, and the share of them that people call unfaithful")
        for s in self.sets:
            kinds = (
                f"{kind} {n} ({bad / n:.0%})" if n else f"{kind} 0" for kind, (n, bad) in s.flags.items()
            )
            lines.append(f"{s.name:18} base {1 - s.faithful:.0%}: {', '.join(kinds)}")
        lines.append(
            f"\ncalibration error, held out, both answers weighing the same: {self.calibration_error:.3f}"
        )
        return "\n".join([*lines, f"speed: {self.speed}"])


def run(data_dir: Path, resamples: int = RESAMPLES, write_to: Path | None = None) -> TrustReport:
    """Fit on one half of the articles of each set, report on the other.

    Args:
        data_dir: the folder that holds `faithfulness_*.jsonl.gz`.
        resamples: how many bootstrap samples the intervals rest on.
        write_to: where to write the fitted weights, or None.

    Raises:
        InputError: where a set is missing.
    """
    rows, speed = read_rows(data_dir)
    early, late = [r for r in rows if not r.late], [r for r in rows if r.late]
    model = _fit(early)
    crossed = _fit(late)
    if write_to:
        write(model, write_to)
    reports = tuple(
        _report(group, [r for r in rows if r.group == group], model, crossed, resamples) for group in SETS
    )
    return TrustReport(reports, model, _calibration_error(late, model), speed)


def _fit(rows: Sequence[Annotated]) -> Model:
    model = fit([row.example for row in rows if row.example is not None])
    threshold = _threshold(
        np.concatenate([[r.score(model) for r in rows if r.group == g] for g in SETS]),
        np.concatenate([[r.faithful for r in rows if r.group == g] for g in SETS]),
        np.concatenate([np.full(n, 1.0 / n) for g in SETS if (n := sum(r.group == g for r in rows))]),
    )
    return Model(model.weights, model.bias, round(threshold, 3))


def _report(group: str, rows: Sequence[Annotated], model: Model, crossed: Model, resamples: int) -> SetReport:
    def halves(late: bool, by: Model) -> tuple[Array, Array, Array]:
        chosen = [r for r in rows if r.late == late]
        columns = [(r.score(by), r.faithful, r.article) for r in chosen]
        scores, answers, articles = (
            np.array(column, dtype=np.float64) for column in zip(*columns, strict=True)
        )
        return scores, answers, articles

    fitted, held = halves(False, model), halves(True, model)
    threshold = _threshold(fitted[0], fitted[1])
    other_fitted, other_held = halves(True, crossed), halves(False, crossed)
    other = _threshold(other_fitted[0], other_fitted[1])
    # Each half stands at its own threshold, so the scores of both can be pooled around zero.
    pooled = tuple(
        np.concatenate(pair)
        for pair in zip(
            (held[0] - threshold, *held[1:]), (other_held[0] - other, *other_held[1:]), strict=True
        )
    )
    late = [r for r in rows if r.late]
    return SetReport(
        name=SETS[group],
        rows=len(late),
        articles=len({r.article for r in late}),
        faithful=float(held[1].mean()),
        auc=_interval(area, held, resamples),
        accuracy=_interval(lambda s, y: balanced_accuracy(s >= threshold, y), held, resamples),
        accuracy_shipped=_interval(lambda s, y: balanced_accuracy(s >= model.threshold, y), held, resamples),
        threshold=threshold,
        crossed_auc=_interval(area, pooled, resamples),
        crossed_accuracy=_interval(lambda s, y: balanced_accuracy(s >= 0.0, y), pooled, resamples),
        flags={kind: _flagged(late, kind) for kind in KINDS},
    )


def _flagged(rows: Sequence[Annotated], kind: str) -> tuple[int, int]:
    flagged = [r for r in rows if any(flag.kind == kind for flag in r.verdict.flags)]
    return len(flagged), sum(1 - r.faithful for r in flagged)


def area(scores: Array, answers: Array) -> float:
    """Return the area under the ROC curve; ties count half.

    Example:
        >>> area(np.array([0.1, 0.4, 0.4, 0.9]), np.array([0.0, 0.0, 1.0, 1.0]))
        0.875
    """
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    positive = answers.sum()
    negative = len(answers) - positive
    if not positive or not negative:
        return float("nan")
    return float((ranks[answers == 1].sum() - positive * (positive + 1) / 2) / (positive * negative))


def balanced_accuracy(passed: NDArray[np.bool_], answers: Array, weights: Array | None = None) -> float:
    """Return the mean of the shares of faithful ones passed and of the others stopped.

    Example:
        >>> balanced_accuracy(np.array([True, True, False, False]), np.array([1.0, 0.0, 0.0, 0.0]))
        0.8333333333333333
    """
    weights = np.ones(len(answers)) if weights is None else weights
    good, bad = weights * (answers == 1), weights * (answers == 0)
    if not good.sum() or not bad.sum():
        return float("nan")
    return float((good[passed].sum() / good.sum() + bad[~passed].sum() / bad.sum()) / 2)


def _threshold(scores: Array, answers: Array, weights: Array | None = None) -> float:
    """Return the score from which balanced accuracy is best, halfway to the next lower score."""
    values = np.unique(scores)
    best = max(values, key=lambda t: balanced_accuracy(scores >= t, answers, weights))
    lower = values[values < best]
    return float((best + lower[-1]) / 2 if len(lower) else best)


def _interval(figure: Callable[[Array, Array], float], columns: Sequence[Array], resamples: int) -> Figure:
    """Return a figure with the percentile interval of resampling whole articles."""
    scores, answers, articles = columns
    random = np.random.default_rng(0)
    places = [np.flatnonzero(articles == article) for article in np.unique(articles)]
    samples = []
    for _ in range(resamples):
        drawn = np.concatenate([places[i] for i in random.integers(len(places), size=len(places))])
        samples.append(figure(scores[drawn], answers[drawn]))
    low, high = np.nanpercentile(samples, [2.5, 97.5]) if samples else (float("nan"), float("nan"))
    return Figure(figure(scores, answers), float(low), float(high))


def _calibration_error(rows: Sequence[Annotated], model: Model, bins: int = 10) -> float:
    """Return the expected calibration error over tenths of the score, classes and sets weighing the same."""
    scores = np.array([r.score(model) for r in rows])
    answers = np.array([r.faithful for r in rows], dtype=np.float64)
    groups = [(r.group, r.faithful) for r in rows]
    weights = np.array([1.0 / groups.count(group) for group in groups])
    places = np.minimum((scores * bins).astype(int), bins - 1)
    gaps = [abs((weights * (answers - scores))[places == place].sum()) for place in range(bins)]
    return float(sum(gaps) / weights.sum())
