"""compress: one English sentence -> the most telling part of it that fits a budget and reads whole."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from summarize.headlines.cuts import Cut, cuts
from summarize.headlines.headlinese import rewrite
from summarize.headlines.reads import reads
from summarize.headlines.tagged import Tagged, join
from summarize.style import Style

Weigh = Callable[[str, str], float]

_EDGES = " ,;:.–—-…。，；：、"
_INITIALS = re.compile(r"\b(?:[A-Z]\.)+[A-Z]$")
_WIDTH, _DEPTH = 12, 7  # of the beam
_LOSS_A_WORD = 0.7
_LOST_COMMA = re.compile(r"\s+(?=[,;:])|,(?=\s*[,;:])")
_QUOTED_STOP = re.compile(r"[.,](?=[\"”'’]$)")
# "iPhone sales" keeps its small letter.
_FIRST_LETTER = re.compile(r"^[\W_]*[a-z](?![A-Z])")
_MEASURES = frozenset(
    """few lot little million billion hundred thousand dozen third quarter half number series couple pair
    bit day week month year""".split()
)


def bare(line: str) -> str:
    """Return a line without the marks at its ends; the full stop of an abbreviation is part of its word.

    Example:
        >>> bare("Storm kills nine, "), bare("France signs treaty with the U.S.")
        ('Storm kills nine', 'France signs treaty with the U.S.')
    """
    short = line.strip(_EDGES)
    return f"{short}." if _INITIALS.search(short) and line.rstrip().endswith(f"{short}.") else short


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
    return None


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
    """Beam search for the sets of cuts that bring a sentence into the budget at the least loss.

    A set of tokens is the bits of an integer, so that joining cuts and counting words cost next to nothing.
    """

    def __init__(
        self, sentence: Tagged, weights: Sequence[float], offers: Sequence[Cut], replaced: dict[int, str]
    ) -> None:
        self._sentence = sentence
        self._weights = weights
        self._total = sum(weights)
        self._words = sum(1 << i for i, blank in enumerate(sentence.spaced) if blank)
        self._offers = [(cut.mask, cut.price) for cut in offers]
        self._replaced = replaced
        self._values: dict[int, float] = {}

    def text(self, removed: int) -> str:
        kept = (i for i in range(len(self._sentence)) if not removed >> i & 1)
        line = bare(_LOST_COMMA.sub("", join(self._sentence, kept, self._replaced)))
        return _FIRST_LETTER.sub(lambda match: match.group().upper(), _QUOTED_STOP.sub("", line), count=1)

    def fitting(self, bare: int, style: Style) -> list[tuple[float, int]]:
        """Return (value, left out) of the sets of cuts that fit, best first."""
        beam = {bare: 0.0}
        fitting: dict[int, float] = {}
        for _ in range(_DEPTH):
            further: dict[int, float] = {}
            for removed, price in beam.items():
                # Marks and joined tokens make the bits an estimate from above or below by a word or two.
                near = (self._words & ~removed).bit_count() <= style.line_words + 2
                if near and removed not in fitting and style.admits([self.text(removed)]):
                    fitting[removed] = self._value(removed) - price
                for mask, cost in self._offers:
                    after = removed | mask
                    if after != removed and price + cost < further.get(after, math.inf):
                        further[after] = price + cost
            ranked = sorted(
                (self._promise(removed, price, style), removed) for removed, price in further.items()
            )
            beam = {removed: further[removed] for _, removed in ranked[:_WIDTH]}
            if len(fitting) >= 3 * _WIDTH:
                break
        return sorted(
            ((value, removed) for removed, value in fitting.items()), key=lambda found: (-found[0], found[1])
        )

    def _promise(self, removed: int, price: float, style: Style) -> float:
        """What a set of cuts has lost and, by estimate, has yet to lose before it fits; lower is better."""
        words = (self._words & ~removed).bit_count()
        return price - self._value(removed) + _LOSS_A_WORD * max(0, words - style.line_words)

    def _value(self, removed: int) -> float:
        value = self._values.get(removed)
        if value is None:
            value, left = self._total, removed
            while left:
                bit = left & -left
                value -= self._weights[bit.bit_length() - 1]
                left ^= bit
            self._values[removed] = value
        return value
