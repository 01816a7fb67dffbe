"""Dialogue: chats, interviews and transcripts as turns, each with its speaker. "Jerry: Sure!" is no prose.

A text is a dialogue where four of five lines, or paragraphs, name a speaker and one speaks twice; a list of
"Date: ..." and "Place: ..." has every name once. A line without a name goes on with the turn before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from summarize.document import Sentence
from summarize.language.text import sentence_spans, word_count
from summarize.parsing.layout import Paragraph

# "Jerry", "Dr. Ann O'Neill", "#Person1#", "Q", "市长": at most four words, the first no small letter.
_SPEAKER = re.compile(
    r"\s*(?![a-zß-ÿ])([#\w][\w.'’#-]*(?:[ \t]+[\w.'’#&(][\w.'’#)-]*){0,3})[ \t]*[:：][ \t]*(?=\S)"
)
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_TURNS, _SHARE = 3, 0.8
_OPENING = 600  # characters in which a dialogue has a colon, and most articles none
WHOLE = 30  # words up to which a turn is one unit; of a longer one each sentence is


@dataclass
class _Turn:
    """What one speaker says at a time: the stretches of text, without the name."""

    speaker: str
    start: int
    parts: list[tuple[int, int]] = field(default_factory=list)


def dialogue(text: str, paragraphs: Sequence[Paragraph], language: str) -> tuple[Sentence, ...]:
    """Return what is said in a dialogue, in order; nothing for a text that is none.

    Consecutive turns of one speaker are one. A turn of at most 30 words is one sentence, so that a question
    keeps its half.

    Args:
        text: any text.
        paragraphs: its paragraphs, in which wrapped lines are whole.
        language: ISO 639-1 code.

    Example:
        >>> for said in dialogue("Ann: Tea?\\nBob: Yes.\\nBob: With milk.\\nAnn: Here.", [], "en"):
        ...     print(said.line)
        Ann: Tea?
        Bob: Yes. With milk.
        Ann: Here.
    """
    if not re.search("[:：]", text[:_OPENING]):
        return ()
    lines = ((match.start(), match.end()) for match in re.finditer(r"\S(?:[^\r\n]*\S)?", text))
    found = _turns(text, lines) or _turns(text, ((one.start, one.end) for one in paragraphs))
    if found is None:
        return ()
    spans = ((turn, span) for turn in found for span in _units(turn, text, language))
    said = [(turn, span) for turn, span in spans if _LETTER.search(text, *span)]
    return tuple(
        Sentence(start, end, text[start:end], number, turn.speaker)
        for number, (_, group) in enumerate(groupby(said, key=lambda pair: pair[0].start))
        for turn, (start, end) in group
    )


def _turns(text: str, stretches: Iterable[tuple[int, int]]) -> list[_Turn] | None:
    """Return the turns, where most stretches of a text (its lines, or its paragraphs) name a speaker."""
    turns: list[_Turn] = []
    named = count = 0
    for start, end in stretches:
        count += 1
        if match := _SPEAKER.match(text, start, end):
            named += 1
            if not turns or turns[-1].speaker != match[1]:
                turns.append(_Turn(match[1], start))
            turns[-1].parts.append((match.end(), end))
        elif turns:
            turns[-1].parts.append((start, end))
    speakers = {turn.speaker for turn in turns}
    is_dialogue = named >= _LEAST_TURNS and named >= _SHARE * count and 2 <= len(speakers) < len(turns)
    return turns if is_dialogue else None


def _units(turn: _Turn, text: str, language: str) -> Iterator[tuple[int, int]]:
    if sum(word_count(text[start:end]) for start, end in turn.parts) <= WHOLE:
        yield turn.start, turn.parts[-1][1]
        return
    for start, end in turn.parts:
        for a, b in sentence_spans(text[start:end], language):
            yield start + a, start + b
