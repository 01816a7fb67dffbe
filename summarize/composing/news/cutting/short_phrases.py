"""Phrases that headlines say in one word, whatever the tree: "PM" for "prime minister". English only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from summarize.encoder import Analysis
from summarize.language.related import INITIALS
from summarize.language.tagged import POSSESSIVE

_Phrases = dict[tuple[str, ...], str]


def _each(said_for: Mapping[str, Sequence[str]]) -> _Phrases:
    return {tuple(phrase.split()): said for said, phrases in said_for.items() for phrase in phrases}


_PHRASES = _each(
    {
        "aged": ["at the age of"],
        "after": ["in the wake of", "in the aftermath of"],
        "amid": ["in the midst of"],
        "during": ["over the course of", "in the course of"],
        "for": ["in favour of", "in favor of", "on behalf of"],
        "in": ["as part of"],
        "over": ["in connection with"],
        "to": ["in an attempt to", "in an effort to", "in a bid to", "in order to"],
        "several": ["a number of"],
        "most": ["the majority of", "a majority of"],
        "PM": ["prime minister"],
        "PMs": ["prime ministers"],
        "CEO": ["chief executive officer"],
        "MP": ["member of parliament"],
        "MPs": ["members of parliament"],
        "Labour": ["labour party"],
    }
)
_BEFORE_NUMBERS = _each(
    {
        "over": ["more than", "in excess of"],
        "under": ["less than", "fewer than"],
        "up to": ["as many as", "as much as"],
        "": ["a total of"],
    }
)
_VERBS = _each(
    {
        "admit": ["plead guilty to"],
        "admits": ["pleads guilty to"],
        "admitted": ["pleaded guilty to", "pled guilty to"],
        "admitting": ["pleading guilty to"],
        "deny": ["plead not guilty to"],
        "denies": ["pleads not guilty to"],
        "denied": ["pleaded not guilty to", "pled not guilty to"],
        "denying": ["pleading not guilty to"],
        "sue": ["file a lawsuit against", "file suit against"],
        "sues": ["files a lawsuit against", "files suit against"],
        "sued": ["filed a lawsuit against", "filed suit against"],
        "suing": ["filing a lawsuit against", "filing suit against"],
        "quit": ["step down", "stepped down"],
        "quits": ["steps down"],
        "quitting": ["stepping down"],
        "reject": ["turn down"],
        "rejects": ["turns down"],
        "rejected": ["turned down"],
        "rejecting": ["turning down"],
        "died": ["passed away"],
        "convicted": ["found guilty"],
        "detained": ["taken into custody"],
    }
)
# Those of people, as they are said in short.
TITLES = frozenset({"PM", "PMs", "CEO", "MP", "MPs"})
_LONGEST = max(map(len, chain(_PHRASES, _BEFORE_NUMBERS, _VERBS, INITIALS)))
_FIRST = frozenset(phrase[0].lower() for phrase in chain(_PHRASES, _BEFORE_NUMBERS, _VERBS, INITIALS))
_DENYING = frozenset({"no", "not", "nothing", "little", "n't"})


def found(a: Analysis) -> Iterator[Mapping[int, str]]:
    """Yield what is said in the place of each word of a phrase."""
    i = 0
    while i < len(a):
        form = _percent(a, i)
        if not form and a.words.lower[i] in _FIRST:
            form = _initials(a, i) or _phrase(a, i)
        if form:
            yield form
        i = max(form, default=i) + 1


def _percent(a: Analysis, i: int) -> Mapping[int, str]:
    """ "5%" for "5 percent" and "5 per cent"."""
    low = a.words.lower
    if not low[i][-1].isdigit():
        return {}
    if low[i + 1 : i + 3] == ["per", "cent"]:
        return {i: a.words.tokens[i], i + 1: "", i + 2: "%"}
    return {i: a.words.tokens[i], i + 1: "%"} if low[i + 1 : i + 2] == ["percent"] else {}


def _initials(a: Analysis, i: int) -> Mapping[int, str]:
    """ "US" for "United States", without the "'s" behind it."""
    for size in range(min(_LONGEST, len(a) - i), 1, -1):
        said = INITIALS.get(tuple(a.words.tokens[i : i + size]))
        if said:
            owns = i + size < len(a) and a.words.lower[i + size] in POSSESSIVE
            return _all_in_last(i, size, said) | ({i + size: ""} if owns else {})
    return {}


def _phrase(a: Analysis, i: int) -> Mapping[int, str]:
    """ "over" for "more than" before a number, "sued" for "filed a lawsuit against"."""
    for size in range(min(_LONGEST, len(a) - i), 1, -1):
        words = tuple(a.words.lower[i : i + size])
        if words in _VERBS and a.words.tags[i].startswith("VB"):
            return {i: _VERBS[words]} | dict.fromkeys(range(i + 1, i + size), "")
        if words in _PHRASES:
            return _all_in_last(i, size, _PHRASES[words])
        follows = a.words.tags[i + size] if i + size < len(a) else ""
        denied = i > 0 and a.words.lower[i - 1] in _DENYING
        if words in _BEFORE_NUMBERS and follows in {"CD", "$"} and not denied:
            return _all_in_last(i, size, _BEFORE_NUMBERS[words])
    return {}


def _all_in_last(i: int, size: int, said: str) -> dict[int, str]:
    """Nothing said for the words from i on but in the place of the last."""
    return dict.fromkeys(range(i, i + size - 1), "") | {i + size - 1: said}
