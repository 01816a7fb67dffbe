"""Features: what can be counted of a line beside its source, for the score. No weights here.

Each word of the line is looked for in the sentences it rests on and in the whole text: the same stem, the
same derivational family, a synonym, or nothing. Learned from the literature on factual consistency
(novel n-grams and coverage: Grusky et al. 2018; entity overlap: Nan et al. 2021) and read off edits.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from summarize.evidence.lexicon import FUNCTION_WORDS, antonyms, categories, implied_by, opposites, root, synonym_groups
from summarize.evidence.negation import is_negator
from summarize.evidence.source import Source, Vocabulary
from summarize.evidence.tokens import Tokens

EXACT, FAMILY, SYNONYM, NONE = 3, 2, 1, 0
_MODALS = {"may": 1, "might": 1, "could": 1, "would": 2, "will": 3, "must": 3, "should": 2, "can": 2}
_LOGIC = frozenset(
    "not no never but except despite before after without only any every still even most both more less fewer "
    "instead than must may might will all nearly least against no-one during because over under".split()
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A line read beside its source.

    Attributes:
        tokens: the line's.
        content: the indices of its content words.
        here: how well each content word is found in the sentences the line rests on, EXACT to NONE.
        anywhere: the same for the whole text.
    """

    tokens: Tokens
    content: tuple[int, ...]
    here: tuple[int, ...]
    anywhere: tuple[int, ...]


def read_line(tokens: Tokens, source: Source, sentences: tuple[int, ...]) -> Reading:
    """Look every content word of a line up in its source."""
    content = tuple([i for i, word in enumerate(tokens.words) if word.lower() not in FUNCTION_WORDS])
    near = [source.vocabulary(sentence) for sentence in sentences]
    here = []
    anywhere = []
    for i in content:
        stem = tokens.stems[i]
        level = max([_level(stem, vocabulary) for vocabulary in near], default=NONE)
        here.append(level)
        anywhere.append(level if level == EXACT else max(level, _level(stem, source.known)))
    return Reading(tokens, content, tuple(here), tuple(anywhere))


def _level(stem: str, vocabulary: Vocabulary) -> int:
    if stem in vocabulary.stems:
        return EXACT
    if root(stem) in vocabulary.roots:
        return FAMILY
    if not vocabulary.groups.isdisjoint(synonym_groups().get(stem, ())):
        return SYNONYM
    if stem in (places := implied_by()) and not places[stem].isdisjoint(vocabulary.stems):
        return SYNONYM
    return NONE


def contradictions(reading: Reading, source: Source, sentences: tuple[int, ...]) -> list[int]:
    """Return the indices of words whose opposite, and not they themselves, stands in the evidence."""
    near = [source.vocabulary(sentence).stems for sentence in sentences]
    stems = reading.tokens.stems
    line = set(stems)
    table = antonyms()
    found = []
    for i, level in zip(reading.content, reading.anywhere, strict=True):
        if level == EXACT or (level == FAMILY and stems[i] not in table):
            continue
        against = opposites(stems[i]) - line
        if any(not against.isdisjoint(vocabulary) for vocabulary in near):
            found.append(i)
    return found


def replacements(reading: Reading, source: Source, sentences: tuple[int, ...]) -> list[int]:
    """Return the indices of words that the source lacks and of whose kind the evidence names another."""
    table = categories()
    found = []
    for i, level in zip(reading.content, reading.anywhere, strict=True):
        kind = table.get(reading.tokens.stems[i])
        if level == EXACT or kind is None:
            continue
        line = set(reading.tokens.stems)
        if any(
            table.get(stem) == kind and stem not in line
            for sentence in sentences
            for stem in source.vocabulary(sentence).stems
        ):
            found.append(i)
    return found


NAMES = (
    "cover_best", "cover_here", "cover_all", "novel", "novel_share", "novel_known", "novel_capital",
    "novel_digit", "synonyms", "families", "elsewhere", "elsewhere_capital", "contradictions", "replacements",
    "pairs_all", "pairs_here", "longest_run", "logic", "modal", "negators", "repeated", "length", "copied",
    "novel_run", "head_novel", "tail_novel", "density", "fragments", "spread", "inverted",
)  # fmt: skip


