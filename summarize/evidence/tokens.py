"""Tokens with their place in the text, and the stems by which evidence compares words.

Not a linguistic tokenizer: hyphens part words ("one-year" is two tokens), possessives are dropped, and
initials stay whole ("U.S."). Chinese, Japanese and Thai letters are a token each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from summarize.evidence.lexicon import FORMS
from summarize.text import UNSPACED

_LETTER = r"[^\W\d_]"
# Initials, numbers with their endings, then words; a possessive ends a word and is no part of it.
_WORDS = (
    rf"({_LETTER}(?:\.{_LETTER})+(?!{_LETTER})\.?"
    rf"|\d[\d.,:]*(?<=\d)(?:(?:st|nd|rd|th|s)(?!{_LETTER}))?"
    rf"|{_LETTER}+(?:'(?![sS](?!{_LETTER})){_LETTER}+)*)(?:'[sS](?!{_LETTER}))?"
)
_PLAIN = re.compile(_WORDS)
# The same where a script without blanks occurs: there, one character is a token.
_UNSPACED = re.compile(f"[{UNSPACED}]")
_MIXED = re.compile(f"([{UNSPACED}])|" + _WORDS.replace(_LETTER, rf"[^\W\d_{UNSPACED}]"))
# Capitals that are no pronoun.
_ABBREVIATIONS = {"US": "usa", "UK": "britain", "IT": "it-sector", "WHO": "who-agency"}
_LANGUAGES = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, as columns of equal length.

    Attributes:
        words: as written, the possessive dropped.
        lows: in lower case, "US" told from "us".
        stems: what they are compared by: lower case, inflection and spelling variants undone.
        starts, ends: where they stand in the text, in characters.
    """

    words: tuple[str, ...]
    lows: tuple[str, ...]
    stems: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)

    def slice(self, first: int, last: int) -> Tokens:
        """Return the tokens from `first` up to `last`, offsets unchanged."""
        part = slice(first, last)
        return Tokens(self.words[part], self.lows[part], self.stems[part], self.starts[part], self.ends[part])


def tokenize(text: str, language: str = "en") -> Tokens:
    """Take a text apart.

    Example:
        >>> tokenize("The U.S. didn’t invade Russia's one-year-old ally.").stems
        ('the', 'usa', "didn't", 'invad', 'russia', 'one', 'year', 'old', 'alli')
    """
    text = text.replace("’", "'")
    if _UNSPACED.search(text):
        found = [
            (match[match.lastindex or 0], *match.span(match.lastindex or 0))
            for match in _MIXED.finditer(text)
        ]
    else:
        found = [(match[1], *match.span(1)) for match in _PLAIN.finditer(text)]
    if not found:
        return Tokens((), (), (), (), ())
    words, starts, ends = zip(*found, strict=True)
    lows = tuple([_ABBREVIATIONS.get(word) or word.lower() for word in words])
    return Tokens(words, lows, tuple([stem(low, language) for low in lows]), starts, ends)


@lru_cache(maxsize=100_000)
def stem(word: str, language: str = "en") -> str:
    """Return what a word in lower case is compared by.

    Example:
        >>> stem("russian"), stem("fell"), stem("u.s."), stem("organisations")
        ('russia', 'fall', 'usa', 'organiz')
    """
    low = word
    if "." in low and low[0].isalpha():
        low = low.replace(".", "")
        if low == "us":
            return "usa"
    name = _LANGUAGES.get(language)
    if name is None:
        return low
    if language == "en":
        low = FORMS.get(low, low).replace("isation", "ization")
    stemmed: str = _stemmer(name).stemWord(low)
    return stemmed


@lru_cache(maxsize=32)
def _stemmer(name: str) -> Stemmer.Stemmer:
    # Its own cache is off: `stem` caches, and the stemmer's is not safe to share between threads.
    return Stemmer.Stemmer(name, 0)
