"""The bullets: line by line what an editor would most likely choose next, in the order of the story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from summarize.composing.news.next_line import worth
from summarize.language.repetition import overlap
from summarize.style import Style

if TYPE_CHECKING:
    from summarize.composing.news.desk import NewsDesk
    from summarize.composing.news.sentences import Told

REDUNDANT = 0.4  # Dice overlap of content stems above which two lines say the same
# What TextRank's figure, 1 on average, adds to an editor's choice, and what each word costs: of two sentences
# that an editor would take alike, the one that more of the story hangs on, and the shorter one.
_CENTRAL, _EACH = 0.2, 0.01


def bullets(desk: NewsDesk, style: Style, aim: int) -> list[Told]:
    """Choose and write the bullets.

    Args:
        desk: the article.
        style: how many, and what no line may exceed.
        aim: how many words a line should not exceed without need.
    """
    chosen = _chosen(desk, style, aim)
    while len(chosen) < style.lines and desk.read_further(box=False):
        chosen = _chosen(desk, style, aim)
    return desk.in_order(list(chosen), aim, style)


def _chosen(desk: NewsDesk, style: Style, aim: int) -> Mapping[int, Told]:
    """The best sentences that make lines, none saying what another says."""
    chosen: dict[int, Told] = {}
    while len(chosen) < style.lines:
        able = {
            index: line
            for index in desk.read
            if index not in chosen
            and not any(overlap(desk.stems[index], desk.stems[other]) > REDUNDANT for other in chosen)
            and (line := desk.bullet(index, chosen, aim, style)) is not None
        }
        if not able:
            break
        before = [chosen[index] for index in sorted(chosen)]
        found = dict(zip(able, worth(desk, list(able.values()), before, box=False), strict=True))
        best = max(
            able,
            key=lambda index: found[index] + _CENTRAL * desk.central[index] - _EACH * able[index].words,
        )
        chosen[best] = able[best]
    return chosen
