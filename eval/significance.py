"""Intervals and tests for mean scores: bootstrap, paired bootstrap, approximate randomisation.

Means are true means over the documents; every draw is seeded. Leaves out corpus-level metrics, whose
score is no mean. P. Koehn, "Statistical significance tests for machine translation evaluation", 2004;
S. Riezler and J. T. Maxwell, "On some pitfalls in automatic evaluation", 2005.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SAMPLES = 1000
SEED = 12345
CONFIDENCE = 0.95
# Numbers drawn at once: enough to be fast, few enough for a small memory.
_DRAWN = 4_000_000


@dataclass(frozen=True)
class Interval:
    """A mean with its bootstrap interval; arrays of shape (scores,)."""

    mean: Floats
    low: Floats
    high: Floats


def interval(
    scores: Floats, samples: int = SAMPLES, seed: int = SEED, confidence: float = CONFIDENCE
) -> Interval:
    """Return the mean of each score over documents with a percentile bootstrap interval.

    Args:
        scores: shape (documents, scores); columns may be types, systems, anything.
        samples: how many times to resample the documents; 0 for no interval (low and high are NaN). One
            document has none either.
        seed: of the random draws; equal seeds give equal intervals.
        confidence: the share of resampled means inside the interval.

    Example:
        >>> found = interval(np.arange(10.0)[:, None])
        >>> float(found.mean[0]), bool(found.low[0] < 4.5 < found.high[0])
        (4.5, True)
    """
    if not len(scores):
        nothing = np.full(scores.shape[1], np.nan)
        return Interval(nothing, nothing, nothing)
    mean = scores.mean(axis=0)
    if not samples or len(scores) < 2:
        return Interval(mean, np.full_like(mean, np.nan), np.full_like(mean, np.nan))
    tail = (1 - confidence) / 2
    low, high = np.quantile(resampled_means(scores, samples, seed), [tail, 1 - tail], axis=0)
    return Interval(mean, low, high)


def resampled_means(scores: Floats, samples: int = SAMPLES, seed: int = SEED) -> Floats:
    """Return the means over documents drawn with replacement, shape (samples, scores).

    All columns see the same draws, so that differences between them are paired.
    """
    documents = len(scores)
    rng = np.random.default_rng(seed)
    means = []
    for rows in _chunks(samples, documents):
        drawn = rng.integers(documents, size=(rows, documents), dtype=np.int32)
        drawn += (np.arange(rows, dtype=np.int32) * documents)[:, None]
        # How often each document was drawn, times its scores: one product instead of a gather a column.
        times = np.bincount(drawn.ravel(), minlength=rows * documents).reshape(rows, documents)
        means.append(times.astype(np.float64) @ scores / documents)
    return np.concatenate(means)


def paired_bootstrap(baseline: Floats, system: Floats, samples: int = SAMPLES, seed: int = SEED) -> Floats:
    """Return the two-sided p-value of each difference of means, shape (scores,).

    The resampled differences are moved to mean 0, the null hypothesis, and counted where they are at least
    as large as the one observed, as sacreBLEU does.

    Args:
        baseline, system: scores of the same documents in the same order, shape (documents, scores).
    """
    difference = system - baseline
    observed = np.abs(difference.mean(axis=0))
    moved = resampled_means(difference, samples, seed)
    return _p_value(moved - moved.mean(axis=0), observed)


def approximate_randomization(
    baseline: Floats, system: Floats, samples: int = SAMPLES, seed: int = SEED
) -> Floats:
    """Return the two-sided p-value of each difference of means, shape (scores,).

    Each trial swaps the two systems' scores of each document or not, by the toss of a coin, and counts if
    the difference is at least as large as the one observed.

    Args:
        baseline, system: scores of the same documents in the same order, shape (documents, scores).
    """
    difference = system - baseline
    observed = np.abs(difference.mean(axis=0))
    documents = len(difference)
    rng = np.random.default_rng(seed)
    trials = []
    for rows in _chunks(samples, documents):
        coins = np.unpackbits(
            rng.integers(256, size=(rows, (documents + 7) // 8), dtype=np.uint8), axis=1, count=documents
        )
        # A swap turns a difference's sign: the sum of all less twice the sum of the swapped.
        swapped = coins.astype(np.float64) @ difference
        trials.append((difference.sum(axis=0) - 2 * swapped) / documents)
    return _p_value(np.concatenate(trials), observed)


def _p_value(trials: Floats, observed: Floats) -> Floats:
    """Return the share of trials at least as far from 0 as observed, the observation itself counted in.

    Ties count: two systems with the same scores have p = 1. The tolerance is for sums in another order.
    """
    extreme = np.abs(trials) >= observed - 1e-12
    p: Floats = (extreme.sum(axis=0) + 1) / (len(trials) + 1)
    return p


def _chunks(samples: int, documents: int) -> Iterator[int]:
    """Yield how many samples to draw at a time, until all are drawn."""
    size = max(1, _DRAWN // max(documents, 1))
    for done in range(0, samples, size):
        yield min(size, samples - done)
