"""Picks the score under which a summary is unsupported: the best balanced accuracy, sets weighing the same.

Accuracy hardly changes over a wide range of scores, so that a few rows decide where it is highest; the
median over resampled articles (bagging, Breiman 1996) stays.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_RESAMPLES = 200
_GRID = np.linspace(0.1, 0.9, 321)


def threshold(scores: Array, answers: Array, articles: Sequence[tuple[str, int]]) -> float:
    """Return the threshold that is picked from a set of summaries, or several.

    Args:
        scores: one for each summary, shape (summaries,).
        answers: 1 for each faithful one, 0 for each other.
        articles: the set and the article of each.
    """
    rows: dict[str, dict[int, list[int]]] = {}
    for row, (name, article) in enumerate(articles):
        rows.setdefault(name, {}).setdefault(article, []).append(row)
    sets = [[np.array(places) for places in found.values()] for found in rows.values()]
    random = np.random.default_rng(0)
    picked = []
    for _ in range(_RESAMPLES):
        drawn = [
            np.concatenate([places[i] for i in random.integers(len(places), size=len(places))])
            for places in sets
        ]
        curves = [_accuracies(scores[places], answers[places]) for places in drawn]
        picked.append(_GRID[np.argmax(np.nanmean(curves, axis=0))])
    return float(np.median(picked))


def _accuracies(scores: Array, answers: Array) -> Array:
    """Balanced accuracy for each threshold of the grid; nan where all answers are alike."""
    good, bad = (np.sort(scores[answers == answer]) for answer in (1, 0))
    if not len(good) or not len(bad):
        return np.full(len(_GRID), np.nan)
    passed = 1 - np.searchsorted(good, _GRID) / len(good)
    return np.asarray((passed + np.searchsorted(bad, _GRID) / len(bad)) / 2)
