"""What may be left out of a sentence without breaking its grammar, and at what price.

Nothing is chosen here. The kinds of cuts are those that Dorr, Zajic and Schwartz 2003 ("Hedge Trimmer")
found in newspaper headlines, read off part-of-speech tags instead of a parse. English only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from summarize.composing import vocabulary
from summarize.language.tagged import (
    BE,
    DASHES,
    FINITE,
    IN_NOUN_PHRASE,
    NOUN,
    RELATIVE,
    SUBORDINATE,
    TELLING,
    VERB,
    Tagged,
)
from summarize.language.times import time_length, times
from summarize.language.words import MONTHS, SAYING, WEEKDAYS


@dataclass(frozen=True, slots=True)
class Cut:
    """Tokens `start` to `end` (exclusive) that may be left out; at price 0 they always are."""

    start: int
    end: int
    price: float

    @property
    def mask(self) -> int:
        """The tokens as bits of an integer."""
        return (1 << self.end) - (1 << self.start)


def cuts(sentence: Tagged) -> list[Cut]:
    """Return what may be left out; cuts may overlap, and none reaches into a quotation."""
    makers = (
        _lead,
        _attribution,
        _asides,
        _commas,
        _subject,
        _possessives,
        _times,
        _adverbs,
        _titles,
        _phrases,
        _tails,
    )
    found = chain.from_iterable(maker(sentence) for maker in makers)
    return [cut for cut in found if cut.end > cut.start and not _breaks_quotation(sentence, cut)]


def _breaks_quotation(s: Tagged, cut: Cut) -> bool:
    return any(
        cut.start < end and start < cut.end and not (cut.start <= start and end <= cut.end)
        for start, end in s.quotations
    )


def _lead(s: Tagged) -> Iterator[Cut]:
    # "In a post on Truth Social, | Trump said", "Scam: | Patricia Glancy conned"
    if s.start:
        yield Cut(0, s.start, 0.0)
    for i in range(1, min(5, len(s) - 2)):
        if s.tokens[i] == ":" and not s.finite(0, i):
            yield Cut(0, i + 1, 0.0)
            return


def _attribution(s: Tagged) -> Iterator[Cut]:
    # "..., officials said" at the end, "Police said that | ..." at the beginning
    if (i := s.attribution) < len(s) and i > s.verb:
        yield Cut(i if s.tokens[i] == "," else i + 1, len(s), 0.0 if s.tags[i + 1] == "PRP" else 0.3)
    for i in range(1, min(len(s) - 4, 12)):
        if s.lower[i] in {"said", "says", "say"} and s.tags[i] in VERB:
            rest = i + 1
            while rest < len(s) - 4 and (time_length(s, rest) or s.lower[rest] in {"that", "on"}):
                rest += time_length(s, rest) or 1
            if s.tags[rest] in IN_NOUN_PHRASE and s.finite(rest, min(len(s), rest + 12)):
                yield Cut(
                    0, rest, 0.4 if any(word in vocabulary.GENERIC_SOURCES for word in s.lower[:i]) else 1.5
                )
            return


def _asides(s: Tagged) -> Iterator[Cut]:
    # "(14:00 GMT)", "- and break the arms of -", "- growth that doubles other states"
    opened = None
    for i, token in enumerate(s.tokens):
        if token in {"(", "["}:
            opened = i
        elif token in {")", "]"} and opened is not None:
            yield Cut(opened, i + 1, 0.0)
            opened = None
    dashes = [i for i, token in enumerate(s.tokens) if token in DASHES and (s.spaced[i] or token != "-")]
    if len(dashes) >= 2:
        yield Cut(dashes[0], dashes[1] + 1, 0.05)
    if dashes and dashes[-1] > s.verb + 1:
        yield Cut(dashes[-1], len(s), 0.1)


def _commas(s: Tagged) -> Iterator[Cut]:
    # ", who became its face," and ", a city in the Urals"
    marks = [i for i, token in enumerate(s.tokens) if token in {",", ";"} and i + 1 < len(s)]
    for place, left in enumerate(marks):
        for right in marks[place + 1 : place + 4]:
            if _is_insertion(s, left, right):
                yield Cut(left, right + 1, 0.02)
                break
        if left > s.verb and _is_loose_tail(s, left):
            # Without its article an apposition at the end reads like a list.
            yield Cut(left, len(s), 0.0 if s.tags[left + 1] == "DT" else 0.15)


def _is_insertion(s: Tagged, left: int, right: int) -> bool:
    opener, follows = s.tags[left + 1], s.tags[right + 1]
    if follows not in FINITE and not (opener in RELATIVE and follows in {"RB", "VBN"}):
        return False
    if opener in RELATIVE:
        return True
    if s.main_finite(left + 1, right) and opener not in {"VBG", "VBN", "IN"}:
        return False
    return s.lower[right - 1] not in {"and", "or"} and s.lower[left + 1] not in {"and", "or", "but"}


def _is_loose_tail(s: Tagged, left: int) -> bool:
    opener = s.tags[left + 1]
    if opener in RELATIVE | {"VBG", "VBN", "VBD", "IN", "RB"}:
        return True
    if opener == "CC":
        return s.finite(left + 1, len(s)) or s.lower[left + 1] == "but"
    # An apposition to the end; a list would have an "and" soon.
    listed = "and" in s.lower[left : left + 7]
    return opener in {"DT", "NN", "PRP$"} and not s.finite(left + 1, len(s)) and not listed


def _subject(s: Tagged) -> Iterator[Cut]:
    # "a driver | who killed a woman | has been jailed", "officers | involved in the pursuit | used"
    for i in range(s.start + 1, min(s.verb, len(s) - 1)):
        relative = s.opens_clause(i)
        participle = s.tags[i] in {"VBN", "VBG", "VBD"} and s.tags[i - 1] in NOUN
        participle |= s.tags[i] == "JJ" and s.tags[i - 1] in NOUN and s.tags[i + 1] == "IN"
        if relative or participle:
            yield Cut(i - (s.tokens[i - 1] == ","), s.verb, 0.2 if s.lower[i] in SUBORDINATE else 0.5)


def _possessives(s: Tagged) -> Iterator[Cut]:
    for i, kind in enumerate(s.tags[:-1]):
        if kind == "PRP$" and s.tags[i + 1] in NOUN | {"JJ"}:
            yield Cut(i, i + 1, 0.05)


def _times(s: Tagged) -> Iterator[Cut]:
    for start, end in times(s):
        between = start > 0 and s.tokens[start - 1] == "," and end < len(s) and s.tokens[end] == ","
        # "say Tuesday they found", "fire yesterday destroyed", "was on Monday rammed": out of the verb's way
        told = start > 0 and s.lower[start - 1] in SAYING | BE
        # "suspends parliament yesterday": the present of headlines has no past.
        past = not vocabulary.PAST_TIMES.isdisjoint(s.lower[start:end])
        price = 0.0 if told or past or end == s.verb else 0.02
        yield Cut(start - between, end + between, price)


def _adverbs(s: Tagged) -> Iterator[Cut]:
    for i, word in enumerate(s.lower):
        if (
            s.tags[i] != "RB"
            or word in vocabulary.KEPT_ADVERBS
            or (i + 1 < len(s) and s.tags[i + 1] in {"IN", "CD"} and word in {"just", "now"})
        ):
            continue
        if word in vocabulary.EMPTY_ADVERBS:
            yield Cut(i, i + 1, 0.0)
        elif word in vocabulary.ADVERBS or (word.endswith("ly") and len(word) > 4):
            yield Cut(i, i + 1, 0.02)


def _titles(s: Tagged) -> Iterator[Cut]:
    # "Russian President | Vladimir Putin": the title, and with it the first name
    for i, token in enumerate(s.tokens):
        first = i + 1
        if token not in vocabulary.TITLES or first >= len(s) or s.tags[first] != "NNP" or not s.spaced[first]:
            continue
        end = first
        while (
            end < len(s) and s.tags[end] == "NNP" and s.tokens[end] not in WEEKDAYS | MONTHS and s.spaced[end]
        ):
            end += 1
        start = i
        while (
            start > 0
            and s.tags[start - 1] in {"NNP", "NNPS", "JJ", "NN"}
            and s.spaced[start]
            and s.tokens[start - 1] not in DASHES
        ):
            start -= 1
        yield Cut(start, first, 0.3)
        if end - first in {2, 3} and token not in {"Sir", "Mr.", "Mrs.", "Ms."}:
            yield Cut(start, end - 1, 0.5)


def _phrases(s: Tagged) -> Iterator[Cut]:
    # a preposition with its noun phrase, inside the sentence
    for i in range(1, len(s) - 1):
        if s.tags[i] not in {"IN", "TO"} or s.lower[i] in SUBORDINATE | {"that"}:
            continue
        end = s.phrase_end(i + 1)
        if s.lower[i - 1] in vocabulary.BEFORE_TO and s.lower[i] in {"to", "of"}:
            continue  # "up to 1,000 troops"
        if (
            end == i + 1
            or end >= len(s)
            or s.tags[end] in {"CC", "VB"}
            or s.lower[end] in {"of", "who", "that", "which", "whose"}
        ):
            continue
        if s.tags[end] in {"IN", "TO"} and s.tags[end - 1] not in {"NNP", "CD"}:
            continue  # "home from a night | at the pub": the second phrase hangs on the first
        if s.tags[end] in {"DT", "PRP"} and s.finite(end, end + 5):
            continue  # "at a room | the group was visiting"
        price = _price(s, i)
        if price < 2:
            yield Cut(i, end, price + 0.1)


def _tails(s: Tagged) -> Iterator[Cut]:
    # everything from a preposition, a conjunction or a participle on
    for k in range(max(2, s.verb + 1), len(s)):
        price = _tail_price(s, k)
        if price is not None and price < 3 and may_end(s, k - 1):
            yield Cut(k, len(s), price)


def _tail_price(s: Tagged, k: int) -> float | None:
    word, kind = s.lower[k], s.tags[k]
    clause = word in SUBORDINATE and s.finite(k + 1, len(s))
    if kind in RELATIVE or clause or s.tokens[k] in DASHES | {";", ":"}:
        return 0.15
    if word in {"and", "but"} and k + 1 < len(s):
        end = s.phrase_end(k + 1)
        if s.tags[k + 1] == "VBG" and "VBG" in s.tags[s.verb : k]:
            return 0.25  # "admitted smashing a car | and daubing graffiti"
        return 0.25 if s.tags[k + 1] in FINITE | {"VBN"} or s.finite(end, end + 2) else None
    if kind == "TO":
        bound = s.lower[k - 1] in vocabulary.WANTS_INFINITIVE or s.tags[k - 1] in VERB | {"JJ"}
        return None if bound else 0.6
    if kind == "IN":
        return None if word == "that" else _price(s, k)
    if s.tags[k - 1] not in NOUN:
        return None
    if kind in {"DT", "PRP"} and s.finite(k + 1, k + 5) and not s.finite(s.verb + 1, k):
        # "a room | the group was visiting", but not "announced the recorder | has been found"
        return 0.2 if "IN" in s.tags[s.verb : k] else None
    absolute = ", with" in " ".join(s.lower[max(0, k - 8) : k]).replace(" ,", ",")
    return 0.6 if kind in {"VBG", "VBN"} and not absolute else None


def _price(s: Tagged, i: int) -> float:
    """What the loss of a prepositional phrase costs, by its preposition and what it hangs on."""
    word, before = s.lower[i], s.lower[i - 1]
    price = vocabulary.PRICES.get(word, 0.25 if word in vocabulary.LOOSE else 0.5)
    if word == "of" and (
        s.tags[i - 1] == "CD" or before in vocabulary.AMOUNTS or "the" in s.lower[max(0, i - 3) : i]
    ):
        price += 2.0
    if s.tags[i - 1] in {"RP", "JJ"} or (s.tags[i - 1] in VERB and before not in vocabulary.INTRANSITIVE):
        price += 0.6 if word in vocabulary.LOOSE else 2.0  # "speak | with Putin": the verb wants it
    return price


def may_end(s: Tagged, last: int) -> bool:
    """Tell whether a headline may end with a token."""
    while last > 0 and s.tokens[last] in DASHES | {",", ";", ":"}:
        last -= 1
    kind, word = s.tags[last], s.lower[last]
    if kind in NOUN | {"CD", "PRP", "RP"} or s.tokens[last] in {"”", '"', "%", "’", "'"}:
        return True
    if word in TELLING and last == len(s) - 1 and s.attribution < last:
        return True  # "..., police said"
    if kind == "VB" and s.tags[last - 1] == "MD":
        return True
    if kind == "VBG":
        return any(w in BE for w in s.lower[max(0, last - 2) : last])
    if kind in VERB - {"MD"}:
        passive = kind in {"VBN", "VBD"} and any(w in BE for w in s.lower[max(0, last - 3) : last])
        return passive or word in vocabulary.INTRANSITIVE
    if kind == "JJ":
        return any(w in vocabulary.LINKING for w in s.lower[max(0, last - 3) : last])
    return kind == "RB" and word in vocabulary.PARTICLES
