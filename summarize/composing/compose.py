"""Scores of sentences -> the lines of a brief: budget, redundancy, order. The same for every summarizer.

What happens inside one sentence is `summarize.composing.editing`; headlines are in
`summarize.composing.headline`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from summarize.brief import Evidence, Line
from summarize.composing.by_table.standing import shortened
from summarize.composing.cues import OPEN_QUESTION, STAKE, WHAT_COMES
from summarize.composing.dialogue import compose_dialogue
from summarize.composing.editing import is_broken, is_ended, is_whole, shorten, stands_alone, tidy
from summarize.composing.headline import headline, trim
from summarize.document import Document
from summarize.language.repetition import overlap
from summarize.language.text import word_count
from summarize.language.words import OPENING_QUOTES
from summarize.style import BULLETS, HEADLINE, WYSK, Style

if TYPE_CHECKING:
    from summarize.summarizers.base import Scores

REDUNDANT = 0.35  # Dice overlap of content stems above which two lines say the same
TOLD = 0.5  # and above which a line of the box tells a bullet again
LEAST_WORDS, LEAST_BOX_WORDS = 5, 8
_POOL = 24  # sentences the box is chosen from
_TRIES = 400  # candidates looked at for one style; below them nothing good is left


def compose(document: Document, scores: Scores, styles: Sequence[Style]) -> dict[str, list[Line]]:
    """Write the lines of each style from sentences, the best first within their budget.

    Args:
        document: with at least one sentence.
        scores: one for each sentence, shape (sentences,); higher is better.
        styles: what to write.

    Raises:
        ValueError: where the scores are not one finite number for each sentence.
    """
    scores = np.asarray(scores, dtype=np.float64)
    if scores.shape != (len(document.sentences),) or not np.isfinite(scores).all():
        raise ValueError(f"need one finite score for each of {len(document.sentences)} sentences")
    if document.is_dialogue:
        return compose_dialogue(document, scores, styles)
    desk = _Desk(document, scores)
    asked = {style.name: style for style in styles}
    bullets = desk.bullets(asked.get("bullets", BULLETS)) if asked.keys() - {"headline"} else []
    lines: dict[str, list[Line]] = {}
    for name in asked:
        if name == HEADLINE.name:
            lines[name] = headline(document, scores)
        elif name == WYSK.name:
            lines[name] = [candidate.line(document) for candidate in desk.box(WYSK, bullets)]
        else:
            lines[name] = [candidate.line(document) for candidate in bullets]
    return lines


def fit(lines: Sequence[str], style: Style) -> list[str]:
    """Return the lines that keep a style's budget, in their order, without what is incomplete or said twice.

    Args:
        lines: what a model wrote, best first.

    Example:
        >>> from summarize.style import BULLETS
        >>> fit(["Rain fell in Leeds.", "Rain fell in Leeds.", "The river is"], BULLETS)
        ['Rain fell in Leeds.']
    """
    if style.name == HEADLINE.name:
        return [found for line in lines if (found := trim(" ".join(line.split()), style))][:1]
    kept: list[str] = []
    stems: list[frozenset[str]] = []
    for line in lines:
        short = shorten(tidy(line), style.line_words)
        if not short or not is_whole(short) or not is_ended(short) or not style.admits([*kept, short]):
            continue
        words = frozenset(short.lower().split())
        if all(overlap(words, other) <= 0.6 for other in stems):
            kept.append(short)
            stems.append(words)
    return kept


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence as it would stand in the brief; `words` counts them."""

    index: int
    text: str
    words: int
    stems: frozenset[str]
    alone: bool

    def line(self, document: Document) -> Line:
        sentence = document.sentences[self.index]
        return Line(self.text, (Evidence(self.index, sentence.start, sentence.end),))


