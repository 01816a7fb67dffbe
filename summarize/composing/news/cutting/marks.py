"""Which commas, dashes and quotation marks stay in a compressed sentence, and what they set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable

from summarize.encoder import Analysis
from summarize.language.tagged import DASHES

_SEPARATORS = frozenset({",", ";", ":"})
_QUOTES = frozenset("\"“”‘’'«»`")
_BRACKETS = frozenset("()[]")
_INITIALS = re.compile(r"\(([A-Z][A-Z&]{1,5})\)")
MARKS = _SEPARATORS | DASHES | _QUOTES | _BRACKETS
# What follows the word it depends on behind a comma, and what precedes it before one.
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_BEHIND = frozenset({"appos", "relcl", "parataxis", "ccomp"})
_AHEAD = frozenset({"prep", "advcl", "advmod", "npadvmod", "ccomp", "acl"})


def with_marks(a: Analysis, kept: int) -> int:
    """Add to the kept words the marks that they need, as bits."""
    tokens, spaced = a.words.tokens, a.words.spaced
    for start, end in a.words.quotations:
        if any(kept >> i & 1 and tokens[i][0].isalnum() for i in range(start + 1, end - 1)):
            kept |= 1 << start | 1 << end - 1
    separators, gone = [], asides(a)
    for i, token in enumerate(tokens):
        joins = token in {"-", "–", "’", "'"} and not spaced[i] and 0 < i < len(tokens) - 1
        if joins and (token in {"’", "'"} or not spaced[i + 1]):
            kept |= (kept >> i - 1 & 1 and (kept >> i + 1 & 1 or token in {"’", "'"})) << i
        elif (token in _SEPARATORS or token in DASHES) and not gone >> i & 1:
            separators.append(i)
    words = kept & ~sum(1 << i for i in separators)
    stay = 0
    for place, i in enumerate(separators):
        left = separators[place - 1] + 1 if place else 0
        right = separators[place + 1] if place + 1 < len(separators) else len(tokens)
        after = words & ((1 << right) - (1 << i + 1))
        opener = _opener(a, stay, i, left - 1)
        enclosed = opener >= 0 and words & ((1 << i) - (1 << opener))
        next_to = next((k for k in range(i + 1, right) if a.relations[k] not in {"aux", "auxpass"}), right)
        parts = (
            a.words.tokens[i] in {":", ";"} or not stay or words & ((1 << i) - (1 << stay.bit_length() - 1))
        )
        closes = enclosed and words >> next_to & 1
        if after and words & ((1 << i) - 1) and (closes or _needed(a, words, i)) and parts:
            stay |= 1 << i
    return _paired(a, words | stay)


def _paired(a: Analysis, kept: int) -> int:
    """Add or take the one comma that leaves another alone between a subject and its verb.

    "Jac Holmes, | 22, | from Leeds, left" needs another one, "will surely, | in the end, | produce" none.
    """
    for subject, relation in enumerate(a.relations):
        verb = a.heads[subject]
        if relation not in _SUBJECTS or verb <= subject or not kept >> subject & 1 or not kept >> verb & 1:
            continue
        between = range(subject + 1, verb)
        if all(kept >> i & 1 for i in between):
            continue
        commas = [i for i in between if a.words.tokens[i] == ","]
        stay = [i for i in commas if kept >> i & 1]
        listed = any(a.words.lower[i] in {"and", "or"} and kept >> i & 1 for i in between)
        if listed or len(stay) % 2 == 0:
            continue
        lost = [i for i in commas if not kept >> i & 1 and _stands_between(a, kept, i, subject, verb)]
        behind = [i for i in lost if i > stay[-1]]
        if len(stay) == 1:
            kept ^= 1 << (behind[-1] if behind else lost[-1] if lost else stay[0])
        elif behind:  # of three, one may stand inside a place: "Leeds, Alabama,"
            kept |= 1 << behind[-1]
    return kept


def _stands_between(a: Analysis, kept: int, mark: int, subject: int, verb: int) -> bool:
    """Whether a comma would stand between kept words, beside no other mark."""
    ahead = next((i for i in range(mark + 1, verb + 1) if kept >> i & 1), verb)
    before = next((i for i in range(mark - 1, subject - 1, -1) if kept >> i & 1), subject)
    inside = ahead == verb or a.heads[ahead] == verb or not kept >> mark - 1 & 1 or not kept >> mark + 1 & 1
    return inside and MARKS.isdisjoint((a.words.tokens[ahead], a.words.tokens[before]))


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
    if a.words.tokens[mark] in {":", ";"} or a.words.lower[mark + 1] == "according":
        return True
    if words >> mark + 1 & 1 and words >> mark - 1 & 1:
        return True
    ahead = words >> mark + 1
    first = mark + 1 + (ahead & -ahead).bit_length() - 1
    top = first
    while a.heads[top] >= first:
        top = a.heads[top]
    if a.words.lower[first] == "that":
        return False  # "insisted, | however, | that"
    participle = a.relations[top] in {"advcl", "acl"} and a.words.tags[first] in {"VBG", "VBN"}
    begins = a.subtree[top] & ((1 << mark) - 1) == 0
    if a.heads[top] >= 0 and begins and (a.relations[top] in _BEHIND or participle):
        return True
    last = (words & ((1 << mark) - 1)).bit_length() - 1
    top = last
    while 0 <= a.heads[top] <= last:
        top = a.heads[top]
    verb = a.heads[top]
    return (
        verb > last
        and a.relations[top] in _AHEAD
        and (a.heads[mark] == verb or not _closed_later(a, mark, verb))
    )


def _closed_later(a: Analysis, mark: int, verb: int) -> bool:
    """Whether a comma of the verb's own stands between: "after Knox, 27, | in the murder, | many ask"."""
    return any(a.words.tokens[i] == "," and a.heads[i] == verb for i in range(mark + 1, verb))


