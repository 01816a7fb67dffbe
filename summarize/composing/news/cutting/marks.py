"""Which commas, dashes and quotation marks stay in a compressed sentence."""

from __future__ import annotations

from summarize.encoder import Analysis
from summarize.language.tagged import DASHES

_SEPARATORS = frozenset({",", ";", ":"})
_QUOTES = frozenset("\"“”‘’'«»`")
_BRACKETS = frozenset("()[]")
MARKS = _SEPARATORS | DASHES | _QUOTES | _BRACKETS
# What follows the word it depends on behind a comma, and what precedes it before one.
_BEHIND = frozenset({"appos", "relcl", "parataxis", "ccomp"})
_AHEAD = frozenset({"prep", "advcl", "advmod", "npadvmod", "ccomp", "acl"})


def with_marks(a: Analysis, kept: int) -> int:
    """Add to the kept words the marks that they need, as bits."""
    tokens, spaced = a.words.tokens, a.words.spaced
    for start, end in a.words.quotations:
        if any(kept >> i & 1 and tokens[i][0].isalnum() for i in range(start + 1, end - 1)):
            kept |= 1 << start | 1 << end - 1
    separators = []
    for i, token in enumerate(tokens):
        joins = token in {"-", "–", "’", "'"} and not spaced[i] and 0 < i < len(tokens) - 1
        if joins and (token in {"’", "'"} or not spaced[i + 1]):
            kept |= (kept >> i - 1 & 1 and (kept >> i + 1 & 1 or token in {"’", "'"})) << i
        elif token in _SEPARATORS or token in DASHES:
            separators.append(i)
    words = kept & ~sum(1 << i for i in separators)
    stay = 0
    for place, i in enumerate(separators):
        left = separators[place - 1] + 1 if place else 0
        right = separators[place + 1] if place + 1 < len(separators) else len(tokens)
        after = words & ((1 << right) - (1 << i + 1))
        opener = _opener(a, stay, i, left - 1)
        enclosed = opener >= 0 and words & ((1 << i) - (1 << opener))
        closes = enclosed and words >> i + 1 & 1
        if after and words & ((1 << i) - 1) and (closes or _needed(a, words, i)):
            stay |= 1 << i
    return words | stay


def _opener(a: Analysis, stay: int, mark: int, before: int) -> int:
    """The mark that stays and that this one closes: the one before, or one of the same word; -1 for none."""
    if before >= 0 and stay >> before & 1:
        return before
    siblings = [i for i in range(mark) if stay >> i & 1 and a.heads[i] == a.heads[mark]]
    # The commas of a list open nothing.
    listed = any(
        a.relations[c] == "conj" for i in siblings for c in a.children[a.heads[i]] if a.heads[i] >= 0
    )
    return siblings[-1] if len(siblings) % 2 and not listed else -1


def _needed(a: Analysis, words: int, mark: int) -> bool:
    """Whether a mark still separates what it separated."""
    if words >> mark + 1 & 1 and words >> mark - 1 & 1:
        return True
    ahead = words >> mark + 1
    first = mark + 1 + (ahead & -ahead).bit_length() - 1
    top = first
    while a.heads[top] >= first:
        top = a.heads[top]
    participle = a.relations[top] in {"advcl", "acl"} and a.words.tags[first] in {"VBG", "VBN"}
    begins = a.subtree[top] & ((1 << mark) - 1) == 0
    if a.heads[top] >= 0 and begins and (a.relations[top] in _BEHIND or participle):
        return True
    last = (words & ((1 << mark) - 1)).bit_length() - 1
    top = last
    while 0 <= a.heads[top] <= last:
        top = a.heads[top]
    return a.heads[top] > last and a.relations[top] in _AHEAD
