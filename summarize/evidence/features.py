"""Features: what can be counted of a line beside its source, for the score. No weights here.

Each content word of a line is looked for in the sentences it rests on and in the whole text: the same
stem, the same derivational family, a synonym, or nothing. Novel words and entities are the oldest signs of
a summary that says too much (Grusky et al. 2018; Nan et al. 2021); opposites and replaced words are what
small edits leave behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from summarize.brief import Flag
from summarize.evidence.negation import negators
from summarize.evidence.source import Source
from summarize.language.lexicon import FUNCTION_WORDS, root
from summarize.language.related import antonyms, categories, opposites, synonym_groups, synonyms
from summarize.language.tokens import Tokens

EXACT, FAMILY, SYNONYM, NONE = 3, 2, 1, 0
_SHARED = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """A line read beside its source.

    Attributes:
        tokens: the line's.
        sentences: the numbers of the sentences the line rests on, best first.
        content: the indices of its content words.
        here: how well each content word is found in those sentences, EXACT to NONE.
        anywhere: the same for the whole text.
        opposites: (index, sentence) of words the source lacks while the evidence has their opposite.
        replaced: (index, sentence) of words the source lacks while the evidence names another of their kind.
        compressed: whether all words stand, inflection apart, in this order in one of those sentences.
    """

    tokens: Tokens
    sentences: tuple[int, ...]
    content: tuple[int, ...]
    here: tuple[int, ...]
    anywhere: tuple[int, ...]
    opposites: tuple[tuple[int, int], ...] = ()
    replaced: tuple[tuple[int, int], ...] = ()
    compressed: bool = False


def read_line(tokens: Tokens, source: Source, sentences: Iterable[int]) -> Reading:
    """Look every content word of a line up in its source."""
    sentences = tuple(sentences)
    content = tuple([i for i, low in enumerate(tokens.lows) if low not in FUNCTION_WORDS])
    near = frozenset().union(*map(source.vocabulary, sentences))
    here: list[int] = []
    anywhere: list[int] = []
    for i in content:
        level, there = (
            (EXACT, EXACT) if tokens.stems[i] in near else _levels(tokens.stems[i], near, sentences, source)
        )
        here.append(level)
        anywhere.append(there)
    compressed = _is_compressed(tokens, source, sentences)
    reading = Reading(tokens, sentences, content, tuple(here), tuple(anywhere), compressed=compressed)
    if source.document.language != "en":
        return reading
    return replace(
        reading, opposites=tuple(_opposites(reading, source)), replaced=tuple(_replaced(reading, source))
    )


def _levels(stem: str, near: frozenset[str], sentences: Iterable[int], source: Source) -> tuple[int, int]:
    """Return how well a stem that the sentences lack is found in them, and in the whole text."""
    family = root(stem)
    known = family in source.known_roots
    if known and any(family in source.roots(sentence) for sentence in sentences):
        level = FAMILY
    else:
        level = NONE if near.isdisjoint(synonyms(stem)) else SYNONYM
    if stem in source.known:
        return level, EXACT
    if known:
        return level, FAMILY
    return level, NONE if source.known.isdisjoint(synonyms(stem)) else SYNONYM


def _opposites(reading: Reading, source: Source) -> Iterator[tuple[int, int]]:
    stems = reading.tokens.stems
    line = set(stems)
    table = antonyms()
    for i, level in zip(reading.content, reading.anywhere, strict=True):
        if level == EXACT or (level == FAMILY and stems[i] not in table):
            continue
        against = opposites(stems[i]) - line
        for sentence in reading.sentences:
            if not against.isdisjoint(source.vocabulary(sentence)):
                yield i, sentence
                break


def _replaced(reading: Reading, source: Source) -> Iterator[tuple[int, int]]:
    table = categories()
    line = set(reading.tokens.stems)
    for i, level in zip(reading.content, reading.anywhere, strict=True):
        kind = table.get(reading.tokens.stems[i])
        if level == EXACT or kind is None:
            continue
        for sentence in reading.sentences:
            stems = source.vocabulary(sentence)
            if any(table.get(stem) == kind and stem not in line for stem in stems):
                yield i, sentence
                break


def stands_for_another(reading: Reading, index: int, source: Source, sentence: int) -> bool:
    """Tell whether a word stands among the words that its opposite, or another of its kind, has there.

    An opposite elsewhere in the sentence contradicts nothing: "he lost a brother" beside "who won the race".
    Of the two content words on either side two must be the same, or as many as there are.
    """
    stems = [reading.tokens.stems[i] for i in reading.content]
    place = reading.content.index(index)
    mine, kind, line = stems[place], categories().get(stems[place]), set(stems)
    around = _around(stems, place)
    other = source.content(sentence)
    return any(
        len(around & _around(other, at)) >= min(_SHARED, max(1, len(around)))
        for at, stem in enumerate(other)
        if stem not in line
        and (stem in opposites(mine) or (kind is not None and categories().get(stem) == kind))
    )


def _around(stems: Sequence[str], place: int) -> set[str]:
    return {*stems[max(0, place - _SHARED) : place], *stems[place + 1 : place + 1 + _SHARED]}


def _is_compressed(tokens: Tokens, source: Source, sentences: Iterable[int]) -> bool:
    for sentence in sentences:
        if source.stem_sets[sentence].issuperset(tokens.stems):
            stems = iter(source.sentences[sentence].stems)
            if all(stem in stems for stem in tokens.stems):
                return True
    return False


def features(reading: Reading, source: Source, flags: Sequence[Flag]) -> dict[str, float]:
    """Return the features of a line by name; counts are capped, so that one odd line decides nothing."""
    words, stems, content = reading.tokens.words, reading.tokens.stems, reading.content
    novel = [level == NONE for level in reading.anywhere]
    count = max(1, len(content))
    away = [
        words[i]
        for i, here, there in zip(content, reading.here, reading.anywhere, strict=True)
        if here < FAMILY <= there
    ]
    listed, kinds = synonym_groups(), categories()
    raised = [flag.kind for flag in flags]
    return {
        "novel": _capped(sum(novel), 6),
        "novel_share": sum(novel) / count,
        "novel_late": sum(novel[len(content) // 2 :]) / count,
        "novel_rare": _capped(
            sum(
                n and stems[i] not in listed and stems[i] not in kinds
                for n, i in zip(novel, content, strict=True)
            ),
            4,
        ),
        "synonyms": _capped(reading.here.count(SYNONYM), 4),
        "substituted": _capped(_substituted(reading, source), 4),
        "elsewhere_capital": _capped(sum(word[0].isupper() for word in away), 4),
        "opposites": _capped(len(reading.opposites), 3),
        "replaced": _capped(len(reading.replaced), 3),
        "negators": _capped(_own_negators(reading, source), 3),
        "compressed": float(reading.compressed),
        **{
            f"flag_{kind}": _capped(raised.count(kind), 2) for kind in ("number", "name", "quote", "negation")
        },
    }


def _own_negators(reading: Reading, source: Source) -> int:
    lows = reading.tokens.lows
    own = negators(lows)
    near = {low for sentence in reading.sentences for low in source.sentences[sentence].lows} if own else ()
    return sum(lows[index] not in near for index in own)


def _substituted(reading: Reading, source: Source) -> int:
    """Return the sum over reworded words of how many neighbours they share with the word they stand for."""
    stems, content = reading.tokens.stems, reading.content
    line = set(stems)
    table = synonym_groups()
    total = 0
    for place, (i, level) in enumerate(zip(content, reading.anywhere, strict=True)):
        groups = table.get(stems[i], ())
        if level in (EXACT, NONE) or not groups:
            continue
        before = stems[content[place - 1]] if place else ""
        after = stems[content[place + 1]] if place + 1 < len(content) else ""
        best = 0
        for sentence in reading.sentences:
            other = source.content(sentence)
            for left, stem, right in zip(("", *other), other, (*other[1:], ""), strict=False):
                shared = (left == before != "") + (right == after != "")
                if shared > best and stem not in line and not set(groups).isdisjoint(table.get(stem, ())):
                    best = shared
        total += best
    return total


def _capped(count: int, most: int) -> float:
    return float(min(most, count))
