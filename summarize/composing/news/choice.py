"""Which of the drafts becomes the headline: what a reader of the draft and its article would weigh up."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from summarize.composing.editing import stands_alone, tidy
from summarize.composing.news.cutting.missed import cut_off, of_cuts
from summarize.composing.news.headlines import HeadlineDraft
from summarize.composing.news.learned import grader
from summarize.composing.news.learned.trees import Trees
from summarize.encoder import Analysis
from summarize.language.repetition import content_of
from summarize.language.words import FIRST_PERSON, OPENING_QUOTES, PRONOUNS, SECOND_PERSON

NAMES = (
    "value", "value_lost", "mean_odds", "odds", "lost_odds", "lowest", "price", "clause_price", "named",
    "names_lost", "sentence_words", "share", "past", "subject_named", "subject_plain", "words", "letters",
    "place", "first", "second", "rank", "news", "frequency", "top_words", "first_words", "lost_words",
    "digits", "alone", "quote_first", "talks", "belongs", "news_lost", "gaps", "described_lost",
    "governed_lost", "conjoined", "mixed_tenses", "owners", "behind_verb", "editor_news", "editor_lost",
    "missed", "missed_most",
)  # fmt: skip
# What a headline loses where it is not made of the first sentence, and for "he" or "it".
_LATER, _PRONOUN = (0.0, 0.04, 0.06, 0.1), 0.05
_TOLD = 1.0  # what overlap with a title counts beside what a reader would print
GRADED, _GRADED_AT_MOST = 0.6, 12  # what the grader's word counts beside the trees', and for how many drafts
_FULL, _FULLEST = 0.006, 11  # what each word is worth up to so many: a short headline leaves questions open


@dataclass(frozen=True)
class StoryWords:
    """What a draft is held against.

    Attributes:
        frequency: log of how many sentences hold a stem.
        top: the stems that most sentences hold.
        first: the stems of the first sentence.
        ranks: TextRank's figure for each sentence, 1 on average.
        belongs: how much each sentence belongs into the bullets, less than that of the best one.
        news: how likely an editor would take each sentence for the headline.
    """

    frequency: Mapping[str, float]
    top: frozenset[str]
    first: frozenset[str]
    ranks: NDArray[np.float64]
    belongs: NDArray[np.float64]
    news: NDArray[np.float64]


def draft_features(
    drafts: Sequence[HeadlineDraft],
    read: Mapping[int, Analysis],
    missed: Mapping[int, NDArray[np.float64]],
    story: StoryWords,
) -> NDArray[np.float64]:
    """Return the features of each draft, shape (drafts, 43), in the order of `NAMES`."""
    best: dict[int, float] = {}
    for draft in drafts:
        best[draft.sentence] = max(best.get(draft.sentence, -1e9), draft.compression.value)
    stems = {index: content_of(read[index].line.lower()) for index in best}
    latest = max((read[draft.sentence].news for draft in drafts), default=0.0)
    rows = [
        [
            *_of_cut(draft, read[draft.sentence], best[draft.sentence]),
            *_of_words(draft, read[draft.sentence], story, stems[draft.sentence]),
            float(story.belongs[draft.sentence]),
            latest - read[draft.sentence].news,
            *_of_grammar(draft, read[draft.sentence]),
            float(story.news[draft.sentence]),
            float(story.news[draft.sentence] - story.news.max()),
            *of_cuts(missed[draft.sentence], cut_off(read[draft.sentence], draft.compression.kept)),
        ]
        for draft in drafts
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(NAMES))


def _of_cut(draft: HeadlineDraft, a: Analysis, best: float) -> list[float]:
    """What the cut kept and lost."""
    kept = [i for i in range(len(a)) if draft.compression.kept >> i & 1]
    odds = [a.keep[i] for i in kept if a.words.tokens[i][0].isalnum()]
    lost = [a.keep[i] for i in range(len(a)) if not draft.compression.kept >> i & 1 and a.keep[i] > 0]
    names = [name for name in a.names if name.kind in {"PER", "ORG", "GPE", "NORP"}]
    named = sum(draft.compression.kept >> name.start & 1 for name in names)
    subject = draft.clause.subject
    return [
        draft.compression.value,
        draft.compression.value - best,
        sum(odds) / max(len(odds), 1),
        sum(odds),
        sum(lost),
        min((a.keep[i] for i in kept if a.words.tags[i][0] in "NJVC"), default=0.0),
        sum(odds) - draft.compression.value,
        draft.clause.price,
        named,
        len(names) - named,
        len(a),
        len(kept) / len(a),
        a.words.tags[draft.clause.verb] == "VBD",
        any(name.start <= subject < name.end for name in a.names),
        a.words.tags[subject] in {"NN", "NNS"},
    ]


def _of_grammar(draft: HeadlineDraft, a: Analysis) -> list[float]:
    """How well what is left hangs together."""
    left = [bool(draft.compression.kept >> i & 1) for i in range(len(a))]
    kept = [i for i in range(len(a)) if left[i]]
    lost = [i for i in range(len(a)) if not left[i] and a.heads[i] >= 0 and left[a.heads[i]]]
    bounds = [
        (i, j) for i, j in itertools.pairwise(kept) if any(a.words.tags[k] != "DT" for k in range(i + 1, j))
    ]
    finite = {a.words.tags[i] for i in kept if a.words.tags[i] in {"VBD", "VBZ", "VBP"}}
    changed = {"VBZ"} if draft.clause.verb in draft.replaced else set()
    return [
        len(bounds),
        sum(max(0.0, a.keep[i] + 2) for i in lost if a.relations[i] in {"amod", "compound", "nmod", "poss"}),
        sum(max(0.0, a.keep[i] + 2) for i in lost if a.relations[i] in {"prep", "acl", "relcl", "appos"}),
        a.relations[draft.clause.root] in {"conj", "parataxis"},
        len(finite | changed) > 1,
        sum(a.words.tags[i] == "PRP$" for i in kept),
        sum(i > draft.clause.verb for i in kept),
    ]


def _of_words(draft: HeadlineDraft, a: Analysis, story: StoryWords, whole: frozenset[str]) -> list[float]:
    """What the words left say of the story; exact sums, as sets have no order."""
    own = content_of(draft.text.lower())
    many = max(len(own), 1)
    return [
        len(draft.text.split()),
        len(draft.text),
        draft.sentence,
        draft.sentence == 0,
        draft.sentence == 1,
        float(story.ranks[draft.sentence]),
        a.news,
        fsum(story.frequency.get(stem, 0.0) for stem in own) / many,
        len(own & story.top) / max(len(story.top), 1),
        len(own & story.first) / many,
        fsum(story.frequency.get(stem, 0.0) for stem in whole - own),
        any(letter.isdigit() for letter in draft.text),
        stands_alone(tidy(a.line)),
        draft.text.startswith(OPENING_QUOTES),
        not (FIRST_PERSON | SECOND_PERSON).isdisjoint(draft.text.split()),
    ]


def best_first(
    found: Sequence[HeadlineDraft],
    read: Mapping[int, Analysis],
    rows: NDArray[np.float64],
    models: Callable[[str], Trees],
) -> list[HeadlineDraft]:
    """Return drafts in the order in which a reader would pick them.

    Args:
        found: the drafts of one article.
        read: its sentences.
        rows: their features, shape (drafts, 43).
        models: gives trees by their name.
    """
    told = models("headline").predict(rows) + preferences(found)
    rows = np.column_stack([rows, told])
    values = models("printed").predict(rows) + _TOLD * told
    order = np.argsort(-values, kind="stable")
    likely = order[:_GRADED_AT_MOST]
    grades = grader.load().grade([found[place] for place in likely], read, rows[likely])
    likely = likely[np.argsort(-values[likely] - GRADED * grades, kind="stable")]
    return [found[place] for place in (*likely, *order[_GRADED_AT_MOST:])]


def preferences(found: Sequence[HeadlineDraft]) -> NDArray[np.float64]:
    """Return what is added to each draft's figure for its place, its words and the pronouns in it."""
    return np.array(
        [
            _FULL * min(len(draft.text.split()), _FULLEST)
            - _LATER[min(draft.sentence, 3)]
            - _PRONOUN * (not PRONOUNS.isdisjoint(draft.text.lower().split()))
            for draft in found
        ]
    )
