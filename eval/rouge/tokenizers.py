"""Text to token numbers, the three ways ROUGE is computed: rouge-score's, the Perl script's, by Unicode.

A tokenizer numbers the stems it meets; equal numbers mean equal stems. Every distinct word is stemmed
once in the life of a tokenizer. Leaves out stop words and length limits.
"""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import count
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from .perl_stemmer import perl_stem
from .porter import porter_stem

# Every byte that is no ASCII letter or digit separates words; a line break becomes a NUL.
_SEPARATE = bytes(
    0 if code == ord("\n") else code if chr(code).isalnum() and code < 128 else ord(" ")
    for code in range(256)
)
_LINE_END = -1
# Scripts written without spaces between words: Thai, Lao, Burmese, Khmer, kana and Han.
_SPACELESS = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3041, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


@dataclass(frozen=True)
class NumberedTokens:
    """The tokens of many texts, one after the other, as three arrays of shape (tokens,).

    Attributes:
        numbers: what token it is; equal numbers mean equal stems.
        lines: its line, counted over all texts; ascending.
        texts: its text; ascending.
    """

    numbers: NDArray[np.int64]
    lines: NDArray[np.int64]
    texts: NDArray[np.int64]


class RougeTokenizer(ABC):
    """Numbers the tokens of texts.

    Attributes:
        name: what `--rouge` calls it.
        stemmer: what its stemmer is called in a signature, or "none".
    """

    name: ClassVar[str] = ""
    stemmer: str = "none"

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._next = count()
        self._cache = _Cache(self)

    def lines(self, text: str) -> list[list[int]]:
        """Return the token numbers of each line of a text, without the lines that have none."""
        lines: list[list[int]] = [[]]
        for number in map(self._cache.__getitem__, self._split(text)):
            if number == _LINE_END:
                lines.append([])
            else:
                lines[-1].append(number)
        return [line for line in lines if line]

    def tokens(self, texts: Sequence[str]) -> NumberedTokens:
        """Return the tokens of many texts at once: one pass over all of them is cheaper than many."""
        split = self._split("\n".join(texts))
        numbers = np.fromiter(map(self._cache.__getitem__, split), np.int64, len(split))
        lines = np.cumsum(numbers == _LINE_END)
        of_text = np.repeat(np.arange(len(texts)), [text.count("\n") + 1 for text in texts])
        real = numbers != _LINE_END
        return NumberedTokens(numbers[real], lines[real], of_text[lines[real]])

    @abstractmethod
    def _split(self, text: str) -> Sequence[bytes | str]:
        """Return the words of a text, with a NUL for every line break."""

    @abstractmethod
    def _stem(self, word: str) -> str:
        """Return the stem of one word."""

    def _number(self, word: str) -> int:
        # A counter, since two threads may come here at once; a number that nobody gets is no harm.
        return self._numbers.setdefault(self._stem(word), next(self._next))


class _Cache(dict["bytes | str", int]):
    """Numbers of words; asks the tokenizer for the ones it does not hold."""

    def __init__(self, tokenizer: RougeTokenizer) -> None:
        super().__init__({"\0": _LINE_END, b"\0": _LINE_END})
        self._tokenizer = tokenizer

    def __missing__(self, word: bytes | str) -> int:
        number = self._tokenizer._number(word.decode() if isinstance(word, bytes) else word)
        self[word] = number
        return number


def _split_ascii(text: bytes) -> list[bytes]:
    return text.translate(_SEPARATE).replace(b"\0", b" \0 ").split()


class RougeScoreTokenizer(RougeTokenizer):
    """Runs of a-z and 0-9, as Google's rouge-score 0.1.2; its stemmer is Porter's with NLTK's extensions."""

    name = "rouge-score"

    def __init__(self, stemmer: bool = True) -> None:
        super().__init__()
        self._stems = stemmer
        self.stemmer = "porter-nltk" if stemmer else "none"

    def _split(self, text: str) -> list[bytes]:
        return _split_ascii(text.lower().encode("ascii", "replace"))

    def _stem(self, word: str) -> str:
        return porter_stem(word) if self._stems and len(word) > 3 else word


class PerlTokenizer(RougeTokenizer):
    """Runs of a-z and 0-9, as ROUGE-1.5.5; with -m, WordNet's exceptions first and then its stemmer."""

    name = "perl"

    def __init__(self, stemmer: bool = True) -> None:
        super().__init__()
        self._stems = stemmer
        self._exceptions = _exceptions() if stemmer else {}
        self.stemmer = "wordnet-2.0+porter" if stemmer else "none"

    def _split(self, text: str) -> list[bytes]:
        return _split_ascii(text.encode("ascii", "replace").lower())

    def _stem(self, word: str) -> str:
        if not self._stems or len(word) <= 3:
            return word
        return self._exceptions.get(word) or perl_stem(word)


class UnicodeTokenizer(RougeTokenizer):
    """Words of any script; single characters where a script puts no spaces between words.

    Letters, marks and numbers belong to words after NFKC and case folding; the stemmer is the language's
    own (Snowball), so that an accent is a letter like any other.
    """

    name = "unicode"

    def __init__(self, stemmer: bool = True, language: str = "en") -> None:
        super().__init__()
        self._stems = stemmer
        self._language = language
        self._characters = _Characters()
        self.stemmer = f"snowball-{language}" if stemmer and has_stemmer(language) else "none"

    def _split(self, text: str) -> list[str]:
        return unicodedata.normalize("NFKC", text).casefold().translate(self._characters).split()

    def _stem(self, word: str) -> str:
        if not self._stems or len(word) <= 3:
            return word
        from summarize.language.text import stems

        return str(stems([word], self._language)[0])


class _Characters(dict[int, str]):
    """What becomes of a character: itself inside a word, itself apart, nothing, or a blank."""

    def __init__(self) -> None:
        super().__init__({ord("\n"): " \0 "})

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if category[0] in "LMN":
            alone = any(first <= code <= last for first, last in _SPACELESS)
            kept = f" {character} " if alone else character
        else:
            kept = "" if category == "Cf" else " "  # joiners and soft hyphens stand inside words
        self[code] = kept
        return kept


def has_stemmer(language: str) -> bool:
    """Tell whether Snowball stems a language.

    Example:
        >>> has_stemmer("fr"), has_stemmer("zh")
        (True, False)
    """
    from summarize.language.text import snowball

    return snowball(language) is not None


def _exceptions() -> dict[str, str]:
    """Read WordNet's exception lists: an inflected form and its base form.

    A word in several lists has the base form of the last one, as in ROUGE's own database.
    """
    found: dict[str, str] = {}
    for part_of_speech in ("adj", "adv", "noun", "verb"):
        text = (files(__package__) / "wordnet" / f"{part_of_speech}.exc").read_text(encoding="ascii")
        for line in text.splitlines():
            inflected, base, *_ = line.split()
            found[inflected] = base
    return found


TOKENIZERS: dict[str, type[RougeTokenizer]] = {
    kind.name: kind for kind in (RougeScoreTokenizer, PerlTokenizer, UnicodeTokenizer)
}
