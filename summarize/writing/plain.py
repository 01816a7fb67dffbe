"""Briefs as plain text, wrapped to a width in terminal cells; nothing is cut off, nothing is coloured.

The same brief in colour is in `summarize.writing.terminal`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from summarize.brief import Brief, Line
from summarize.language.text import joined
from summarize.printing import clean
from summarize.writing.wording import (
    box_title,
    doubts,
    name_of,
    place,
    quotation,
    remarks,
    sections,
    squeeze,
    told_by,
)

# No line may begin with these in Chinese and Japanese; they stay with the character before.
_CLOSING = "、。，．！？：；）」』】》〉”’…"


def pieces(briefs: Iterable[Brief], *, several: bool, evidence: bool, width: int) -> Iterator[str]:
    """Yield the text of each brief, a heading before each where there are several."""
    for number, brief in enumerate(briefs):
        head = _heading(brief, width) if several else []
        blocks = [head, *_blocks(brief, evidence, width)]
        text = "\n\n".join("\n".join(block) for block in blocks if block)
        yield ("\n" if number else "") + text + "\n"


def _heading(brief: Brief, width: int) -> list[str]:
    name = squeeze(brief.document.source or name_of(brief))
    lines = list(wrap(name, width))
    return [*lines, "-" * max(cells(line) for line in lines)]


def _blocks(brief: Brief, evidence: bool, width: int) -> Iterator[list[str]]:
    if brief.headline:
        yield _line(brief, brief.headline, evidence, width)
    yield [text for bullet in brief.bullets for text in _line(brief, bullet, evidence, width, "• ", "  ")]
    if brief.wysk:
        together = not evidence and not brief.others and not any(line.flags for line in brief.wysk)
        lines = (Line(joined(line.text for line in brief.wysk)),) if together else brief.wysk
        yield [
            box_title(brief),
            *(text for line in lines for text in _line(brief, line, evidence, width, "  ", "  ")),
        ]
    for title, lines in sections(brief):
        told = (text for line in lines for text in _line(brief, line, evidence, width, "• ", "  "))
        yield [title, *told]
    notes = [text for remark in remarks(brief) for text in wrap(remark, width, "Note: ", "      ")]
    yield notes
    if evidence:
        yield list(wrap(squeeze(brief.signature), width, "By: ", "    "))


def _line(brief: Brief, line: Line, evidence: bool, width: int, first: str = "", rest: str = "") -> list[str]:
    text = list(wrap(clean(line.text), width, first, rest))
    for doubt in doubts(line):
        text += wrap(doubt, width, f"{rest}  ! ", f"{rest}    ")
    if told := told_by(brief, line):
        text += wrap(told, width, f"{rest}  ", f"{rest}    ")
    for found in line.evidence if evidence else ():
        text += wrap(f"{place(brief, found)} {quotation(brief, found)}", width, f"{rest}  ", f"{rest}    ")
    return text


def cells(text: str) -> int:
    """Return how many columns a text fills in a terminal.

    Example:
        >>> cells("abc"), cells("日本"), cells("e\u0301")
        (3, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1


def wrap(text: str, width: int, first: str = "", rest: str = "") -> Iterator[str]:
    """Yield the lines of a text, each at most `width` columns wide, with hanging indentation.

    A word wider than a line is carried over to the next; Chinese and Japanese break anywhere.

    Example:
        >>> list(wrap("one two three", 9, "- ", "  "))
        ['- one two', '  three']
    """
    line, used, empty = first, cells(first), True
    for unit, spaced in _units(text, max(width - max(cells(first), cells(rest)), 2)):
        room = cells(unit) + (spaced and not empty)
        if not empty and used + room > width:
            yield line.rstrip()
            line, used, empty = rest, cells(rest), True
        gap = " " if spaced and not empty else ""
        line, used, empty = line + gap + unit, used + cells(gap + unit), False
    yield line.rstrip()


def _units(text: str, room: int) -> Iterator[tuple[str, bool]]:
    """Yield what may not be broken, each with whether a space stood before it."""
    for word in text.split():
        unit, spaced = "", True
        for character in word:
            glued = character in _CLOSING or not (unit and (_cells(character) == 2 or _cells(unit[-1]) == 2))
            if unit and (not glued or cells(unit) + _cells(character) > room):
                yield unit, spaced
                unit, spaced = "", False
            unit += character
        yield unit, spaced
