"""TextRank: PageRank over the similarity of sentences. The default, and `plain` for the textbook method.

Mihalcea and Tarau 2004, "TextRank: Bringing order into texts", with what news asks for: the random
surfer restarts near the top of the story and at sentences dense with names and numbers, and a vote
counts more when a later sentence casts it for an earlier one, since news states first what it then
explains (the direction of Zheng and Lapata 2019, "Sentence centrality revisited").

How votes are counted is `summarize.summarizers.votes`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from summarize.document import Document
from summarize.errors import OptionError
from summarize.language.words import FIRST_PERSON
from summarize.summarizers.base import ExtractiveSummarizer
from summarize.summarizers.votes import Vector, count

_NAME = re.compile(r"\s[A-Z]\w+")
_DIGIT = re.compile(r"\d")
_MAYBE_FIRST_PERSON = frozenset(word.lower() for word in FIRST_PERSON)
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
        return count(document.content).ranks(self.direction, self.damping, self._prior(document))

    def _prior(self, document: Document) -> Vector:
        """Where the surfer restarts: near the top, and where names and numbers stand."""
        place = np.arange(1, len(document.sentences) + 1, dtype=np.float64) ** -self.position
        values = map(_news_value, (sentence.text for sentence in document.sentences), document.words)
        prior = place * np.exp(list(values))
        normal: Vector = prior / prior.sum()
        return normal


def _news_value(text: str, words: Sequence[str]) -> float:
    """How much a sentence looks like news rather than talk; tuned on CNN/DailyMail training articles."""
    value = min(len(_NAME.findall(text)) / (text.count(" ") + 1), 0.5)
    if _DIGIT.search(text):
        value += 0.2
    if text.startswith(_QUOTE_FIRST):
        value -= 0.4
    if text.endswith("?"):
        value -= 1.0
    # Words are at hand and seldom such; that one stands alone, with its own capitals, is looked up then.
    if not _MAYBE_FIRST_PERSON.isdisjoint(words) and not FIRST_PERSON.isdisjoint(text.split()):
        value -= 0.3
    return value
