"""How much two lines say alike: the one measure that all thresholds of repetition stand on.

The thresholds are kept where they are used, as each was chosen on the lines of its own summarizers.
"""

from __future__ import annotations

from collections.abc import Set

from summarize.language.text import stems, words
from summarize.language.words import STOP_WORDS


def overlap(left: Set[str], right: Set[str]) -> float:
    """Return the Dice coefficient of two sets of words or stems, 0 to 1; of two empty ones it is 1.

    Example:
        >>> overlap({"rain", "fell"}, {"rain", "stop"})
        0.5
    """
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else float(left == right)


def content_of(line: str) -> frozenset[str]:
    """Return the stems of an English line's words without stop words.

    Example:
        >>> sorted(content_of("The rivers were rising in Leeds."))
        ['leed', 'rise', 'river']
    """
    return frozenset(stems(word for word in words(line) if word not in STOP_WORDS))
