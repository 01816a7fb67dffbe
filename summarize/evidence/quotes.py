"""Quotations: where they stand in a line, and which of them the source does not hold.

Quotation marks may be straight or curly, double or single. Apostrophes are not quotations. A quotation is
held where the source has its words in a row, or nearly; that the source quotes them too is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from summarize.evidence.source import Source, spelled_out
from summarize.language.tokens import tokenize

_QUOTATION = re.compile(
    r"\"([^\"]+)\"|[“„]([^“”„]+)[”“]|«\s*([^«»]+?)\s*»|``((?:(?!``|'').)+)''"
    r"|(?<![\w])[‘']((?!s\b)[^‘’']*(?:['’]\w[^‘’']*)*)[’'](?![\w])"
)
_GAP = re.compile(r"\.\.\.|…|\[[^\]]*\]")
_NEARLY = 0.85
_LEAST_NEARLY = 4


def quotations(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of what stands between quotation marks, the marks excluded.

    Example:
        >>> quotations('He called it "a sham" on Monday.')
        [(14, 20)]
    """
    if not any(mark in text for mark in "\"“‘'«„`"):
        return []
    return [
        next(span for group in range(1, 6) if (span := match.span(group)) != (-1, -1))
        for match in _QUOTATION.finditer(text)
    ]


def unsupported_quotes(text: str, source: Source) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the quotations whose words the source does not hold, verbatim or nearly."""
    for start, end in quotations(text):
        parts = _GAP.split(text[start:end])
        if not all(_held(part, source) for part in parts):
            yield start, end


def _held(quoted: str, source: Source) -> bool:
    said = " ".join(tokenize(quoted, source.document.language).words).lower()
    words = spelled_out(said).split()
    if not words or f" {' '.join(words)} " in source.spelled_out:
        return True
    if len(words) < _LEAST_NEARLY:
        return False
    everything = source.spelled_out.split()
    # The rarest word of the quotation tells where in the source to look.
    places: dict[str, list[int]] = {word: [] for word in words}
    for place, other in enumerate(everything):
        if other in places:
            places[other].append(place)
    anchors = [word for word in words if places[word]]
    if not anchors:
        return False
    anchor = min(anchors, key=lambda word: len(places[word]))
    offset = words.index(anchor)
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(words)
    for place in places[anchor][:8]:
        begin = max(0, place - offset - 1)
        matcher.set_seq1(everything[begin : begin + len(words) + 2])
        matched = sum(block.size for block in matcher.get_matching_blocks())
        if matched >= _NEARLY * len(words):
            return True
    return False
