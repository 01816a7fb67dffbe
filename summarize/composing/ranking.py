"""What a sentence is worth to a summary in any language: a sum of five traits that need no grammar.

The weights were learned from English articles of CNN and Daily Mail (`training/languages/fit.py`) and hold
elsewhere, since no trait knows a word of a language but by its stem and its stop words; the price of a
word was chosen on French. English itself has trees and an encoder (`summarize.composing.news`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection
from itertools import chain
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document
from summarize.language.text import word_count

TRAITS = ("rank", "opening", "central", "words", "number")
WEIGHTS = (0.043, 0.077, 0.336, 0.043, 0.018)
WORD = 0.003  # the price of a word: what makes a line longer must tell so much more
_OPENING = 3  # sentences in which an article says what it is about
_READ = 80  # sentences that the story's vocabulary is taken from
_CONTRAST = 10.0  # how many times the worse sentence the better one counts: e ** (10 times the difference)
_DIGIT = re.compile(r"\d")
_LONGEST = 1000  # characters of a sentence that are looked at

Floats = NDArray[np.float64]


def worth(document: Document, ranks: Floats) -> Floats:
    """Return what each sentence is worth, shape (sentences,); positive, summing to 1.

    Args:
        document: with at least one sentence.
        ranks: TextRank's, shape (sentences,), summing to 1.
    """
    lengths = np.array([word_count(sentence.line[:_LONGEST]) for sentence in document.sentences])
    sums = traits(document, ranks) @ np.array(WEIGHTS) - WORD * lengths
    found: Floats = np.exp(_CONTRAST * (sums - sums.max()))
    total: float = found.sum()
    found /= total
    return found


def story_words(document: Document) -> tuple[Counter[str], Callable[[Collection[str], int], float]]:
    """Return how many sentences hold each stem, and what gives the cosine of some words with all of these.

    The latter takes stems, each once, and how many words the line has in all.
    """
    counts = Counter(chain.from_iterable(map(frozenset, document.content[:_READ])))
    norm = sqrt(sum(count * count for count in counts.values())) or 1.0
    return counts, lambda stems, size: sum(counts[stem] for stem in stems) / norm / sqrt(max(size, 1))


def traits(document: Document, ranks: Floats) -> Floats:
    """Return what is known of each sentence, shape (sentences, 5), as `TRAITS` names it.

    rank: TextRank's, times the number of sentences. opening: the share of its words that the first three
    sentences have. central: the cosine of its words with those of the whole story. words: log of how many it
    has. number: whether there is a digit in it.
    """
    content = [frozenset(stems) for stems in document.content]
    _, central = story_words(document)
    opening = frozenset().union(*content[:_OPENING])
    rows = []
    for index, (sentence, stems) in enumerate(zip(document.sentences, content, strict=True)):
        size = max(len(stems), 1)
        line = sentence.line[:_LONGEST]
        rows.append(
            (
                float(ranks[index]) * len(content),
                len(stems & opening) / size,
                central(stems, size),
                log(max(word_count(line), 1)),
                _DIGIT.search(line) is not None,
            )
        )
    return np.array(rows, dtype=np.float64)
