"""Measures how well the checking of summaries agrees with people: `summarize-eval trust`.

SummEdits (Laban et al. 2023; news, and its other domains), XSum hallucinations (Maynez et al. 2020), QAGS
(Wang et al. 2020, CNN/DM) and SummEval's marks for consistency (Fabbri et al. 2021). Each set is judged by
weights and a threshold fitted on the four others. Annotating, and the sets themselves, are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarize.evidence.check import CONTRADICTIONS
from summarize.evidence.score import Model

from .model import fit, write
from .rows import SETS, Annotated, Speed, read_rows
from .threshold import threshold

Array = NDArray[np.float64]
KINDS = ("number", "name", "quote", "negation", "word", "swap", "hedge", "condition")
RESAMPLES = 1000
SURE_SHARE = 0.9
_MOST_SURE = 0.95  # under the score of a copy


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
    """What was measured on one set, by weights and a threshold that saw nothing of it.

    Attributes:
        auc, accuracy: ROC-AUC, and balanced accuracy at the threshold.
        threshold: the least score that is not unsupported.
        flags: rows with a flag of each kind, and how many of them people call unfaithful.
    """

    name: str
    rows: int
    articles: int
    faithful: float
    auc: Figure
    accuracy: Figure
    threshold: float
    flags: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrustReport:
    """The reports of the sets, the weights fitted on all, the calibration error left out, and the speed."""

    sets: tuple[SetReport, ...]
    model: Model
    calibration_error: float
    speed: Speed

    def __str__(self) -> str:
        head = (
            f"{'left out (95 %)':18} {'rows':>5} {'articles':>8} {'faithful':>8}  {'balanced accuracy':20} "
        )
        lines = [head + f"{'ROC-AUC':20} threshold"]
        for s in self.sets:
            lines.append(
                f"{s.name:18} {s.rows:5} {s.articles:8} {s.faithful:8.0%}  {s.accuracy!s:20} {s.auc!s:20} "
                f"{s.threshold:.3f}"
            )
        lines.append("\nflags: rows flagged, and the share of them that people call unfaithful")
        for s in self.sets:
            kinds = (
                f"{kind} {n} ({bad / n:.0%})" if n else f"{kind} 0" for kind, (n, bad) in s.flags.items()
            )
            lines.append(f"{s.name:18} base {1 - s.faithful:.0%}: {', '.join(kinds)}")
        lines.append(
            f"\ncalibration error, left out, both answers weighing the same: {self.calibration_error:.3f}"
        )
        return "\n".join([*lines, f"speed: {self.speed}"])


def run(data_dir: Path, resamples: int = RESAMPLES, write_to: Path | None = None) -> TrustReport:
    """Report on each set by what is fitted on the others; fit what ships on all.

    Args:
        data_dir: the folder that holds `faithfulness_*.jsonl.gz` and `summeval_human.jsonl.gz`.
        resamples: how many bootstrap samples the intervals rest on.
        write_to: where to write the fitted weights, or None.

    Raises:
        InputError: where a set is missing.
    """
    rows, speed = read_rows(data_dir)
    model = _fit(rows)
    if write_to:
        write(model, write_to)
    reports, errors = [], []
    for group in SETS:
        held = [row for row in rows if row.group == group]
        others = _fit([row for row in rows if row.group != group])
        reports.append(_report(held, others, resamples))
        errors.append(_calibration_error(held, others))
    return TrustReport(tuple(reports), model, float(np.mean(errors)), speed)


def _fit(rows: Sequence[Annotated]) -> Model:
    model = fit([row.example for row in rows if row.example is not None])
    scores = np.array([r.score(model) for r in rows])
    answers = np.array([r.faithful for r in rows])
    counts = Counter(r.group for r in rows)
    sizes = np.array([1.0 / counts[r.group] for r in rows])
    least = round(threshold(scores, answers, [(r.group, r.article) for r in rows]), 3)
    return Model(model.weights, model.bias, least, round(_sure(scores, answers, sizes, least), 3))


def _sure(scores: Array, answers: Array, sizes: Array, threshold: float) -> float:
    """Return the least score from which `SURE_SHARE` are faithful where half of all were; 0.95 for none."""
    good, bad = sizes * (answers == 1), sizes * (answers == 0)
    for least in np.unique(scores[scores >= threshold]):
        right = good[scores >= least].sum() / good.sum()
        wrong = bad[scores >= least].sum() / bad.sum()
        if right >= SURE_SHARE * (right + wrong):
            return min(float(least), _MOST_SURE)
    return _MOST_SURE


def _report(rows: Sequence[Annotated], model: Model, resamples: int) -> SetReport:
    columns = [(r.score(model), r.faithful, r.article) for r in rows]
    scores, answers, articles = (np.array(column, dtype=np.float64) for column in zip(*columns, strict=True))
    held = scores, answers, articles
    # As the answer is given: what contradicts its source is unsupported, whatever it scores.
    denied = np.array([any(f.kind in CONTRADICTIONS for f in r.verdict.flags) for r in rows])
    judged = np.where(denied, -1.0, scores), answers, articles
    return SetReport(
        name=SETS[rows[0].group],
        rows=len(rows),
        articles=len(np.unique(articles)),
        faithful=float(answers.mean()),
        auc=_interval(area, held, resamples),
        accuracy=_interval(lambda s, y: balanced_accuracy(s >= model.threshold, y), judged, resamples),
        threshold=model.threshold,
        flags={kind: _flagged(rows, kind) for kind in KINDS},
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


def balanced_accuracy(passed: NDArray[np.bool_], answers: Array) -> float:
    """Return the mean of the shares of faithful ones passed and of the others stopped.

    Example:
        >>> balanced_accuracy(np.array([True, True, False, False]), np.array([1.0, 0.0, 0.0, 0.0]))
        0.8333333333333333
    """
    good, bad = answers == 1, answers == 0
    if not good.any() or not bad.any():
        return float("nan")
    return float((passed[good].mean() + (~passed[bad]).mean()) / 2)


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
    """Return the expected calibration error over tenths of the score, both answers weighing the same."""
    scores = np.array([r.score(model) for r in rows])
    answers = np.array([r.faithful for r in rows], dtype=np.float64)
    groups = [(r.group, r.faithful) for r in rows]
    counts = Counter(groups)
    weights = np.array([1.0 / counts[group] for group in groups])
    places = np.minimum((scores * bins).astype(int), bins - 1)
    gaps = [abs((weights * (answers - scores))[places == place].sum()) for place in range(bins)]
    return float(sum(gaps) / weights.sum())
