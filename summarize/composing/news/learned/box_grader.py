"""How readers would grade lines of the box behind headline and bullets: a small transformer over their words.

It sees each word as the encoder does, with its tag, its relation, whether the line keeps it and whether a
reader knows it, the features of the line (`next_line.py`) as one word more, and as further words what stands
before the line: the headline's sentence, each bullet, and the sentence ahead of it in the article.
`training/ranker/box_grader.py` fits it to lines that readers graded. English only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from summarize.composing.news.learned import transformer
from summarize.composing.news.learned.trees import shipped
from summarize.composing.news.learned.word_reader import WORDS_SEEN, WordReader
from summarize.composing.news.naming.questions import traits
from summarize.language.text import stems

if TYPE_CHECKING:
    from summarize.composing.news.desk import NewsDesk
    from summarize.composing.news.sentences import Told

HEADLINE, BULLET, AHEAD = 1, 2, 3  # what a further word stands for
KNOWN = 8  # kinds of words by what a reader knows of them


@dataclass(frozen=True)
class WordsInContext:
    """The words of a line's sentence, and what stands before the line as further words.

    Attributes:
        states: of each word, shape (words, 384).
        tags, relations: of each word, "" of a further one.
        keeps: 1 where the line keeps the word.
        known: 1 for a word of the sentence, and 1 more where a reader of headline and bullets has read it, 2
            where the article had it before, 4 where "the" stands before it; 0 for a further word.
        roles: what a further word stands for; 0 for a word of the sentence.
    """

    states: NDArray[np.float16]
    tags: Sequence[str]
    relations: Sequence[str]
    keeps: NDArray[np.int64]
    known: NDArray[np.int64]
    roles: NDArray[np.int64]


class BoxGrader(WordReader):
    """The network; the codes of a word are "keeps", "known" and "roles"."""

    def grade(self, lines: Sequence[WordsInContext], rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the grade of each line, higher is better, shape (lines,).

        Args:
            lines: of one article.
            rows: the features of each, shape (lines, features).
        """
        found = [
            (
                self.words(line.states, line.tags, line.relations),
                {"keeps": line.keeps, "known": line.known, "roles": line.roles},
            )
            for line in lines
        ]
        return self.grades(found, rows)


def in_context(desk: NewsDesk, lines: Sequence[Told], bullets: Sequence[Told]) -> list[WordsInContext]:
    """Return what the network sees of each line behind headline and bullets."""
    context = desk.after(bullets)
    read = context.headline.union(*context.lines)
    above = list(_above(desk, bullets))
    return [_in_context(desk, line, read, [*above, *_ahead(desk, line, bullets)]) for line in lines]


def _in_context(
    desk: NewsDesk, line: Told, read: frozenset[str], before: Sequence[tuple[int, NDArray[np.float32]]]
) -> WordsInContext:
    """What the network sees of a line, from the stems that a reader has read and what stands before it."""
    a, kept = desk.read[line.index], set(line.kept)
    many = min(len(a), WORDS_SEEN)
    known = traits(a, stems(a.words.lower), read, desk.stems[: line.index])[:many, :3]
    nothing = [0] * len(before)
    states = np.concatenate([a.states[:many], *(state[None] for _, state in before)])
    return WordsInContext(
        states.astype(np.float16),
        [*a.words.tags[:many], *([""] * len(before))],
        [*a.relations[:many], *([""] * len(before))],
        np.array([*(int(i in kept) for i in range(many)), *nothing], np.int64),
        np.array([*(1 + known @ [1, 2, 4]), *nothing], np.int64),
        np.array([*([0] * many), *(role for role, _ in before)], np.int64),
    )


def _above(desk: NewsDesk, bullets: Sequence[Told]) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Headline and bullets: the mean state of the words of each, by its role."""
    for index in desk.headline_from & desk.read.keys():
        yield HEADLINE, _mean(desk, index)
    for bullet in bullets:
        yield BULLET, _mean(desk, bullet.index, bullet.kept)


def _ahead(desk: NewsDesk, line: Told, bullets: Sequence[Told]) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """The sentence ahead of a line in the article, unless a bullet tells it."""
    ahead = line.index - 1
    if ahead in desk.read and all(bullet.index != ahead for bullet in bullets):
        yield AHEAD, _mean(desk, ahead)


def _mean(desk: NewsDesk, index: int, kept: Collection[int] | None = None) -> NDArray[np.float32]:
    """The mean state of a sentence's words, or of those that are kept, shape (384,)."""
    states = desk.read[index].states[:WORDS_SEEN]
    own = [i for i in range(len(states)) if kept is None or i in kept]
    found: NDArray[np.float32] = states[own or [0]].mean(axis=0)
    return found


@cache
def load() -> BoxGrader:
    """Load the shipped weights; `training/MODEL_CARD.md` says what they were fitted to."""
    return shipped(read)


def read(path: Path) -> BoxGrader:
    """Read weights from a file that `training/ranker/box_grader.py` wrote."""
    return BoxGrader(transformer.read(path, "boxes"))
