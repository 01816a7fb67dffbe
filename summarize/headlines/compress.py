"""compress: one English sentence -> the most telling part of it that fits a budget and reads whole."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from itertools import islice

from summarize.editing import is_whole
from summarize.headlines.cuts import Cut, cuts
from summarize.headlines.headlinese import rewrite
from summarize.headlines.reads import reads
from summarize.headlines.tagged import Tagged, join
from summarize.style import Style
from summarize.text import word_count

Weigh = Callable[[str, str], float]

EDGES = " ,;:.–—-…。，；：、"
_WIDTH, _DEPTH = 10, 8  # of the beam
_LOST_COMMA = re.compile(r"\s+(?=[,;:])|,(?=\s*[,;:])")
_MEASURES = frozenset(
    """few lot little million billion hundred thousand dozen third quarter half number series couple pair bit day week
    month year""".split()
)


def compress(line: str, style: Style, weigh: Weigh) -> tuple[float, str] | None:
    """Return (value, text) of the best part of a sentence within the budget, or None.

    Args:
        line: one sentence of English.
        style: the budget.
        weigh: the worth of a word, from the word and its tag; 0 for one that says nothing.
    """
    sentence = Tagged(line)
    change = rewrite(sentence)
    removed = _articles(sentence) | change.dropped
    offers = []
    for cut in cuts(sentence):
        if cut.price > 0:
            offers.append(cut)
        else:
            removed |= cut.mask
    weights = [weigh(token, kind) for token, kind in zip(sentence.tokens, sentence.tags, strict=True)]
    search = _Search(sentence, weights, offers, change.replaced)
    for value, left_out in search.fitting(removed, style):
        text = search.text(left_out)
        if reads(sentence, left_out, change.verb, text):
            return value, text
    return _as_it_stands(line, style)


def _as_it_stands(line: str, style: Style) -> tuple[float, str] | None:
    text = line.rstrip(EDGES)
    return (0.05 * word_count(text), text) if text and style.admits([text]) and is_whole(text) else None


def _articles(sentence: Tagged) -> int:
    """The articles, as bits: headlines do without them, names and measures do not."""
    mask = 0
    for i, word in enumerate(sentence.lower[:-1]):
        if word not in {"a", "an", "the"} or sentence.tags[i] != "DT":
            continue
        named = i > 0 and sentence.tokens[i][0].isupper()
        measured = word != "the" and sentence.lower[i + 1] in _MEASURES
        quoted = any(start < i < end for start, end in sentence.quotations)
        if not (named or measured or quoted):
            mask |= 1 << i
    return mask


class _Search:
    """Beam search for the sets of cuts that bring a sentence into the budget at the least loss."""

    def __init__(
        self, sentence: Tagged, weights: Sequence[float], offers: Sequence[Cut], replaced: dict[int, str]
    ) -> None:
        self._sentence = sentence
        self._weights = [(1 << i, weight) for i, weight in enumerate(weights) if weight]
        self._offers = [(cut.mask, cut.price) for cut in offers]
        self._replaced = replaced

    def text(self, removed: int) -> str:
        kept = (i for i in range(len(self._sentence)) if not removed >> i & 1)
        line = _LOST_COMMA.sub("", join(self._sentence, kept, self._replaced)).strip(EDGES)
        return line[:1].upper() + line[1:] if line[1:2].islower() or len(line) == 1 else line

    def fitting(self, bare: int, style: Style) -> list[tuple[float, int]]:
        """Return (value, left out) of the sets of cuts that fit, best first."""
        beam = {bare: 0.0}
        fitting: dict[int, float] = {}
        for _ in range(_DEPTH):
            nearer: dict[int, float] = {}
            for removed, price in beam.items():
                if style.admits([self.text(removed)]):
                    fitting[removed] = self._value(removed) - price
                for mask, cost in self._offers:
                    further = removed | mask
                    if further != removed and price + cost < nearer.get(further, math.inf):
                        nearer[further] = price + cost
            ranked = sorted(nearer.items(), key=lambda item: (item[1] - self._value(item[0]), item[0]))
            beam = dict(islice(ranked, _WIDTH))
            if not beam or len(fitting) > 4 * _WIDTH:
                break
        return sorted(((value, removed) for removed, value in fitting.items()), key=lambda pair: (-pair[0], pair[1]))

    def _value(self, removed: int) -> float:
        return sum(weight for bit, weight in self._weights if not removed & bit)
