"""Negation: predicates that a line denies and its source affirms, or the other way about. English only.

The scope of a negator is guessed: the next few content words, up to the next clause mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summarize.evidence.lexicon import FUNCTION_WORDS, root
from summarize.evidence.tokens import Tokens

if TYPE_CHECKING:
    from summarize.evidence.source import Source

NEGATORS = frozenset("not no never none nobody nothing neither nor without cannot hardly barely scarcely".split())
DENIALS = frozenset("deni refus reject fail declin unabl avoid lack stop ceas prevent unlik dismiss oppos".split())
_CLAUSE = frozenset("but although though because while which who that and whether if".split())
_NO_PREDICATE = frozenset("onli just yet longer more less than".split())
_REACH = 2


def is_negator(word: str) -> bool:
    """Tell whether a word denies what follows: "not", "didn't".

    Example:
        >>> is_negator("Didn't"), is_negator("know")
        (True, False)
    """
    low = word.lower()
    return low in NEGATORS or low.endswith("n't")


def denied(tokens: Tokens) -> dict[int, int]:
    """Return the tokens in the scope of a negator, each with the index of that negator.

    Example:
        >>> from summarize.evidence.tokens import tokenize
        >>> denied(tokenize("They did not agree to the deal but left"))
        {3: 2, 6: 2}
    """
    found: dict[int, int] = {}
    for index, word in enumerate(tokens.words):
        if not is_negator(word):
            continue
        content = 0
        for after in range(index + 1, min(index + 8, len(tokens))):
            low = tokens.words[after].lower()
            if low in _CLAUSE or content == _REACH:
                break
            if low not in FUNCTION_WORDS and tokens.stems[after] not in _NO_PREDICATE:
                found[after] = index
                content += 1
    return found


def flipped(tokens: Tokens, source: Source, sentences: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (index of the token, number of the sentence) of predicates denied on one side alone.

    Args:
        tokens: the line's.
        source: where to look.
        sentences: the sentences that bear the line out, best first.
    """
    here = denied(tokens)
    for index, stem in enumerate(tokens.stems):
        if tokens.words[index].lower() in FUNCTION_WORDS or tokens.words[index][0].isupper():
            continue
        negative = index in here
        states = list(_states(stem, source, sentences, widely=negative))
        if not states:
            continue
        if all(state != negative for _, state in states) and _first(index, here, negative):
            yield (here[index] if negative else index), states[0][0]


def _first(index: int, here: dict[int, int], negative: bool) -> bool:
    """Tell whether a denied token is the first in its negator's scope; the later ones may stand outside."""
    return not negative or all(other >= index for other, negator in here.items() if negator == here[index])


def _states(stem: str, source: Source, sentences: Sequence[int], widely: bool) -> Iterator[tuple[int, bool]]:
    """Yield (sentence, whether it is denied there) for each place where the source has a predicate.

    A denial by a verb ("refused to agree") counts as one; so that a line which denies is not blamed where
    the source does so further away, a denying line is compared with any negator of the sentence.
    """
    family = root(stem)
    for sentence in sentences:
        other = source.sentences[sentence]
        there = source.denied(sentence)
        denies = any(is_negator(word) for word in other.words) or any(s in DENIALS for s in other.stems)
        for index, candidate in enumerate(other.stems):
            if candidate == stem or (len(stem) > 4 and root(candidate) == family):
                yield sentence, denies if widely else _plainly(index, there, other)


def _plainly(index: int, there: dict[int, int], other: Tokens) -> bool:
    """Tell whether a source denies a word beyond doubt: the first after a "not" or "never"."""
    negator = there.get(index)
    if negator is None or other.words[negator].lower() in ("no", "without", "nor", "neither", "none", "nothing"):
        return False
    return all(first >= index for first, by in there.items() if by == negator)
