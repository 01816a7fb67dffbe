"""Roles: who did what to whom, where a light reading can tell. English only.

Reads "name ... verb ... name" by order and by "by", with no parser behind it; pronouns count as the name
of the sentence before. Lines of another shape are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarize.evidence.names import listed_tokens
from summarize.evidence.source import Source
from summarize.language.lexicon import FUNCTION_WORDS, root, synonym_groups, word_set
from summarize.language.tokens import Tokens

_PRONOUNS = word_set("he she they it him her them his their its who")
_PREPOSITIONS = word_set(
    "in on at from of by for with to into over under after before during since near against about and or as"
)
_MOST_BETWEEN = 5


@dataclass(frozen=True, slots=True)
class Relation:
    """A verb with a name on either side: `agent` did `verb` to `patient`; indices of tokens in the line."""

    agent: tuple[int, ...]
    verb: int
    patient: tuple[int, ...]
    passive: bool


def read_relations(names: Sequence[int], tokens: Tokens, text: str) -> Iterator[Relation]:
    """Yield the relations of a line between two names with little but a verb between them.

    Args:
        names: the indices of the tokens that are parts of names.
        tokens: those of the line.
        text: the line.

    Example:
        >>> from summarize.language.tokens import tokenize
        >>> text = "On Friday Vladimir Putin called Zelensky."
        >>> [(r.agent, r.verb, r.patient) for r in read_relations([2, 3, 5], tokenize(text), text)]
        [((2, 3), 4, (5,))]
    """
    runs = _runs(names, tokens)
    head = _head_run(tokens, runs)
    if head:
        runs = [head, *[run for run in runs if run[0] > head[-1]]]
    for left, right in pairwise(runs):
        between = range(left[-1] + 1, right[0])
        if not 1 <= len(between) <= _MOST_BETWEEN:
            continue
        if any(mark in text[tokens.end(left[-1]) : tokens.starts[right[0]]] for mark in ',;:.()"“”'):
            continue
        words = [tokens.lows[i] for i in between]
        content = [i for i in between if tokens.lows[i] not in FUNCTION_WORDS]
        passive = "by" in words
        plain = [word for word in words if word in _PREPOSITIONS and word not in ("by", "to", "with")]
        if len(content) == 1 and not plain and _is_verb(tokens, content[0]):
            if passive:
                yield Relation(right, content[0], left, True)
            else:
                yield Relation(left, content[0], right, False)


def _head_run(tokens: Tokens, runs: Sequence[tuple[int, ...]]) -> tuple[int, ...] | None:
    """Return the first word as a name where it is capitalized, no function word, and a verb follows."""
    words = tokens.words
    if len(words) < 2 or not words[0][0].isupper() or tokens.lows[0] in FUNCTION_WORDS:
        return None
    taken = bool(runs) and runs[0][0] == 0
    return (0,) if not taken and words[1][0].islower() else None


def _runs(indices: Sequence[int], tokens: Tokens) -> list[tuple[int, ...]]:
    runs: list[tuple[int, ...]] = []
    dates = listed_tokens(tokens, countries=False)
    for index in indices:
        if index in dates:
            continue
        if runs and runs[-1][-1] == index - 1 and tokens.starts[index] - tokens.end(index - 1) == 1:
            runs[-1] = (*runs[-1], index)
        else:
            runs.append((index,))
    return runs


def _is_verb(tokens: Tokens, index: int) -> bool:
    word = tokens.lows[index]
    return word.endswith(("ed", "es", "s", "en", "ing")) or word != tokens.stems[index]


def unsupported_relations(
    names: Sequence[int], tokens: Tokens, text: str, source: Source
) -> Iterator[tuple[Relation, int, bool]]:
    """Yield (relation, nearest sentence, whether it is swapped) for relations the source does not hold.

    Only relations whose names and verb the source all knows are judged: a stranger among them is flagged
    as a name, and another verb may be a fair paraphrase.
    """
    for relation in read_relations(names, tokens, text):
        places = _places(tokens.stems[relation.verb], source)
        if not places or not all(_known(run, tokens, source) for run in (relation.agent, relation.patient)):
            continue
        held = swapped = False
        for sentence, verb in places:
            order = _order(relation, tokens, source, sentence, verb)
            held, swapped = held or order > 0, swapped or order < 0
        if not held:
            yield relation, places[0][0], swapped


def _known(run: Sequence[int], tokens: Tokens, source: Source) -> bool:
    return any(source.holders(tokens.stems[index]) for index in run)


def _places(stem: str, source: Source) -> list[tuple[int, int]]:
    """Return (sentence, index) of every place of a verb, its family or a synonym."""
    family, table = root(stem), synonym_groups()
    groups = set(table.get(stem, ()))
    return [
        (sentence, index)
        for sentence, tokens in enumerate(source.sentences)
        for index, other in enumerate(tokens.stems)
        if other == stem or root(other) == family or (groups and not groups.isdisjoint(table.get(other, ())))
    ]


def _order(relation: Relation, tokens: Tokens, source: Source, sentence: int, verb: int) -> int:
    """Return 1 where a sentence bears the relation out, -1 where it has the roles swapped, else 0."""
    other = source.sentences[sentence]
    agents = _positions(relation.agent, tokens, other)
    patients = _positions(relation.patient, tokens, other)
    before = source.sentences[sentence - 1].stems if sentence else ()
    pronouns = [i for i, low in enumerate(other.lows) if low in _PRONOUNS]
    if not agents and pronouns and any(tokens.stems[i] in before for i in relation.agent):
        agents = pronouns
    if not patients and pronouns and any(tokens.stems[i] in before for i in relation.patient):
        patients = pronouns
    if not agents or not patients:
        return 0
    after = set(other.lows[verb + 1 : verb + 4])
    if "by" in after:
        agents, patients = patients, agents
    if any(a < verb for a in agents) and any(p > verb for p in patients):
        return 1
    # Both before or both after the verb: "the call between A and B"; a light reading cannot tell.
    if all(a > verb for a in agents) and all(p < verb for p in patients):
        return -1
    return 1


def _positions(run: Sequence[int], tokens: Tokens, other: Tokens) -> list[int]:
    stems = {tokens.stems[index] for index in run}
    return [index for index, stem in enumerate(other.stems) if stem in stems]
