"""What the encoder says of one sentence: its tags, tree and names, and the worth of each word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from summarize.language.tagged import Tagged
from summarize.language.words import SAYING

ROOT = -1
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_TITLES = frozenset(
    {"Rev", "Sen", "Gen", "Gov", "Rep", "Col", "Sgt", "Lt", "Capt", "Prof", "Maj", "Cpl", "Adm"}
)
# Of what hangs on one word twice with an "and" between, the second is a conjunct of the first.
_JOINED = frozenset({"prep", "appos", "advcl", "acl", "relcl", "npadvmod", "advmod", "dobj", "pobj", "attr"})
_FINITE, _NOUNS = frozenset({"VBD", "VBZ", "VBP", "MD"}), frozenset({"NN", "NNS", "NNP", "NNPS"})


@dataclass(frozen=True)
class Name:
    """Words `start` to `end` (exclusive) that name something: kind PER, ORG, GPE, NORP, DATE, NUM or MISC."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Analysis:
    """A sentence read by the encoder; every list has one entry a word.

    Attributes:
        line: the sentence.
        words: its words and marks, as `Tagged` cuts them, with the encoder's tags in place of the rules'.
        heads: index of the word that each depends on, -1 for the root. Always a tree.
        relations: how it depends on it, in the labels of ClearNLP that spaCy uses ("nsubj", "dobj", ...).
        keep: log odds that a compression keeps the word.
        names: persons, organisations, places, times and amounts, left to right.
        news: log odds that the sentence tells what a summary tells.
        states: what the encoder knows of each word, shape (words, 384).
    """

    line: str
    words: Tagged
    heads: Sequence[int]
    relations: Sequence[str]
    keep: Sequence[float]
    names: Sequence[Name]
    news: float
    states: NDArray[np.float32] = field(repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.heads)

    @cached_property
    def root(self) -> int:
        """Index of the word that depends on none."""
        return list(self.heads).index(ROOT)

    @cached_property
    def children(self) -> list[list[int]]:
        """The words that depend on each word, left to right."""
        found: list[list[int]] = [[] for _ in self.heads]
        for word, head in enumerate(self.heads):
            if head != ROOT:
                found[head].append(word)
        return found

    @cached_property
    def subtree(self) -> list[int]:
        """The words below each word and itself, as the bits of an integer."""
        found = [1 << i for i in range(len(self))]
        for word in sorted(range(len(self)), key=self._depth, reverse=True):
            if self.heads[word] != ROOT:
                found[self.heads[word]] |= found[word]
        return found

    def _depth(self, word: int) -> int:
        depth = 0
        while self.heads[word] != ROOT:
            word, depth = self.heads[word], depth + 1
        return depth


def as_tree(scores: NDArray[np.float32]) -> list[int]:
    """Return the head of each word, -1 for the one root, from scores of all heads.

    Args:
        scores: shape (words, words + 1); column 0 is the root, column j + 1 the word j.

    Every word takes its best head; a second root hangs on the first, and a circle is opened where that
    costs least.
    """
    size = len(scores)
    heads = (scores.argmax(axis=1) - 1).tolist()
    for word in range(size):
        if heads[word] == word:
            heads[word] = ROOT
    root = int(np.argmax([scores[i, 0] - (0 if heads[i] == ROOT else 1000) for i in range(size)]))
    heads = [ROOT if i == root else root if head == ROOT else head for i, head in enumerate(heads)]
    while circle := _circle(heads, root):
        inside = set(circle)
        outside = [j for j in range(size) if j not in inside and not _leads_to(heads, j, inside)]
        _, word, head = max(
            (float(scores[i, j + 1] - scores[i, heads[i] + 1]), i, j) for i in circle for j in outside
        )
        heads[word] = head
    return heads