def asides(a: Analysis) -> int:
    """What stands in brackets, or between two dashes, as bits: no line that is cut keeps it."""
    mask = brackets(a)
    dashed = None
    for i, token in enumerate(a.words.tokens):
        if token in DASHES and a.words.spaced[i] and not mask >> i & 1:
            if dashed is not None and not dashed < a.root < i:
                mask |= (1 << i + 1) - (1 << dashed)
                dashed = None
            else:
                dashed = i
    return mask


def brackets(a: Analysis, initials: frozenset[str] = frozenset()) -> int:
    """What stands in brackets, as bits: no line keeps it, but for an editor's words in a quotation.

    Args:
        a: the sentence.
        initials: those that a later line uses: they stay where they are introduced, "the Association (FA)".
    """
    mask, opened = 0, None
    quoted = {i for start, end in a.words.quotations for i in range(start, end)}
    for i, token in enumerate(a.words.tokens):
        if token in {"(", "["}:
            opened = i
        elif token in {")", "]"} and opened is not None:
            introduces = "".join(a.words.tokens[opened + 1 : i]) in initials
            quotes = token == "]" and i in quoted
            if not (introduces or quotes or _is_changed_letter(a, opened, i)):
                mask |= (1 << i + 1) - (1 << opened)
            opened = None
    return mask if not mask >> a.root & 1 else 0


def initials_used(line: str, later: Iterable[str]) -> frozenset[str]:
    """Return the initials that a line introduces in brackets and a later one uses."""
    introduced = frozenset(_INITIALS.findall(line))
    return frozenset(one for one in introduced if any(re.search(rf"\b{one}\b", other) for other in later))


def _is_changed_letter(a: Analysis, opened: int, closed: int) -> bool:
    """Whether brackets hold the start of the word behind them: "[w]e have"."""
    inside = a.words.tokens[opened + 1 : closed]
    follows = closed + 1 < len(a) and not a.words.spaced[closed + 1]
    return follows and len(inside) == 1 and len(inside[0]) == 1 and a.words.tokens[closed + 1][0].isalpha()
