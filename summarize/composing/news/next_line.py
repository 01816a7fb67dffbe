"""Which line comes next in bullets or box: how likely an editor would choose it behind those before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from summarize.composing.news.learned.box_grader import in_context
from summarize.composing.news.lines import NAMES, LineContext, line_features, printable
from summarize.composing.news.naming.questions import load
from summarize.language.repetition import overlap

if TYPE_CHECKING:
    from summarize.composing.news.desk import NewsDesk
    from summarize.composing.news.sentences import Told

_PRINTED = 0.7  # what a bullet that is sure to be printed is worth beside the choice
# What a line loses that makes a reader ask "which?", times -log of the chance that it does not.
_ASKED = 0.3

Floats = NDArray[np.float64]
Pairs = Sequence[tuple["Told", Sequence["Told"]]]


def worth_as_bullets(desk: NewsDesk, pairs: Pairs) -> Floats:
    """Return how likely an editor would choose each line beside some others and print it, shape (pairs,).

    Args:
        desk: the article.
        pairs: lines that could come next, each with those that are chosen.
    """
    rows = next_features(desk, pairs, box=False)
    found: Floats = desk.models.trees("next").predict(rows)
    return found + _PRINTED * rows[:, len(NAMES)]


def worth_in_box(desk: NewsDesk, lines: Sequence[Told], bullets: Sequence[Told]) -> Floats:
    """Return what readers would think of each line in the box behind bullets, shape (lines,)."""
    seen = in_context(desk, lines, bullets)
    return desk.models.boxes().grade(seen, box_features(desk, lines, bullets))


def box_features(desk: NewsDesk, lines: Sequence[Told], bullets: Sequence[Told]) -> Floats:
    """Return what is seen of each line of the box beside its words, shape (lines, 31)."""
    rows = next_features(desk, [(line, bullets) for line in lines], box=True)
    return np.column_stack([rows, [asked(desk, line, bullets) for line in lines]])


def asked(desk: NewsDesk, line: Told, before: Sequence[Told]) -> float:
    """Return what a line loses because a reader of headline and some lines may ask which thing it means."""
    context = desk.after(before)
    told = context.headline.union(*context.lines)
    return _ASKED * load().asked(desk.read[line.index], line.kept, line.text, told, desk.stems[: line.index])


def next_features(desk: NewsDesk, pairs: Pairs, *, box: bool) -> Floats:
    """Return what the choice of the next line sees of each, shape (pairs, 30).

    Args:
        desk: the article.
        pairs: lines that could come next, each with those that are chosen.
        box: whether it is the box that goes on, not the bullets.
    """
    rows = [_features(desk, line, desk.after(before), box=box) for line, before in pairs]
    further = [
        (
            desk.worth.choice["box" if box else "bullets"][line.index],
            desk.worth.choice["news"][line.index],
            max((overlap(line.stems, other.stems) for other in before), default=0.0),
            any(line.index - 1 == other.index for other in before),
        )
        for line, before in pairs
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
        box_rank=float(desk.worth.box[line.index]),
        sentences=len(desk.stems),
    )