def with_conjunctions(heads: Sequence[int], relations: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return heads and relations with every "and" hanging on what the conjunct behind it hangs on.

    The encoder judges each word alone, and at times gives an "and" to another word than its conjunct, or
    takes both conjuncts for siblings: "found at Strand Road, and at Magheralave Park".
    """
    fixed, named = list(heads), list(relations)
    for i, relation in enumerate(relations):
        if relation != "cc" or i in heads:
            continue
        following = [j for j in range(i + 1, len(heads)) if relations[j] == "conj" and heads[j] < i]
        if following and not any(heads[j] == heads[i] for j in following):
            nearest = following[0]
            if heads[nearest] >= 0 and not any(relations[j] == "cc" for j in range(i + 1, nearest)):
                fixed[i] = heads[nearest]
        elif not following and (pair := _siblings(fixed, named, i)) is not None:
            fixed[i] = fixed[pair[1]] = pair[0]
            named[pair[1]] = "conj"
    return fixed, named


def _siblings(heads: Sequence[int], relations: Sequence[str], joint: int) -> tuple[int, int] | None:
    """The topmost words of two constituents of one kind before and behind an "and" on their head, or None."""
    siblings = [j for j in range(len(heads)) if heads[j] == heads[joint] and relations[j] in _JOINED]
    behind = next((j for j in siblings if j > joint and _leftmost(heads, j) == joint + 1), None)
    if behind is None:
        return None
    before = [j for j in siblings if j < joint and relations[j] == relations[behind]]
    return (before[-1], behind) if before and heads[joint] < before[-1] else None


def _leftmost(heads: Sequence[int], word: int) -> int:
    """The first of the words that hang on a word, itself among them."""
    return next(i for i in range(word + 1) if _leads_to(heads, i, {word}))


def with_subject(
    heads: Sequence[int], relations: Sequence[str], tags: Sequence[str], tokens: Sequence[str]
) -> tuple[list[int], list[str]]:
    """Return heads and relations with the noun before a subjectless main verb as its subject.

    Behind a place and its comma, "in Ferguson, Missouri, state police took over", the encoder at times takes
    the subject for one more of a list.
    """
    fixed, named = list(heads), list(relations)
    root = fixed.index(ROOT)
    ahead = [c for c in range(root) if fixed[c] == root]
    helpers = [c for c in ahead if named[c] in {"aux", "auxpass", "neg"}]
    verb = min([root, *helpers])
    has_subject = any(fixed[c] == root and named[c] in _SUBJECTS for c in range(len(fixed)))
    if has_subject or tags[verb] not in _FINITE or verb == 0:
        return fixed, named
    noun = verb - 1
    while noun > 0 and tags[noun] == "RB":
        noun -= 1
    if (told := _teller(fixed, named, tokens, root)) is not None:
        named[told] = "nsubj"
        return fixed, named
    for c in ahead:
        if c < verb and named[c] == "ROOT" and tags[c] in _NOUNS:  # taken for a root of its own
            named[c] = "nsubj"
            return fixed, named
    above = fixed[noun]
    parted = "," in tokens[max(above, 0) : noun]
    if tags[noun] in _NOUNS and named[noun] in {"conj", "appos"} and parted and above != root:
        fixed[noun], named[noun] = root, "nsubj"
    return fixed, named


def _teller(heads: Sequence[int], relations: Sequence[str], tokens: Sequence[str], root: int) -> int | None:
    """The noun behind a verb of speech that what is said stands before: "..., warns a survey", or None."""
    before = any(heads[c] == root and relations[c] == "ccomp" and c < root for c in range(root))
    if not before or tokens[root].lower() not in SAYING:
        return None
    return next(
        (c for c in range(root + 1, len(heads)) if heads[c] == root and relations[c] in {"dobj", "npadvmod"}),
        None,
    )


def with_initials(
    heads: Sequence[int], relations: Sequence[str], tokens: Sequence[str]
) -> tuple[list[int], list[str]]:
    """Return heads and relations with an initial or title on the name behind it: "Mary J. Blige"."""
    fixed, named = list(heads), list(relations)
    for i in range(len(tokens) - 2):
        short = (len(tokens[i]) == 1 and tokens[i].isupper()) or tokens[i] in _TITLES
        initial = short and tokens[i + 1] == "."
        surname = i + 2
        # What hangs on the initial is the surname's; not where the surname hangs below the initial itself.
        if not (initial and tokens[surname][0].isupper()) or _leads_to(fixed, surname, {i, i + 1}):
            continue
        fixed = [surname if head in {i, i + 1} else head for head in fixed]
        fixed[i] = fixed[i + 1] = surname
        named[i], named[i + 1] = "compound", "punct"
    return fixed, named


def _leads_to(heads: Sequence[int], word: int, inside: set[int]) -> bool:
    for _ in range(len(heads)):
        if word in inside:
            return True
        if word == ROOT:
            return False
        word = heads[word]
    return True


def _circle(heads: Sequence[int], root: int) -> list[int]:
    """The words of one circle, or none."""
    safe = {root}
    for start in range(len(heads)):
        path: list[int] = []
        word = start
        while word not in safe and word not in path:
            path.append(word)
            word = heads[word]
        if word in path:
            return path[path.index(word) :]
        safe.update(path)
    return []
