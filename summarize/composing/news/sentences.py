"""Sentences as lines of bullets and box: mildly compressed, everybody introduced, nothing vital lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarize.brief import Evidence, Line
from summarize.composing.compress import bare
from summarize.composing.news.cutting.clauses import clauses
from summarize.composing.news.cutting.compressor import Compressor
from summarize.composing.news.cutting.joints import is_joined, may_end, spoken
from summarize.composing.news.cutting.marks import brackets
from summarize.composing.news.gates import is_printable
from summarize.composing.news.losses import keeps_sense
from summarize.composing.news.naming.introductions import introduce
from summarize.composing.news.naming.people import People
from summarize.document import Document
from summarize.encoder import Analysis
from summarize.language.tagged import FINITE, SUBORDINATE, VERB
from summarize.language.text import word_count
from summarize.language.words import SAYING, word_set
from summarize.style import Style

_OVER = 3.0  # log odds that a word beyond those aimed at must be worth
_GAIN, _STERN = 4.0, 1.5  # a word goes where the encoder is nearly sure, and grammar counts more than brevity
_LEAST_WORDS = 5
_LEADING_ON = word_set("later earlier then afterwards separately elsewhere meanwhile recently similarly")
_QUOTED_COMMA = re.compile(r",([\"”’'])[.]?$")
_TRAILING = re.compile(r"(?: ?\.\.\.|…)$")
_TRIES = 10


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence as it would stand in bullets or box.

    Attributes:
        index: the sentence.
        text: the line.
        kept: the words of the sentence that are left, by index.
        words: how many a reader counts.
        further: other sentences that it rests on, for the names it gives.
        named: names that a reader has met once it is read.
        stems: the content stems of the sentence.
    """

    index: int
    text: str
    kept: Sequence[int]
    words: int
    further: tuple[int, ...]
    named: frozenset[str]
    stems: frozenset[str]

    def line(self, document: Document) -> Line:
        """The line with the sentences that it rests on."""
        rests_on = dict.fromkeys((self.index, *self.further))
        sentences = [(index, document.sentences[index]) for index in rests_on]
        return Line(self.text, tuple(Evidence(index, s.start, s.end) for index, s in sentences))


class Choices:
    """The words of possible lines of a sentence, best first; found when first asked for, and then kept.

    Args:
        a: the sentence, read.
        aim: how many words a line should not exceed without need.
        most: how many it must not exceed.
        initials: those that a later line uses.
    """

    def __init__(self, a: Analysis, aim: int, most: int, initials: frozenset[str] = frozenset()) -> None:
        self.a, self.aim = a, aim
        self._found: list[Sequence[int]] = []
        self._further = _choices(a, aim, most, initials)

    def __iter__(self) -> Iterator[Sequence[int]]:
        yield from self._found
        for kept in self._further:
            self._found.append(kept)
            yield kept


def told(
    choices: Choices,
    index: int,
    people: People,
    named: frozenset[str],
    stems: frozenset[str],
    style: Style,
    *,
    follows: bool = False,
    met: frozenset[str] = frozenset(),
) -> Told | None:
    """Make a line of a sentence, or return None where no good one can be made.

    Args:
        choices: the words that the line may have.
        index: the sentence's index in the document.
        people: the people of the article.
        named: names that a reader has met before the line.
        stems: the sentence's content stems.
        style: what it must not exceed.
        follows: whether the line before it is made of the sentence before.
        met: names that a reader has met elsewhere, who need no role here.
    """
    a, aim = choices.a, choices.aim
    for kept in choices:
        introduced = introduce(a, kept, index, people, named, follows=follows, roles=True, met=met)
        if introduced is None:
            continue
        text = _sentence(spoken(a, kept, {**_first_said(a, follows), **introduced.replaced}))
        words = word_count(text)
        # A box has one budget for all its lines, and each must leave room for the next.
        fits = _LEAST_WORDS <= words <= 2 * aim and style.admits([text])
        if fits and is_printable(text) and keeps_sense(text, a.line):
            return Told(index, text, kept, words, introduced.evidence, introduced.named, stems)
    return None


