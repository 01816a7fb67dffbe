"""Words -> the ids of their WordPieces, and what their capitals look like.

WordPiece is greedy, longest match first (Schuster and Nakajima 2012; the uncased vocabulary of Devlin and
others 2019). Words come cut by `summarize.language.tagged`, so that pieces and tags stand for the same words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

FIRST, LAST, UNKNOWN = 101, 102, 100  # [CLS], [SEP] and [UNK] of the vocabulary
MOST_PIECES = 8  # of one word: a longer one is a link or noise
SHAPES = 6
_PLAIN = str.maketrans("’‘“”–—", "''\"\"--")


def shape(word: str) -> int:
    """Return the kind of a word's letters, 1 to 6: mark, digits, small, CAPITALS, Capital first, mIxed."""
    if not any(letter.isalnum() for letter in word):
        return 1
    if any(letter.isdigit() for letter in word):
        return 2
    if word.islower():
        return 3
    if word.isupper() and len(word) > 1:
        return 4
    return 5 if word[0].isupper() and (word[1:].islower() or len(word) == 1) else 6


@lru_cache(maxsize=65_536)
def pieces(word: str) -> tuple[int, ...]:
    """Return the ids of a word's pieces, 1 to 8 of them."""
    table = _vocabulary()
    found = [piece for part in _parts(word) for piece in _longest_pieces(part, table)]
    return tuple(found[:MOST_PIECES]) or (UNKNOWN,)


def _parts(word: str) -> list[str]:
    """The runs of letters and digits of a word without accents, and each mark alone."""
    letters = unicodedata.normalize("NFD", word.lower())
    plain = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn").translate(_PLAIN)
    parts: list[str] = []
    inside = False
    for letter in plain:
        if letter.isspace():
            inside = False
        elif letter.isalnum() and inside:
            parts[-1] += letter
        else:
            parts.append(letter)
            inside = letter.isalnum()
    return parts


def _longest_pieces(part: str, table: Mapping[str, int]) -> list[int]:
    found, start = [], 0
    while start < len(part):
        for end in range(len(part), start, -1):
            piece = table.get(("##" if start else "") + part[start:end])
            if piece is not None:
                found.append(piece)
                start = end
                break
        else:
            return [*found, UNKNOWN]
    return found


@lru_cache(maxsize=1)
def _vocabulary() -> Mapping[str, int]:
    text = files("summarize.encoder").joinpath("weights", "vocabulary.txt").read_text(encoding="utf-8")
    return {piece: index for index, piece in enumerate(text.split("\n"))}
