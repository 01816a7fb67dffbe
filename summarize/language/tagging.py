"""Part-of-speech tags for English news prose: a greedy averaged perceptron, run from a table of weights.

It serves headline composition, which needs to know a verb from a noun. It does not train and does not
parse. The weights (`data/tagger.en.gz`, their origin and licence in `data/NOTICE`) were trained on
the Wall Street Journal part of the Penn Treebank, whose tags it gives: NN, NNP, VBD, IN ...

Method: Collins 2002, "Discriminative training methods for hidden Markov models".
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.int16]

# A packed weight is two characters: the class counted from "0", the weight times ten around 1000.
_CLASS, _WEIGHT = ord("0"), 1000
_START, _END = ("-START-", "-START2-"), ("-END-", "-END2-")  # what stands around a sentence


def tag(tokens: Sequence[str]) -> list[str]:
    """Return the Penn Treebank tag of each token of one sentence.

    Args:
        tokens: words and punctuation marks, each on its own; "'s" apart from its noun.

    Example:
        >>> tag(["The", "storm", "killed", "nine", "people", "."])
        ['DT', 'NN', 'VBD', 'CD', 'NNS', '.']
    """
    model = _model()
    of_words = _of_words(tokens)
    previous, before = "-START2-", "-START-"
    tags = []
    for index, token in enumerate(tokens):
        chosen = model.known.get(token)
        if chosen is None:
            total = of_words[index] + _of_tags(previous, before)
            for column, weight in _of_pair(previous, token):
                total[column] += weight
            chosen = model.classes[total.argmax()]
        tags.append(chosen)
        before, previous = previous, chosen
    return tags


def knows(word: str) -> bool:
    """Tell whether a lower-case word was met in training.

    Example:
        >>> knows("share"), knows("shar")
        (True, False)
    """
    packed = _model().packed
    return any(f"{place} word {word}" in packed for place in ("i", "i-1", "i+1", "i-2", "i+2"))


def _normal(token: str) -> str:
    if "-" in token and token[0] != "-":
        return "!HYPHEN"
    if token.isdigit() and len(token) == 4:
        return "!YEAR"
    return "!DIGITS" if token[0].isdigit() else token.lower()


@cache
def _of_tags(previous: str, before: str) -> Weights:
    features = (f"i-1 tag {previous}", f"i-2 tag {before}", f"i tag+i-2 tag {previous} {before}")
    return _model().sums([features])


def _of_words(tokens: Sequence[str]) -> Weights:
    """Return the sums of the weights that words decide, without any tag; shape (tokens, classes)."""
    parts = np.concatenate([_row(token) for token in (*_START, *tokens, *_END)])
    parts = parts.reshape(len(tokens) + 4, 5, -1)
    total: Weights = parts[2:-2, 0] + parts[1:-3, 1]
    total += parts[3:-1, 2]
    total += parts[:-4, 3]
    total += parts[4:, 4]
    return total


# News says the same words again and again; what is kept is bounded, since what texts bring is not.
@lru_cache(1 << 14)
def _row(token: str) -> Weights:
    """Return what a word adds to the sums of itself, of the word after it and before it, and of those two
    away: five times one weight a class."""
    word = token if token in _START + _END else _normal(token)
    suffix = word[-3:]
    parts = (
        ("bias", f"i suffix {token[-3:]}", f"i pref1 {token[0]}", f"i word {word}"),
        (f"i-1 word {word}", f"i-1 suffix {suffix}"),
        (f"i+1 word {word}", f"i+1 suffix {suffix}"),
        (f"i-2 word {word}",),
        (f"i+2 word {word}",),
    )
    return _model().sums(parts)


@lru_cache(1 << 14)
def _of_pair(previous: str, token: str) -> tuple[tuple[int, int], ...]:
    return tuple(_model().pairs(f"i-1 tag+i word {previous} {_normal(token)}"))


class _Model:
    """The table.

    Attributes:
        classes: the tags.
        known: the tags of unambiguous words.
        packed: the packed weights of each feature.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.classes, words, tags = (line.split(" ") for line in lines[:3])
        self.known = dict(zip(words, tags, strict=True))
        self.packed = dict(zip(lines[3::2], lines[4::2], strict=True))

    def pairs(self, feature: str) -> Iterator[tuple[int, int]]:
        """Yield the (class, weight) pairs of a feature; none where the table has none."""
        line = self.packed.get(feature, "")
        for at in range(0, len(line), 2):
            yield ord(line[at]) - _CLASS, ord(line[at + 1]) - _WEIGHT

    def sums(self, parts: Sequence[Sequence[str]]) -> Weights:
        """Return the sums of the weights of each part's features, one after the other: (parts * classes,)."""
        packed = ["".join([self.packed.get(feature, "") for feature in part]) for part in parts]
        codes = np.frombuffer("".join(packed).encode("utf-16-le"), dtype=np.uint16)
        size = len(self.classes)
        begins = np.repeat(np.arange(len(parts)) * size - _CLASS, [len(line) // 2 for line in packed])
        totals = np.bincount(begins + codes[::2], codes[1::2] - float(_WEIGHT), len(parts) * size)
        return totals.astype(np.int16)


@cache
def _model() -> _Model:
    """Load the table.

    The file is lines in pairs, a feature and its packed weights: splitting it is all there is to do before
    the first sentence is tagged.
    """
    table = files("summarize").joinpath("data/tagger.en.gz").read_bytes()
    return _Model(gzip.decompress(table).decode().split("\n"))
