"""What makes a reader ask "which?" or "who is that?": how likely each word of a line does. English only.

A logistic regression over what the encoder has of a word and what stood before it, fitted by
`training/ranker/fit.py` to lines in which readers named what they could not place: "the group", "he", "also".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarize.composing.news.learned.trees import shipped
from summarize.encoder import Analysis
from summarize.language.text import stems, words

# The first is whether a reader has read the word; "before" whether the article has it in an earlier sentence.
TRAITS = ("told", "before", "definite", "name", "noun", "proper", "pronoun", "pointing", "verb")

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Questions:
    """The weights.

    Attributes:
        states, traits: of the encoder's states and of `TRAITS`, shape (384,) and (9,).
        base: the log odds of what nothing speaks for.
    """

    states: NDArray[np.float32]
    traits: NDArray[np.float32]
    base: float

    def odds(self, a: Analysis, read: Set[str], before: Iterable[Set[str]]) -> Floats:
        """Return the log odds that each word of a sentence makes a reader ask, shape (words,).

        Args:
            a: the sentence.
            read: the stems of what the reader has read.
            before: the content stems of the article's sentences ahead of it.
        """
        known = traits(a, stems(a.words.lower), read, before)
        found: Floats = a.states @ self.states + known @ self.traits + self.base
        return found

    def asked(
        self, a: Analysis, kept: Collection[int], text: str, read: Set[str], before: Iterable[Set[str]]
    ) -> float:
        """Return -log of the chance that a line makes a reader ask nothing.

        Args:
            a: the sentence, with `read` and `before` as `odds` takes them.
            kept: the words of the line, by their place in the sentence.
            text: the line, in which a name may stand in place of a word: nobody asks for that.
        """
        shown = words_shown(a, kept, text)
        return float(np.logaddexp(0.0, self.odds(a, read, before)[shown]).sum()) if shown else 0.0


def words_shown(a: Analysis, kept: Collection[int], text: str) -> list[int]:
    """Return the words of a sentence that its line shows, marks and what a name replaces aside."""
    left = set(words(text.lower()))
    return [i for i in kept if a.words.lower[i] in left]


def traits(a: Analysis, stemmed: Sequence[str], told: Set[str], before: Iterable[Set[str]]) -> Floats:
    """Return what is known of each word but its state, shape (words, 9), in the order of `TRAITS`."""
    earlier = frozenset[str]().union(*before)
    named = {i for name in a.names for i in range(name.start, name.end)}
    rows = [
        (
            stemmed[i] in told,
            stemmed[i] in earlier,
            any(a.words.lower[c] == "the" for c in a.children[i]),
            i in named,
            tag in {"NN", "NNS"},
            tag in {"NNP", "NNPS"},
            tag in {"PRP", "PRP$"},
            tag == "DT",
            tag[0] == "V",
        )
        for i, tag in enumerate(a.words.tags)
    ]
    return np.array(rows, dtype=np.float64)


@cache
def load() -> Questions:
    """Load the shipped weights; `training/MODEL_CARD.md` says what they were fitted to."""
    return shipped(read)


def read(path: Path) -> Questions:
    """Read weights from a file that `training/ranker/fit.py` wrote."""
    stored = np.load(path)
    return Questions(stored["questions.states"], stored["questions.traits"], float(stored["questions.base"]))
