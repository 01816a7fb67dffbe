"""Compares a system's scores with the baseline's: difference, effect size, tests corrected for their number.

Differences are of the same documents, in F. Leaves out the tests themselves (`summarize_eval.significance`).
S. Holm, "A simple sequentially rejective multiple test procedure", 1979.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from .significance import Interval, approximate_randomization, interval, paired_bootstrap

Floats = NDArray[np.float64]
TESTS = {"paired-bs": paired_bootstrap, "paired-ar": approximate_randomization}
POWER = 0.8
SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Comparison:
    """How a system differs from the baseline, arrays of shape (types,).

    Attributes:
        difference: the mean of the system's F less the baseline's, with its interval.
        effect: that difference in standard deviations of the documents' differences (Cohen's d for pairs).
        p: of the difference, two-sided.
        corrected: the same after Holm's correction for all systems and types tested together.
        detectable: the smallest difference that a test at 5 % would find in 80 of 100 such samples.
        equal_length: the difference where of each document's two texts the longer one is cut to the words of
            the shorter, or None where that was not asked for.
    """

    difference: Interval
    effect: Floats
    p: Floats
    corrected: Floats
    detectable: Floats
    equal_length: Interval | None = None


def compare(
    baseline: Floats, system: Floats, test: str, samples: int, seed: int, confidence: float
) -> Comparison:
    """Compare the F of two systems, shape (documents, types); `correct` does the correction afterwards."""
    differences = system - baseline
    mean = differences.mean(axis=0)
    spread = differences.std(axis=0, ddof=1) if len(differences) > 1 else np.full_like(mean, np.nan)
    p = TESTS[test](baseline, system, samples, seed)
    normal = NormalDist()
    detectable = (normal.inv_cdf(0.975) + normal.inv_cdf(POWER)) * spread / np.sqrt(max(len(differences), 1))
    return Comparison(
        interval(differences, samples, seed, confidence),
        np.divide(mean, spread, out=np.zeros_like(mean), where=spread > 0),
        p,
        p,
        detectable,
    )


def correct(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Return the comparisons with p-values corrected for testing all of them and all types."""
    corrected = holm(np.array([one.p for one in comparisons]))
    return [replace(one, corrected=p) for one, p in zip(comparisons, corrected, strict=True)]


def holm(p: Floats) -> Floats:
    """Return p-values corrected by Holm's step-down procedure, the same shape.

    Example:
        >>> holm(np.array([0.01, 0.04, 0.03])).round(3).tolist()
        [0.03, 0.06, 0.06]
    """
    flat = p.ravel()
    order = flat.argsort()
    scaled = np.minimum(flat[order] * np.arange(len(flat), 0, -1), 1)
    found = np.empty_like(flat)
    found[order] = np.maximum.accumulate(scaled)
    shaped: Floats = found.reshape(p.shape)
    return shaped


def leading(means: Floats, comparisons: Sequence[Comparison | None]) -> list[int | None]:
    """Return for each type the system whose lead is significant, or None where none is.

    A lead over the baseline is judged by its own test, a lead of the baseline by the tests of all others.

    Args:
        means: F, shape (systems, types); the baseline first.
        comparisons: of each system, None for the baseline and where there was no test.
    """
    found: list[int | None] = []
    for column, best in enumerate(means.argmax(axis=0)):
        tested = comparisons[1:] if best == 0 else [comparisons[best]]
        clear = [one is not None and one.corrected[column] < SIGNIFICANT for one in tested]
        found.append(int(best) if clear and all(clear) else None)
    return found


def cut(text: str, words: int) -> str:
    """Return the first words of a text, its lines kept.

    Example:
        >>> cut("It rained.\\nIt poured.", 3)
        'It rained.\\nIt'
    """
    kept = []
    for line in text.split("\n"):
        some = line.split()[:words]
        kept.append(" ".join(some))
        words -= len(some)
        if not words:
            break
    return "\n".join(kept)


def cut_to_equal(one: Sequence[str], other: Sequence[str]) -> tuple[list[str], list[str]]:
    """Cut of each two texts the longer to the words of the shorter."""
    lengths = [min(len(a.split()), len(b.split())) for a, b in zip(one, other, strict=True)]
    return (
        [cut(text, words) for text, words in zip(one, lengths, strict=True)],
        [cut(text, words) for text, words in zip(other, lengths, strict=True)],
    )
