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
# Words, initials, numbers with their endings. What follows a word and an apostrophe is no word of its own:
# the possessive "s" is dropped so.
_WORDS = (
    rf"(?<![\w.]'){_LETTER}(?:(?:\.{_LETTER})+(?!{_LETTER})\.?|{_LETTER}*(?:'(?![sS](?!{_LETTER})){_LETTER}+)*)"
    rf"|\d[\d.,:]*(?<=\d)(?:(?:st|nd|rd|th|s)(?!{_LETTER}))?"
)
_PLAIN = re.compile(_WORDS)
# The same where a script without blanks occurs: there, one character is a token.
_UNSPACED = re.compile(f"[{UNSPACED}]")
_MIXED = re.compile(f"[{UNSPACED}]|" + _WORDS.replace(_LETTER, rf"[^\W\d_{UNSPACED}]"))
_REMEMBERED = 200_000
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
    pattern = _MIXED if _UNSPACED.search(text) else _PLAIN
    found = [(match.group(), match.start()) for match in pattern.finditer(text)]
    if not found:
        return Tokens((), (), (), ())
    words, starts = zip(*found, strict=True)
    lows = tuple(" ".join(words).lower().split(" "))
    if not _ABBREVIATIONS.keys().isdisjoint(words):
        lows = tuple([_ABBREVIATIONS.get(word, low) for word, low in zip(words, lows, strict=True)])
    return Tokens(words, lows, tuple(map(_stems(language).__getitem__, lows)), starts)


def stem(low: str, language: str = "en") -> str:
    """Return what a word in lower case is compared by.

    Example:
        >>> stem("russian"), stem("fell"), stem("u.s."), stem("organisations")
        ('russia', 'fall', 'usa', 'organiz')
    """
    return _stems(language)[low]


class _Stems(dict[str, str]):
    """The stems of one language met so far; looking one up that was not met works it out."""

    def __init__(self, language: str) -> None:
        super().__init__()
        name = _LANGUAGES.get(language)
        self._english = language == "en"
        # Its own cache is off: this dictionary is one.
        self._stemmer = Stemmer.Stemmer(name, 0) if name else None

    def __missing__(self, low: str) -> str:
        word = low.replace(".", "") if "." in low and low[0].isalpha() else low
        if word != low and word == "us":
            return "usa"
        if self._english:
            word = FORMS.get(word, word).replace("isation", "ization")
        stemmed: str = self._stemmer.stemWord(word) if self._stemmer else word
        if len(self) < _REMEMBERED:
            self[low] = stemmed
        return stemmed


@lru_cache(maxsize=32)
def _stems(language: str) -> _Stems:
    return _Stems(language)
