"""Names: which capitalized words of a line are names, and which of them the source does not hold.

A light reading by capitals, not a trained recognizer. In a line without capitals, or with nearly every
word capitalized, only countries, weekdays and months are told to be names. Outside English a capital inside
a sentence is a name's; in German, where every noun has one, two in a row are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from summarize.evidence.source import Source
from summarize.language.lexicon import COUNTRIES, FUNCTION_WORDS
from summarize.language.related import categories, synonym_groups, synonyms
from summarize.language.table import table
from summarize.language.tokens import Tokens
from summarize.language.tokens import stem as stem_of
from summarize.language.words import word_set

_TITLES = word_set(
    "president minister prime secretary mr mrs ms miss dr sir lord lady king queen prince princess pope"
    " senator governor mayor general captain judge justice professor chancellor chief executive police"
)
_OPENERS = word_set("yesterday today tomorrow tonight meanwhile earlier later")
_LEAST_FUZZY = 5
_LEAST_TITLE = 3


def name_tokens(tokens: Tokens, text: str) -> list[int]:
    """Return the indices of the tokens that are parts of names.

    Example:
        >>> from summarize.language.tokens import tokenize
        >>> text = "The president met Angela Merkel in Berlin."
        >>> tokens = tokenize(text)
        >>> [tokens.words[i] for i in name_tokens(tokens, text)]
        ['Angela', 'Merkel', 'Berlin']
    """
    capitals = [i for i, word in enumerate(tokens.words) if word[0].isupper()]
    plain = sum(word[0].islower() and word not in FUNCTION_WORDS for word in tokens.words)
    if not capitals or (len(capitals) > _LEAST_TITLE and plain < 0.15 * len(capitals)):
        return []
    return [i for i in capitals if _is_name(i, tokens, text)]


def _is_name(index: int, tokens: Tokens, text: str) -> bool:
    word = tokens.words[index]
    low = tokens.lows[index]
    if low in FUNCTION_WORDS or low in _TITLES or (len(word) == 1 and not _neighbours_capital(index, tokens)):
        return False
    if not _opens_sentence(index, tokens, text):
        return True
    if low in _OPENERS:
        return False
    # At the head of a sentence a capital says nothing: a name is followed by another, or is no known word.
    known = low != word and (tokens.stems[index] in synonym_groups() or tokens.stems[index] in categories())
    return (len(word) > 1 and word[1].isupper()) or (_neighbours_capital(index, tokens) and not known)


def _neighbours_capital(index: int, tokens: Tokens) -> bool:
    after = tokens.words[index + 1] if index + 1 < len(tokens) else ""
    return after[:1].isupper() and tokens.starts[index + 1] - tokens.end(index) <= 2


def _opens_sentence(index: int, tokens: Tokens, text: str) -> bool:
    if index == 0:
        return True
    between = text[tokens.end(index - 1) : tokens.starts[index]]
    return any(mark in between for mark in ".!?:\n\"“‘'`") and not between.startswith("'s ")


def capital_tokens(tokens: Tokens, text: str, language: str) -> list[int]:
    """Return the indices of tokens that are parts of names by their capitals, outside English.

    Example:
        >>> from summarize.language.tokens import tokenize
        >>> text = "Der Kanzler traf Angela Merkel im Garten."
        >>> tokens = tokenize(text, "de")
        >>> [tokens.words[i] for i in capital_tokens(tokens, text, "de")]
        ['Angela', 'Merkel']
    """
    found = [
        index
        for index, word in enumerate(tokens.words)
        if len(word) > 1 and word[0].isupper() and not _opens_sentence(index, tokens, text)
    ]
    if len(found) > _LEAST_TITLE and len(found) > 0.7 * len(tokens):
        return []  # a title in capitals
    if not table(language).says("check", "nouns"):
        return found
    together = {i for i in found if i + 1 in found and text[tokens.end(i) : tokens.starts[i + 1]] == " "}
    return sorted(together | {index + 1 for index in together})


def listed_tokens(tokens: Tokens, countries: bool = True) -> list[int]:
    """Return the indices of tokens that are weekdays, months or countries in whatever case."""
    listed = _listed(countries)
    if listed.isdisjoint(tokens.stems):
        return []
    return [
        index
        for index, (low, stem) in enumerate(zip(tokens.lows, tokens.stems, strict=True))
        if stem in listed and len(low) > 3 and low not in FUNCTION_WORDS
    ]


_COUNTRY_STEMS = frozenset(stem_of(country) for country in COUNTRIES)


@cache
def _listed(countries: bool) -> frozenset[str]:
    """Return the stems of weekdays and months, and of countries."""
    kinds = categories()
    dates = (kinds["monday"], kinds["januari"])
    found = {stem for stem, kind in kinds.items() if kind in dates}
    return frozenset(found | _COUNTRY_STEMS if countries else found)


def unsupported_names(names: Sequence[int], tokens: Tokens, source: Source) -> Iterator[int]:
    """Yield the indices of the tokens of names that the source does not hold; `names` are `name_tokens`'."""
    for index in sorted({*names, *listed_tokens(tokens)}):
        if not holds_name(tokens.stems[index], tokens.words[index], source):
            yield index


def holds_name(stem: str, word: str, source: Source) -> bool:
    """Tell whether a source holds a name: the word, its initials spelled out, or a near spelling."""
    if stem in source.stems:
        return True
    low = word.lower().replace(".", "")
    if len(low) > 1 and word.isupper() and source.spells(low):
        return True
    if not source.known.isdisjoint(synonyms(stem)):
        return True
    if len(low) < _LEAST_FUZZY:
        return False
    return any(_near(low, other) for other in source.words if other[0] == low[0])


def _near(one: str, two: str) -> bool:
    """Tell whether two spellings are one edit apart: Zelensky and Zelenskyy.

    Example:
        >>> _near("zelenski", "zelenskyi"), _near("iran", "iraq"), _near("mohamed", "mohammed")
        (True, False, True)
    """
    if abs(len(one) - len(two)) > 1 or min(len(one), len(two)) < _LEAST_FUZZY:
        return False
    if len(one) == len(two):
        return len(one) > _LEAST_FUZZY + 1 and sum(a != b for a, b in zip(one, two, strict=True)) <= 1
    short, long = sorted((one, two), key=len)
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[start:] == long[start + 1 :]
