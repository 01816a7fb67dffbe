"""What the ranker sees of each sentence: its place, its words, and how it stands to the others."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from summarize.composing.editing import stands_alone, tidy
from summarize.document import Document
from summarize.language.words import FIRST_PERSON, MONTHS, SAYING, WEEKDAYS

NAMES = (
    "place", "place_share", "sentences", "words", "rank", "rank_order", "capitals", "digits", "quote_first",
    "quoted", "alone", "first_person", "question", "says", "like_first", "like_opening", "frequency",
    "heaviness", "paragraph_start", "paragraph_size", "opener", "content", "dated", "like_before",
    "like_after", "letters", "rank_before", "new",
)  # fmt: skip
_CAPITAL = re.compile(r"\s[A-Z]\w")
_DIGIT = re.compile(r"\d")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_QUOTE_FIRST = ('"', "“", "‘", "'", "«")
_WHEN = WEEKDAYS | MONTHS
_READ = 80  # sentences that the story's vocabulary is taken from

Floats = NDArray[np.float64]


def features(document: Document, scores: Floats) -> Floats:
    """Return the features of each sentence, shape (sentences, 28), in the order of `NAMES`.

    Args:
        document: with at least one sentence.
        scores: TextRank's, shape (sentences,).
    """
    content = [frozenset(stems) for stems in document.content]
    frequency = Counter(chain.from_iterable(content[:_READ]))
    order = np.argsort(np.argsort(-scores, kind="stable"), kind="stable")
    sizes = Counter(sentence.paragraph for sentence in document.sentences)
    total = len(content)
    opening = frozenset().union(*content[:3])
    seen: set[str] = set()
    rows = np.zeros((total, len(NAMES)))
    for i, (sentence, stems) in enumerate(zip(document.sentences, content, strict=True)):
        text = sentence.line
        words = text.split()
        many = max(len(words), 1)
        own = max(len(stems), 1)
        starts = i == 0 or document.sentences[i - 1].paragraph != sentence.paragraph
        rows[i] = (
            i,
            i / total,
            total,
            len(words),
            scores[i] * total,
            order[i],
            len(_CAPITAL.findall(text)) / many,
            bool(_DIGIT.search(text)),
            text.startswith(_QUOTE_FIRST),
            sum(len(quoted) for quoted in _QUOTED.findall(text)) / max(len(text), 1),
            stands_alone(text),
            not FIRST_PERSON.isdisjoint(words),
            text.endswith("?"),
            not SAYING.isdisjoint(document.words[i]),
            len(stems & content[0]) / own,
            len(stems & opening) / own,
            sum(np.log1p(frequency[stem]) for stem in stems) / own,
            sum(frequency[stem] for stem in stems) / (10 + own),
            starts,
            sizes[sentence.paragraph],
            tidy(text) != text,
            own,
            not _WHEN.isdisjoint(words),
            len(stems & content[i - 1]) / own if i else 0.0,
            len(stems & content[i + 1]) / own if i + 1 < total else 0.0,
            len(text) / many,
            scores[i - 1] * total if i else 0.0,
            len(stems - seen) / own,
        )
        seen |= stems
    return rows
