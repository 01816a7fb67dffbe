"""Negation: predicates that a line denies and its source affirms, or the other way about.

The scope of a negator is guessed. In English it is the next few content words, up to the next clause or
pause. In other languages, whose negators are in their tables, it is the content word behind it, or else the
one before; where no blanks stand between words, the characters beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from summarize.language.lexicon import FUNCTION_WORDS, root
from summarize.language.stop_words import stop_words
from summarize.language.table import table
from summarize.language.tokens import Tokens, tokenize
from summarize.language.words import word_set

if TYPE_CHECKING:
    from summarize.evidence.source import Source

NEGATORS = word_set("not no never none nobody nothing neither nor without cannot hardly barely scarcely")
DENIALS = word_set("deni refus reject fail declin unabl avoid lack stop ceas prevent unlik dismiss oppos")
_CLAUSE = word_set("but although though because while which who that and whether if")
_NO_PREDICATE = word_set("onli just yet longer more less than")
_REACH = 2
_NEAR = 25  # characters between a negator and what it denies, outside English
_MOSTLY = 0.6
_ENDINGS = re.compile("[\u3041-\u3096]+$")  # hiragana


def negators(lows: Sequence[str]) -> list[int]:
    """Return the indices of the words in lower case that deny what follows.

    Example:
        >>> negators(["they", "didn't", "know"])
        [1]
    """
    return [index for index, low in enumerate(lows) if low in NEGATORS or low[-3:] == "n't"]


def denied(tokens: Tokens) -> dict[int, int]:
    """Return the tokens in the scope of a negator, each with the index of that negator.

    Example:
        >>> from summarize.language.tokens import tokenize
        >>> denied(tokenize("They did not agree to the deal but left"))
        {3: 2, 6: 2}
    """
    found: dict[int, int] = {}
    for index in negators(tokens.lows):
        if tokens.lows[index + 1 : index + 2] == ("only",):
            continue  # "not only Leeds voted": Leeds did
        content = 0
        for after in range(index + 1, min(index + 8, len(tokens))):
            low = tokens.lows[after]
            pause = tokens.starts[after] - tokens.end(after - 1) > 1
            if pause or low in _CLAUSE or content == _REACH:
                break
            if low not in FUNCTION_WORDS and tokens.stems[after] not in _NO_PREDICATE:
                found[after] = index
                content += 1
    return found


def flipped(tokens: Tokens, source: Source, sentences: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (index of the token, number of the sentence) of predicates denied on one side alone.

    Args:
        tokens: the line's.
        source: where to look.
        sentences: the sentences that support the line, best first.
    """
    here = denied(tokens)
    for index, negator in _first_denied(here):
        places = list(_places(tokens.stems[index], source, sentences))
        # A source may deny from further away, or by a verb ("refused to agree"): any of it will do.
        if places and not any(source.denies(sentence) for sentence, _ in places):
            yield negator, places[0][0]
    plain = {number: _plain(source.denied(number), source.sentences[number]) for number in sentences}
    everywhere: dict[int, bool] = {}  # one answer for each word: a text may deny one a thousand times
    for index, sentence in _affirmed(tokens, here, source, plain):
        if index not in everywhere:
            found = _places(tokens.stems[index], source, sentences)
            everywhere[index] = all(place in plain[other] for other, place in found)
        if everywhere[index]:
            yield index, sentence


def _first_denied(there: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Yield (token, negator) of the first word in each scope; the later ones may stand outside."""
    seen: set[int] = set()
    for index, negator in there.items():
        if negator not in seen:
            seen.add(negator)
            yield index, negator


def _affirmed(
    tokens: Tokens, here: dict[int, int], source: Source, plain: Mapping[int, set[int]]
) -> Iterator[tuple[int, int]]:
    """Yield (token, sentence) of the words a line does not deny and a sentence denies beyond doubt."""
    if negators(tokens.lows):
        return
    first = {stem: index for index, stem in reversed(list(enumerate(tokens.stems)))}
    for sentence, places in plain.items():
        stems = source.sentences[sentence].stems
        for index in dict.fromkeys(first[stems[place]] for place in sorted(places) if stems[place] in first):
            if index not in here and tokens.words[index][0].islower():
                yield index, sentence


def _plain(there: dict[int, int], other: Tokens) -> set[int]:
    """Return the words that are the first after a "not" or "never", by index."""
    first: dict[int, int] = {}
    for index, negator in there.items():
        first[negator] = min(index, first.get(negator, index))
    return {
        index for negator, index in first.items() if other.lows[negator] not in NEGATORS - {"not", "never"}
    }


def _places(stem: str, source: Source, sentences: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (sentence, index) of each place of a word or one of its family."""
    family = root(stem)
    for sentence in sentences:
        for index, candidate in enumerate(source.sentences[sentence].stems):
            if candidate == stem or (len(stem) > 4 and root(candidate) == family):
                yield sentence, index


def flipped_by_table(
    text: str, tokens: Tokens, source: Source, sentences: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield (index of the token, number of the sentence) as `flipped`, for a language with a table.

    Args:
        text: the line.
        tokens: the line's.
        source: where to look.
        sentences: the sentences that support the line, best first.
    """
    document = source.document
    content = set(tokens.stems) - stop_words(document.language)
    # Sentences that tell most of what the line tells; one that shares a word or two denies something else.
    near = [n for n in sentences if len(content & source.stem_sets[n]) >= _MOSTLY * len(content)]
    texts = {number: document.sentences[number].text for number in near}
    own = _scopes(text, document.language)
    for start, scope in own:
        places = [number for number, other in texts.items() if _says(other, scope, document.language)]
        if places and not any(_scopes(texts[number], document.language) for number in places):
            yield _token_at(tokens, start), places[0]
    if not own and near:
        for _, scope in _scopes(texts[near[0]], document.language):
            if _says(text, scope, document.language):
                found = text.find(scope) if scope in text else -1
                yield (_token_at(tokens, found) if found >= 0 else tokens.stems.index(scope)), near[0]


def _token_at(tokens: Tokens, start: int) -> int:
    return next((index for index in range(len(tokens)) if tokens.end(index) > start), len(tokens) - 1)


def _scopes(text: str, language: str) -> list[tuple[int, str]]:
    """Return where each negator stands in a text, and the stem (or the characters) that it denies."""
    rules = table(language)
    found = [match.span() for match in rules.negator.finditer(text)]
    if not found:
        return []
    if count := rules.number("check", "characters"):
        if rules.says("check", "after"):  # with endings between: 行わない denies 行う
            return [(start, _ENDINGS.sub("", text[:start])[-count:]) for start, _ in found]
        return [(start, text[end : end + count]) for start, end in found]
    tokens = tokenize(text, language)
    stopped = stop_words(language)
    content = [
        (start, stem)
        for start, low, stem in zip(tokens.starts, tokens.lows, tokens.stems, strict=True)
        if low not in stopped and not any(a <= start < b for a, b in found)
    ]
    scopes = []
    for start, end in found:
        before = [stem for place, stem in content if start - _NEAR <= place < start]
        after = [stem for place, stem in content if end <= place < end + _NEAR]
        words = [*after, *before[::-1]]
        if rules.says("check", "after"):
            words = [*before[::-1], *after]
        scopes.append((start, words[0] if words else ""))
    return scopes


def _says(text: str, scope: str, language: str) -> bool:
    """Whether a text holds what a negator denies elsewhere."""
    if table(language).number("check", "characters"):
        return bool(scope.strip()) and scope in text
    return bool(scope) and scope in tokenize(text, language).stems
