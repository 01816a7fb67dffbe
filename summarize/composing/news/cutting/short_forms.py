"""What headlines say in fewer words: initials, "over" for "more than", "jailed" for "sentenced to prison".

A short form stands for words that all stay: they count as kept, but only what is said takes room.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from summarize.composing.news.cutting import short_clauses, short_phrases
from summarize.composing.news.cutting.short_phrases import TITLES
from summarize.encoder import Analysis

_TITLES = [{title} for title in TITLES]


@dataclass(frozen=True, slots=True)
class InShort:
    """A sentence with what may be said in fewer words.

    Attributes:
        a: the sentence; a word that is not said takes no room, and a verb may be another.
        said: what is said in place of some words, "" where nothing is.
        forms: the words that each short form stands for, as bits: all of them stay, or none.
        bound: the words that stay where the rest of their form does, as bits.
        titles: what is said in place of the words of a title, which is written out where there is room.
    """

    a: Analysis
    said: Mapping[int, str]
    forms: Sequence[int]
    bound: int
    titles: Mapping[int, str]

    def holds(self, kept: int) -> bool:
        """Whether no short form is torn by what is kept."""
        return all(kept & form in {0, form} for form in self.forms)


def in_short(a: Analysis) -> InShort:
    """Return a sentence with all its short forms."""
    said, forms, taken, bound = dict[int, str](), list[int](), 0, 0
    titles = dict[int, str]()
    for form in _found(a):
        mask = sum(1 << i for i in form)
        if mask & taken:
            continue
        taken |= mask
        forms.append(mask)
        said |= {i: word for i, word in form.items() if word != a.words.tokens[i]}
        bound |= _bound(a, mask)
        if set(form.values()) - {""} in _TITLES:  # not "Barclays CEO"
            titles |= form
    return InShort(_spoken(a, said) if forms else a, said, forms, bound, titles)


def _found(a: Analysis) -> Iterator[Mapping[int, str]]:
    """The short forms of a sentence: what is said in the place of each of their words. The first one wins."""
    quoted = sum((1 << end) - (1 << start) for start, end in a.words.quotations)
    for form in (*short_clauses.found(a), *short_phrases.found(a)):
        if not any(quoted >> i & 1 for i in form):
            yield form


def _bound(a: Analysis, form: int) -> int:
    """The words of a form that must not go alone, as bits: all, but one that the others depend on."""
    tops = [i for i in range(len(a)) if form >> i & 1 and not any(form >> k & 1 for k in _above(a, i))]
    return form & ~(1 << tops[0]) if len(tops) == 1 else form


def _above(a: Analysis, word: int) -> Iterator[int]:
    """The words that a word depends on, one by one."""
    while (word := a.heads[word]) >= 0:
        yield word


def _spoken(a: Analysis, said: Mapping[int, str]) -> Analysis:
    """The sentence in which what is not said takes no room and a verb is the one that is said."""
    words = copy.copy(a.words)
    verbs = {
        i: word
        for i, word in said.items()
        if word and a.words.tags[i].startswith("VB") and a.relations[i] != "prep"
    }
    silent = {i for i, word in said.items() if not word or word == "%"}
    vars(words).update(
        spaced=[spaced and i not in silent for i, spaced in enumerate(a.words.spaced)],
        lower=[verbs.get(i, word) for i, word in enumerate(a.words.lower)],
        tokens=[verbs.get(i, word) for i, word in enumerate(a.words.tokens)],
    )
    return replace(a, words=words)
