"""Dialogues: scores of turns -> lines of a brief, each a whole turn with its speaker; nothing is reworded.

The rules for news do not fit talk: everybody says "I" and asks questions. What is left is the choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summarize.brief import Evidence, Line
from summarize.document import Document
from summarize.language.text import word_count
from summarize.style import BULLETS, HEADLINE, WYSK, Style

if TYPE_CHECKING:
    from summarize.summarizers.base import Scores

_TELLING = 6  # words, the name among them, below which a turn says little: "Jerry: Sure!"
_BOX_LINES = 2
_REDUNDANT = 0.5  # share of the shorter turn's words above which two say the same


def compose_dialogue(document: Document, scores: Scores, styles: Sequence[Style]) -> dict[str, list[Line]]:
    """Write the lines of each style from turns: the best that fit, in the order in which they were said.

    The box holds turns that are no bullets, two or none. The headline is the best turn that is no question.

    Args:
        document: a dialogue.
        scores: one for each turn, shape (sentences,); higher is better.
        styles: what to write.
    """
    desk = _Desk(document, scores)
    asked = {style.name: style for style in styles}
    bullets = desk.choose(asked.get(BULLETS.name, BULLETS), asked.get(BULLETS.name, BULLETS).lines)
    box = desk.choose(WYSK, _BOX_LINES, besides=bullets)
    chosen = {
        HEADLINE.name: desk.headline(),
        BULLETS.name: bullets,
        WYSK.name: box if len(box) == _BOX_LINES else [],
    }
    return {name: [desk.line(index, name) for index in chosen[name]] for name in asked}


class _Desk:
    def __init__(self, document: Document, scores: Scores) -> None:
        self._document = document
        self._texts = [sentence.line for sentence in document.sentences]
        counts = [word_count(text) for text in self._texts]
        weights = [score * min(count / _TELLING, 1) for score, count in zip(scores, counts, strict=True)]
        self._order = sorted(range(len(weights)), key=lambda index: (-weights[index], index))

    def choose(self, style: Style, most: int, besides: Sequence[int] = ()) -> list[int]:
        """Return the numbers of the best turns that keep a budget together and say different things."""
        chosen: list[int] = []
        for index in self._order:
            if len(chosen) == most:
                break
            if all(self._differ(index, other) for other in (*chosen, *besides)) and style.admits(
                [self._texts[other] for other in (*chosen, index)]
            ):
                chosen.append(index)
        return sorted(chosen)

    def headline(self) -> list[int]:
        fitting = [index for index in self._order if HEADLINE.admits([self._texts[index]])]
        told = (index for index in fitting if not self._texts[index].rstrip().endswith(("?", "？")))
        return [next(told, fitting[0])] if fitting else []

    def line(self, index: int, style: str) -> Line:
        """Return a turn as a line that rests on itself; a headline has no full stop."""
        sentence, text = self._document.sentences[index], self._texts[index]
        text = text.rstrip(".。") if style == HEADLINE.name else text
        return Line(text, (Evidence(index, sentence.start, sentence.end),))

    def _differ(self, one: int, two: int) -> bool:
        left, right = (frozenset(self._said(index)) for index in (one, two))
        return one != two and len(left & right) <= _REDUNDANT * min(len(left), len(right))

    def _said(self, index: int) -> Iterator[str]:
        speaker = (self._document.sentences[index].speaker or "").casefold().split()
        return (word for word in self._document.words[index] if word not in speaker)
