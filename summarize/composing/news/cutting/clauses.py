"""Which clauses of a sentence can stand as a line of their own, and what is lost where one does.

"Police said a man had died": the clause that is told may stand alone where its source vouches for it, as the
police do for an arrest; a claim keeps the one who makes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from summarize.composing.vocabulary import GENERIC_SOURCES
from summarize.encoder import Analysis
from summarize.encoder.analysis import ROOT
from summarize.language.tagged import BE, FINITE, NOUN, SUBORDINATE
from summarize.language.words import SAYING, word_set

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_MISTAKEN = frozenset(
    {"nmod", "npadvmod", "dep", "conj", "appos", "pobj"}
)  # what a subject is taken for at times
# Whose word a newspaper takes for a fact in its headline.
_VOUCHERS = GENERIC_SOURCES | word_set("""court jury inquest tribunal army navy coroner statement hospital""")
# Whoever announces or confirms a thing makes it so, or is the one to know.
_SETTLES = word_set("announced announces confirmed confirms")
# Where nobody is named who says it, these say that it is so: "it emerged that".
_EMERGES = word_set("emerged emerges revealed announced confirmed disclosed")
_MANY = 4  # words of a second subject that is left out
_SECOND = 0.3  # what it costs to leave out what the subject did first
# What two do to each other.
_MUTUAL = word_set(
    """met meet meets agreed agree married marry divorced split clashed clash fought fight parted became
    become differ differed"""
)
_BEFALLS = word_set("died dies survived escaped drowned collapsed resigned retired")
_NOT_BELIEVED = word_set(
    """claims claimed claim alleged alleges allege argued argues insisted insists denied denies suggested
    suggests believes believe believed thinks think thought fears feared hopes hoped joked joke asked asks"""
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that may become a line.

    Attributes:
        root: its verb (or what it says of its subject).
        verb: its finite verb: the root itself, or its first auxiliary.
        subject: the topmost word of its subject.
        price: what is lost with the clauses around it.
    """

    root: int
    verb: int
    subject: int
    price: float


def clauses(a: Analysis) -> list[Clause]:
    """Return the clauses that can stand alone, the sentence's main one first."""
    found = []
    if _is_subordinate(a):
        return []
    main = clause_at(a, a.root, 0.0)
    if main is not None:
        found.append(main)
    below = list(a.children[a.root])
    for word in below:
        price = _told_price(a, word) if a.relations[word] == "ccomp" else 1.5
        if a.relations[word] in {"ccomp", "conj", "parataxis"} and price is not None:
            clause = clause_at(a, word, price)
            if clause is not None:
                found.append(clause)
    return found


def second_predicates(a: Analysis) -> Iterator[tuple[Analysis, Clause, int]]:
    """Yield the main clause once more for each further verb of its subject: "They met | and signed a deal".

    Each comes as the sentence with that verb as its root, the clause, and what goes, as bits.
    """
    main = clause_at(a, a.root)
    if main is None or _is_subordinate(a) or main.subject > main.verb:
        return
    for verb in _further_verbs(a, a.root):
        own = {a.relations[c] for c in a.children[verb]}
        helpers = [c for c in a.children[a.root] if a.relations[c] in {"aux", "auxpass"} and c < a.root]
        shared = (
            helpers if a.words.tags[verb] in {"VBN", "VBG", "VB"} and not own & {"aux", "auxpass"} else []
        )
        if a.words.tags[verb] not in FINITE and not (shared and a.words.tags[verb] == a.words.tags[a.root]):
            continue
        kept = {main.subject, verb, *shared}
        heads = [verb if i in kept else head for i, head in enumerate(a.heads)]
        heads[verb], heads[a.root] = ROOT, verb
        relations = ["dep" if i == a.root else "ROOT" if i == verb else r for i, r in enumerate(a.relations)]
        view = replace(a, heads=heads, relations=relations)
        clause = clause_at(view, verb, _SECOND)
        if clause is not None and clause.subject == main.subject:
            stays = a.subtree[verb] | a.subtree[main.subject] | sum(1 << c for c in shared)
            yield view, clause, a.subtree[a.root] & ~stays
            later = _later(a, verb)
            if later:  # "grabbed a knife | and began to stab people"
                yield view, clause, a.subtree[a.root] & ~stays | later


def _further_verbs(a: Analysis, verb: int) -> Iterator[int]:
    """What a subject does further, behind a verb of it: "entered a store, | grabbed a knife | and fled"."""
    for other in a.children[verb]:
        own = {a.relations[c] for c in a.children[other]}
        if a.relations[other] == "conj" and own.isdisjoint(_SUBJECTS | {"neg"}) and other > verb:
            yield other
            yield from _further_verbs(a, other)


def _later(a: Analysis, verb: int) -> int:
    """What a subject does behind a verb, and the "and" before it, as bits."""
    others = [c for c in a.children[verb] if a.relations[c] == "conj" and c in set(_further_verbs(a, verb))]
    joints = [c for c in a.children[verb] if others and a.relations[c] == "cc"]
    return sum(a.subtree[c] for c in (*others, *joints))


