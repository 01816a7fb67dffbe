"""Worth: how much of each sentence of a story its writer would tell, before anything else is told.

In English a sum of four traits, whose weights `training/story/fit.py` learned from training articles of CNN
and Daily Mail. Elsewhere, where there is no such set, what its facts weigh for its length.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document
from summarize.language.text import word_count

TRAITS = ("place", "words", "shared", "central")
WEIGHTS = {"en": (-0.039, -0.04, 0.09, 0.417, 0.139)}  # the last is added to each sum
_LEAST = 0.02
_FLAT = 0.65  # the sum to this power, so that what is not told yet decides as much
_LENGTH = 0.5  # how much of its length is held against a sentence


def worth(documents: Sequence[Document], facts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what each sentence of all documents is worth, one document after the other; more than 0.

    Args:
        documents: those of one story, of one language.
        facts: what the facts of each sentence weigh together, shape (sentences,).
    """
    if weights := WEIGHTS.get(documents[0].language):
        sums: NDArray[np.float64] = traits(documents) @ np.array(weights[:-1]) + weights[-1]
        found: NDArray[np.float64] = np.maximum(sums, _LEAST) ** _FLAT
        return found
    lengths = [word_count(sentence.line) for document in documents for sentence in document.sentences]
    return np.maximum(facts, 1e-9) / np.maximum(lengths, 1) ** _LENGTH


def traits(documents: Sequence[Document]) -> NDArray[np.float64]:
    """Return what is known of each sentence of all documents, shape (sentences, 4), as `TRAITS` names it.

    place: log of its place in its document, counted from 1. words: log of its number of words. shared: the
    share of the other documents that have one of its words, on average over its words. central: the cosine of
    its words with those of the whole story.
    """
    told = [set().union(*document.content) for document in documents]
    tellers = Counter(stem for stems in told for stem in stems)
    counts = Counter(stem for document in documents for stems in document.content for stem in set(stems))
    norm = sqrt(sum(count * count for count in counts.values())) or 1.0
    others = max(len(documents) - 1, 1)
    rows = []
    for document in documents:
        for index, sentence in enumerate(document.sentences):
            stems = set(document.content[index])
            size = max(len(stems), 1)
            rows.append(
                (
                    log(1 + index),
                    log(max(word_count(sentence.line), 1)),
                    sum(tellers[stem] - 1 for stem in stems) / size / others,
                    sum(counts[stem] for stem in stems) / norm / sqrt(size),
                )
            )
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(TRAITS))
