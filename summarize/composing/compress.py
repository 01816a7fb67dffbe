"""compress: one English sentence -> the most telling part of it that fits a budget and reads whole."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from heapq import nlargest

from summarize.composing.cuts import cuts
from summarize.composing.headlinese import rewrite
from summarize.composing.reads import may_read, reads
from summarize.language.tagged import Tagged, join
from summarize.style import Style

Weigh = Callable[[str, str], float]

EDGES = " ,;:.–—-…。，；：、"
_INITIALS = re.compile(r"\b(?:[A-Z]\.)+[A-Z]$")
_LONGEST_INITIALS = 40  # characters: the pattern would try every letter of "U.S.U.S." as its beginning
_WIDTH, _DEPTH = 8, 6  # of the beam
_LOSS_A_WORD = 0.7
_UNIT = 1_000_000  # values are counted in millionths
_LOST_COMMA = re.compile(r"\s+(?=[,;:])|,(?=\s*[,;:])")
_QUOTED_STOP = re.compile(r"[.,](?=[\"”'’]$)")
_STOP_WITHIN = re.compile(r"(?<=[a-z]{2})\.(?=[\"”] [a-z])")  # "We know." an official says
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
    short = line.strip(EDGES)
    return (
        f"{short}."
        if _INITIALS.search(short[-_LONGEST_INITIALS:]) and line.rstrip().endswith(f"{short}.")
        else short
    )


def compress(line: str, style: Style, weigh: Weigh, above: float = -math.inf) -> tuple[float, str] | None:
    """Return (value, text) of the best part of a sentence within the budget, or None.

    Args:
        line: one sentence of English.
        style: the budget.
        weigh: the worth of a word, from the word and its tag; 0 for one that says nothing.
        above: the value a part must exceed to be of use; where none can, None is found sooner.
    """
    sentence = Tagged(line)
    weights = [weigh(token, kind) for token, kind in zip(sentence.tokens, sentence.tags, strict=True)]
    if sum(nlargest(style.line_words, weights)) <= above:
        return None
    change = rewrite(sentence)
    if not may_read(sentence, change.verb):
        return None
    removed = articles(sentence) | change.dropped
    offers: dict[int, float] = {}
    for cut in cuts(sentence):
        if cut.price > 0:
            offers[cut.mask] = min(cut.price, offers.get(cut.mask, cut.price))
        else:
            removed |= cut.mask
    search = _Search(sentence, weights, offers, change.replaced)
    for value, left_out in search.fitting(removed, style):
        text = search.text(left_out)
        if reads(sentence, left_out, change.verb, text):
            return value, text
    return None


def finished(line: str) -> str:
    """Return a headline with a capital first and without lost commas and marks at its ends."""
    line = bare(_STOP_WITHIN.sub(",", _LOST_COMMA.sub("", line)))
    return _FIRST_LETTER.sub(lambda match: match.group().upper(), _QUOTED_STOP.sub("", line), count=1)


def articles(sentence: Tagged) -> int:
    """Return the articles, as bits: headlines do without them, names and measures do not."""
    mask = 0
    for i, word in enumerate(sentence.lower[:-1]):
        if word not in {"a", "an", "the"} or sentence.tags[i] != "DT":
            continue
        named = i > 0 and sentence.tokens[i][0].isupper()
        # "a few", and "£11m a game"
        couple = i == 0 and sentence.lower[1] == "couple" and sentence.lower[2:3] != ["of"]
        measured = (
            word != "the"
            and not couple
            and (sentence.lower[i + 1] in _MEASURES or _is_amount(sentence, i - 1))
        )
        measured |= word == "the" and sentence.tags[i + 1] in {"JJR", "RBR"}  # "the more, the likelier"
        quoted = any(start < i < end for start, end in sentence.quotations)
        if not (named or measured or quoted):
            mask |= 1 << i
    return mask


def _is_amount(sentence: Tagged, i: int) -> bool:
    return i >= 0 and (sentence.tags[i] == "CD" or sentence.tokens[i][0] in "£$€¥")


class _Search:
    """Beam search for the sets of cuts that bring a sentence into the budget at the least loss.

    A set of tokens is the bits of an integer, so that joining cuts and counting words cost next to nothing.
    """

    def __init__(
        self,
        sentence: Tagged,
        weights: Sequence[float],
        offers: Mapping[int, float],
        replaced: dict[int, str],
    ) -> None:
        self._sentence = sentence
        # Whole numbers add up to the same in any order, which the ranking of equals depends on.
        self._weights = [round(weight * _UNIT) for weight in weights]
        self._words = sum(1 << i for i, blank in enumerate(sentence.spaced) if blank)
        self._offers = [(mask, round(price * _UNIT)) for mask, price in offers.items()]
        self._replaced = replaced
        self._texts: dict[int, str] = {}
        self._worths: dict[int, int] = {}

    def text(self, removed: int) -> str:
        """Return what is left, with a capital first."""
        found = self._texts.get(removed)
        if found is None:
            kept = (i for i in range(len(self._sentence)) if not removed >> i & 1)
            found = self._texts[removed] = finished(join(self._sentence, kept, self._replaced))
        return found

    def fitting(self, bare: int, style: Style) -> list[tuple[float, int]]:
        """Return (value, left out) of the sets of cuts that fit, best first."""
        beam = {bare: sum(self._weights) - self._worth(bare)}
        fitting: dict[int, int] = {}
        for _ in range(_DEPTH):
            further: dict[int, int] = {}
            for removed, value in beam.items():
                # Marks and joined tokens make the bits an estimate from above or below by a word or two.
                near = (self._words & ~removed).bit_count() <= style.line_words + 2
                if near and removed not in fitting and style.admits([self.text(removed)]):
                    fitting[removed] = value
                self._extend(removed, value, further)
            ranked = sorted(
                (self._lack(removed, value, style), removed) for removed, value in further.items()
            )
            beam = {removed: further[removed] for _, removed in ranked[:_WIDTH]}
            if len(fitting) >= 3 * _WIDTH:
                break
        best = sorted((-value, removed) for removed, value in fitting.items())
        return [(-value / _UNIT, removed) for value, removed in best]

    def _extend(self, removed: int, value: int, further: dict[int, int]) -> None:
        """Add every set with one cut more, at the best value it can be reached with."""
        for mask, cost in self._offers:
            if new := mask & ~removed:
                after, left = removed | mask, value - cost - self._worth(new)
                if left > further.get(after, -sys.maxsize):
                    further[after] = left

    def _lack(self, removed: int, value: int, style: Style) -> int:
        """What a set of cuts has lost and, by estimate, has yet to lose before it fits; lower is better."""
        words = (self._words & ~removed).bit_count()
        return round(_LOSS_A_WORD * _UNIT) * max(0, words - style.line_words) - value

    def _worth(self, tokens: int) -> int:
        total = self._worths.get(tokens)
        if total is None:
            total, left = 0, tokens
            while left:
                bit = left & -left
                total += self._weights[bit.bit_length() - 1]
                left ^= bit
            self._worths[tokens] = total
        return total
