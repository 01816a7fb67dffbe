"""Which clauses of a sentence can stand as a line of their own, and what is lost where one does.

"Police said a man had died": the clause that is told may stand alone where its source vouches for it, as the
police do for an arrest; a claim keeps the one who makes it.
"""

from __future__ import annotations

from dataclasses import dataclass

from summarize.composing.vocabulary import GENERIC_SOURCES
from summarize.encoder import Analysis
from summarize.language.tagged import FINITE, NOUN, SUBORDINATE
from summarize.language.words import SAYING, word_set

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_MISTAKEN = frozenset(
    {"nmod", "npadvmod", "dep", "conj", "appos", "pobj"}
)  # what a subject is taken for at times
# Whose word a newspaper takes for a fact in its headline.
_VOUCHERS = GENERIC_SOURCES | word_set("""court jury inquest tribunal army navy coroner statement hospital""")
# Whoever announces or confirms a thing makes it so, or is the one to know.
_SETTLES = word_set("announced announces confirmed confirms")
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
    verb = next((c for c in auxiliaries if a.words.tags[c] in FINITE), root)
    if subject is None or subject > verb or a.words.tags[verb] not in FINITE:
        return None
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
