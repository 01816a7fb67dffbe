"""Which headline, of all that a language's table makes of an article: a sum of six traits of each.

The weights were learned from the titles of 250 French articles (`training/languages/headlines.py`); no trait
knows a word of French but by its stem and its table, so they serve the other languages too. English has trees
(`summarize.composing.news.choice`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from summarize.brief import Evidence, Line
from summarize.composing.by_table.headlines import clause_headlines
from summarize.composing.by_table.standing import tells
from summarize.composing.editing import stands_alone, tidy
from summarize.composing.ranking import story_words
from summarize.document import Document
from summarize.language.table import table
from summarize.language.text import stems, terms, word_count, words
from summarize.language.words import OPENING_QUOTES
from summarize.style import HEADLINE

if TYPE_CHECKING:
    from summarize.summarizers.base import Scores

TRAITS = ("place", "order", "central", "words", "names", "leaning")
WEIGHTS = (-0.12, -0.071, 0.97, -0.005, 0.022, -0.019)
_FIRST, _BEST, _FURTHEST = 8, 6, 30  # sentences looked at: so many of the first and of the best; then further
_LONGEST = 1000  # characters of a sentence that is worth cutting
_WEAK = 0.3  # the price of a question, a quotation, "on ...", of "the two" and "he", and of what has no verb
_QUESTION = ("?", "？", "؟")
_NAME = re.compile(r"(?<=\s)[^\W\d_a-zà-öø-ÿ]\w")
_INSIDE = re.compile(r"(?<=[\s«\"“])\w")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TableDraft:
    """A headline that a table made of a sentence."""

    text: str
    sentence: int


def by_table(document: Document, scores: Scores) -> list[Line]:
    """Return the best headline that the table of a language makes of an article; none where none fits.

    Args:
        document: with at least one sentence, in a language that has a table.
        scores: one for each sentence, shape (sentences,); their order counts.
    """
    found: list[TableDraft] = []
    faults: list[int] = []
    for indices in _reaches(document, scores):
        if fresh := list(drafts(document, indices)):
            found, faults = fresh, [_faults(document, draft) for draft in fresh]
        if 0 in faults:
            break
    if not found:
        return []
    values = traits(document, scores, found) @ np.array(WEIGHTS)
    values -= _WEAK * np.array(faults)
    best = found[int(values.argmax())]
    sentence = document.sentences[best.sentence]
    return [Line(best.text, (Evidence(best.sentence, sentence.start, sentence.end),))]


def drafts(document: Document, indices: Sequence[int]) -> Iterator[TableDraft]:
    """Yield every headline that the table makes of some sentences."""
    for index in indices:
        line = tidy(document.sentences[index].line, document.language)
        if len(line) <= _LONGEST:
            for text in dict.fromkeys(clause_headlines(line, HEADLINE, document.language)):
                yield TableDraft(text, index)


def first_reach(document: Document, scores: Scores) -> list[int]:
    """The sentences that most headlines are made of: the first and the best that lean on no other."""
    return next(_reaches(document, scores))


def _reaches(document: Document, scores: Scores) -> Iterator[list[int]]:
    """Yield the sentences to look at, further ones where none of those before serves."""
    best = scores.argsort(kind="stable")[::-1].tolist()
    likely = list(dict.fromkeys([*range(min(_FIRST, len(best))), *best[:_BEST]]))
    further = list(dict.fromkeys([*range(min(_FURTHEST, len(best))), *best[:_FURTHEST]]))
    alone = {i for i in further if stands_alone(document.sentences[i].line, document.language)}
    yield [index for index in likely if index in alone]
    yield [index for index in further if index in alone]
    yield likely


def traits(document: Document, scores: Scores, found: Sequence[TableDraft]) -> Floats:
    """Return what is known of each headline, shape (drafts, 6), as `TRAITS` names it.

    place: log of its sentence's place, counted from 1. order: log of the place of its sentence by score.
    central: the cosine of its words with those of the whole story. words: how many it has. names: of them,
    those with a capital, but the first. leaning: whether a word inside points elsewhere ("cette", "il").
    """
    rules = table(document.language)
    order = np.argsort(np.argsort(-scores, kind="stable"), kind="stable")
    counts, central = story_words(document)
    capitals = not rules.says("check", "nouns")  # in German every noun has one
    rows = []
    for draft in found:
        text, language = draft.text, document.language
        told = counts.keys() & set(stems(terms(words(text), language), language))
        rows.append(
            (
                log(1 + draft.sentence),
                log(1 + order[draft.sentence]),
                central(told, len(told)),
                word_count(text),
                len(_NAME.findall(text)) if capitals else 0,
                any(rules.leaning.match(text, inside.start()) for inside in _INSIDE.finditer(text)),
            )
        )
    return np.array(rows, dtype=np.float64)


def _faults(document: Document, draft: TableDraft) -> int:
    """How many things speak against a headline that no weight was learned for."""
    line = document.sentences[draft.sentence].line
    rules = table(document.language)
    return (
        line.rstrip().endswith(_QUESTION)
        + line.startswith(OPENING_QUOTES)
        + (rules.weak.match(line) is not None)
        + (not stands_alone(tidy(line, document.language), document.language))
        + (rules.pointing.search(draft.text) is not None)
        + (not tells(draft.text, document.language))
    )
