"""How readers would grade lines: a small transformer over their words, their features as one word more.

`training/ranker/word_network.py` is the same in torch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarize.composing.news.learned.transformer import Array, Weights, normalized

WORDS_SEEN = 60  # words of a sentence that are seen

Codes = Mapping[str, NDArray[np.int64]]


@dataclass(frozen=True)
class WordReader:
    """The network.

    Attributes:
        weights: "states" of words and "features" of lines; embeddings of "tags", "relations", "keeps" and of
            what else the codes of a word are; the layers; "grade".
    """

    weights: Weights

    def words(self, states: NDArray[np.floating], tags: Sequence[str], relations: Sequence[str]) -> Array:
        """Return what words are, whatever a line keeps of them, shape (words, width).

        Args:
            states: of each word, shape (words, 384).
            tags, relations: of each word; those that the network never saw are one.
        """
        found = self.weights.linear("states", normalized(states.astype(np.float32)))
        for name, labels in (("tags", tags), ("relations", relations)):
            number = self.weights.labels[name]
            found += self.weights.arrays[name][[number.get(label, 0) for label in labels]]
        return found

    def grades(self, lines: Sequence[tuple[Array, Codes]], rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the grade of each line, higher is better, shape (lines,).

        Args:
            lines: what the words of each are, and by the name of an embedding the code of each word.
            rows: the features of each line, shape (lines, features).
        """
        arrays = self.weights.arrays
        size = 1 + max((len(words) for words, _ in lines), default=0)
        hidden = np.zeros((len(lines), size, arrays["keeps"].shape[1]), np.float32)
        live, kept = np.zeros((2, len(lines), size), bool)
        for number, (words, codes) in enumerate(lines):
            end = 1 + len(words)
            hidden[number, 1:end] = words + sum(arrays[name][code] for name, code in codes.items())
            live[number, :end] = True
            kept[number, 1:end] = codes["keeps"] == 1
        hidden[:, 0] = self.weights.linear("features", self.weights.scaled(rows))
        hidden = self.weights.contextual(hidden, live)
        mean = (hidden * kept[..., None]).sum(axis=1) / np.maximum(1, kept.sum(axis=1))[:, None]
        found = self.weights.linear("grade", normalized(np.concatenate([hidden[:, 0], mean], axis=-1)))
        grade, odds = found[:, :2].astype(np.float64).T
        total: NDArray[np.float64] = grade + 1 / (1 + np.exp(-odds))
        return total
