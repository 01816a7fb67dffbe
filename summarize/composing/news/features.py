"""What the ranker sees of each sentence: its place, its words, and how it stands to the others."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from math import fsum, log1p

import numpy as np
from numpy.typing import NDArray

from summarize.composing.editing import stands_alone, tidy
from summarize.composing.news.gates import LONGEST
from summarize.document import Document
from summarize.language.words import FIRST_PERSON, MONTHS, OPENING_QUOTES, SAYING, WEEKDAYS

NAMES = (
    "place", "place_share", "sentences", "rank", "rank_order", "rank_before", "paragraph_start",
    "paragraph_size", "says", "like_first", "like_opening", "like_before", "like_after", "new", "frequency",
    "heaviness", "content", "words", "letters", "capitals", "digits", "quote_first", "quoted", "alone",
    "first_person", "question", "opener", "dated",
)  # fmt: skip
_CAPITAL = re.compile(r"\s[A-Z]\w")
_DIGIT = re.compile(r"\d")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_WHEN = WEEKDAYS | MONTHS
_READ = 80  # sentences that the story's vocabulary is taken from

Floats = NDArray[np.float64]


def features(document: Document, scores: Floats) -> Floats:
    """Return the features of each sentence, shape (sentences, 28), in the order of `NAMES`.

    Args:
        document: with at least one sentence.
        scores: TextRank's, shape (sentences,).
    """
    sentences = document.sentences
    content = [frozenset(stems) for stems in document.content]
    frequency = Counter(chain.from_iterable(content[:_READ]))
    order = np.argsort(np.argsort(-scores, kind="stable"), kind="stable")
    sizes = Counter(sentence.paragraph for sentence in sentences)
    total = len(content)
    opening = frozenset().union(*content[:3])
    starts = [i == 0 or s.paragraph != sentences[i - 1].paragraph for i, s in enumerate(sentences)]
    rows = np.zeros((total, len(NAMES)))
    seen: set[str] = set()
    for i, (sentence, stems) in enumerate(zip(sentences, content, strict=True)):
        own = max(len(stems), 1)
        rows[i] = (
            i,
            i / total,
            total,
            scores[i] * total,
            order[i],
            scores[i - 1] * total if i else 0.0,
            starts[i],
            sizes[sentence.paragraph],
            not SAYING.isdisjoint(document.words[i]),
            len(stems & content[0]) / own,
            len(stems & opening) / own,
            len(stems & content[i - 1]) / own if i else 0.0,
            len(stems & content[i + 1]) / own if i + 1 < total else 0.0,
            len(stems - seen) / own,
            fsum(log1p(frequency[stem]) for stem in stems) / own,
            sum(frequency[stem] for stem in stems) / (10 + own),
            own,
            *_of_line(sentence.line[:LONGEST]),
        )
        seen |= stems
    return rows


def _of_line(text: str) -> tuple[float, ...]:
    """What a line shows without its article."""
    words = text.split()
    many = max(len(words), 1)
    return (
        len(words),
        len(text) / many,
        len(_CAPITAL.findall(text)) / many,
        bool(_DIGIT.search(text)),
        text.startswith(OPENING_QUOTES),
        sum(len(quoted) for quoted in _QUOTED.findall(text)) / max(len(text), 1),
        stands_alone(text),
        not FIRST_PERSON.isdisjoint(words),
        text.endswith("?"),
        tidy(text) != text,
        not _WHEN.isdisjoint(words),
    )
