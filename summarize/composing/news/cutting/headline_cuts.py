"""What every headline does without: what leads up to its subject, the day of what has happened, "that"."""

from __future__ import annotations

import re

from summarize.composing.news.cutting.constituents import CONDITIONS, PRICES
from summarize.encoder import Analysis
from summarize.language.tagged import BE, HAVE, VERB
from summarize.language.words import WEEKDAYS

_NEAR = 5  # words from "announced" to the "that" of what was: "announced on Sunday that"
_DOUBTS = CONDITIONS | {
    "reportedly",
    "allegedly",
    "purportedly",
    "apparently",
    "possibly",
    "perhaps",
    "probably",
}
_THE_DAY = (
    WEEKDAYS
    | {day.lower() for day in WEEKDAYS}
    | {"yesterday", "today", "earlier", "morning", "evening", "afternoon", "night", "late", "early"}
)


# What leads on from another sentence, or tells apart what a headline has no room for.
_FILLERS = frozenset({"also", "respectively", "meanwhile", "therefore", "thus"})

# "At 10:00 a.m. local time": parts of an hour of the day.
_CLOCK = re.compile(
    r"at|about|around|\d{1,2}(?:[:.]\d\d)?(?:am|pm)?|[ap]\.m\.?|gmt|bst|utc|[ecmp][sd]?t|local|time"
)


def openers(a: Analysis, subject: int) -> int:
    """Return what stands ahead of the subject and may go, as bits: "On Monday, in a statement,".

    A headline begins with its subject, and no line with "Later" or "Meanwhile".
    """
    first = (a.subtree[subject] & -a.subtree[subject]).bit_length() - 1
    head = a.heads[subject]
    ahead = (1 << first) - 1
    mask = 0
    for word in a.children[head] if head >= 0 else []:
        below = a.subtree[word]
        if below & ~ahead or a.relations[word] not in PRICES:
            continue
        if _DOUBTS.isdisjoint(a.words.lower[i] for i in range(first) if below >> i & 1):
            mask |= below
    return mask


def complementizers(a: Analysis) -> int:
    """The "that" of "says that", as bits: a headline does without it."""
    return sum(
        1 << i
        for i, relation in enumerate(a.relations)
        if relation == "mark"
        and a.words.lower[i] == "that"
        and 0 <= i - a.heads[a.heads[i]] <= _NEAR
        and a.words.tags[a.heads[a.heads[i]]] in VERB  # not the news that somebody died
        and a.words.lower[a.heads[a.heads[i]]] not in BE  # "one theory is that"
    )


def fillers(a: Analysis) -> int:
    """Return the words that join a sentence to others or tell little, as bits: "also", "just", "some".

    Not "but also", and not the "have" that a denial needs. What the tree takes for a mark hangs on nothing.
    """
    rules = (_joins, _counts_little, _has_done, _is_taken_for_mark)
    return sum(1 << i for i in range(len(a)) if any(rule(a, i) for rule in rules))


def _is_taken_for_mark(a: Analysis, i: int) -> bool:
    """ "as it promised it would"."""
    return a.relations[i] == "punct" and a.words.tags[i] == "MD"


def _joins(a: Analysis, i: int) -> bool:
    """ "also", "meanwhile", "just used"."""
    low, before = a.words.lower[i], a.words.lower[i - 1]
    if a.relations[i] != "advmod" or a.children[i]:
        return False
    just = low == "just" and before != "not" and a.words.tags[min(i + 1, len(a) - 1)] in VERB
    return just or (low in _FILLERS and before != "but")


def _counts_little(a: Analysis, i: int) -> bool:
    """ "some insights"."""
    noun = a.heads[i]
    little = a.words.lower[i] == "some" and a.relations[i] == "det" and a.words.tags[noun] == "NNS"
    return little and a.relations[noun] in {"dobj", "pobj"}


def _has_done(a: Analysis, i: int) -> bool:
    """The "have" of "men who have purchased brides": the participle alone is a past tense."""
    verb = a.heads[i]
    if a.words.lower[i] not in HAVE or a.relations[i] != "aux" or a.relations[verb] != "relcl":
        return False
    alone = not any(a.relations[c] in {"neg", "auxpass", "aux"} and c != i for c in a.children[verb])
    return alone and a.words.tags[verb] == "VBN" and a.words.lower[verb].endswith("ed")


def days(a: Analysis, verb: int) -> int:
    """The "on Monday" and "yesterday" of what has happened, as bits: a headline's news is of now."""
    if a.words.tags[verb] not in {"VBD", "VBZ"}:
        return 0
    mask = 0
    for i, relation in enumerate(a.relations):
        low = {a.words.lower[j] for j in range(len(a)) if a.subtree[i] >> j & 1} - {",", "on"}
        if a.words.lower[i] == "at":
            low = {word for word in low if not _CLOCK.fullmatch(word)} or {"today"}
        if (
            relation in {"npadvmod", "prep", "nmod"}
            and low
            and low <= _THE_DAY
            and a.words.tags[a.heads[i]] in VERB
        ):
            mask |= a.subtree[i]
    return mask
