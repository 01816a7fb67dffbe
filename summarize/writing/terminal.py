"""Briefs in colour for a terminal, through rich; nothing is cut off.

Article text goes in as text and is never read as rich's markup.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

_MIN_WIDTH = 30  # below this the box's heading would not fit into its frame


def pieces(briefs: Iterable[Brief], *, several: bool, evidence: bool, width: int) -> Iterator[str]:
    """Yield each brief with its ANSI codes, a rule before each where there are several."""
    from rich.console import Console, Group

    for number, brief in enumerate(briefs):
        parts = [_rule(brief)] if several else []
        parts += _parts(brief, evidence)
        spaced: list[RenderableType] = []
        for part in parts:
            spaced += ["", part] if spaced else [part]
        page = io.StringIO()
        console = Console(file=page, force_terminal=True, width=max(width, _MIN_WIDTH), highlight=False)
        console.print(Group(*spaced))
        yield ("\n" if number else "") + page.getvalue()


def _rule(brief: Brief) -> RenderableType:
    from rich.text import Text

    # Not rich's Rule, which shortens a long title.
    return Text(
        squeeze(brief.document.source or name_of(brief)), style="bold cyan underline", overflow="fold"
    )


def _parts(brief: Brief, evidence: bool) -> list[RenderableType]:
    from rich.console import Group
    from rich.panel import Panel
    from rich.text import Text

    parts: list[RenderableType] = []
    if brief.headline:
        parts.append(_line(brief, brief.headline, evidence, style="bold"))
    if brief.bullets:
        parts.append(_list(brief, brief.bullets, evidence))
    if brief.wysk:
        box = Group(*(_line(brief, line, evidence) for line in brief.wysk))
        if not evidence and not brief.others and not any(line.flags for line in brief.wysk):
            box = Group(_text(Line(joined(line.text for line in brief.wysk))))
        parts.append(
            Panel(box, title=Text(box_title(brief), style="bold"), title_align="left", border_style="cyan")
        )
    for title, lines in sections(brief):
        parts.append(Group(Text(title, style="bold"), _list(brief, lines, evidence)))
    notes = [Text(f"Note: {remark}", style="yellow", overflow="fold") for remark in remarks(brief)]
    if notes:
        parts.append(Group(*notes))
    if evidence:
        parts.append(Text(f"By: {squeeze(brief.signature)}", style="dim", overflow="fold"))
    return parts


def _list(brief: Brief, lines: Iterable[Line], evidence: bool) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=1)
    grid.add_column(overflow="fold")
    for bullet in lines:
        grid.add_row(Text("•", style="cyan"), _line(brief, bullet, evidence))
    return grid


def _line(brief: Brief, line: Line, evidence: bool, style: str = "") -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    under = [Text(f"! {doubt}", style="red", overflow="fold") for doubt in doubts(line)]
    if told := told_by(brief, line):
        under.append(Text(told, style="dim", overflow="fold"))
    for found in line.evidence if evidence else ():
        under.append(Text(f"{place(brief, found)} {quotation(brief, found)}", style="dim", overflow="fold"))
    return Group(_text(line, style), *(Padding(text, (0, 0, 0, 2)) for text in under))


def _text(line: Line, style: str = "") -> Text:
    from rich.text import Text

    text = Text(clean(line.text), style=style, overflow="fold")
    for flag in line.flags:
        text.stylize("red underline", flag.start, flag.end)
    return text
