"""Coverage: the sentences of several documents that together say most of what matters, each fact once.

A fact is a stem or a pair of stems. It weighs what its first place in each document weighs, and more the more
documents have it. Sentences are taken greedily, each by its worth times the share of its facts that is not
told yet; the idea is that of D. Gillick and B. Favre, "A scalable global model for summarization", 2009.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from itertools import pairwise
from math import fsum, inf
from typing import NamedTuple

import numpy as np

from summarize.brief import Evidence, Line
from summarize.composing.editing import is_ended, is_whole, stands_alone, tidy
from summarize.composing.news.gates import is_bare_quotation, is_printable
from summarize.document import Document
from summarize.errors import OptionError
from summarize.language.repetition import overlap
from summarize.language.text import word_count
from summarize.story.worth import worth

WORDS = 250
LEAST_TEXT, MOST_TEXT = 20, 2000  # words that may be asked for
_LEAST, _MOST = 8, 80  # words of a sentence
_MOST_OF = {"vi": 120}  # which sets blanks between syllables, some three for two words
# Chosen on the first half of the clusters of Multi-News and of a Vietnamese set; none is learned.
_PLACE = 1.0  # how fast a fact loses with its place, as 1 / place ** this
_PLACE_OF = {"en": 0.8}  # where a sentence's worth knows its place too
_AGREED = 0.3  # what each further document adds to the weight of a fact
_SINGLE = 0.5  # a stem against a pair of stems
_REPEATED = 0.45  # Dice overlap of stems above which two sentences say the same
_HE_SAID = re.compile(r"^[\"“].*[\"”],? (?:he|she|they|it|I|we)\b")  # a quotation of nobody who is named

Concept = str | tuple[str, str]


class Place(NamedTuple):
    """A sentence of one of several documents."""

    document: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be told, tidied, with its facts; `alone` where it needs no sentence before it."""

    place: Place
    text: str
    words: int
    stems: frozenset[str]
    concepts: frozenset[Concept]
    alone: bool


def ranked(documents: Sequence[Document], words: int | None = None) -> Iterator[tuple[Place, str]]:
    """Yield sentences with their text, tidied, in the order in which they add most to those before them.

    One that opens with "He" or "The two" comes after the sentence before it in its article, or not at all.

    Args:
        documents: those of one story, of one language.
        words: how long all that is yielded may be; without a limit None.
    """
    choices = list(candidates(documents))
    usable = _usable(choices, documents[0].language)
    weights = _weights(choices, _PLACE_OF.get(documents[0].language, _PLACE))
    value = _values(documents, choices, weights)
    told: set[Concept] = set()
    said: list[frozenset[str]] = []

    def gain(choice: Candidate) -> float:
        new = fsum(weights[concept] for concept in choice.concepts if concept not in told)
        return value[choice.place] * new

    # What a sentence adds only falls: one whose figure is fresh and still the best is the best of all.
    queue = [(-gain(choice), number) for number, choice in enumerate(usable) if choice.alone]
    heapify(queue)
    waiting = {_before(choice.place): n for n, choice in enumerate(usable) if not choice.alone}
    left = inf if words is None else words
    while queue:
        _, number = heappop(queue)
        best = usable[number]
        if best.words > left:
            continue
        fresh = (-gain(best), number)
        if queue and fresh > queue[0]:
            heappush(queue, fresh)
            continue
        if any(overlap(best.stems, other) > _REPEATED for other in said):
            continue
        left -= best.words
        said.append(best.stems)
        told |= best.concepts
        if (following := waiting.get(best.place)) is not None:
            heappush(queue, (-gain(usable[following]), following))
        yield best.place, best.text


