"""Briefs as Markdown (CommonMark): what would be markup in a line is escaped, so that it reads as written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from summarize.brief import Brief, Line
from summarize.language.text import joined
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

_ANYWHERE = re.compile(r"([\\`*_\[\]<>~]|&(?=#?\w+;))")
# Only at the beginning of a line: headings, list items, quotations, rules and underlines of headings.
_AT_START = re.compile(r"(#+(?=\s|$)|[-+](?=\s|$)|[-=]+$|-(?=[-\s]*$))")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def escape(text: str) -> str:
    r"""Return a line that Markdown shows as it stands.

    Example:
        >>> escape("1. *Not* a list"), escape("# Not a heading"), escape("a_b & <b>")
        ('1\\. \\*Not\\* a list', '\\# Not a heading', 'a\\_b & \\<b\\>')
    """
    text = _ANYWHERE.sub(r"\\\1", squeeze(text))
    if text.count("$") > 1:  # many readers set what stands between two of them as a formula
        text = text.replace("$", "\\$")
    text = _NUMBERED.sub(r"\1\\\2", text, count=1) if _NUMBERED.match(text) else text
    return f"\\{text}" if _AT_START.match(text) else text


def pieces(briefs: Iterable[Brief], *, several: bool, evidence: bool) -> Iterator[str]:
    """Yield each brief; several are told apart by a rule and the name of each article."""
    for number, brief in enumerate(briefs):
        blocks = list(_blocks(brief, several, evidence))
        yield ("\n---\n\n" if number else "") + "\n\n".join(blocks) + "\n"


def _blocks(brief: Brief, several: bool, evidence: bool) -> Iterator[str]:
    if brief.headline:
        yield f"# {_headline(brief.headline.text)}"
        if below := _below(brief, brief.headline, evidence, ""):
            yield "\n".join(below)
    elif several:
        yield f"# {_headline(name_of(brief))}"
    if several:
        yield f"Source: {escape(brief.document.source or name_of(brief))}"
    if brief.bullets:
        yield "\n".join(_items(brief, brief.bullets, evidence))
    if brief.wysk:
        yield f"## {box_title(brief)}"
        if evidence or brief.others or any(line.flags for line in brief.wysk):
            yield "\n".join(_items(brief, brief.wysk, evidence))
        else:
            yield escape(joined(line.text for line in brief.wysk))
    for heading, lines in sections(brief):
        yield f"## {heading}"
        yield "\n".join(_items(brief, lines, evidence))
    for remark in remarks(brief):
        yield f"*Note:* {escape(remark)}"
    if evidence:
        yield f"*By:* {escape(brief.signature)}"


def _headline(text: str) -> str:
    # Number signs that stand alone at the end of a heading are taken for its closing.
    return re.sub(r"(?<=\s)(#+)$", r"\\\1", escape(text))


def _items(brief: Brief, lines: Iterable[Line], evidence: bool) -> Iterator[str]:
    for line in lines:
        yield f"- {escape(line.text)}"
        yield from _below(brief, line, evidence, "  ")


def _below(brief: Brief, line: Line, evidence: bool, indent: str) -> list[str]:
    """What stands under a line, as a list of its own: doubts, then the sentences it rests on."""
    below = [f"{indent}- **{escape(doubt)}**" for doubt in doubts(line)]
    if told := told_by(brief, line):
        below.append(f"{indent}- *{escape(told)}*")
    for found in line.evidence if evidence else ():
        where = f"sentence {found.sentence}, {found.start}-{found.end}"
        where = escape(place(brief, found)) if brief.others else where
        below.append(f"{indent}- *{where}:* {escape(quotation(brief, found))}")
    return below
