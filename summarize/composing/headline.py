"""Which sentence becomes the headline: each likely one is compressed, the most telling result wins."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from summarize.brief import Evidence, Line
from summarize.composing.by_table.choice import by_table
from summarize.composing.by_table.standing import tells
from summarize.composing.compress import EDGES, Weigh, bare, compress
from summarize.composing.editing import capitalized, is_whole, stands_alone, tidy
from summarize.composing.headlinese import BACK_THEN
from summarize.document import Document
from summarize.language.stop_words import stop_words
from summarize.language.table import table
from summarize.language.tagged import BE, HAVE, NOUN
from summarize.language.text import stems, word_count, words
from summarize.language.words import OPENING_QUOTES, SECOND_PERSON, STOP_WORDS
from summarize.style import HEADLINE, Style

if TYPE_CHECKING:
    from summarize.summarizers.base import Scores

# Sentences looked at: so many of the first and so many of the best; more only where none serves.
_REACHES = (3, 10)
_FURTHEST = 30  # and so many for a leading clause
_LONGEST = 1000  # characters of a sentence that is worth compressing
_PLACES = (1.0, 0.5, 0.35)
_ELSEWHERE = 0.25
_CLAUSE = re.compile(r"[,;:，；、：]\s*|\s+[\u2013\u2014-]\s+")
_QUOTED = re.compile('"[^"]*"|“[^”]*”|(?<!\\w)[‘\'].*?[’\'](?!\\w)')
_QUESTION = ("?", "？", "؟")


def headline(document: Document, scores: Scores) -> list[Line]:
    """Return the headline of a document as a list of one line, or none where no thought fits.

    Args:
        document: with at least one sentence.
        scores: one for each sentence, shape (sentences,); higher is better.
    """
    if table(document.language).box is not None:
        return by_table(document, scores) or _any_clause(document)
    weigh = _weigher(document)
    for indices in _reaches(scores):
        found = list(_drafts(document, indices, weigh))
        if found:
            _, place, text = max(found)
            sentence = document.sentences[-place]
            return [Line(text, (Evidence(-place, sentence.start, sentence.end),))]
    return []


def _any_clause(document: Document) -> list[Line]:
    """The first leading clauses, best with a verb: for languages whose headlines may end inside a clause."""
    if not table(document.language).words("headline", "ends"):
        return []
    found = [
        (not tells(clause[1], document.language), index, clause[1])
        for index, sentence in enumerate(document.sentences[:_FURTHEST])
        if (clause := _clause(tidy(sentence.line[:_LONGEST], document.language), HEADLINE))
    ]
    if not found:
        return []
    _, index, text = min(found)
    sentence = document.sentences[index]
    return [Line(capitalized(text), (Evidence(index, sentence.start, sentence.end),))]


def _reaches(scores: Scores) -> Iterator[Sequence[int]]:
    """Yield the sentences to look at, further ones where none of those before serves."""
    for reach in _REACHES:
        yield _likely(scores, reach)


def _likely(scores: Scores, reach: int) -> list[int]:
    """Indices of the first and of the best sentences, so many of each."""
    best = scores.argsort(kind="stable")[::-1][:reach].tolist()
    return list(dict.fromkeys([*range(min(reach, len(scores))), *best]))


def _drafts(document: Document, indices: Sequence[int], weigh: Weigh) -> Iterator[tuple[float, int, str]]:
    """Yield (value, minus index, text) for each sentence from which a headline can be made."""
    lines = {index: tidy(document.sentences[index].line, document.language) for index in indices}
    lines = {index: line for index, line in lines.items() if len(line) <= _LONGEST}
    standings = {index: _standing(line, index, document.language) for index, line in lines.items()}
    best = 0.0
    for index in sorted(lines, key=lambda index: -standings[index]):
        if _potential(lines[index], weigh) * standings[index] <= best:
            continue
        draft = _draft(document, lines[index], weigh, best / standings[index])
        if draft is not None:
            value = draft[0] * standings[index]
            best = max(best, value)
            yield value, -index, draft[1]


def _draft(document: Document, line: str, weigh: Weigh, above: float) -> tuple[float, str] | None:
    if document.language != "en":
        return _clause(line, HEADLINE)
    draft = compress(line, HEADLINE, weigh, above)
    # An article of one sentence has no other to turn to.
    return draft or (_clause(line, HEADLINE) if len(document.sentences) == 1 else None)


def _potential(line: str, weigh: Weigh) -> float:
    """The most that any headline made of a line can be worth."""
    return sum(sorted((weigh(word, "NNP") for word in words(line)), reverse=True)[: HEADLINE.line_words])


def _standing(line: str, index: int, language: str) -> float:
    """How much a sentence is worth as a headline: the first tells the news, what leans on others does not."""
    place = _PLACES[index] if index < len(_PLACES) else _ELSEWHERE
    if language != "en" and line.rstrip().endswith(_QUESTION):
        place *= 0.3
    if not stands_alone(line, language):
        place *= 0.3
    if line.split(maxsplit=1)[0].lower() in BACK_THEN:
        place *= 0.5
    talks = line.startswith(OPENING_QUOTES) or not SECOND_PERSON.isdisjoint(_QUOTED.sub("", line).split())
    return place * (0.4 if talks else 1.0)


def trim(line: str, style: Style) -> str | None:
    """Return one line that a model wrote as a headline within its budget, or None where it cannot be.

    Example:
        >>> trim("The storm killed nine people in Leeds.", HEADLINE)
        'The storm killed nine people in Leeds'
    """
    plain = bare(line)
    if plain and style.admits([plain]) and is_whole(plain):
        return plain
    if not plain or len(line) > _LONGEST:
        return None
    draft = compress(
        line, style, lambda word, kind: 0.0 if word.lower() in STOP_WORDS else 1.0 if kind in NOUN else 0.5
    )
    return draft[1] if draft else None


def _clause(line: str, style: Style) -> tuple[float, str] | None:
    """Return (value, text) of the longest run of leading clauses within the budget, for any language."""
    # Looked for only where it can fit, so that a sentence of 100,000 commas costs no more than one of 20.
    most = len(line) - len(line.lstrip(EDGES)) + (style.line_characters or len(line)) + len(EDGES)
    ends = [match.start() for match in _CLAUSE.finditer(line, 0, most)] + [len(line)]
    for end in reversed(ends):
        text = bare(line[:end])
        if text and style.admits([text]) and is_whole(text) and (end == len(line) or word_count(text) >= 4):
            return float(word_count(text)), text
    return None


def first_clause(lines: Sequence[str]) -> tuple[int, str]:
    """Return (index, text) of the first line whose leading clauses fit a headline; no text where none does.

    Example:
        >>> first_clause(["Rain fell, and how."])
        (0, 'Rain fell, and how')
    """
    for index, line in enumerate(lines):
        if (found := _clause(line, HEADLINE)) is not None:
            return index, found[1]
    return 0, ""


def _weigher(document: Document) -> Weigh:
    """Words are worth what the story makes of them: how often it says them; names and verbs more."""
    stopped = stop_words(document.language)
    frequency = Counter(chain.from_iterable(map(set, document.stems[:80])))

    @cache
    def weigh(word: str, kind: str) -> float:
        low = word.lower()
        if not word[0].isalnum() or low in stopped or low in BE or low in HAVE:
            return 0.0
        worth = 0.4 + 0.35 * math.log(1 + frequency[stems([low], document.language)[0]])
        if kind.startswith("NNP"):
            return worth * 1.2
        return worth if kind in NOUN or kind.startswith("V") or kind == "CD" else worth * 0.6

    return weigh