def story_text(documents: Sequence[Document], words: int = WORDS) -> tuple[Line, ...]:
    """Return a text of at most so many words: whole sentences, what opens the articles first.

    Sentences that follow each other in an article do so here.

    Args:
        documents: those of one story, of one language.
        words: how long it may be, 20 to 2,000.

    Raises:
        OptionError: for a length out of range.

    Example:
        >>> from summarize.parsing.parse import parse
        >>> told = ("A ferry sank off Pellworth on Tuesday.", "A ferry sank off Pellworth with 140 on board.")
        >>> [line.text for line in story_text([parse(text) for text in told], 20)]
        ['A ferry sank off Pellworth with 140 on board.']
    """
    check_length(words)
    chosen = dict(ranked(documents, words))
    return tuple(_line(documents, place, chosen[place]) for place in sorted(chosen, key=_run(chosen)))


def _usable(choices: Sequence[Candidate], language: str) -> Sequence[Candidate]:
    """Return those that a text may hold; all where there is none, and as if alone where none stands alone."""
    most = _MOST_OF.get(language, _MOST)
    usable = [c for c in choices if _LEAST <= c.words <= most and _may_stand(c.text, language)] or choices
    if any(choice.alone for choice in usable):
        return usable
    return [replace(choice, alone=True) for choice in usable]


def _values(
    documents: Sequence[Document], choices: Sequence[Candidate], weights: Mapping[Concept, float]
) -> dict[Place, float]:
    """Return what each sentence is worth for each unit that its facts weigh."""
    facts = np.array([fsum(weights[concept] for concept in choice.concepts) for choice in choices])
    shares = worth(documents, facts) / np.maximum(facts, 1e-9)
    return dict(zip((choice.place for choice in choices), shares.tolist(), strict=True))


def _may_stand(text: str, language: str) -> bool:
    """Whether a text of a story may hold a sentence, which in English is no caption, question or talk."""
    if not (is_whole(text) and is_ended(text)):
        return False
    return language != "en" or is_bare_quotation(text) or is_printable(text)


def check_length(words: int | None) -> None:
    """Refuse a length that no text of a story can have; None is no length.

    Raises:
        OptionError: where it is out of range.
    """
    if words is not None and not LEAST_TEXT <= words <= MOST_TEXT:
        raise OptionError(f"a text of a story has {LEAST_TEXT} to {MOST_TEXT:,} words, not {words:,}")


def _before(place: Place) -> Place:
    return place._replace(sentence=place.sentence - 1)


def _run(chosen: Container[Place]) -> Callable[[Place], tuple[int, int, int]]:
    """Return what sorts places by where the run of sentences begins that each is part of."""

    def key(place: Place) -> tuple[int, int, int]:
        first = place
        while _before(first) in chosen:
            first = _before(first)
        return first.sentence, place.document, place.sentence

    return key


def _line(documents: Sequence[Document], place: Place, text: str) -> Line:
    sentence = documents[place.document].sentences[place.sentence]
    return Line(text, (Evidence(place.sentence, sentence.start, sentence.end, document=place.document),))


def candidates(documents: Sequence[Document]) -> Iterator[Candidate]:
    """Yield every sentence of all documents, one document after the other."""
    for number, document in enumerate(documents):
        for index, sentence in enumerate(document.sentences):
            text = tidy(sentence.line, document.language)
            concepts: frozenset[Concept] = frozenset(
                {*document.content[index], *pairwise(document.stems[index])}
            )
            alone = stands_alone(text, document.language) and not _HE_SAID.search(text)
            stems_told = frozenset(document.content[index])
            yield Candidate(Place(number, index), text, word_count(text), stems_told, concepts, alone)


def _weights(choices: Sequence[Candidate], place: float) -> dict[Concept, float]:
    """Return what each concept weighs: its best place in each document, more for each further document."""
    places: dict[Concept, dict[int, int]] = defaultdict(dict)
    for choice in choices:  # in order, so that the first is the best
        for concept in choice.concepts:
            places[concept].setdefault(choice.place.document, choice.place.sentence)
    return {
        concept: (_SINGLE if isinstance(concept, str) else 1.0)
        * (1 + _AGREED * (len(found) - 1))
        * sum((1 + index) ** -place for index in found.values())
        for concept, found in places.items()
    }
