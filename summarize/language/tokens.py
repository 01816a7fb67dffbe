"""Tokens with their place in the text, and the stems by which evidence compares words.

Not a linguistic tokenizer: hyphens part words ("one-year" is two tokens), possessives are dropped, and
initials stay whole ("U.S."). Chinese, Japanese and Thai letters are a token each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from summarize.language.lexicon import FORMS
from summarize.language.scripts import UNSPACED, UNSPACED_LETTER
from summarize.language.text import snowball


def _pattern(letter: str, alone: str = "") -> re.Pattern[str]:
    """Return what finds a token: a word, initials, a number with its ending, or a single character.

    What follows a word and an apostrophe is no word of its own: the possessive "s" is dropped so. The first
    character is matched before what may stand before it, which lets the search skip blanks and marks.

    Args:
        letter: a character class of letters; those of scripts without blanks excluded.
        alone: a character class of those scripts.
    """
    word = rf"(?:(?:\.{letter})+(?!{letter})\.?|{letter}*+(?:'(?![sS](?!{letter})){letter}++)*+)"
    number = rf"[\d.,:]*(?<=\d)(?:(?:st|nd|rd|th|s)(?!{letter}))?"
    first = letter.replace(r"\d", "").replace("a-z", "a-z0-9")
    token = rf"{first}(?:(?<={letter})(?<![\w.]'.){word}|(?<=\d){number})"
    return re.compile(rf"({alone}|{token})" if alone else f"({token})", re.ASCII if "a-z" in letter else 0)


# The first finds in ASCII what the second finds, faster; in the third, a character may be a token.
_ASCII = _pattern("[a-zA-Z]")
_PLAIN = _pattern(r"[^\W\d_]")
_MIXED = _pattern(rf"[^\W\d_{UNSPACED}]", f"[{UNSPACED}]")
_REMEMBERED = 1 << 18  # stems; bounded, since texts never end
# Capitals that are no pronoun.
_ABBREVIATIONS = {"US": "usa", "UK": "britain", "IT": "it-sector", "WHO": "who-agency"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, as columns of equal length.

    Attributes:
        words: as written, the possessive dropped.
        lows: in lower case, "US" told from "us".
        stems: what they are compared by: lower case, inflection and spelling variants undone.
        starts: where they begin in the text, in characters.
    """

    words: tuple[str, ...]
    lows: tuple[str, ...]
    stems: tuple[str, ...]
    starts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)

    def slice(self, first: int, last: int) -> Tokens:
        """Return the tokens from `first` up to `last`, offsets unchanged."""
        part = slice(first, last)
        return Tokens(self.words[part], self.lows[part], self.stems[part], self.starts[part])

    def end(self, index: int) -> int:
        """Return where a token ends in the text, a possessive excluded."""
        return self.starts[index] + len(self.words[index])


def tokenize(text: str, language: str = "en") -> Tokens:
    """Take a text apart.

    Example:
        >>> tokenize("The U.S. didn’t invade Russia's one-year-old ally.").stems
        ('the', 'usa', "didn't", 'invad', 'russia', 'one', 'year', 'old', 'alli')
    """
    text = text.replace("’", "'")
    pattern = _ASCII if text.isascii() else _MIXED if UNSPACED_LETTER.search(text) else _PLAIN
    # Gaps and tokens by turns: faster than to ask every match for its text and its place.
    parts = pattern.split(text)
    words = tuple(parts[1::2])
    if not words:
        return Tokens((), (), (), ())
    starts = tuple(accumulate(map(len, parts)))[:-1:2]
    lows = tuple(" ".join(words).lower().split(" "))
    if not _ABBREVIATIONS.keys().isdisjoint(words):
        lows = tuple([_ABBREVIATIONS.get(word, low) for word, low in zip(words, lows, strict=True)])
    return Tokens(words, lows, tuple(stems_of(lows, language)), starts)


def stems_of(lows: Iterable[str], language: str = "en") -> Iterator[str]:
    """Return what words in lower case are compared by, in their order."""
    return map(_stemmer(language), lows)


def stem(low: str, language: str = "en") -> str:
    """Return what a word in lower case is compared by.

    Example:
        >>> stem("russian"), stem("fell"), stem("u.s."), stem("organisations")
        ('russia', 'fall', 'usa', 'organiz')
    """
    return _stemmer(language)(low)


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    plain = snowball(language)

    @lru_cache(_REMEMBERED)
    def stem(low: str) -> str:
        word = low.replace(".", "") if "." in low and low[0].isalpha() else low
        if word != low and word == "us":
            return "usa"
        if language == "en":
            word = FORMS.get(word, word).replace("isation", "ization")
        return plain(word) if plain else word

    return stem
