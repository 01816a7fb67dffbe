"""Articles longer than a model's window: choose their best sentences, or cut them into chunks.

Nothing is dropped in silence: each way says which share of the sentences it hands on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from summarize.summarizers.base import Scores

Lengths = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True, slots=True)
class Selection:
    """What a model is given to read of a document.

    Attributes:
        text: within the window.
        coverage: the share of the sentences that is in it, 0 to 1; a sentence cut short counts by its part.
    """

    text: str
    coverage: float


def select(sentences: Sequence[str], scores: Scores, lengths: Lengths, room: int) -> Selection:
    """Return the best sentences that fit into a window, in the order of the story.

    Args:
        sentences: one a line, at least one.
        scores: higher is better, shape (sentences,).
        lengths: counts the tokens of texts.
        room: the most tokens.
    """
    sizes = lengths([f" {sentence}" for sentence in sentences])
    chosen: list[int] = []
    left = room
    for index in np.argsort(-scores, kind="stable").tolist():
        if sizes[index] <= left:
            chosen.append(index)
            left -= sizes[index]
    if not chosen:
        best = sentences[int(scores.argmax())]
        piece = split(best, lengths, room)[0]
        return Selection(piece, len(piece) / len(best) / len(sentences))
    text = " ".join(sentences[index] for index in sorted(chosen))
    # Tokens of a whole are seldom more than those of its parts, but they may be.
    while len(chosen) > 1 and lengths([text])[0] > room:
        chosen.pop()
        text = " ".join(sentences[index] for index in sorted(chosen))
    return Selection(text, len(chosen) / len(sentences))


def chunks(sentences: Sequence[str], lengths: Lengths, room: int) -> list[str]:
    """Cut a text into runs of whole sentences, each within the window; all of it is in them.

    Only a sentence longer than the window is itself cut, between words.
    """
    parts = [part for sentence in sentences for part in split(sentence, lengths, room)]
    sizes = lengths([f" {part}" for part in parts])
    found: list[str] = []
    held: list[str] = []
    used = 0
    for part, size in zip(parts, sizes, strict=True):
        if held and used + size > room:
            found.append(" ".join(held))
            held, used = [], 0
        held.append(part)
        used += size
    return [*found, " ".join(held)]


def split(sentence: str, lengths: Lengths, room: int) -> list[str]:
    """Cut a sentence longer than the window between words, or between characters where it has no blanks.

    Example:
        >>> split("one two three four", lambda texts: [len(text.split()) for text in texts], room=2)
        ['one two', 'three four']
    """
    # A leading blank is a token of its own for some tokenizers.
    if lengths([f" {sentence}"])[0] <= room or len(sentence) < 2:
        return [sentence]
    words = sentence.split()
    if len(words) > 1:
        half = len(words) // 2
        halves = " ".join(words[:half]), " ".join(words[half:])
    else:
        half = len(sentence) // 2
        halves = sentence[:half], sentence[half:]
    return [part for each in halves for part in split(each, lengths, room)]