class _Desk:
    """The sentences of one document in the order of their scores, and what has been made of them."""

    def __init__(self, document: Document, scores: Scores) -> None:
        self._document = document
        self._scores = scores
        self._order = np.argsort(-scores, kind="stable")[:_TRIES].tolist()
        self._made: dict[int, _Candidate | None] = {}

    def candidate(self, index: int, words: int) -> _Candidate | None:
        """Return a sentence as a line of at most so many words, or None where it cannot be one."""
        if index not in self._made:
            text = tidy(self._document.sentences[index].line, self._document.language)
            stems = frozenset(self._document.content[index])
            alone = stands_alone(text, self._document.language) and not is_broken(text)
            whole = is_whole(text)
            self._made[index] = _Candidate(index, text, word_count(text), stems, alone) if whole else None
        candidate = self._made[index]
        if candidate is None or candidate.words <= words:
            return candidate
        language = self._document.language
        short = shorten(candidate.text, words) or shortened(candidate.text, words, language)
        return replace(candidate, text=short, words=word_count(short)) if short else None

    def ranked(self, words: int) -> Iterator[_Candidate]:
        """Yield the candidates, best first, fragments last."""
        fragments = []
        for index in self._order:
            candidate = self.candidate(index, words)
            if candidate is None:
                continue
            if candidate.words < LEAST_WORDS:
                fragments.append(candidate)
            else:
                yield candidate
        yield from fragments

    def bullets(self, style: Style) -> list[_Candidate]:
        """Choose bullets: by score, none saying what another says, each understood where it stands."""
        chosen = self._choose(style, alone=True) or self._choose(style, alone=False)
        return sorted(chosen, key=lambda candidate: candidate.index)

    def _choose(self, style: Style, *, alone: bool) -> list[_Candidate]:
        chosen: dict[int, _Candidate] = {}
        for candidate in self.ranked(style.line_words):
            if len(chosen) == style.lines:
                break
            if candidate.words < LEAST_WORDS and chosen:
                break
            # "He was released" stands right behind the sentence that names him, and nowhere else.
            if alone and not candidate.alone and candidate.index - 1 not in chosen:
                continue
            if not style.admits([candidate.text]):
                continue
            if all(overlap(candidate.stems, other.stems) <= REDUNDANT for other in chosen.values()):
                chosen[candidate.index] = candidate
        return list(chosen.values())

    def box(self, style: Style, bullets: Sequence[_Candidate]) -> list[_Candidate]:
        """Choose the box: the development and its stake; then the caveat, the context or what comes next."""
        able = (c for c in self.ranked(style.line_words) if self._boxable(c, style))
        pool = list(islice(able, _POOL))
        told = {bullet.index for bullet in bullets}
        fresh = [c for c in pool if c.index not in told]
        new = [c for c in fresh if all(overlap(c.stems, bullet.stems) <= TOLD for bullet in bullets)]
        # A short article has too few sentences for two different choices.
        pool = next((found for found in (new, fresh, pool) if len(found) >= 2), pool or list(bullets))
        top = float(self._scores.max()) or 1.0
        first = max(pool, key=lambda c: self._weight(c, top, STAKE, early=True), default=None)
        if first is None:
            return []
        chosen = [first]
        for cue in (OPEN_QUESTION, WHAT_COMES):
            by_weight = sorted(pool, key=lambda c: -self._weight(c, top, cue, early=False))
            best = next((c for c in by_weight if self._adds(c, chosen, style)), None)
            if best is not None and (len(chosen) < 2 or not cue.isdisjoint(self._document.words[best.index])):
                chosen.append(best)
        return chosen

    @staticmethod
    def _adds(candidate: _Candidate, chosen: Sequence[_Candidate], style: Style) -> bool:
        """Whether a line may follow those chosen for the box: nothing is said twice, the budget holds."""
        return all(
            candidate is not other and overlap(candidate.stems, other.stems) <= REDUNDANT for other in chosen
        ) and style.admits([*(other.text for other in chosen), candidate.text])

    @staticmethod
    def _boxable(candidate: _Candidate, style: Style) -> bool:
        """Whether a line may stand in the box: understood alone, informing, and no mere quotation."""
        text = candidate.text
        return (
            candidate.alone
            and candidate.words >= LEAST_BOX_WORDS
            and not text.startswith(OPENING_QUOTES)
            and style.admits([text])
        )

    def _weight(self, candidate: _Candidate, top: float, cue: frozenset[str], *, early: bool) -> float:
        """Score against the best, times what the cue adds; `early` for the first sentence of the box."""
        length = len(self._document.sentences)
        place = candidate.index / max(length, 1)
        cues = min(sum(word in cue for word in self._document.words[candidate.index]), 3)
        base = float(self._scores[candidate.index]) / top
        return (0.3 + base) * (1 + 0.5 * cues) * (1 - 0.5 * place if early else 1.0)
