"""How readers would grade the drafts of a headline: a small transformer over the words of their sentences.

It sees each word as the encoder does, with its tag, its relation, and whether the draft keeps it, and the
features of the draft (`choice.py`) as one word more. `training/ranker/grader.py` fits it to graded drafts and
to headlines that editors wrote. English only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from summarize.composing.news.headlines import HeadlineDraft
from summarize.composing.news.learned import transformer
from summarize.composing.news.learned.trees import shipped
from summarize.composing.news.learned.word_reader import WORDS_SEEN, Codes, WordReader
from summarize.encoder import Analysis

PLACES = 20  # from here on, places in a draft are one


class Grader(WordReader):
    """The network; the codes of a word are "keeps", "places" and "roles"."""

    def grade(
        self, drafts: Sequence[HeadlineDraft], read: Mapping[int, Analysis], rows: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the grade of each draft, higher is better, shape (drafts,).

        Args:
            drafts: of one article.
            read: its sentences.
            rows: the features of each draft, shape (drafts, features).
        """
        words = {
            index: self.words(
                read[index].states[:WORDS_SEEN],
                read[index].words.tags[:WORDS_SEEN],
                read[index].relations[:WORDS_SEEN],
            )
            for index in {draft.sentence for draft in drafts}
        }
        lines = [
            (
                words[draft.sentence],
                coded(
                    draft.compression.kept,
                    len(words[draft.sentence]),
                    draft.clause.verb,
                    draft.clause.subject,
                ),
            )
            for draft in drafts
        ]
        return self.grades(lines, rows)


def coded(kept: int, words: int, verb: int, subject: int) -> Codes:
    """Return what a draft does with each word of its sentence, by the name of the embedding.

    Args:
        kept: the words that are left, as bits.
        words: how many of the sentence are seen.
        verb, subject: of the clause that the draft keeps.
    """
    left = np.array([kept >> i & 1 for i in range(words)], dtype=np.int64)
    role = np.zeros(words, np.int64)
    for number, place in ((1, subject), (2, verb)):
        if place < words:
            role[place] = number
    return {"keeps": left, "places": np.minimum(left * left.cumsum(), PLACES), "roles": role}


@cache
def load() -> Grader:
    """Load the shipped weights; `training/MODEL_CARD.md` says what they were fitted to."""
    return Grader(shipped(lambda path: transformer.read(path, "grader")))
