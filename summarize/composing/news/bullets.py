"""The bullets: the sentences that an editor would most likely choose together, in the order of the story."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from summarize.composing.news.next_line import asked, worth_as_bullets
from summarize.language.repetition import overlap
from summarize.style import Style

if TYPE_CHECKING:
    from summarize.composing.news.desk import NewsDesk
    from summarize.composing.news.sentences import Told

REDUNDANT = 0.4  # Dice overlap of content stems above which two lines say the same
# What TextRank's figure, 1 on average, adds to an editor's choice, and what each word costs: of two sentences
# that an editor would take alike, the one that more of the story hangs on, and the shorter one.
_CENTRAL, _EACH = 0.2, 0.01
_LIKELY, _EXCHANGES = 6, 2  # sentences that may take another's place, and how often one may


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
    if len(chosen) == style.lines:
        chosen = _exchanged(desk, style, aim, chosen)
    return desk.in_order(list(chosen), aim, style)


def _chosen(desk: NewsDesk, style: Style, aim: int) -> Mapping[int, Told]:
    """The best sentences that make lines, one after the other, none saying what another says."""
    chosen: dict[int, Told] = {}
    while len(chosen) < style.lines:
        able = {
            index: line
            for index in desk.read
            if index not in chosen
            and not _repeats(desk, index, chosen)
            and (line := desk.bullet(index, chosen, aim, style)) is not None
        }
        if not able:
            break
        before = [chosen[index] for index in sorted(chosen)]
        best = _best_first(desk, list(able.values()), before)[0]
        chosen[best.index] = best
    return chosen


def _best_first(desk: NewsDesk, lines: Sequence[Told], before: Sequence[Told]) -> list[Told]:
    """Lines in the order in which an editor would add them to some others."""
    values = worth_as_bullets(desk, [(line, before) for line in lines]) + _own(desk, lines)
    return [lines[place] for place in np.argsort(-values, kind="stable")]


def _own(desk: NewsDesk, lines: Sequence[Told]) -> NDArray[np.float64]:
    """What lines are worth whatever stands beside them."""
    return np.array([_CENTRAL * desk.worth.central[line.index] - _EACH * line.words for line in lines])


def _repeats(desk: NewsDesk, index: int, others: Collection[int]) -> bool:
    return any(overlap(desk.stems[index], desk.stems[other]) > REDUNDANT for other in others)


def _exchanged(desk: NewsDesk, style: Style, aim: int, chosen: Mapping[int, Told]) -> Mapping[int, Told]:
    """The set with one sentence exchanged for another, as long as the whole gains by it."""
    alone = [line for index in desk.read if (line := desk.bullet(index, chosen, aim, style)) is not None]
    likely = [line.index for line in _best_first(desk, alone, ())[:_LIKELY]]
    best = _written(desk, chosen, aim, style) or chosen
    (value,) = _values(desk, [best])
    for _ in range(_EXCHANGES):
        sets = [
            lines
            for gone in sorted(best)
            for other in likely
            if other not in best
            and not _repeats(desk, other, best.keys() - {gone})
            and (lines := _written(desk, {*best, other} - {gone}, aim, style)) is not None
        ]
        values = _values(desk, sets)
        if not sets or values.max() <= value:
            break
        best, value = sets[int(values.argmax())], values.max()
    return best


def _written(desk: NewsDesk, indices: Collection[int], aim: int, style: Style) -> dict[int, Told] | None:
    """Some sentences as lines that are read in the order of the story, or None where one cannot be one."""
    lines: dict[int, Told] = {}
    for index in sorted(indices):
        line = desk.bullet(index, lines, aim, style)
        if line is None:
            return None
        lines[index] = line
    return lines


def _values(desk: NewsDesk, sets: Sequence[Mapping[int, Told]]) -> NDArray[np.float64]:
    """How likely an editor would choose each line beside the others of its set, summed, shape (sets,).

    Only a whole set pays for what a reader asks: there a line that explains another is worth its place, while
    line by line readers miss the news more than they ask.
    """
    pairs, price = [], []
    for lines in sets:
        ordered = [lines[index] for index in sorted(lines)]
        pairs += [(line, [other for other in ordered if other is not line]) for line in ordered]
        price.append(sum(asked(desk, line, ordered[:place]) for place, line in enumerate(ordered)))
    if not pairs:
        return np.zeros(0)
    found = worth_as_bullets(desk, pairs) + _own(desk, [line for line, _ in pairs])
    total: NDArray[np.float64] = found.reshape(len(sets), -1).sum(axis=1) - np.array(price)
    return total
