"""Part-of-speech tags for English news prose: a greedy averaged perceptron, run from a table of weights.

It serves headline composition, which needs to know a verb from a noun. It does not train and does not
parse. The weights (`data/tagger.en.gz`, their origin and licence in `data/NOTICE`) were trained on
the Wall Street Journal part of the Penn Treebank, whose tags it gives: NN, NNP, VBD, IN ...

Method: Collins 2002, "Discriminative training methods for hidden Markov models".
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
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
    classes, known, weights, _ = _model()
    context = ["-START-", "-START2-", *map(_normal, tokens), "-END-", "-END2-"]
    previous, before = "-START2-", "-START-"
    tags = []
    for index, token in enumerate(tokens):
        chosen = known.get(token)
        if chosen is None:
            totals = [0] * len(classes)
            for feature in _features(index + 2, token, context, previous, before):
                for column, weight in weights(feature):
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
    known = _model()[3]
    return any(known(f"{place} word {word}") for place in ("i", "i-1", "i+1", "i-2", "i+2"))


def _normal(token: str) -> str:
    if "-" in token and token[0] != "-":
        return "!HYPHEN"
    if token.isdigit() and len(token) == 4:
        return "!YEAR"
    return "!DIGITS" if token[0].isdigit() else token.lower()


def _features(i: int, token: str, context: list[str], previous: str, before: str) -> tuple[str, ...]:
    return (
        "bias",
        f"i suffix {token[-3:]}",
        f"i pref1 {token[0]}",
        f"i-1 tag {previous}",
        f"i-2 tag {before}",
        f"i tag+i-2 tag {previous} {before}",
        f"i word {context[i]}",
        f"i-1 tag+i word {previous} {context[i]}",
        f"i-1 word {context[i - 1]}",
        f"i-1 suffix {context[i - 1][-3:]}",
        f"i-2 word {context[i - 2]}",
        f"i+1 word {context[i + 1]}",
        f"i+1 suffix {context[i + 1][-3:]}",
        f"i+2 word {context[i + 2]}",
    )


@cache
def _model() -> tuple[
    list[str], dict[str, str], Callable[[str], tuple[tuple[int, int], ...]], Callable[[str], bool]
]:
    """Load the table: the classes, the tags of unambiguous words, a feature's weights, and whether it has any.

    The table is lines in pairs, a feature and its packed weights, unpacked when first met: splitting
    lines is all there is to do before the first sentence is tagged.
    """
    lines = (
        gzip.decompress(files("summarize").joinpath("data/tagger.en.gz").read_bytes()).decode().split("\n")
    )
    classes, words, tags = (line.split(" ") for line in lines[:3])
    packed = dict(zip(lines[3::2], lines[4::2], strict=True))

    @cache
    def unpacked(feature: str) -> tuple[tuple[int, int], ...]:
        line = packed[feature]
        return tuple((ord(line[i]) - _CLASS, ord(line[i + 1]) - _WEIGHT) for i in range(0, len(line), 2))

    def weights(feature: str) -> tuple[tuple[int, int], ...]:
        # Only features of the table are remembered: what a text brings beyond it is without bound.
        return unpacked(feature) if feature in packed else ()

    return classes, dict(zip(words, tags, strict=True)), weights, packed.__contains__
