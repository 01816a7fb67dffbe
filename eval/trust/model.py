"""Fits the weights of the trust score: a logistic regression with every sign fixed beforehand.

Fitted by projected Newton steps on whole lines; a summary known only as unfaithful blames its worst line
(multiple-instance learning, Dietterich et al. 1997). Ships nothing itself: `trust.trust --write` does.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarize.evidence.score import Model

Array = NDArray[np.float64]

# What more of a feature may do: only lower the score (-1), only raise it (1), or either (0).
SIGNS = {
    "novel": -1,
    "novel_share": -1,
    "novel_late": -1,
    "novel_rare": -1,
    "synonyms": 0,
    "substituted": 0,
    "elsewhere_capital": -1,
    "opposites": -1,
    "replaced": -1,
    "negators": -1,
    "compressed": 1,
    "flag_number": -1,
    "flag_name": -1,
    "flag_quote": -1,
    "flag_negation": -1,
}
# A flag that the sets hardly ever raise says nothing about its weight there: shrink it to this, not to 0.
FLAG_PRIOR = -1.0
RIDGE = 100.0
_ROUNDS = 3
_SET_WEIGHT = 100.0


@dataclass(frozen=True, slots=True)
class TrainingExample:
    """One annotated summary: the features of its lines that are no copies, and what is known of them.

    Attributes:
        group: the set it comes from; sets weigh the same, and so do both answers within a set.
        lines: features, shape (lines, features).
        labels: 1 for each faithful line, 0 for each other; None where only the whole is known unfaithful.
    """

    group: str
    lines: Array
    labels: tuple[int, ...] | None


def fit(examples: Sequence[TrainingExample], ridge: float = RIDGE) -> Model:
    """Return the fitted weights, per unit of each feature; the threshold is left at 0.5.

    Args:
        examples: annotated summaries with at least one line each.
        ridge: how strongly weights are held to zero, in units of one line.
    """
    lines = np.concatenate([example.lines for example in examples])
    mean, scale = lines.mean(axis=0), lines.std(axis=0) + 1e-6
    signs = np.array(list(SIGNS.values()))
    flags = np.array([name.startswith("flag_") for name in SIGNS])
    prior = np.append(np.where(flags, FLAG_PRIOR * scale, 0.0), 0.0)
    weights = prior
    for step in range(_ROUNDS):
        x, y, groups = _lines(
            [_scaled(example, mean, scale) for example in examples], weights, first=step == 0
        )
        weights = _newton(x, y, _balance(y, groups), signs, prior, ridge)
    raw = weights[:-1] / scale
    bias = float(weights[-1] - raw @ mean)
    return Model({name: round(float(w), 4) for name, w in zip(SIGNS, raw, strict=True)}, round(bias, 4), 0.5)


def write(model: Model, path: Path) -> None:
    """Write a model as the JSON file that ships."""
    stored = {
        "bias": model.bias,
        "threshold": model.threshold,
        "sure": model.sure,
        "weights": dict(model.weights),
    }
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _scaled(example: TrainingExample, mean: Array, scale: Array) -> TrainingExample:
    return TrainingExample(example.group, (example.lines - mean) / scale, example.labels)


def _lines(
    examples: Sequence[TrainingExample], weights: Array, first: bool
) -> tuple[Array, Array, list[str]]:
    """Return features, labels and sets of the lines whose label is known or, after the first, guessed."""
    x: list[Array] = []
    y: list[int] = []
    groups: list[str] = []
    for example in examples:
        lines, labels = example.lines, example.labels
        if labels is None:
            if first and len(lines) > 1:
                continue
            worst = int(np.argmin(lines @ weights[:-1]))
            lines, labels = lines[worst : worst + 1], (0,)
        x.append(lines)
        y.extend(labels)
        groups.extend([example.group] * len(labels))
    return np.concatenate(x), np.array(y, dtype=np.float64), groups


def _balance(y: Array, groups: Sequence[str]) -> Array:
    names = np.array(groups)
    weights = np.zeros(len(y))
    for group in set(groups):
        for answer in (0.0, 1.0):
            chosen = (names == group) & (y == answer)
            weights[chosen] = _SET_WEIGHT / max(1, int(chosen.sum()))
    return weights


def _newton(
    x: Array, y: Array, w: Array, signs: Array, prior: Array, ridge: float, steps: int = 100
) -> Array:
    """Minimize the weighted logistic loss plus a ridge around the prior, signs kept."""
    x = np.c_[x, np.ones(len(x))]
    signs = np.append(signs, 0)
    penalty = np.append(np.full(x.shape[1] - 1, ridge), 1e-6)
    b = prior.copy()
    for _ in range(steps):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ b, -30.0, 30.0)))
        gradient = x.T @ (w * (p - y)) + penalty * (b - prior)
        held = (signs * b <= 0.0) & (signs * gradient > 0.0)
        free = ~held
        hessian = (x * (w * p * (1.0 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.zeros_like(b)
        step[free] = np.linalg.solve(hessian[np.ix_(free, free)], gradient[free])
        moved = np.where(signs * (b - step) < 0.0, 0.0, b - step)
        if np.abs(moved - b).max() < 1e-7:
            return moved
        b = moved
    return b
