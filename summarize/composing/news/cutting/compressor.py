"""Sentence compression: the parts of a parsed sentence worth most within a number of words.

An exact search over the tree (a knapsack on a tree: Johnson and Niemi 1983): each constituent that may go
either goes, at its price, or stays with the best choice below it, for every number of words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarize.composing.news.cutting.constituents import removable
from summarize.composing.news.cutting.loose import loose
from summarize.composing.news.cutting.marks import MARKS, asides, with_marks
from summarize.composing.news.cutting.needs import BESIDE, wanting
from summarize.encoder import Analysis

_BOUND = 5.0  # log odds beyond which the encoder is not to be believed more


@dataclass(frozen=True)
class Compression:
    """What is left of a sentence, and the worth of it.

    Attributes:
        a: the sentence.
        left: the words that stay, as bits, without marks.
        root: the verb of the clause that stays.
        value: log odds of all kept words, less the prices of what went.
        words: how many words a reader counts.
    """

    a: Analysis
    left: int
    root: int
    value: float
    words: int

    @cached_property
    def kept(self) -> int:
        """The words that stay with the marks that they need, as bits."""
        return with_marks(self.a, self.left)


_Table = list[list[tuple[float, int]]]  # by number of words: (value, kept) of the best choices, best first


class Compressor:
    """Searches one sentence.

    Args:
        a: the sentence.
        gains: added to the log odds of each word; above 0 it is rather kept.
        gone: words that no line keeps, as bits.
        stern: what prices are multiplied with; above 1 less is cut.
        headline: whether more may go than leaves no hole.
        stays: the topmost words of constituents that must stay, as bits.
        many: how many compressions are wanted of each number of words.
    """

    def __init__(
        self,
        a: Analysis,
        gains: Sequence[float],
        gone: int = 0,
        stern: float = 1.0,
        *,
        headline: bool = False,
        stays: int = 0,
        many: int = 1,
    ) -> None:
        self._a, self._many = a, many
        self._values = [
            max(-_BOUND, min(_BOUND, odds)) + gain for odds, gain in zip(a.keep, gains, strict=True)
        ]
        without_hole = range(len(a)) if headline else loose(a)
        self._prices: Mapping[int, float] = {
            word: price * stern
            for word, price in removable(a).items()
            if word in without_hole and not stays >> word & 1
        }
        self._headline, self._wanting = headline, wanting(a)
        self._aside = gone | asides(a)

    def compressions(self, root: int, most: int) -> list[Compression]:
        """Return the best compressions of each number of words up to `most`, the longest last.

        Args:
            root: the verb of the clause to be kept: the sentence's root, or that of a clause below it.
            most: the budget in words.
        """
        if self._headline:
            self._wanting -= {root}  # "Two men arrested" is a headline
        table = self._best(root, most)
        return [
            Compression(self._a, kept, root, value, count)
            for count, choices in enumerate(table)
            for value, kept in choices
            if count
        ]

    def _best(self, word: int, most: int) -> _Table:
        a, many = self._a, self._many
        if self._aside >> word & 1 or a.words.tokens[word] in MARKS:
            table: _Table = [[(0.0, 0)]]
        elif a.words.spaced[word]:
            table = [[], [(self._values[word], 1 << word)]]
        else:
            table = [[(self._values[word], 1 << word)]]
        joined = self._joined(word)
        with_conjunct = {child for children in joined.values() for child in children}
        bare: _Table = []  # what has nothing behind it yet, where something must stay there
        if word in self._wanting:
            bare, table = table, [[]]
        for child in a.children[word]:
            if child in with_conjunct:
                continue
            below = self._best(child, most)
            for particle in joined.get(child, ()):
                below = _merged(below, self._best(particle, most), most, many)
            price = self._prices.get(child)
            either = below if price is None else _or_nothing(below, -price, many)
            if not bare:
                table = _merged(table, either, most, many)
            elif child > word and a.relations[child] not in BESIDE:
                with_it = _merged(bare, [[], *below[1:]], most, many)
                table = _better(_merged(table, either, most, many), with_it, many)
                bare = _merged(bare, either[:1], most, many)
            else:
                table, bare = _merged(table, either, most, many), _merged(bare, either, most, many)
        return table if any(table) or not bare else bare

    def _joined(self, word: int) -> dict[int, list[int]]:
        """The "and" or "both" that stays or goes with each conjunct of a word."""
        a = self._a
        found: dict[int, list[int]] = {}
        for child in a.children[word]:
            if a.relations[child] in {"cc", "preconj"}:
                follows = next((c for c in a.children[word] if a.relations[c] == "conj" and c > child), None)
                if follows is not None:
                    found.setdefault(follows, []).append(child)
        return found


def _better(left: _Table, right: _Table, many: int) -> _Table:
    """The better choices for every number of words."""
    size = max(len(left), len(right))
    mine, theirs = ([*table, *([] for _ in range(size - len(table)))] for table in (left, right))
    return [_first([*mine[i], *theirs[i]], many) for i in range(size)]


def _first(choices: list[tuple[float, int]], many: int) -> list[tuple[float, int]]:
    """The best of some choices, each once."""
    if len(choices) < 2 or many == 1:
        return [max(choices)] if choices else []
    found: dict[int, float] = {}
    for value, kept in sorted(choices, reverse=True):
        if kept not in found:
            found[kept] = value
            if len(found) == many:
                break
    return [(value, kept) for kept, value in found.items()]


def _or_nothing(table: _Table, value: float, many: int) -> _Table:
    """Add the choice of leaving a constituent out."""
    return [_first([*table[0], (value, 0)], many), *table[1:]]


def _merged(left: _Table, right: _Table, most: int, many: int) -> _Table:
    """Join the choices of two parts of a sentence, up to so many words."""
    table: _Table = [[] for _ in range(min(len(left) + len(right) - 1, most + 1))]
    for i, mine in enumerate(left):
        if not mine:
            continue
        for j, other in enumerate(right[: most + 1 - i]):
            if other:
                table[i + j] += [(a + b, kept | more) for a, kept in mine for b, more in other]
    return [_first(choices, many) for choices in table]
