"""A sentence as tagged tokens, with the few facts about it that cutting and judging share. English only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate

from summarize.language.tagging import tag
from summarize.language.words import MONTHS, SAYING, WEEKDAYS, word_set

NOUN = frozenset({"NN", "NNS", "NNP", "NNPS"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
VERB = FINITE | {"VB", "VBN", "VBG"}
RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})
IN_NOUN_PHRASE = NOUN | {"DT", "PDT", "PRP$", "CD", "JJ", "JJR", "JJS", "POS", "$", "#"}
BE = word_set("is are was were be been being")
HAVE = word_set("has have had")
SUBORDINATE = word_set(
    """after as while because although though when since before until unless whereas if despite amid
    following once where"""
)
# "Shares fell by a tenth" is no passive.
_CHANGED = word_set(
    "rose fell grew shrank dropped jumped surged soared slumped plunged declined increased decreased climbed"
)
POSSESSIVE = frozenset({"'s", "’s"})
TELLING = SAYING | {"heard", "emerged", "learned", "understood", "show", "shows", "showed"}
_TIME_OPENERS = word_set("last this earlier yesterday each every hours days weeks months years minutes")
_PLURAL_VERBS = SAYING | {"are", "have", "do"}
DASHES = frozenset({"—", "–", "-", "--"})

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Jr|Sr|No|Inc|Ltd|Corp|Co|vs|Jan|Feb"
    r"|Mar|Apr|Aug"
    r"|Sept|Oct|Nov|Dec)\.|[$£€]?\d+(?:[.,:]\d+)*(?:-?[a-z]+)*%?|[A-Z]&[A-Z]"
    r"|[^\W_]+?(?=n['’]t\b)|n['’]t\b|['’](?:s|ll|ve|re|d|m)\b"
    r"|[^\W_]+(?:[-‑./][^\W_]+)*(?:['’](?!(?:s|ll|ve|re|d|m)\b)[^\W_]+)*"
    r"|--+|[^\w\s]|_"
)
_AS_TAGGED = {
    "“": "``",
    "”": "''",
    "’s": "'s",
    "‘": "`",
    "’": "'",
    "—": ":",
    "–": ":",
    "(": "-LRB-",
    ")": "-RRB-",
}
_QUOTES = {"“": "”", '"': '"', "‘": "’", "'": "'"}


class Tagged:
    """One sentence without its final full stop.

    Attributes:
        tokens: words and punctuation marks; "'s" apart from its noun.
        lower: the same in lower case.
        tags: Penn Treebank tags, one a token.
        spaced: whether a blank (or the beginning) stands before the token.
        plural: whether the subject is more than one, where a parser has told it.
        parsed: whether a parser has told which dates belong to the main verb.
    """

    plural: bool | None = None
    parsed: bool = False

    def __init__(self, line: str, tags: bool = True) -> None:
        """Cut a sentence into tokens.

        Args:
            line: the sentence.
            tags: tag them by rule; False where `retag` is to follow.
        """
        line = line.strip()
        if line.endswith(".") and not re.search(r"\b[A-Z]\.$", line):
            line = line[:-1]
        found = list(_TOKEN.finditer(line))
        self.tokens = [match.group() for match in found]
        self.lower = [token.lower() for token in self.tokens]
        self.spaced = [not index or line[match.start() - 1].isspace() for index, match in enumerate(found)]
        plain = (_AS_TAGGED.get(token, token.replace("’", "'")) for token in self.tokens)
        self.tags = tag(list(plain)) if tags else []
        if tags:
            self._correct(line.isupper())

    def retag(self, tags: Sequence[str]) -> None:
        """Take tags that a better tagger gave, one a token, before anything else was asked.

        Raises:
            ValueError: where they are not one a token.
        """
        if len(tags) != len(self.tokens):
            raise ValueError(f"{len(tags)} tags for {len(self.tokens)} tokens")
        self.tags = list(tags)
        self._correct(False)

    def _correct(self, shouted: bool) -> None:
        for index, token in enumerate(self.tokens):
            # "US" is no pronoun, and "May" in a date no verb.
            initials = len(token) > 1 and token.isupper() and token.isalpha() and not shouted
            if token in WEEKDAYS or token in MONTHS or initials:
                self.tags[index] = "NNP"
            elif self.tags[index] == "NNS" and self.lower[index] in SAYING and self._claims(index):
                self.tags[index] = "VBZ"

    def _claims(self, i: int) -> bool:
        """Whether a noun such as "claims" is a verb after all: "Neymar claims he ..."."""
        after = self.tags[i + 1] if i + 1 < len(self) else ""
        return i > 0 and self.tags[i - 1] == "NNP" and after in {"PRP", "DT", "PRP$", "NNP"}

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def start(self) -> int:
        """Index of the subject's first token, behind "In a post on Truth Social,"; 0 where nothing leads."""
        if not len(self) or not self._leads() or self.lower[0] in {"if", "unless", "without"}:
            return 0
        for i in range(1, min(len(self) - 1, 24)):
            before, after = self.tags[i - 1], self.tags[i + 1]
            if self.tokens[i] != "," or after not in IN_NOUN_PHRASE | {"PRP", "EX"}:
                continue
            # "In Leeds, England and", "a private, rented room", "On October 24, 1944,"
            within = before == after == "NNP" or before == "JJ" or (before == after == "CD")
            if not within and self.finite(i + 1, len(self)):
                return i + 1
        return 0

    def _leads(self) -> bool:
        if self.tags[0] in {"IN", "RB", "VBG", "VBN", "TO"}:
            return True
        opening = self.lower[:5]
        return opening[0] in _TIME_OPENERS or "ago" in opening or "after" in opening[1:3]

    @cached_property
    def verb(self) -> int:
        """Index of the main clause's finite verb, or the number of tokens where none is seen."""
        open_clauses, seen_clause, behind = 0, False, self.start
        for i in range(self.start + 1, self.attribution):
            if i < behind:
                continue
            if self.tokens[i] == "," or self.tokens[i] in DASHES:
                behind = self._insertion_end(i)
            elif self.opens_clause(i):
                open_clauses, seen_clause = open_clauses + 1, True
            elif self._is_predicate(i):
                if open_clauses:
                    open_clauses -= 1  # "a man who killed": the verb is the relative clause's
                elif not (seen_clause and self.lower[i - 1] in {"and", "or"}):
                    return i
        return next((i for i in range(self.start + 1, self.attribution) if self._may_be_past(i)), len(self))

    def _insertion_end(self, left: int) -> int:
        """Where ", the burned Iraqi boy," ends if a predicate follows its second mark, else `left`."""
        closing = self.tokens[left]
        for right in range(left + 2, min(left + 16, len(self) - 1)):
            if self.tokens[right] == closing:
                apposed = self.tags[left + 1] in {"DT", "CD", "JJ", "PRP$", "IN", "VBN", "VBG"}
                return right if apposed and self.tags[right + 1] in FINITE | {"RB"} else left
        return left

    @cached_property
    def attribution(self) -> int:
        """Index of the comma or quotation mark before a bare source (", a court heard"), or the end."""
        for i in range(len(self) - 2, max(len(self) - 14, 2), -1):
            if self.tokens[i] in {",", "”", '"'}:
                kinds, words = self.tags[i + 1 :], self.lower[i + 1 :]
                told = any(
                    word in TELLING and kind in VERB and self._says_no_more(i + 1 + place)
                    for place, (word, kind) in enumerate(zip(words, kinds, strict=True))
                )
                named = kinds[0] in IN_NOUN_PHRASE | {"PRP"} or words[0] in SAYING
                if told and named and sum(kind in FINITE for kind in kinds) <= 1 and self.finite(0, i):
                    return i
        return len(self)

    def _says_no_more(self, i: int) -> bool:
        """Whether a verb of saying has no object: "said Thursday in a report", not "revealed plans"."""
        if i + 1 >= len(self) or self.lower[i] in {"told", "tells"}:
            return True
        when = self.tokens[i + 1] in WEEKDAYS or self.lower[i + 1] in {"today", "yesterday", "late", "early"}
        return when or self.tags[i + 1] in {"IN", "RB", ","}

    def opens_clause(self, i: int) -> bool:
        """Tell whether a token opens a clause with a finite verb of its own: "who", "after", "because"."""
        if self.tags[i] in RELATIVE and self.lower[i] not in SUBORDINATE:
            return True
        if self.lower[i] not in SUBORDINATE or i + 1 >= len(self) or self.tags[i + 1] in {"VBG", "VBN"}:
            return False
        stop = next((j for j in range(i + 1, len(self)) if self.tokens[j] == ","), len(self))
        return self.finite(i + 1, min(stop, i + 10))

    def _may_be_past(self, i: int) -> bool:
        """Whether a participle may be a past tense after all: "officers | used force"."""
        after = self.tags[i + 1] if i + 1 < len(self) else ""
        before = self.tags[i - 1] in NOUN or self.tokens[i - 1] == ","
        return self.tags[i] == "VBN" and before and after not in {"IN", "TO", "CC", ",", ""}

    def _is_predicate(self, i: int) -> bool:
        kind = self.tags[i]
        if kind not in FINITE:
            return False
        singular = self.tags[i - 1] in {"NN", "NNP"} and self.lower[i] not in _PLURAL_VERBS
        if kind == "VBP" and singular:
            return False  # "Germany captain Philipp": a singular has no such verb
        # "a fire followed by": the tagger takes many participles for past tenses.
        by = i + 1 < len(self) and self.lower[i + 1] == "by"
        return not (kind == "VBD" and by and self.lower[i] not in _CHANGED)

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """(start, end) of each stretch between quotation marks, the marks included."""
        found, opened = [], None
        for i, token in enumerate(self.tokens):
            if opened is None and token in _QUOTES and (self.spaced[i] or i == 0):
                opened = i
            elif opened is not None and token == _QUOTES[self.tokens[opened]]:
                found.append((opened, i + 1))
                opened = None
        return found

    @cached_property
    def _finite_before(self) -> list[int]:
        """How many finite verbs stand before each token, and before the end."""
        return [0, *accumulate(kind in FINITE for kind in self.tags)]

    def finite(self, start: int, end: int) -> bool:
        """Tell whether a finite verb stands in tokens start to end."""
        last = len(self._finite_before) - 1
        return self._finite_before[min(end, last)] > self._finite_before[min(start, last)]

    def main_finite(self, start: int, end: int) -> bool:
        """Tell whether tokens start to end hold a finite verb that no "who" or "after" among them claims."""
        inside = range(start, min(end, len(self)))
        return sum(self.tags[i] in FINITE for i in inside) > sum(self.opens_clause(i) for i in inside)

    def phrase_end(self, start: int) -> int:
        """Return the end of the noun phrase that starts here; `start` where none does."""
        i = start
        while i < len(self) and (
            (
                self.tags[i] in IN_NOUN_PHRASE
                and not (self.tags[i] in {"DT", "PRP$"} and self.tags[i - 1] in NOUN and i > start)
            )
            or self.lower[i] in POSSESSIVE
            or (
                self.tags[i] in {"VBN", "VBG", "RB"}
                and i + 1 < len(self)
                and self.tags[i + 1] in NOUN | {"JJ", "CD"}
            )
        ):
            i += 1
        joined = i > start and i + 1 < len(self) and self.lower[i] in {"and", "&", "or"}
        if joined and self.tags[i + 1] in IN_NOUN_PHRASE:
            further = self.phrase_end(i + 1)
            # "and" may join clauses as well: what follows the second phrase must be no verb.
            if further > i + 1 and (further == len(self) or self.tags[further] not in FINITE):
                return further
        return i


def join(sentence: Tagged, indices: Iterable[int], replaced: dict[int, str]) -> str:
    """Return the text of some tokens with the blanks they had."""
    return "".join(
        (" " if sentence.spaced[i] else "") + replaced.get(i, sentence.tokens[i]) for i in indices
    ).strip()
