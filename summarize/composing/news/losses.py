"""Whether a compressed line still holds the doubt, the condition and the denial of its sentence."""

from __future__ import annotations

import re
from functools import lru_cache

_VITAL = (
    re.compile(
        r"\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without|den(?:y|ies|ied)|refus\w+"
        r"|fail(?:s|ed)? to|unlikely)\b|n[’']t\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:may|might|could|alleged\w*|reported(?:ly)?|suspect\w*|accus\w+|apparent\w*|possibl[ey]"
        r"|probabl[ey]|likely|believ\w+|claim\w*|rumou?r\w*|appear(?:s|ed)? to|seem\w*)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:if|unless|until|provided|depending|subject to)\b", re.IGNORECASE),
)


@lru_cache(maxsize=4096)
def keeps_sense(line: str, sentence: str) -> bool:
    """Tell whether a line lost no negation, hedge or condition of its sentence.

    Example:
        >>> keeps_sense("He resigned.", "He may have resigned.")
        False
    """
    return all(not pattern.search(sentence) or pattern.search(line) for pattern in _VITAL)
