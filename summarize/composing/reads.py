"""Whether what is left of a sentence reads as a headline: a subject, its verb, whole clauses, an end."""

from __future__ import annotations

from collections.abc import Sequence

from summarize.composing.cuts import may_end
from summarize.composing.editing import is_whole
from summarize.language.tagged import FINITE, NOUN, RELATIVE, SUBORDINATE, Tagged
from summarize.language.text import word_count
from summarize.language.words import word_set

_NO_OPENING = RELATIVE | FINITE | {"PRP", "PRP$", "CC", "IN", "POS", "VB", ",", ":"}
_COUNTING = word_set("at over under about around more less up nearly almost")
_STANDALONE_QUOTES = frozenset("'‘’")


def may_read(sentence: Tagged, verb: int) -> bool:
    """Tell whether any part of a sentence can pass `reads`: it has a verb, and a noun before it.

    Args:
        sentence: what is to be cut.
        verb: index of the verb that must be left, as `headlinese.rewrite` found it.
    """
    before = sentence.tags[: min(verb, sentence.verb)]
    return verb < len(sentence) and any(kind in NOUN or kind == "CD" for kind in before)


def reads(sentence: Tagged, removed: int, verb: int, text: str) -> bool:
    """Tell whether a headline may be printed.

    Args:
        sentence: what it was cut from.
        removed: the tokens left out, as bits.
        verb: index of the verb that must be left, as `headlinese.rewrite` found it.
        text: the headline.
    """
    kept = [i for i in range(len(sentence)) if not removed >> i & 1]
    while kept and not sentence.tokens[kept[-1]][-1].isalnum() and sentence.tokens[kept[-1]] in ",;:-–—":
        kept.pop()
    if len(kept) < 3 or verb not in kept or word_count(text) < 3 or not is_whole(text):
        return False
    return (
        _opens(sentence, kept)
        and _has_subject(sentence, kept, verb)
        and may_end(sentence, kept[-1])
        and _clauses_are_whole(sentence, kept)
        and _subjects_have_verbs(sentence, kept, verb)
        and _marks_are_paired(sentence, kept, verb)
        and not _splits_absolute(sentence, kept)
    )


def _opens(s: Tagged, kept: Sequence[int]) -> bool:
    first = kept[0]
    if s.lower[first] in _COUNTING and any(s.tags[i] == "CD" for i in kept[1:4]):
        return True
    return s.tags[first] not in _NO_OPENING and s.lower[first] not in {
        "this",
        "that",
        "these",
        "those",
        "there",
    }


def _has_subject(s: Tagged, kept: Sequence[int], verb: int) -> bool:
    before = [i for i in kept if i < min(verb, s.verb)]
    if not any(s.tags[i] in NOUN or s.tags[i] == "CD" for i in before):
        return False
    # "Moss: He will be paid": the verb's own subject must be a name or a noun.
    return s.tags[before[-1]] not in {"PRP", "EX", "CC", "IN"}


def _clauses_are_whole(s: Tagged, kept: Sequence[int]) -> bool:
    """Whether every "who", "after" or "that" still has the verb of its clause, and "to" its own."""
    left = set(kept)
    for place, i in enumerate(kept):
        if s.tags[i] in RELATIVE or s.lower[i] in SUBORDINATE | {"that"}:
            ahead = next((j for j in range(i + 1, min(i + 14, len(s))) if s.tags[j] in FINITE), None)
            if ahead is not None and ahead not in left and i > s.start:
                return False
        following = kept[place + 1] if place + 1 < len(kept) else None
        # A preposition or "and" must keep the word it was followed by.
        if s.tags[i] in {"IN", "TO", "CC"} and (following is None or _lost_its_phrase(s, i, following)):
            return False
    return True


def _subjects_have_verbs(s: Tagged, kept: Sequence[int], verb: int) -> bool:
    """Whether no noun has lost its verb: "announces recorder" from "announced the recorder was found"."""
    left = set(kept)
    for v in range(s.verb + 1, len(s)):
        if s.tags[v] not in FINITE or v in left or v == verb:
            continue
        first = v
        while first > 0 and first - 1 not in left:
            first -= 1
        gone = range(first, v)
        opens = any(
            s.tags[i] in RELATIVE | {"CC", ",", ":", "PRP"}
            or s.lower[i] in SUBORDINATE | {"that"}
            or s.tokens[i] in "–—-;("
            for i in gone
        )
        reduced = any(s.tags[i] in {"DT", "PRP$"} and s.tags[i - 1] in NOUN for i in gone if i > 0)
        if not opens and not reduced:
            return False
    return True


def _lost_its_phrase(s: Tagged, i: int, following: int) -> bool:
    return s.tags[following] in {"IN", "CC", ",", ":"} and s.tags[i + 1] not in {"IN", "CC", ","}


def _splits_absolute(s: Tagged, kept: Sequence[int]) -> bool:
    """Whether ", with Netanyahu in a virtual tie" has lost its beginning, or all that is said of its noun."""
    left = set(kept)
    for i in range(1, len(s)):
        if s.lower[i] != "with" or s.tokens[i - 1] != ",":
            continue
        end = next((j for j in range(i, len(s)) if s.tokens[j] in {",", ";"}), len(s))
        noun = s.phrase_end(i + 1)
        if i not in left and not left.isdisjoint(range(i, end)):
            return True
        if i in left and noun < end and left.isdisjoint(range(noun, end)):
            return True
    return False


def _marks_are_paired(s: Tagged, kept: Sequence[int], verb: int) -> bool:
    single = sum(s.tokens[i] in _STANDALONE_QUOTES for i in kept)
    was_single = sum(token in _STANDALONE_QUOTES for token in s.tokens)
    if single != was_single and single % 2:
        return False
    subject = [i for i in kept if i < verb]
    commas = sum(s.tokens[i] == "," for i in subject)
    return commas % 2 == 0 or any(s.lower[i] in {"and", "or"} for i in subject)
