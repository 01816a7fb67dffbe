"""Bradley-Terry: strengths from paired comparisons, and how sure they are. Arrays only, no votes.

A drawn comparison is half a win for either side, so that a strength says how often a side is preferred
where a draw counts half. Leaves out models with a parameter for draws (R. R. Davidson, 1970).

R. A. Bradley and M. E. Terry, "Rank analysis of incomplete block designs", 1952; F. Caron and A. Doucet,
"Efficient Bayesian inference for generalized Bradley-Terry models", 2012, for the prior.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Drawn comparisons with an average opponent that everybody starts with: who won everything, or has no
# comparison yet, has a finite strength, and a hundred votes drown it.
PRIOR = 1.0
_STEPS, _LONGEST, _CLOSE = 200, 1.0, 1e-10


def strengths(wins: Floats, prior: float = PRIOR) -> Floats:
    """Return the strengths that make the comparisons most likely, by Newton's method.

    Args:
        wins: how often i was preferred to j, shape (..., systems, systems); a draw is half in both places.
        prior: drawn comparisons with an average opponent added for each system; 0 for maximum likelihood.

    Returns:
        The logarithms of the strengths, mean 0, shape (..., systems): i is preferred to j with probability
        1 / (1 + exp(s[j] - s[i])).

    Raises:
        ValueError: without a prior, where some systems never lost to the others: they have no finite
            strengths (L. R. Ford, 1957).

    Example:
        >>> strengths(np.array([[0.0, 30.0], [10.0, 0.0]]), prior=0).round(4).tolist()
        [0.5493, -0.5493]
    """
    found = np.zeros(wins.shape[:-1])
    for _ in range(_STEPS):
        gradient, curvature = _slopes(wins, found, prior)
        try:
            step = np.linalg.solve(curvature, gradient[..., None])[..., 0]
        except np.linalg.LinAlgError:  # so far out that the curve is flat
            break
        # Far from the top the curve says little of where that is.
        longest = np.abs(step).max(axis=-1, keepdims=True)
        found += step / np.maximum(longest / _LONGEST, 1.0)
        if longest.max() < _CLOSE:
            centred: Floats = found - found.mean(axis=-1, keepdims=True)
            return centred
    raise ValueError("some systems never lost to the others: their strengths have no bound; use a prior")


def covariance(wins: Floats, found: Floats, prior: float = PRIOR) -> Floats:
    """Return the covariance of strengths, the inverse of the likelihood's curvature, (systems, systems)."""
    return np.asarray(np.linalg.inv(_slopes(wins, found, prior)[1]), np.float64)


def preferred(found: Floats) -> Floats:
    """Return how often each system is preferred to one of the others, drawn by lot: 0 to 1, same shape.

    Example:
        >>> preferred(np.array([0.5493, -0.5493])).round(2).tolist()
        [0.75, 0.25]
    """
    against = probability(found[..., :, None] - found[..., None, :])
    shares: Floats = (against.sum(axis=-1) - 0.5) / max(found.shape[-1] - 1, 1)
    return shares


def probability(difference: Floats) -> Floats:
    """Return the probability that the stronger by this difference is preferred."""
    return np.asarray(1 / (1 + np.exp(-difference)), np.float64)


def information(found: Floats, spread: Floats) -> Floats:
    """Return how much one more comparison of each pair would tell, in nats, shape (systems, systems).

    It is the expected gain on the determinant of the covariance: large where the outcome is open and the
    difference is not known.

    Args:
        found: strengths.
        spread: their covariance.
    """
    expected = probability(found[:, None] - found[None, :])
    variance = np.diag(spread)[:, None] + np.diag(spread)[None, :] - 2 * spread
    gain: Floats = np.log1p(expected * (1 - expected) * variance)
    return gain


def _slopes(wins: Floats, found: Floats, prior: float) -> tuple[Floats, Floats]:
    """Return the gradient of the log likelihood and its negated curvature."""
    systems = found.shape[-1]
    times = wins + np.swapaxes(wins, -1, -2)
    expected = probability(found[..., :, None] - found[..., None, :])
    average = probability(found)
    gradient = (wins - times * expected).sum(axis=-1) + prior * (0.5 - average)
    weight = times * expected * (1 - expected)
    here = np.arange(systems)
    curvature = -weight
    curvature[..., here, here] = weight.sum(axis=-1) - weight[..., here, here]
    curvature[..., here, here] += prior * average * (1 - average)
    if not prior:  # only differences are told, so that the mean is held at 0
        curvature = curvature + 1 / systems
    return gradient, curvature
