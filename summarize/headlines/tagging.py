"""Part-of-speech tags for English news prose: a greedy averaged perceptron, run from a table of weights.

It serves headline composition, which needs to know a verb from a noun. It does not train and does not
parse. The weights (`data/tagger.en.gz`, their origin and licence in `data/NOTICE`) were trained on
the Wall Street Journal part of the Penn Treebank, whose tags it gives: NN, NNP, VBD, IN ...

Method: Collins 2002, "Discriminative training methods for hidden Markov models".
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

# A packed weight is two characters: the class counted from "0", the weight times ten around 1000.
_CLASS, _WEIGHT = ord("0"), 1000


def tag(tokens: Sequence[str]) -> list[str]:
    """Return the Penn Treebank tag of each token of one sentence.

    Args:
        tokens: words and punctuation marks, each on its own; "'s" apart from its noun.

    Example:
        >>> tag(["The", "storm", "killed", "nine", "people", "."])
        ['DT', 'NN', 'VBD', 'CD', 'NNS', '.']
    """
    classes, known, weights = _model()
    context = ["-START-", "-START2-", *map(_normal, tokens), "-END-", "-END2-"]
    suffixes = [word[-3:] for word in context]
    previous, before = "-START2-", "-START-"
    blank = [0] * len(classes)
    tags = []
    for index, token in enumerate(tokens):
        chosen = known.get(token)
        if chosen is None:
            totals = blank.copy()
            for feature in _features(index + 2, token, context, suffixes, previous, before):
                for column, weight in weights[feature]:
                    totals[column] += weight
            chosen = classes[totals.index(max(totals))]
        tags.append(chosen)
        before, previous = previous, chosen
    return tags


def knows(word: str) -> bool:
    """Tell whether a lower-case word was met in training.

    Example:
        >>> knows("share"), knows("shar")
        (True, False)
    """
    weights = _model()[2]
    return any(weights[f"{place} word {word}"] for place in ("i", "i-1", "i+1", "i-2", "i+2"))


def _normal(token: str) -> str:
    if "-" in token and token[0] != "-":
        return "!HYPHEN"
    if token.isdigit() and len(token) == 4:
        return "!YEAR"
    return "!DIGITS" if token[0].isdigit() else token.lower()


def _features(
    i: int, token: str, context: list[str], suffixes: list[str], previous: str, before: str
) -> tuple[str, ...]:
    word, last, following = context[i], context[i - 1], context[i + 1]
    return (
        "bias",
        "i suffix " + token[-3:],
        "i pref1 " + token[0],
        "i-1 tag " + previous,
        "i-2 tag " + before,
        f"i tag+i-2 tag {previous} {before}",
        "i word " + word,
        f"i-1 tag+i word {previous} {word}",
        "i-1 word " + last,
        "i-1 suffix " + suffixes[i - 1],
        "i-2 word " + context[i - 2],
        "i+1 word " + following,
        "i+1 suffix " + suffixes[i + 1],
        "i+2 word " + context[i + 2],
    )


class _Weights(dict[str, tuple[tuple[int, int], ...]]):
    """Return a feature's (class, weight) pairs, unpacked when first met; none for one not in the table."""

    def __init__(self, packed: dict[str, str]) -> None:
        self._packed = packed

    def __missing__(self, feature: str) -> tuple[tuple[int, int], ...]:
        line = self._packed.get(feature)
        if line is None:
            return ()  # not remembered: what texts bring beyond the table is without bound
        pairs = tuple((ord(line[i]) - _CLASS, ord(line[i + 1]) - _WEIGHT) for i in range(0, len(line), 2))
        self[feature] = pairs
        return pairs


@cache
def _model() -> tuple[list[str], dict[str, str], _Weights]:
    """Load the table: the classes, the tags of unambiguous words, and the weights.

    The file is lines in pairs, a feature and its packed weights: splitting it is all there is to do before
    the first sentence is tagged.
    """
    lines = (
        gzip.decompress(files("summarize").joinpath("data/tagger.en.gz").read_bytes()).decode().split("\n")
    )
    classes, words, tags = (line.split(" ") for line in lines[:3])
    known = dict(zip(words, tags, strict=True))
    return classes, known, _Weights(dict(zip(lines[3::2], lines[4::2], strict=True)))