def features(reading: Reading, source: Source, sentences: tuple[int, ...], best: float) -> dict[str, float]:
    """Return the features of a line by name.

    Args:
        reading: the line read beside its source.
        source: the source.
        sentences: the sentences it rests on, best first.
        best: the score of the best of them, 0 to 1.
    """
    tokens, content = reading.tokens, reading.content
    words, stems = tokens.words, tokens.stems
    count = max(1, len(content))
    weights = [source.rarity(stems[i], words[i]) for i in content]
    total = sum(weights) or 1.0
    credit = (0.0, 0.7, 0.9, 1.0)
    novel = [i for i, level in zip(content, reading.anywhere, strict=True) if level == NONE]
    table, kinds = synonym_groups(), categories()
    elsewhere = [
        i for i, here, there in zip(content, reading.here, reading.anywhere, strict=True) if here < FAMILY <= there
    ]
    known = {stems[i] for i in novel if stems[i] in table or stems[i] in kinds}
    near: set[str] = set()
    for sentence in sentences:
        near.update(word.lower() for word in source.sentences[sentence].words)
    lows = [word.lower() for word in words]
    pairs = list(zip([stems[i] for i in content], [stems[i] for i in content[1:]], strict=False))
    pairs_here = {
        (a, b)
        for sentence in sentences
        for a, b in zip(source.sentences[sentence].stems, source.sentences[sentence].stems[1:], strict=False)
    }
    adjacent = [(stems[i], stems[i + 1]) for i in range(len(stems) - 1)]
    runs = _runs([level == NONE for level in reading.anywhere])
    half = len(content) // 2
    position = {i: place for place, i in enumerate(content)}
    return {
        "cover_best": best,
        "cover_here": sum(w * credit[level] for w, level in zip(weights, reading.here, strict=True)) / total,
        "cover_all": sum(w * credit[level] for w, level in zip(weights, reading.anywhere, strict=True)) / total,
        "novel": min(6.0, float(len(novel))),
        "novel_share": len(novel) / count,
        "novel_known": min(4.0, float(len(known))),
        "novel_capital": min(4.0, float(sum(words[i][0].isupper() and i > 0 for i in novel))),
        "novel_digit": min(4.0, float(sum(words[i][0].isdigit() for i in novel))),
        "synonyms": min(4.0, float(sum(level == SYNONYM for level in reading.here))),
        "families": min(4.0, float(sum(level == FAMILY for level in reading.here))),
        "elsewhere": min(4.0, float(len(elsewhere))),
        "elsewhere_capital": min(4.0, float(sum(words[i][0].isupper() for i in elsewhere))),
        "contradictions": min(3.0, float(len(contradictions(reading, source, sentences)))),
        "replacements": min(3.0, float(len(replacements(reading, source, sentences)))),
        "pairs_all": sum(pair in source.pairs for pair in pairs) / max(1, len(pairs)),
        "pairs_here": sum(pair in pairs_here for pair in adjacent) / max(1, len(adjacent)),
        "longest_run": _longest_run(adjacent, pairs_here) / max(1, len(adjacent)),
        "logic": min(4.0, float(sum(low in _LOGIC and low not in near for low in lows))),
        "modal": float(_modal(lows) is not None and _modal(lows) != _modal(sorted(near))),
        "negators": min(3.0, float(sum(is_negator(low) and low not in near for low in lows))),
        "repeated": min(3.0, float(count - len({stems[i] for i in content}))) if content else 0.0,
        "length": math.log(1 + len(words)),
        "copied": float(f" {' '.join(lows)} " in source.running),
        "novel_run": min(4.0, float(max(runs, default=0))),
        "head_novel": sum(position[i] < half for i in novel) / count,
        "tail_novel": sum(position[i] >= half for i in novel) / count,
        **_fragments(stems, source),
        "spread": 1.0 - min(1.0, best / max(0.01, sum(w * (level > NONE) for w, level in zip(weights, reading.here, strict=True)) / total)),
        "inverted": min(3.0, float(sum(pair not in source.pairs and (pair[1], pair[0]) in source.pairs for pair in pairs))),
    }


def _fragments(stems: tuple[str, ...], source: Source) -> dict[str, float]:
    """Return how the line is pieced together from stretches copied from the source (Grusky et al. 2018)."""
    lengths = []
    start = 0
    while start < len(stems):
        longest = 0
        for sentence in source.postings.get(stems[start], ()):
            other = source.sentences[sentence].stems
            place = -1
            for _ in range(other.count(stems[start])):
                place = other.index(stems[start], place + 1)
                size = 1
                while start + size < len(stems) and place + size < len(other) and stems[start + size] == other[place + size]:
                    size += 1
                longest = max(longest, size)
        lengths.append(longest)
        start += max(1, longest)
    count = max(1, len(stems))
    return {
        "density": math.sqrt(sum(length * length for length in lengths)) / count,
        "fragments": len(lengths) / count,
    }


def _modal(lows: list[str]) -> int | None:
    return max((_MODALS[low] for low in lows if low in _MODALS), default=None)


def _runs(states: list[bool]) -> list[int]:
    """Return the lengths of the runs of True.

    Example:
        >>> _runs([True, True, False, True])
        [2, 1]
    """
    runs = []
    length = 0
    for state in [*states, False]:
        if state:
            length += 1
        elif length:
            runs.append(length)
            length = 0
    return runs


def _longest_run(adjacent: list[tuple[str, str]], held: set[tuple[str, str]]) -> int:
    return max(_runs([pair in held for pair in adjacent]), default=0)
