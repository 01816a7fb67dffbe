"""What readers of a headline miss: how likely they ask for each constituent that is cut off.

A logistic regression over what the encoder has of the constituent's topmost word and of the word it depends
on, fitted by `training/ranker/fit.py` to headlines in which readers named what was missing. English only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarize.composing.news.learned.trees import shipped
from summarize.encoder import Analysis

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Readers:
    """The weights.

    Attributes:
        own, above: of the states of the word that goes and of the one it depends on, shape (384,).
        base: the log odds of what nothing speaks for.
    """

    own: NDArray[np.float32]
    above: NDArray[np.float32]
    base: float

    def missed(self, a: Analysis) -> Floats:
        """Return what readers miss with each word that goes while the one it depends on stays.

        Shape (words,). The figures are -log(1 - p), p the chance that they ask for it: those of several cuts
        add up.
        """
        above = a.states @ self.above
        odds = a.states @ self.own + np.where(np.array(a.heads) < 0, 0.0, above[list(a.heads)]) + self.base
        found: Floats = np.logaddexp(0.0, odds.astype(np.float64))
        return found


def cut_off(a: Analysis, kept: int) -> list[int]:
    """Return the words that were left out though the one they depend on stays, marks aside."""
    gone = (i for i in range(len(a)) if not kept >> i & 1 and a.words.tokens[i][0].isalnum())
    return [i for i in gone if a.heads[i] >= 0 and kept >> a.heads[i] & 1]


def of_cuts(missed: Floats, cuts: Sequence[int]) -> tuple[float, float]:
    """Return what readers miss of some cuts, in all and of the worst one."""
    found = [float(missed[i]) for i in cuts]
    return sum(found), max(found, default=0.0)


@cache
def load() -> Readers:
    """Load the shipped weights; `training/MODEL_CARD.md` says what they were fitted to."""
    return shipped(read)


def read(path: Path) -> Readers:
    """Read weights from a file that `training/ranker/fit.py` wrote."""
    stored = np.load(path)
    own, above = stored["missed.weights"]
    return Readers(own, above, float(stored["missed.base"]))
