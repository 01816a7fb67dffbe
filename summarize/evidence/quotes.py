"""Quotations: where they stand in a line, and which of them the source does not hold.

Quotation marks may be straight or curly, double or single. Apostrophes are not quotations.
"""

from __future__ import annotations

import regex

_QUOTATION = regex.compile(
    r"\"([^\"]+)\"|[“„]([^“”„]+)[”“]|«\s*([^«»]+?)\s*»|``(.+?)''"
    r"|(?<![\w])[‘']([^‘’']*(?:['’]\w+[^‘’']*)*)[’'](?![\w])"
)


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
