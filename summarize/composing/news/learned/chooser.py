"""Which sentences an editor would choose for each part of a brief: a small transformer that sees all at once.

It sees each sentence that was read by its features, by what trees say of it alone, and by the encoder's
states of its words. `training/ranker/chooser.py` fits it to what editors chose. English only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from summarize.composing.news.learned import transformer
from summarize.composing.news.learned.transformer import Array, Weights, normalized
from summarize.composing.news.learned.trees import shipped
from summarize.encoder import Analysis

_CONTENT = frozenset("NVJR")  # first letters of the tags of content words


@dataclass(frozen=True)
class Chooser:
    """The network.

    Attributes:
        weights: "features" and "states" of sentences; the layers; "worth".
    """

    weights: Weights

    def worth(self, read: Sequence[Analysis], rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how likely an editor would choose each sentence for each part, shape (sentences, 3).

        Args:
            read: sentences of one article, in its order.
            rows: their features, shape (sentences, features).
        """
        states = np.stack([summary(a) for a in read])
        hidden = self.weights.linear("features", self.weights.scaled(rows))
        hidden = hidden + self.weights.linear("states", normalized(states))
        hidden = self.weights.contextual(hidden[None], np.ones((1, len(read)), bool))[0]
        found = self.weights.linear("worth", normalized(hidden))
        return found.astype(np.float64)


def summary(a: Analysis) -> Array:
    """Return the states of a sentence in short: their mean, the root's, and the most of content words'."""
    content = [i for i, tag in enumerate(a.words.tags) if tag[0] in _CONTENT] or [0]
    states = a.states.astype(np.float32)
    found: Array = np.concatenate([states.mean(axis=0), states[a.root], states[content].max(axis=0)])
    return found


@cache
def load() -> Chooser:
    """Load the shipped weights; `training/MODEL_CARD.md` says what they were fitted to."""
    return Chooser(shipped(lambda path: transformer.read(path, "chooser")))
