"""What each sentence of an article is worth to headline, bullets and box, before and after it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from summarize.composing.news.features import features
from summarize.composing.news.learned.cue_words import PARTS
from summarize.composing.news.learned.models import Models
from summarize.document import Document
from summarize.encoder import Analysis

_MOST_CENTRAL = 3.0  # times the average sentence of an article

Floats = NDArray[np.float64]


class SentenceWorth:
    """The figures of an article's sentences.

    Args:
        document: with at least one sentence.
        scores: TextRank's, shape (sentences,).
        lines: the sentences as they could be printed.
        models: what was learned.

    Attributes:
        central: TextRank's figure, 1 on average, shape (sentences,).
        bullets, box: how much of highlights each is likely to tell, and of all but the first of them.
        alone: how likely an editor would take each for "news" (the headline), "bullets" and "box", as trees
            say that see a sentence alone.
        choice: the same, of those that were read as the chooser says, which sees them together.
    """

    def __init__(self, document: Document, scores: Floats, lines: Sequence[str], models: Models) -> None:
        self._chooser, self._rows = models.chooser, features(document, scores)
        self.central: Floats = np.minimum(scores * len(scores), _MOST_CENTRAL)
        self.bullets: Floats = models.trees("bullets").predict(self._rows)
        self.box: Floats = models.trees("box").predict(self._rows)
        spoken_for = models.cues().score(lines)
        self.alone: dict[str, Floats] = {
            part: models.trees(f"editor_{part}").predict(
                np.column_stack([self._rows, self.bullets, self.box, spoken_for[:, column]])
            )
            for column, part in enumerate(PARTS)
        }
        self.choice = {part: told.copy() for part, told in self.alone.items()}

    def choose(self, read: Mapping[int, Analysis]) -> None:
        """Let the chooser say what an editor would take of the sentences that were read."""
        indices = sorted(read)
        if indices:
            worth = self._chooser().worth([read[i] for i in indices], self.together(read))
            for column, part in enumerate(PARTS):
                self.choice[part][indices] = worth[:, column]

    def together(self, read: Mapping[int, Analysis]) -> Floats:
        """Return what the chooser sees of the sentences that were read, in order, shape (sentences, 36)."""
        indices = sorted(read)
        told = [self.bullets, self.box, *(self.alone[part] for part in PARTS)]
        own = [(read[i].news, self.central[i], len(read[i])) for i in indices]
        return np.column_stack([self._rows[indices], *(figures[indices] for figures in told), own])
