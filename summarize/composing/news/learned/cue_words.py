"""What single words and pairs of words say of a sentence: whether editors took such ones. English only.

A linear model for each part over the words of a sentence (ridge regression on vectors of length one), as
`training/ranker/fit.py` wrote it: "is due to", "has not commented" and "it follows" speak for the box.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarize.composing.news.learned.trees import shipped

PARTS = ("news", "bullets", "box")
_WORD = re.compile(r"[A-Za-z’']+|\d[\d,.]*|[\"“”]")

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CueWords:
    """Weights of words.

    Attributes:
        place: of each word or pair in `weights`.
        weights: shape (words, 3), one column for each of `PARTS`.
        base: what a sentence without any known word has, shape (3,).
    """

    place: Mapping[str, int]
    weights: Floats
    base: Floats

    def score(self, lines: Sequence[str]) -> Floats:
        """Return how much the words of each line speak for each part, shape (lines, 3)."""
        rows = np.tile(self.base, (len(lines), 1))
        for row, line in zip(rows, lines, strict=True):
            known = [self.place[word] for word in cues(line) if word in self.place]
            if known:
                row += self.weights[known].sum(axis=0) / np.sqrt(len(known))
        return rows


def cues(line: str) -> set[str]:
    """Return a sentence's words and pairs; a number is "#", a name inside it "Name", the first word "^he".

    Example:
        >>> sorted(cues("He met Ada."))
        ['Name', '^he', 'he', 'he met', 'met', 'met Name']
    """
    words = [_general(word, place) for place, word in enumerate(_WORD.findall(line))]
    return {*words, *(f"{left} {right}" for left, right in pairwise(words)), *(f"^{w}" for w in words[:1])}


def _general(word: str, place: int) -> str:
    if word[0].isdigit():
        return "#"
    return "Name" if place and word[0].isupper() else word.lower()


@cache
def load() -> CueWords:
    """Load the shipped weights; `training/MODEL_CARD.md` says what they were fitted to."""
    return shipped(read)


def read(path: Path) -> CueWords:
    """Read weights from a file that `training/ranker/fit.py` wrote."""
    stored = np.load(path)
    words = bytes(stored["cues.words"]).decode().split("\n")
    weights = stored["cues.weights"].astype(np.float64)
    return CueWords(dict(zip(words, range(len(words)), strict=True)), weights, stored["cues.base"])
