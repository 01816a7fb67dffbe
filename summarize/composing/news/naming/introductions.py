"""Whom a line speaks of: full names where a surname or a pronoun would be a reader's first word of somebody.

What is unambiguous is replaced, with the sentence that gives the name as further evidence; a line whose
reference cannot be told is refused. English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from summarize.composing.news.naming.people import HE, SHE, People
from summarize.composing.news.naming.references import dangling
from summarize.composing.vocabulary import TITLES
from summarize.encoder import Analysis
from summarize.encoder.analysis import Name

_BEFORE_SURNAMES = frozenset({"the", "a", "an", "nee", "née", "another"})
_AGED = re.compile(r"(\d{1,3})-year-old")
_STYLED = frozenset({"Mr", "Mrs", "Ms", "Miss"})
# Somebody bears these wherever he is named: "Dr Seager" is the article's Sara Seager.
_STYLES_OF_MANY = frozenset({"Dr", "Prof", "Professor", "Rev", "Col", "Capt", "Sgt", "Det", "Supt", "Cllr"})


@dataclass(frozen=True, slots=True)
class Introduced:
    """A line in which everybody is introduced.

    Attributes:
        replaced: what stands for some of its words.
        evidence: indices of the sentences that give those names.
        named: the names a reader has met once the line is read, in small letters.
    """

    replaced: Mapping[int, str]
    evidence: tuple[int, ...]
    named: frozenset[str]


def introduce(
    a: Analysis,
    kept: Sequence[int],
    index: int,
    people: People,
    named: frozenset[str],
    *,
    follows: bool = False,
    roles: bool = False,
    met: frozenset[str] = frozenset(),
) -> Introduced | None:
    """Introduce everybody a line speaks of, or return None where that cannot be done.

    Args:
        a: the sentence it was made from.
        kept: the words of the line, left to right.
        index: the sentence's index in the document.
        people: the people of the article.
        named: the names and nouns a reader has met before, in small letters.
        follows: whether the sentence before it is the line before: then "he" is whom that line names.
        roles: whether there is room to say who somebody is: "Labour leader Jeremy Corbyn".
        met: whom a reader has met elsewhere, in small letters: they get their full name, and no role again.
    """
    found = _with_full_names(a, kept, people, named, met if roles else None)
    if found is None:
        return None
    doubt = None if follows else dangling(a, kept, named)
    if index == 0 and doubt is not None and doubt not in kept[:2] and not _lost_before(a, kept, doubt):
        doubt = None  # an article's first sentence speaks of nobody but whom it introduces
    nouns = {a.words.lower[i] for i in kept if a.words.tags[i].startswith("NN")}
    found = replace(found, named=found.named | nouns)
    return found if doubt is None else _with_antecedent(a, kept, doubt, index, people, found)


def _lost_before(a: Analysis, kept: Sequence[int], doubt: int) -> bool:
    """Whether a noun ahead of a word was cut, which that word may have meant."""
    left = set(kept)
    return any(a.words.tags[i].startswith("NN") for i in range(doubt) if i not in left)


def _with_full_names(
    a: Analysis, kept: Sequence[int], people: People, named: frozenset[str], elsewhere: frozenset[str] | None
) -> Introduced | None:
    """Give a surname that a reader meets first its full name; None where two people bear it."""
    replaced: dict[int, str] = {}
    evidence: list[int] = []
    met = set(named)
    left = set(kept)
    quoted = {i for start, end in a.words.quotations for i in range(start, end)}
    for name in _persons(a, people):
        own = [i for i in range(name.start, name.end) if i in left]
        while own and a.words.tokens[own[0]].rstrip(".") in _STYLED:
            own = own[1:]
        if not own:
            continue
        last = a.words.tokens[own[-1] if a.words.lower[own[-1]] not in {"'s", "’s"} else own[0]]
        alone = len([i for i in own if a.words.tokens[i][0].isupper()]) == 1
        if alone and last.lower() not in met:
            if people.is_ambiguous(last):
                return None
            full = people.full_name(last)
            before = a.words.tokens[own[0] - 1] if own[0] - 1 in left else ""
            # "Mary J. | Blige", "ex-Blue | Peter" and "Zaki-ur-Rehman | Lakhvi" have their first names.
            parts = (*full[0].split(), "'s", "’s", ".") if full else ()
            first = before.rpartition("-")[2]
            has_first = bool(first) and any(part.endswith(first) for part in parts)
            # Nobody's words are changed, and "the Cobain tapes" bears no first name.
            fixed = own[0] in quoted or before.lower() in _BEFORE_SURNAMES
            # "16 Sherpa guides" are nobody of that name.
            fixed |= a.relations[own[-1]] == "compound" and a.words.tags[a.heads[own[-1]]] in {"NN", "NNS"}
            # "President Clinton" need not be the Clinton whose full name the article gives.
            office = before in TITLES and before.rstrip(".") not in _STYLES_OF_MANY
            fixed |= office and full is not None and not people.are_named(f"{before} {full[0]}")
            if full is not None and not has_first and not fixed:
                if before.rstrip(".") in _STYLED:
                    replaced[own[0] - 1] = ""
                rest = [i for i in own if a.words.lower[i] not in {"'s", "’s"}]
                described = own[0] - 1 in left and a.words.tags[own[0] - 1].startswith(("NN", "JJ"))
                known = elsewhere is None or last.lower() in elsewhere
                who = people.role(full) if not known and not described else ""
                replaced.update(dict.fromkeys(rest, "") | {own[0]: f"{who} {full[0]}".strip()})
                evidence.append(full[1])
        met.update(a.words.lower[i] for i in own)
    return Introduced(replaced, tuple(evidence), frozenset(met))


def _with_antecedent(
    a: Analysis, kept: Sequence[int], doubt: int, index: int, people: People, found: Introduced
) -> Introduced | None:
    """Put the name of whom "he" or "the 24-year-old" means in its place; None where that is not sure."""
    word = a.words.lower[doubt]
    if word == "the":
        return _with_name_for_age(a, kept, doubt, index, people, found)
    if word not in HE | SHE:
        return None
    name, evidence = _left_out(a, doubt, set(kept)), found.evidence
    if name is None and doubt == kept[0] and (meant := people.meant(index, word)) is not None:
        name, evidence = meant[0], (*evidence, meant[1])
    if name is None:
        return None
    replaced = {**found.replaced, doubt: name + ("’s" if a.words.tags[doubt] == "PRP$" else "")}
    return Introduced(replaced, evidence, found.named | {*name.lower().split()})


def _with_name_for_age(
    a: Analysis, kept: Sequence[int], doubt: int, index: int, people: People, found: Introduced
) -> Introduced | None:
    """ "The 24-year-old scored" becomes "Harry Kane scored", where it must be him."""
    said, *rest = [i for i in kept if i > doubt] or [doubt]
    age = _AGED.fullmatch(a.words.lower[said])
    # "The 72-year-old actor" may be somebody else than the witness just named.
    if age is None or (rest and a.words.tags[rest[0]].startswith(("NN", "JJ"))):
        return None
    full = people.aged(index, age.group(1))
    surname = full[0].split()[-1].lower() if full else ""
    if full is None or surname in {a.words.lower[i] for i in kept}:
        return None
    name = full[0] if surname not in found.named else full[0].split()[-1]
    replaced = {**found.replaced, doubt: "", said: name}
    return Introduced(replaced, (*found.evidence, full[1]), found.named | {*full[0].lower().split()})


def _left_out(a: Analysis, pronoun: int, left: set[int]) -> str | None:
    """The one person whom the sentence names ahead of a pronoun, in a part that is left out, or None."""
    names = [name for name in a.names if name.kind == "PER"]
    if len(names) != 1 or names[0].end > pronoun or names[0].start in left:
        return None
    tokens = a.words.tokens[names[0].start : names[0].end]
    return " ".join(token for token in tokens if token not in {"'s", "’s"}) or None


def _persons(a: Analysis, people: People) -> Iterator[Name]:
    """The people named, left to right: those the encoder saw, and surnames that the article introduces."""
    # A lone surname is sometimes taken for a company or a work.
    sure = [name for name in a.names if name.kind not in {"ORG", "MISC"} or name.end > name.start + 1]
    seen = {i for name in sure for i in range(name.start, name.end)}
    for name in sure:
        if name.kind == "PER":
            yield name
    for i, token in enumerate(a.words.tokens):
        if i not in seen and token in people.full_names and (not people.known or token in people.known):
            yield Name(i, i + 1, "PER")