def first_subjects(a: Analysis) -> Iterator[tuple[Analysis, Clause, int]]:
    """Yield the main clause with the first of its two subjects alone: "The SNP | and the Greens | object".

    Not where the two do a thing to each other. As `second_predicates` does it.
    """
    main = clause_at(a, a.root)
    if main is None or _is_subordinate(a) or main.subject > main.verb:
        return
    low, below = a.words.lower, a.children[main.subject]
    others = [c for c in below if c > main.subject and a.relations[c] in {"cc", "conj"}]
    if [a.relations[c] for c in others] != ["cc", "conj"] or low[others[0]] != "and":
        return
    beside = {low[c] for c in (*below, *a.children[a.root])}
    if low[a.root] in _MUTUAL or not beside.isdisjoint({"both", "together"}):
        return
    # The verb's number must change with its tense, and the room that is won must be worth it.
    if a.words.tags[main.verb] != "VBD" or low[main.verb] in BE or a.subtree[others[1]].bit_count() < _MANY:
        return
    heads = [a.root if i in others else head for i, head in enumerate(a.heads)]
    relations = ["dep" if i in others else relation for i, relation in enumerate(a.relations)]
    away = a.subtree[others[0]] | a.subtree[others[1]]
    view = replace(a, heads=heads, relations=relations)
    clause = clause_at(view, a.root, _SECOND)
    if clause is not None and clause.subject == main.subject:
        yield view, clause, away


def _is_subordinate(a: Analysis) -> bool:
    """Whether a sentence is no more than an "although" or "after" clause."""
    return any(
        c == 0
        and a.relations[c] in {"mark", "advmod"}
        and a.words.lower[c] in SUBORDINATE | {"where", "whether"}
        for c in a.children[a.root]
    )


def clause_at(a: Analysis, root: int, price: float = 0.0) -> Clause | None:
    """Return the clause of a verb, or None where it has no subject or is not finite."""
    subject = _subject(a, root)
    auxiliaries = [c for c in a.children[root] if a.relations[c] in {"aux", "auxpass"} and c < root]
    # "may have missed": the encoder at times hangs the first auxiliary on the second.
    auxiliaries = [
        c for own in auxiliaries for c in (*a.children[own], own) if a.relations[c] in {"aux", "auxpass"}
    ]
    verb = next((c for c in auxiliaries if a.words.tags[c] in FINITE), root)
    if subject is None or a.words.tags[verb] not in FINITE:
        return None
    if subject > verb and not any(a.relations[c] == "ccomp" and c < root for c in a.children[root]):
        return None  # but "..., warns a survey"
    return Clause(root, verb, subject, price)


def _subject(a: Analysis, root: int) -> int | None:
    """The topmost word of a clause's subject; where the encoder saw none, the noun that must be it."""
    found = next((c for c in a.children[root] if a.relations[c] in _SUBJECTS), None)
    if found is not None or (a.words.tags[root] in {"VB", "VBG"} and not _has_auxiliary(a, root)):
        return found
    times = {i for name in a.names if name.kind == "DATE" for i in range(name.start, name.end)}
    nouns = [c for c in a.children[root] if c < root and a.words.tags[c] in NOUN and c not in times]
    return nouns[-1] if nouns and a.relations[nouns[-1]] in _MISTAKEN else None


def _has_auxiliary(a: Analysis, root: int) -> bool:
    return any(a.relations[c] in {"aux", "auxpass"} and a.words.tags[c] in FINITE for c in a.children[root])


def _told_price(a: Analysis, told: int) -> float | None:
    """What it costs to drop the source of a clause; None where it must not go."""
    teller = a.heads[told]
    low = a.words.lower
    if low[teller] in _EMERGES and any(low[c] == "it" and c < teller for c in a.children[teller]):
        return 0.2
    if low[teller] not in SAYING or low[teller] in _NOT_BELIEVED:
        return None
    if any(a.relations[c] == "neg" for c in a.children[teller]):
        return None
    if any(low[c] in {"if", "whether"} for c in a.children[told]):
        return None
    # A clause further off may hang on another verb: "said Turkey was suspicious he was headed for Syria".
    first = (a.subtree[told] & -a.subtree[told]).bit_length() - 1
    if told > teller and any(a.words.tags[i] in FINITE for i in range(teller + 1, first)):
        return None
    source = next((c for c in a.children[teller] if a.relations[c] in _SUBJECTS), None)
    if source is None:
        return None
    if _accuses(a, told):
        return None
    below = {low[i] for i in range(len(a)) if a.subtree[source] >> i & 1}
    if not below.isdisjoint(_VOUCHERS):
        return 0.2
    return 0.5 if low[teller] in _SETTLES else None


def _accuses(a: Analysis, told: int) -> bool:
    """Whether a clause says of somebody that he did something: nobody but the source vouches for that."""
    subject = next((c for c in a.children[told] if a.relations[c] == "nsubj"), None)
    if subject is None or a.words.lower[told] in _BEFALLS:
        return False
    person = any(name.kind == "PER" and name.start <= subject < name.end for name in a.names)
    return person or a.words.lower[subject] in {"he", "she", "they", "suspect", "man", "woman", "suspects"}