def _first_said(a: Analysis, follows: bool) -> dict[int, str]:
    """ "Said" for the "added" of somebody whom a reader has not heard yet, by its place."""
    told = any(a.relations[c] in {"ccomp", "parataxis"} for c in a.children[a.root]) or '"' in a.line
    low = a.words.lower[a.root]
    return (
        {a.root: {"added": "said", "adds": "says"}[low]}
        if low in {"added", "adds"} and told and not follows
        else {}
    )


def _choices(a: Analysis, aim: int, most: int, initials: frozenset[str]) -> Iterator[Sequence[int]]:
    """The words of possible lines, best first: the whole sentence where there is room, then shorter ones."""
    main = next(iter(clauses(a)), None)
    size = sum(a.words.spaced)
    if (main is None or main.root != a.root) and not _is_told_speech(a):
        # The encoder sees no clause in it; what has a verb of its own still stands as it was written.
        if size <= most and _has_verb(a):
            yield _without(a, brackets(a, initials))
        return
    whole = _without(a, brackets(a, initials) | _loose_opener(a) | _also(a))
    if size <= min(aim, most):
        yield whole
    search = Compressor(a, [_GAIN] * len(a), _loose_opener(a), stern=_STERN)
    found = sorted(search.compressions(a.root, most), key=lambda c: _OVER * max(0, c.words - aim) - c.value)
    for compression in found[:_TRIES]:
        kept = [i for i in range(len(a)) if compression.kept >> i & 1]
        ends = kept[-1] == len(a) - 1 or may_end(a, kept[-1], a.root)
        if ends and is_joined(a, kept, a.root):
            yield kept
    if size <= most:
        yield whole


def _without(a: Analysis, gone: int) -> Sequence[int]:
    """The words of a sentence but for some, which are given as bits."""
    return [i for i in range(len(a)) if not gone >> i & 1]


def _has_verb(a: Analysis) -> bool:
    """Whether a sentence's root is a verb behind a noun, with a finite form that no "although" leads to."""
    tags = a.words.tags
    first = next((i for i, tag in enumerate(tags) if tag[0] == "N" or tag == "PRP"), len(tags))
    finite = sum(tag in FINITE for tag in tags[first:]) > (a.words.lower[0] in SUBORDINATE)
    return finite and a.root > first and tags[a.root] in VERB


def _also(a: Analysis) -> int:
    """Every "also", as bits: a line stands without what it adds to; not that of "but also"."""
    low = a.words.lower
    return sum(1 << i for i in range(1, len(a)) if low[i] == "also" and low[i - 1] not in {"but", ","})


def _loose_opener(a: Analysis) -> int:
    """ "Later," or "Earlier," at the head of a sentence, as bits: it leads on from another sentence."""
    # "Later in the day" is one phrase.
    loose = not a.children[0] and a.heads[0] > 0 and a.words.tags[1] not in {"IN", "DT"}
    return 1 if loose and a.words.lower[0] in _LEADING_ON else 0


def _is_told_speech(a: Analysis) -> bool:
    """Whether a sentence is a quotation followed by "said Smith"."""
    subject = any(a.relations[c] == "nsubj" for c in a.children[a.root])
    return subject and a.words.lower[a.root] in SAYING


def _sentence(line: str) -> str:
    """A line with a capital first and a stop last."""
    line = _QUOTED_COMMA.sub(r".\1", " ".join(line.split()))
    line = _TRAILING.sub(".", line)
    if not line:
        return line
    if line[:1].islower() and not line[1:2].isupper():
        line = line[:1].upper() + line[1:]
    if line[-1] in "”\"’'" and line[-2:-1] in ".!?…":
        return line
    if line[-1] in ".!?…":
        return line
    return bare(line) + "."
