"""Where a sentence says when: "on Monday", "last week", "two years ago". English only."""

from __future__ import annotations

from collections.abc import Iterator

from summarize.language.tagged import POSSESSIVE, Tagged
from summarize.language.words import MONTHS, WEEKDAYS, word_set

_TIME_HEADS = word_set("on last next this late early earlier by since every in the")
_TIME_NOUNS = word_set(
    "week weekend month year morning afternoon evening night season summer winter spring autumn fall"
)
_TIME_WORDS = word_set("yesterday today tonight tomorrow")
_PARTS_OF_DAY = word_set("morning afternoon evening night")


def time_length(s: Tagged, i: int) -> int:
    """Return the length of the time expression that starts at token i ("on Monday", "last week"), or 0."""
    start, size = i, len(s)
    if s.lower[i] in _TIME_WORDS:
        i += 1
        return i - start + (i < size and s.lower[i] in _PARTS_OF_DAY)
    if "ago" in s.lower[i : i + 5] and s.tags[i] in {"CD", "DT", "JJ", "RB", "IN"}:
        return s.lower.index("ago", i) + 1 - i
    while i < size and s.lower[i] in _TIME_HEADS and i - start < 3:
        i += 1
    if i < size and s.tokens[i] in WEEKDAYS:
        i += 1
        i += i < size and s.lower[i] in _PARTS_OF_DAY
    elif i < size and s.tokens[i] in MONTHS and (i > start or (i + 1 < size and s.tags[i + 1] == "CD")):
        i += 1
        while i < size and (
            s.tags[i] == "CD" or (s.tokens[i] == "," and i + 1 < size and s.tags[i + 1] == "CD")
        ):
            i += 1
    elif (
        start < i < size
        and s.lower[i] in _TIME_NOUNS
        and s.lower[i - 1] in {"last", "next", "this", "earlier"}
    ):
        i += 1
    else:
        return 0
    return 0 if i < size and s.lower[i] in POSSESSIVE else i - start


def times(s: Tagged) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each time expression, in order."""
    i = 0
    while i < len(s):
        length = time_length(s, i)
        if length:
            yield i, i + length
        i += length or 1
