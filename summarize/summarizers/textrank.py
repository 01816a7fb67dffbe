"""TextRank: PageRank over the similarity of sentences. The default, and `plain` for the textbook method.

Mihalcea and Tarau 2004, "TextRank: Bringing order into texts", with what news asks for: the random
surfer restarts near the top of the story and at sentences dense with names and numbers, and a vote
counts more when a later sentence casts it for an earlier one, since news states first what it then
explains (the direction of Zheng and Lapata 2019, "Sentence centrality revisited").

Similarity is the cosine of TF-IDF vectors. No matrix of sentences by sentences is ever built: a vote is
summed term by term over running totals, so that time and memory grow with the words of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document
from summarize.errors import OptionError
from summarize.summarizers.base import ExtractiveSummarizer
from summarize.words import FIRST_PERSON

if TYPE_CHECKING:
    from collections.abc import Sequence

Vector = NDArray[np.float64]
_NAME = re.compile(r"\s[A-Z]\w+")
_DIGIT = re.compile(r"\d")
_ITERATIONS, _TOLERANCE = 100, 1e-6
_QUOTE_FIRST = ('"', "“", "‘", "'", "«")


class TextRank(ExtractiveSummarizer):
    """Ranks sentences by the votes of similar ones, restarting near the top of the story.

    Args:
        damping: the share of a sentence's score that votes decide, 0 to below 1.
        direction: the weight of a vote for an earlier sentence against one for a later, 0.5 to 1.
        position: how fast the prior falls with the sentence's place i, as 1 / (1 + i) ** position.
        plain: rank as Mihalcea and Tarau and sumy do, by shared words over log lengths; the other options
            are then left aside.
    """

    about: ClassVar[str] = "PageRank over sentence similarity, with position and direction"

    def __init__(
        self, damping: float = 0.6, direction: float = 0.8, position: float = 0.5, plain: bool = False
    ) -> None:
        if not 0 <= damping < 1:
            raise OptionError(f"damping must be from 0 to below 1, not {damping}")
        if not 0.5 <= direction <= 1:
            raise OptionError(f"direction must be from 0.5 to 1, not {direction}")
        if not 0 <= position <= 10:
            raise OptionError(f"position must be from 0 to 10, not {position}")
        self.damping = damping
        self.direction = direction
        self.position = position
        self.plain = plain

    def score(self, document: Document) -> Vector:
        """Return the stationary probability of each sentence, shape (sentences,)."""
        if self.plain:
            from summarize.summarizers.plain_textrank import plain_ranks

            return plain_ranks(document.content)
        prior = self._prior(document)
        graph = _Graph(document.content)
        out = graph.votes(np.ones(len(prior)), self.direction)
        # A sentence that resembles no other has no votes to cast; its share restarts with the prior.
        share = np.divide(1.0, out, out=np.zeros_like(out), where=out > 1e-12)
        idle = share == 0
        ranks = prior
        for _ in range(_ITERATIONS):
            votes = graph.votes(ranks * share, 1 - self.direction)
            step = self.damping * votes + (1 - self.damping + self.damping * ranks[idle].sum()) * prior
            change = np.abs(step - ranks).sum()
            ranks = step
            if change < _TOLERANCE:
                break
        return ranks

    def _prior(self, document: Document) -> Vector:
        """Where the surfer restarts: near the top, and where names and numbers stand."""
        place = np.arange(1, len(document.sentences) + 1, dtype=np.float64) ** -self.position
        prior = place * np.exp([_news_value(sentence.text) for sentence in document.sentences])
        normal: Vector = prior / prior.sum()
        return normal


def _news_value(text: str) -> float:
    """How much a sentence looks like news rather than talk; tuned on CNN/DailyMail training articles."""
    words = text.count(" ") + 1
    value = min(len(_NAME.findall(text)) / words, 0.5)
    if _DIGIT.search(text):
        value += 0.2
    if text.startswith(_QUOTE_FIRST):
        value -= 0.4
    if text.endswith("?"):
        value -= 1.0
    if not FIRST_PERSON.isdisjoint(text.split()):
        value -= 0.3
    return value


class _Graph:
    """The cosine similarities of sentences, known only through what they sum to.

    One entry for each term of each sentence, ordered by term and then by sentence: votes from earlier
    sentences are a running total inside a term.
    """

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        self._count = len(sentences)
        ids: dict[str, int] = {}
        terms = [ids.setdefault(stem, len(ids)) for stems in sentences for stem in stems]
        rows = np.repeat(np.arange(self._count), [len(stems) for stems in sentences])
        key, times = np.unique(np.array(terms, dtype=np.int64) * self._count + rows, return_counts=True)
        weight = times.astype(np.float64)
        term, self._row = np.divmod(key, max(self._count, 1))
        starts = np.flatnonzero(np.diff(term, prepend=-1))
        frequency = np.diff(starts, append=len(term))
        self._group = np.repeat(np.arange(len(starts)), frequency)
        self._starts = starts
        weight *= (np.log((self._count + 1) / frequency) + 1)[self._group]
        norm = np.sqrt(np.bincount(self._row, weight**2, minlength=self._count))
        self._weight = weight / norm[self._row]

    def votes(self, cast: Vector, earlier: float) -> Vector:
        """Return for each sentence the votes it is cast, each times the similarity of the two.

        Args:
            cast: what each sentence has to give, shape (sentences,).
            earlier: the weight of votes that come from earlier sentences, 0 to 1; later ones have the rest.
        """
        entries = self._weight * cast[self._row]
        running = np.cumsum(entries)
        before = running - entries
        before -= before[self._starts][self._group]
        others = np.add.reduceat(entries, self._starts)[self._group] - entries if len(entries) else entries
        sums = (1 - earlier) * others + (2 * earlier - 1) * before
        gathered = np.bincount(self._row, self._weight * sums, minlength=self._count)
        return np.maximum(gathered.astype(np.float64, copy=False), 0.0)
