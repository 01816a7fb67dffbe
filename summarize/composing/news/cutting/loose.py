"""What may leave a sentence without a hole that a reader sees: asides between commas, days, adverbs, places.

A headline may do without more than that; a sentence of bullets or box that loses the rest reads as if
something were missing. English only.
"""

from __future__ import annotations

from summarize.composing.news.cutting.needs import is_background
from summarize.encoder import Analysis
from summarize.language.tagged import VERB
from summarize.language.words import SAYING, WEEKDAYS, word_set

_PAUSES = frozenset({",", "–", "—", "-", "--", ";"})
_BETWEEN_PAUSES = frozenset(
    {"appos", "relcl", "acl", "advcl", "prep", "parataxis", "npadvmod", "advmod", "conj"}
)
_PLAIN_DAYS = {day.lower() for day in WEEKDAYS} | {"today", "yesterday"}
_ORDERING = word_set("following after before since until despite amid")
_POINTED = word_set("just only even almost nearly long too enough")
_SOURCES = SAYING | {"according"}
_WHEREABOUTS = word_set("in at during near outside inside")


def loose(a: Analysis) -> frozenset[int]:
    """Return the topmost words of what leaves no hole."""
    return frozenset(word for word in range(len(a)) if _is_loose(a, word))


def _is_loose(a: Analysis, word: int) -> bool:
    relation, head = a.relations[word], a.heads[word]
    mask = a.subtree[word]
    first, end = (mask & -mask).bit_length() - 1, mask.bit_length()
    if first and a.relations[first - 1] == "cc":
        return False
    if relation in {"prep", "npadvmod", "advmod", "advcl"} and _says_when(a, word, mask):
        return False  # an old story does not become today's, nor "after the ruling" any time
    if relation == "appos" and _introduces(a, word):
        return False  # "Jamal Saghir, | a director of the World Bank"
    if relation == "conj" and head != a.root:
        return False  # "plates, | passwords and a collection", "bubbling, | boiling and hissing"
    if (first and a.words.lower[first - 1] in {"not", "n't", "n’t"}) or (
        relation == "advmod" and a.words.lower[word] in _POINTED
    ):
        return False  # "not | just", "took | so long"
    if a.words.lower[word] in _SOURCES and not _is_day(a, mask):
        return False  # who says so stays
    if relation in {"intj", "meta"}:
        return mask.bit_count() == 1
    opens = first == 0 or a.words.tokens[first - 1] in _PAUSES
    closes = end >= len(a) - 1 or a.words.tokens[end] in _PAUSES
    if relation in _BETWEEN_PAUSES and opens and closes:
        return True
    if relation in {"npadvmod", "prep"} and _is_day(a, mask):
        return True
    if relation == "advmod":
        alone = not a.children[word]
        return alone and first > 0 and end < len(a) - 1 and a.words.tags[head] in VERB
    verbal = relation == "prep" and a.words.tags[head] in VERB and a.words.lower[word] in _WHEREABOUTS
    return verbal and closes and any(a.relations[c] in {"dobj", "auxpass"} for c in a.children[head])


def _says_when(a: Analysis, word: int, mask: int) -> bool:
    """Whether a constituent orders events, or dates them other than by a day of the week."""
    low = {a.words.lower[i] for i in range(len(a)) if mask >> i & 1}
    if _is_day(a, mask):
        return is_background(a, mask) or not low & _PLAIN_DAYS
    return a.words.lower[word] in _ORDERING or bool(low & {"time", "weeks", "months", "years", "days"})


def _is_day(a: Analysis, mask: int) -> bool:
    """Whether a constituent only says when: "on Monday", "last week"."""
    dated = {i for name in a.names if name.kind == "DATE" for i in range(name.start, name.end)}
    return all(i in dated or a.relations[i] in {"prep", "punct"} for i in range(len(a)) if mask >> i & 1)


def _introduces(a: Analysis, word: int) -> bool:
    """Whether an apposition says who somebody is whom nothing ahead of the name introduces."""
    head = a.heads[word]
    person = next((name for name in a.names if name.kind == "PER" and name.start <= head < name.end), None)
    if person is None or a.words.tags[word] not in {"NN", "NNS"} or word < head:
        return False
    return person.start == 0 or a.words.tags[person.start - 1] not in {"NN", "NNP"}
