"""How likely an editor prints a line of bullets or box where it stands, by trees that learned from grades."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from summarize.composing.news.learned.trees import load
from summarize.composing.news.sentences import Told
from summarize.encoder import Analysis
from summarize.language.repetition import content_of
from summarize.language.text import words
from summarize.language.words import word_set

NAMES = (
    "box", "slot", "rank", "box_rank", "news", "place", "sentences", "words", "sentence_words", "share",
    "lost_odds", "gaps", "definite", "surnames", "surname_first", "pronouns", "pronouns_first", "told_share",
    "new", "share_before", "quote_first", "leads_on", "odd_commas", "introduced", "named",
)  # fmt: skip
_PRONOUNS = word_set("he she it they his her their him them its")
_LEADS_ON = word_set(
    """but and also however meanwhile then later earlier so too still instead another other yet now again
    this that these those such there both same"""
)
_SAYS_WHICH = frozenset({"prep", "relcl", "acl", "appos"})
_QUOTES = ('"', "“", "‘", "'")


@dataclass(frozen=True)
class LineContext:
    """What a reader has read before a line.

    Attributes:
        headline: its content stems.
        lines: the content stems of each line.
        met: nouns and names, in small letters.
    """

    headline: frozenset[str] = frozenset()
    lines: tuple[frozenset[str], ...] = ()
    met: frozenset[str] = field(default=frozenset())

    def followed_by(self, line: Told) -> LineContext:
        """The same with one line more."""
        read = {word.strip(".,") for word in line.text.lower().split()}
        return LineContext(self.headline, (*self.lines, content_of(line.text)), self.met | line.named | read)


def after_headline(headline: str, a: Analysis | None) -> LineContext:
    """What a reader of a headline has met: its common nouns; whom it names, bullets and box introduce again.

    Args:
        headline: its text.
        a: the sentence that it was made from, where that was read.
    """
    pairs = zip(a.words.lower, a.words.tags, strict=True) if a else ()
    nouns = {low for low, tag in pairs if tag in {"NN", "NNS"}}
    return LineContext(content_of(headline), met=frozenset(nouns.intersection(words(headline.lower()))))


def line_features(
    line: Told, a: Analysis, before: LineContext, *, box: bool, rank: float, box_rank: float, sentences: int
) -> list[float]:
    """Return the features of one line, in the order of `NAMES`.

    Args:
        line: what would be printed.
        a: the sentence that it was made from.
        before: what is read before it.
        box: whether it would stand in the box.
        rank, box_rank: how much its sentence belongs into the bullets, and into the box.
        sentences: how many the article has.
    """
    own = content_of(line.text)
    many = max(len(own), 1)
    text = line.text.split()
    return [
        box,
        len(before.lines),
        rank,
        box_rank,
        a.news,
        line.index,
        sentences,
        len(text),
        len(a),
        len(line.kept) / len(a),
        *_of_cut(line.kept, a),
        *_of_references(line.kept, a, before.met),
        len(own & before.headline) / many,
        len(own - before.headline),
        max((len(own & other) / many for other in before.lines), default=0.0),
        line.text.startswith(_QUOTES),
        sum(word.lower().strip(",.") in _LEADS_ON for word in text[:2]),
        line.text.count(",") % 2,
        len(line.further),
        sum(name.start in line.kept for name in a.names),
    ]


def _of_cut(kept: Sequence[int], a: Analysis) -> list[float]:
    """The log odds of the words that were lost though the encoder would keep them, and the holes."""
    left = set(kept)
    lost = [max(0.0, odds) for i, odds in enumerate(a.keep) if i not in left]
    holes = [
        any(a.words.tags[k] != "DT" for k in range(before + 1, after))
        for before, after in itertools.pairwise(kept)
    ]
    return [sum(lost), sum(holes)]


def _of_references(kept: Sequence[int], a: Analysis, met: frozenset[str]) -> list[float]:
    """Counts of what points back at something: "the" with a noun not met, bare surnames, pronouns."""
    left, low = set(kept), a.words.lower
    people = [n for n in a.names if n.kind == "PER" and n.start in left]
    bare = [n for n in people if n.end == n.start + 1 and low[n.start] not in met]
    pronouns = [place for place, i in enumerate(kept) if low[i] in _PRONOUNS]
    first = min((kept.index(n.start) for n in a.names if n.start in left), default=len(kept))
    return [
        sum(low[i] == "the" and _is_unmet(a, a.heads[i], left, met) for i in kept),
        len(bare),
        bool(bare) and bare[0].start == kept[0],
        len(pronouns),
        sum(place < first for place in pronouns),
    ]


def _is_unmet(a: Analysis, noun: int, left: set[int], met: frozenset[str]) -> bool:
    """Whether a noun behind "the" was not met and nothing beside it says which."""
    if noun not in left or a.words.tags[noun] not in {"NN", "NNS"} or a.words.lower[noun] in met:
        return False
    beside = [c for c in a.children[noun] if c in left]
    return not any(
        a.relations[c] in _SAYS_WHICH
        if c > noun
        else a.words.tags[c].startswith("NNP") or a.relations[c] in {"poss", "nummod"}
        for c in beside
    )


def printable(rows: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    """Return for each line how likely it would be printed, about 0 to 1, shape (lines,).

    Args:
        rows: features, shape (lines, 25).
    """
    return load("line").predict(np.array(rows, dtype=np.float64).reshape(len(rows), len(NAMES)))
