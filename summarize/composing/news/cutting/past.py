"""When a headline may not speak in the present, and what follows the main verb into it. English only."""

from __future__ import annotations

from collections.abc import Iterator

from summarize.composing.headlinese import Rewrite
from summarize.composing.news.cutting.clauses import Clause
from summarize.composing.news.cutting.needs import is_background
from summarize.composing.verb_forms import base_form, regular_forms, third_person
from summarize.encoder import Analysis
from summarize.language.tagged import FINITE
from summarize.language.words import SAYING, word_set

# Relations on the way from a verb to what says when it happened.
_ON_THE_WAY = frozenset(
    {"prep", "pobj", "pcomp", "advcl", "npadvmod", "advmod", "agent", "dobj", "xcomp", "acomp", "attr"}
)
# What people do in pictures, in the present: captions stand among the sentences of some articles.
_PICTURED = frozenset(
    form
    for verb in word_set(
        """leave arrive walk wait sit stand hold look watch check drop close celebrate wave carry smile meet
        greet pose attend address gesture shake inspect lie rest burn rise fill line gather march protest
        demonstrate pray mourn light lay battle search patrol guard appear perform sing read ride drive fly
        land cross embrace hug kiss cry react cheer listen visit tour speak talk work prepare sign testify"""
    )
    for form in (verb, regular_forms(verb)[3])  # all regular: no table is read at start-up
)
_TIMES = frozenset({"prep", "npadvmod", "advmod"})
# What somebody who says so does as he speaks: "police said they believed".
_MINDS = word_set("believed thought wanted hoped expected feared felt knew needed planned intended supported")
_NOW = {"was": "is", "were": "are"}


def is_caption(a: Analysis) -> bool:
    """Whether a sentence tells in the present what somebody does in a picture."""
    return a.words.tags[a.root] in {"VBZ", "VBP"} and a.words.lower[a.root] in _PICTURED


def background(a: Analysis, clause: Clause) -> int:
    """Return the topmost words, as bits, of all that places a clause in another time: "in 2005".

    What leads to it is among them: "after being attacked in 2005" stays where it would lose its year.
    """
    if a.words.tags[clause.verb] != "VBD":
        return 0
    found, below = 0, [(clause.root, 0)]
    while below:
        word, way = below.pop()
        for child in a.children[word]:
            if a.relations[child] not in _ON_THE_WAY:
                continue
            if a.relations[child] in _TIMES and _is_date(a, child):
                found |= way | 1 << child
            else:
                below.append((child, way | 1 << child))
    return found


def _is_date(a: Analysis, word: int) -> bool:
    """Whether a constituent says when, and that is long ago."""
    mask = a.subtree[word]
    dated = {i for name in a.names if name.kind == "DATE" for i in range(name.start, name.end)}
    if mask.bit_count() == 1 and a.relations[word] == "npadvmod":
        return False  # "2020 candidate Wayne Tseng"
    only = all(
        i in dated or a.relations[i] in {"prep", "punct", "det"} for i in range(len(a)) if mask >> i & 1
    )
    return only and a.words.lower[word] not in {"from", "since"} and is_background(a, mask)


def with_present(a: Analysis, clause: Clause, change: Rewrite) -> None:
    """Put what hangs on a main verb into the present with it: "dies when she is hit"."""
    if clause.verb not in change.replaced:
        return
    several = change.replaced[clause.verb] == base_form(a.words.lower[clause.verb])
    for below in a.children[clause.root]:
        for joined in _joined_past(a, below):
            _joined(a, joined, change, several=several)
        if a.relations[below] == "ccomp" and below > clause.verb and a.words.lower[clause.root] in SAYING:
            _unshift(a, below, change)
        marks = {a.words.lower[c] for c in a.children[below] if a.relations[c] in {"mark", "advmod"}}
        if a.relations[below] == "advcl" and not marks.isdisjoint({"when", "while", "as"}):
            _at_the_same_time(a, below, change)


def _joined_past(a: Analysis, verb: int) -> Iterator[int]:
    """A verb in the past that is joined to the one it depends on, and those that are joined to it."""
    if a.relations[verb] == "conj" and a.words.tags[verb] == "VBD":
        yield verb
        for below in a.children[verb]:
            yield from _joined_past(a, below)


def _joined(a: Analysis, below: int, change: Rewrite, *, several: bool) -> None:
    """The present of what the subject did besides: "shoots and kills", "attacks and police shoot"."""
    low, base = a.words.lower[below], base_form(a.words.lower[below])
    if low in _NOW or base is None or low in {"had", "did"}:
        return
    own = [c for c in a.children[below] if a.relations[c] in {"nsubj", "nsubjpass"}]
    change.replaced[below] = base if (_is_several(a, own[0]) if own else several) else third_person(base)


def _at_the_same_time(a: Analysis, below: int, change: Rewrite) -> None:
    """The present in a "when" clause."""
    subject = next((c for c in a.children[below] if a.relations[c] in {"nsubj", "nsubjpass"}), None)
    verb = next((c for c in [*a.children[below], below] if c <= below and a.words.tags[c] == "VBD"), None)
    if subject is None or verb is None:
        return
    low, base = a.words.lower[verb], base_form(a.words.lower[verb])
    if low in _NOW:
        change.replaced[verb] = _NOW[low]
    elif base is not None and low not in {"had", "did"}:
        change.replaced[verb] = base if _is_several(a, subject) else third_person(base)


def _is_several(a: Analysis, subject: int) -> bool:
    """Whether the subject of a clause below the main verb is more than one."""
    return a.words.tags[subject] in {"NNS", "NNPS"} or a.words.lower[subject] in {"they", "we", "police"}


def _unshift(a: Analysis, told: int, change: Rewrite) -> None:
    """Take back the tense of reported speech: "announced she was endorsing", "had agreed", "would leave"."""
    first = next(
        (c for c in a.children[told] if a.relations[c] in {"aux", "auxpass"} and a.words.tags[c] in FINITE),
        None,
    )
    low, verb = a.words.lower, a.words.tags[told]
    if first is None:
        if verb == "VBD" and low[told] in _MINDS and (base := base_form(low[told])) is not None:
            subjects = [c for c in a.children[told] if a.relations[c] == "nsubj"]
            several = any(_is_several(a, c) or low[c] in {"i", "you"} for c in subjects)
            change.replaced[told] = base if several else third_person(base)
        return
    below = {low[i] for i in range(len(a)) if a.subtree[told] >> i & 1}
    if low[first] in _NOW and verb == "VBG":
        change.replaced[first] = _NOW[low[first]]
    elif low[first] == "had" and verb == "VBN" and "been" not in below:
        several = any(
            _is_several(a, c) or low[c] == "i"  # "I have"
            for c in a.children[told]
            if a.relations[c] in {"nsubj", "nsubjpass"}
        )
        change.replaced[first] = "have" if several else "has"
    elif low[first] == "would" and below.isdisjoint({"if", "have", "like", "rather"}):
        change.replaced[first] = "will"
