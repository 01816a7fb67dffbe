"""The "What you should know" box: what is at stake, then what is unsettled, what comes next or the context.

Its lines come from sentences that no bullet uses, share somebody or something with the headline, stand in the
order of the story and are understood by a reader of the box alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from summarize.brief import Line
from summarize.composing.news.next_line import worth_in_box
from summarize.language.repetition import content_of, overlap
from summarize.style import Style

if TYPE_CHECKING:
    from summarize.composing.news.desk import NewsDesk
    from summarize.composing.news.sentences import Told

SHORT_ARTICLE = 6  # sentences up to which an article has no room for two choices
TOLD_ALREADY = 0.5  # Dice overlap of content stems above which a line tells a bullet again
_SAID_TWICE = 0.4
# What a second line must be worth: one that is worth less would rather spoil the box than help a reader.
_WORTH_A_SECOND = 0.5
_LEAST_WORDS, _AIM = 5, 35


def box(desk: NewsDesk, style: Style, bullets: Sequence[Told], headline: Line | None) -> list[Told]:
    """Choose and write the box: two lines, one for a short article, or none.

    Args:
        desk: the article.
        style: the budget.
        bullets: whose sentences the box leaves alone.
        headline: with which every line shares a name or a word; None where there is none.
    """
    most = 1 if len(desk.stems) <= SHORT_ARTICLE else 2
    able = _able(desk, style, bullets, headline)
    while len(able) < most + 1 and desk.read_further():
        able = _able(desk, style, bullets, headline)
    if not able:
        return []
    worth = _worth(desk, able, style, bullets)
    chosen: list[int] = []
    for index in sorted(able, key=lambda i: -worth[i]):
        if chosen and worth[index] < _WORTH_A_SECOND:
            break
        if len(chosen) < most and all(
            overlap(desk.stems[index], desk.stems[i]) <= _SAID_TWICE for i in chosen
        ):
            chosen.append(index)
    return desk.in_order(chosen, _AIM, style, frozenset[str]().union(*(bullet.named for bullet in bullets)))


def _worth(desk: NewsDesk, able: Sequence[int], style: Style, bullets: Sequence[Told]) -> Mapping[int, float]:
    """What readers and editors would think of a line of each sentence in the box."""
    lines = [line for index in able if (line := desk.told(index, frozenset(), _AIM, style)) is not None]
    found = worth_in_box(desk, lines, bullets)
    return {line.index: float(worth) for line, worth in zip(lines, found, strict=True)}


def _able(desk: NewsDesk, style: Style, bullets: Sequence[Told], headline: Line | None) -> list[int]:
    used = {bullet.index for bullet in bullets}
    if headline is not None:
        used.add(headline.evidence[0].sentence)
    about = _about(desk, headline).union(*(bullet.stems for bullet in bullets))
    return [
        index
        for index in sorted(desk.read)
        if index not in used
        and len(desk.stems[index] & about) >= 1
        and all(overlap(desk.stems[index], bullet.stems) <= TOLD_ALREADY for bullet in bullets)
        and (line := desk.told(index, frozenset(), _AIM, style)) is not None
        and line.words >= _LEAST_WORDS
        and not line.text.startswith(('"', "“", "‘", "'"))
    ]


def _about(desk: NewsDesk, headline: Line | None) -> frozenset[str]:
    """The stems of the headline, or of the story where there is no headline."""
    if headline is None:
        return desk.story.top
    return content_of(headline.text.lower())
