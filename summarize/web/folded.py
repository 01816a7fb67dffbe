"""A brief as a card that holds its evidence itself: below each line, folded, the sentences that it rests on.

For briefs beside which no article stands: stories, rows of a batch. The others are in `web.cards`.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarize.brief import Brief, Line
from summarize.web.markup import inert, safe
from summarize.writing.html import marked
from summarize.writing.wording import box_title, doubts, outlet, quotation, remarks, sections, told_by


def folded_card(brief: Brief, head: str, foot: str) -> str:
    """Return the card.

    Args:
        brief: what it shows.
        head: its heading, as HTML.
        foot: what stands below it, as HTML.
    """
    parts = [f"<header><h3>{head}</h3></header>"]
    if brief.headline:
        parts.append(f'<h4 class="headline" dir="auto">{_text(brief.headline)}</h4>')
        parts.append(_below(brief, brief.headline))
    parts.append(_list(brief, brief.bullets))
    if brief.wysk:
        title = safe(box_title(brief))
        lines = "".join(f'<p dir="auto">{_text(line)}</p>{_below(brief, line)}' for line in brief.wysk)
        parts.append(f'<div class="wysk"><h4>{title}</h4>{lines}</div>')
    for heading, more in sections(brief):
        parts.append(f"<section><h4>{safe(heading)}</h4>{_list(brief, more)}</section>")
    parts += [f'<p class="remark">{safe(remark)}</p>' for remark in remarks(brief)]
    language = safe(brief.document.language)
    return f'<article class="card" lang="{language}">{"".join(parts)}{foot}</article>'


def _list(brief: Brief, lines: Sequence[Line]) -> str:
    items = "".join(f'<li dir="auto">{_text(line)}{_below(brief, line)}</li>' for line in lines)
    return f'<ul class="bullets">{items}</ul>' if items else ""


def _text(line: Line) -> str:
    return inert(marked(line))


def _below(brief: Brief, line: Line) -> str:
    """Return who tells a line, what nobody says of it, and, folded, the sentences it rests on."""
    doubt = "".join(f'<span class="doubt">{safe(found)}</span>' for found in doubts(line))
    told = told_by(brief, line)
    label = safe(told) if told else f"{len(line.evidence)} source sentence{'s' * (len(line.evidence) != 1)}"
    several = len(brief.documents) > 1
    quotes = "".join(
        f'<li dir="auto">{f"<b>{safe(outlet(brief.documents[found.document]))}</b> " * several}'
        f"{safe(quotation(brief, found))}</li>"
        for found in line.evidence
    )
    if not quotes:
        return doubt
    return f'{doubt}<details class="tellers"><summary>{label}</summary><ul>{quotes}</ul></details>'
