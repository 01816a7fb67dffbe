"""How readers would grade the drafts of a headline: a small transformer over the words of their sentences.

It sees each word as the encoder does, with its tag, its relation, and whether the draft keeps it, and the
features of the draft (`choice.py`) as one word more. `training/ranker/grader.py` fits it to graded drafts and
to headlines that editors wrote. English only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from summarize.composing.news.headlines import HeadlineDraft
from summarize.composing.news.learned import transformer
from summarize.composing.news.learned.transformer import Array, Weights, normalized
from summarize.composing.news.learned.trees import shipped
from summarize.encoder import Analysis

WORDS_SEEN = 60  # words of a sentence that are seen
PLACES = 20  # from here on, places in a draft are one


@dataclass(frozen=True)
class Grader:
    """The network.

    Attributes:
        weights: "states" of words and "features" of drafts; embeddings of "tags", "relations", "keeps",
            "places" and "roles"; the layers; "grade".
    """

    weights: Weights

    def grade(
        self, drafts: Sequence[HeadlineDraft], read: Mapping[int, Analysis], rows: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the grade of each draft, higher is better, shape (drafts,).

        Args:
            drafts: of one article.
            read: its sentences.
            rows: the features of each draft, shape (drafts, features).
        """
        arrays = self.weights.arrays
        words = {index: self._words(read[index]) for index in {draft.sentence for draft in drafts}}
        size = 1 + max(len(own) for own in words.values())
        hidden = np.zeros((len(drafts), size, arrays["keeps"].shape[1]), np.float32)
        live, kept = np.zeros((2, len(drafts), size), bool)
        for number, draft in enumerate(drafts):
            codes = coded(
                draft.compression.kept, len(words[draft.sentence]), draft.clause.verb, draft.clause.subject
            )
            end = 1 + len(words[draft.sentence])
            hidden[number, 1:end] = words[draft.sentence] + sum(
                arrays[name][code] for name, code in codes.items()
            )
            live[number, :end] = True
            kept[number, 1:end] = codes["keeps"] == 1
        hidden[:, 0] = self.weights.linear("features", self.weights.scaled(rows))
        hidden = self.weights.contextual(hidden, live)
        mean = (hidden * kept[..., None]).sum(axis=1) / np.maximum(1, kept.sum(axis=1))[:, None]
        found = self.weights.linear("grade", normalized(np.concatenate([hidden[:, 0], mean], axis=-1)))
        grade, odds = found[:, :2].astype(np.float64).T
        total: NDArray[np.float64] = grade + 1 / (1 + np.exp(-odds))
        return total

    def _words(self, a: Analysis) -> Array:
        """What the words of a sentence are, whatever a draft keeps, shape (words, width)."""
        found = self.weights.linear("states", normalized(a.states[:WORDS_SEEN].astype(np.float32)))
        for name, labels in (("tags", a.words.tags), ("relations", a.relations)):
            number = self.weights.labels[name]
            found += self.weights.arrays[name][[number.get(label, 0) for label in labels[:WORDS_SEEN]]]
        return found


def coded(kept: int, words: int, verb: int, subject: int) -> dict[str, NDArray[np.int64]]:
    """Return what a draft does with each word of its sentence, by the name of the embedding.

    Args:
        kept: the words that are left, as bits.
        words: how many of the sentence are seen.
        verb, subject: of the clause that the draft keeps.
    """
    left = np.array([kept >> i & 1 for i in range(words)], dtype=np.int64)
    role = np.zeros(words, np.int64)
    for number, place in ((1, subject), (2, verb)):
        if place < words:
            role[place] = number
    return {"keeps": left, "places": np.minimum(left * left.cumsum(), PLACES), "roles": role}


@cache
def load() -> Grader:
    """Load the shipped weights; `training/MODEL_CARD.md` says what they were fitted to."""
    return Grader(shipped(lambda path: transformer.read(path, "grader")))
