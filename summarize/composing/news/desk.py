"""The news desk: one article, its sentences ranked and read, and what is made of them for each style."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from summarize.brief import Evidence, Line
from summarize.composing.editing import tidy
from summarize.composing.news import box as box_of
from summarize.composing.news.choice import Story, draft_features
from summarize.composing.news.features import features
from summarize.composing.news.gates import is_printable
from summarize.composing.news.headlines import HeadlineDraft, drafts, worths
from summarize.composing.news.introductions import People, introduce
from summarize.composing.news.losses import keeps_sense
from summarize.composing.news.sentences import Told, told
from summarize.composing.news.trees import load
from summarize.document import Document
from summarize.encoder import Analysis, analyse
from summarize.style import Style

REDUNDANT = 0.4  # Dice overlap of content stems above which two lines say the same
_READ_HEADLINE, _READ_BULLETS, _READ_BOX = 3, 6, 6
_NEWS = 0.04  # what the encoder's judgement of a sentence adds to the ranker's, for each unit of log odds
_TOP = 12  # stems that stand for the story

Floats = NDArray[np.float64]


class NewsDesk:
    """Writes one article's lines.

    Args:
        document: with at least one sentence, in English.
        scores: TextRank's, shape (sentences,).
    """

    def __init__(self, document: Document, scores: Floats) -> None:
        self._document = document
        rows = features(document, scores)
        self.ranks: Floats = load("bullets").predict(rows)
        self.box_ranks: Floats = load("box").predict(rows)
        self._scores = scores
        self._lines = [tidy(sentence.line) for sentence in document.sentences]
        self.people = People(document)
        self.stems = [frozenset(stems) for stems in document.content]
        self.read = self._analyses()

    def _analyses(self) -> dict[int, Analysis]:
        """Read the sentences that may become lines, all at once."""
        printable = [i for i, line in enumerate(self._lines) if is_printable(line)]
        by_rank = sorted(printable, key=lambda i: -self.ranks[i])
        by_box = sorted(printable, key=lambda i: -self.box_ranks[i])
        first = range(min(_READ_HEADLINE, len(self._lines)))
        wanted = sorted({*first, *by_rank[:_READ_BULLETS], *by_box[:_READ_BOX]})
        read = analyse([self._lines[i] for i in wanted])
        return {i: a for i, a in zip(wanted, read, strict=True) if a is not None}

    @cached_property
    def story(self) -> Story:
        """What headlines are held against."""
        counted = Counter(chain.from_iterable(self.stems[:80]))
        return Story(
            {stem: float(np.log1p(count)) for stem, count in counted.items()},
            frozenset(stem for stem, _ in counted.most_common(_TOP)),
            self.stems[0],
            self._scores * len(self._scores),
        )

    def rank(self, index: int) -> float:
        """How much a sentence that was read belongs into the bullets."""
        return float(self.ranks[index]) + _NEWS * self.read[index].news

    def headline(self) -> Line | None:
        """Write the headline, or None where no sentence that was read yields one."""
        found = [
            draft
            for index, a in self.read.items()
            for draft in drafts(a, index, worths(a, self.story.frequency))
        ]
        if not found:
            return None
        values = load("headline").predict(draft_features(found, self.read, self.story))
        for place in np.argsort(-values, kind="stable").tolist():
            line = self._printed(found[place])
            if line is not None:
                return line
        return None

    def _printed(self, draft: HeadlineDraft) -> Line | None:
        a = self.read[draft.sentence]
        kept = [i for i in range(len(a)) if draft.compression.kept >> i & 1]
        introduced = introduce(a, kept, draft.sentence, self.people, frozenset())
        if introduced is None or not keeps_sense(draft.text, a.line):
            return None
        sentence = self._document.sentences[draft.sentence]
        return Line(draft.text, (Evidence(draft.sentence, sentence.start, sentence.end),))

    def bullets(self, style: Style, most: int) -> list[Told]:
        """Choose and write the bullets, in the order of the story.

        Args:
            style: how many, and what no line may exceed.
            most: the words that a line should not exceed.
        """
        chosen: dict[int, Told] = {}
        for index in sorted(self.read, key=lambda i: -self.rank(i)):
            if len(chosen) == style.lines:
                break
            if any(overlap(self.stems[index], self.stems[other]) > REDUNDANT for other in chosen):
                continue
            line = self.told(index, frozenset(), most, style)
            if line is not None:
                chosen[index] = line
        return self.in_order(list(chosen), most, style)

    def in_order(self, indices: Sequence[int], most: int, style: Style) -> list[Told]:
        """Write chosen sentences in the order of the story: whoever one line names, the next need not introduce."""
        written: list[Told] = []
        named: frozenset[str] = frozenset()
        for index in sorted(indices):
            line = self.told(index, named, most, style) or self.told(index, frozenset(), most, style)
            if line is not None and style.admits([*(other.text for other in written), line.text]):
                written.append(line)
                named |= line.named
        return written

    def words(self, index: int) -> Sequence[str]:
        """The words of a sentence, in small letters."""
        return self._document.words[index]

    def told(self, index: int, named: frozenset[str], most: int, style: Style) -> Told | None:
        """Make a line of a sentence that was read."""
        a = self.read[index]
        return told(a, index, self.people, named, self.stems[index], most, style.line_characters)

    def box(self, style: Style, bullets: Sequence[Told], headline: Line | None) -> list[Told]:
        """Choose and write the box."""
        return box_of.box(self, style, bullets, headline)


def overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """Dice coefficient of two sets of stems, 0 to 1."""
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else float(left == right)
