"""Which line comes next in bullets or box: how likely an editor would choose it behind those before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from summarize.composing.news.lines import NAMES, LineContext, line_features, printable
from summarize.composing.news.naming.questions import load
from summarize.language.repetition import overlap

if TYPE_CHECKING:
    from summarize.composing.news.desk import NewsDesk
    from summarize.composing.news.sentences import Told

# What a line that is sure to be printed is worth beside the choice; more costs the box lines that matter.
_PRINTED, _BOX_PRINTED = 0.7, 0.5
# What a line of the box loses that makes a reader ask "which?", times -log of the chance that it does not. In
# bullets, readers miss the news more than they mind the question.
_ASKED = 0.3

Floats = NDArray[np.float64]


def worth(desk: NewsDesk, lines: Sequence[Told], before: Sequence[Told], *, box: bool) -> Floats:
    """Return how likely an editor would choose each line as the next one and print it, shape (lines,)."""
    rows = next_features(desk, lines, before, box=box)
    found = desk.models("next").predict(rows) + (_BOX_PRINTED if box else _PRINTED) * rows[:, len(NAMES)]
    if not box:
        return found
    context = desk.after(before)
    told = context.headline.union(*context.lines)
    readers = load()
    asked = [
        readers.asked(desk.read[line.index], line.kept, line.text, told, desk.stems[: line.index])
        for line in lines
    ]
    return found - _ASKED * np.array(asked)


def next_features(desk: NewsDesk, lines: Sequence[Told], before: Sequence[Told], *, box: bool) -> Floats:
    """Return what the choice of the next line sees of each, shape (lines, 30).

    Args:
        desk: the article.
        lines: those that could come next.
        before: those that are chosen.
        box: whether it is the box that goes on, not the bullets.
    """
    context = desk.after(before)
    rows = [_features(desk, line, context, box=box) for line in lines]
    told = {line.index for line in before}
    further = [
        (
            desk.choice["box" if box else "bullets"][line.index],
            desk.choice["news"][line.index],
            max((overlap(line.stems, other.stems) for other in before), default=0.0),
            line.index - 1 in told,
        )
        for line in lines
    ]
    return np.column_stack([np.array(rows), printable(rows), np.array(further, dtype=np.float64)])


def _features(desk: NewsDesk, line: Told, context: LineContext, *, box: bool) -> list[float]:
    """What is seen of one line behind what a reader has read."""
    return line_features(
        line,
        desk.read[line.index],
        context,
        box=box,
        rank=desk.overlap(line.index),
        box_rank=float(desk.box_ranks[line.index]),
        sentences=len(desk.stems),
    )
