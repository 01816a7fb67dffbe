"""TextRank's scores: where a surfer of similar sentences is found who restarts near the top of the story.

Mihalcea and Tarau, "TextRank: Bringing Order into Texts", 2004, with a direction of votes and a prior of
place and news value. The summarizer of that name and the finishing of others use it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from summarize.document import Document
from summarize.language.words import FIRST_PERSON, OPENING_QUOTES
from summarize.summarizers.votes import Vector, count

_NAME = re.compile(r"\s[A-Z]\w+")
_DIGIT = re.compile(r"\d")
_MAYBE_FIRST_PERSON = frozenset(word.lower() for word in FIRST_PERSON)


def centrality(
    document: Document, damping: float = 0.6, direction: float = 0.8, position: float = 0.5
) -> Vector:
    """Return the stationary probability of each sentence, shape (sentences,).

    Args:
        document: with at least one sentence.
        damping: the share of a sentence's score that votes decide, 0 to below 1.
        direction: the weight of a vote for an earlier sentence against one for a later, 0.5 to 1.
        position: how fast the prior falls with the sentence's place i, as 1 / (1 + i) ** position.
    """
    return count(document.content).ranks(direction, damping, _prior(document, position))


def _prior(document: Document, position: float) -> Vector:
    """Where the surfer restarts: near the top, and where names and numbers stand."""
    place = np.arange(1, len(document.sentences) + 1, dtype=np.float64) ** -position
    values = map(_news_value, (sentence.text for sentence in document.sentences), document.words)
    prior = place * np.exp(list(values))
    normal: Vector = prior / prior.sum()
    return normal


def _news_value(text: str, words: Sequence[str]) -> float:
    """How much a sentence looks like news rather than talk; tuned on CNN/DailyMail training articles."""
    value = min(len(_NAME.findall(text)) / (text.count(" ") + 1), 0.5)
    if _DIGIT.search(text):
        value += 0.2
    if text.startswith(OPENING_QUOTES):
        value -= 0.4
    if text.endswith("?"):
        value -= 1.0
    # Words are at hand and seldom such; that one stands alone, with its own capitals, is looked up then.
    if not _MAYBE_FIRST_PERSON.isdisjoint(words) and not FIRST_PERSON.isdisjoint(text.split()):
        value -= 0.3
    return value
