"""Strictness: lines that the source supports too little give way to their source sentence, or go.

Works on finished briefs, whatever wrote them. Nothing is rewritten: a line is kept, replaced or left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from summarize.brief import Brief, Line
from summarize.composing.editing import is_ended, is_whole, shorten, stands_alone, tidy
from summarize.composing.headline import headline
from summarize.document import Document
from summarize.errors import OptionError
from summarize.evidence.check import LineVerdict, check_lines
from summarize.evidence.score import shipped
from summarize.style import HEADLINE, STYLES, Style

if TYPE_CHECKING:
    from summarize.models.judge import Judge


def hold_to_source(
    briefs: Iterable[Brief], threshold: float | None = None, judge: Judge | None = None
) -> list[Brief]:
    """Return the briefs with every line at or above a threshold, and notes on what happened to the others.

    A line under the threshold, or with a flag, is replaced by the sentence it rests on most where that
    keeps the budget and says nothing another line says; otherwise it is left out. The signature gains
    "strict:<threshold>", and with a judge its name.

    Args:
        briefs: finished briefs of any summarizer.
        threshold: the least score of a line, 0 to 1; None for the one fitted on annotated summaries.
        judge: an entailment model whose word enters the scores (`summarize.models.judge`), or None.

    Raises:
        OptionError: for a threshold out of range.
        ModelError: where the judge fails.
    """
    threshold = shipped().threshold if threshold is None else threshold
    if not 0.0 <= threshold <= 1.0:
        raise OptionError(f"the strict threshold must be from 0 to 1, not {threshold}")
    return [_hold(brief, threshold, judge) for brief in briefs]


@dataclass(slots=True)
class _Outcome:
    """What happened to the lines of one style."""

    style: Style
    kept: list[Line] = field(default_factory=list)
    replaced: int = 0
    dropped: int = 0

    def notes(self) -> list[str]:
        found = []
        for count, what in ((self.replaced, "replaced by its source sentence"), (self.dropped, "left out")):
            if count:
                lines = "1 line was" if count == 1 else f"{count} lines were"
                what = what.replace("its source sentence", "their source sentences") if count > 1 else what
                found.append(f"{self.style.name}: {lines} {what}, being too little supported")
        return found


def _hold(brief: Brief, threshold: float, judge: Judge | None) -> Brief:
    outcomes = {}
    for style in STYLES:
        lines = brief.lines(style.name)
        # A brief may hold more bullets than the style's own number: that many stay allowed.
        verdicts = check_lines([line.text for line in lines], brief.document, judge=judge)
        room = replace(style, lines=max(style.lines, len(lines)))
        outcomes[style.name] = _sift(lines, verdicts, room, brief.document, threshold)
    first = outcomes[HEADLINE.name].kept
    return replace(
        brief,
        headline=first[0] if first else None,
        bullets=tuple(outcomes["bullets"].kept),
        wysk=tuple(outcomes["wysk"].kept),
        signature=f"{brief.signature}|strict:{threshold:g}" + (f":{judge.name}" if judge else ""),
        notes=(*brief.notes, *(note for outcome in outcomes.values() for note in outcome.notes())),
    )


def _sift(
    lines: Sequence[Line],
    verdicts: Sequence[LineVerdict],
    style: Style,
    document: Document,
    threshold: float,
) -> _Outcome:
    outcome = _Outcome(style)
    faithful = [verdict.score >= threshold and not verdict.flags for verdict in verdicts]
    taken = {line.text for line, good in zip(lines, faithful, strict=True) if good}
    for line, verdict, good in zip(lines, verdicts, faithful, strict=True):
        if good:
            outcome.kept.append(line)
            continue
        other = _source_line(verdict, style, document)
        rest = [
            later.text
            for later, fine in zip(lines, faithful, strict=True)
            if fine and later not in outcome.kept
        ]
        if (
            other
            and other.text not in taken
            and style.admits([*(k.text for k in outcome.kept), other.text, *rest])
        ):
            outcome.kept.append(other)
            taken.add(other.text)
            outcome.replaced += 1
        else:
            outcome.dropped += 1
    return outcome


def _source_line(verdict: LineVerdict, style: Style, document: Document) -> Line | None:
    """Return the best source sentence of a line as a line of a style, or None where none serves."""
    for found in verdict.evidence:
        if style.name == HEADLINE.name:
            scores = np.zeros(len(document.sentences))
            scores[found.sentence] = 1.0
            candidates = headline(document, scores)
            if candidates and candidates[0].evidence[0].sentence == found.sentence:
                return candidates[0]
            continue
        text = shorten(tidy(document.sentences[found.sentence].line, document.language), style.line_words)
        if text and is_whole(text) and is_ended(text) and stands_alone(text, document.language):
            return Line(text, (replace(found, score=1.0),))
    return None
