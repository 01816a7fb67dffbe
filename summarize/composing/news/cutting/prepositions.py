"""What it costs to lose a preposition and what hangs on it: "in Leeds", "of murder". English only."""

from __future__ import annotations

from summarize.composing import vocabulary
from summarize.encoder import Analysis
from summarize.language.tagged import BE, RELATIVE, VERB
from summarize.language.words import word_set

_OBJECTS = frozenset({"dobj", "attr", "acomp", "xcomp", "ccomp", "oprd", "dative"})
SPANS = word_set(
    """day days week weeks month months year years hour hours minute minutes decade decades moments"""
)
# "a man who killed two": without its clause it is nobody.
ANYBODY = word_set(
    """people person those one man men woman women boy girl child children someone anyone something
    thing things way"""
)
_LEADS_ON = word_set("connection accordance line light contact charge need favour favor front search touch")
_NEEDED_BEHIND = word_set("over in about at by")
_BOUND = word_set("of with to for from as on against into onto toward towards")


def of_preposition(a: Analysis, word: int) -> float | None:
    """Return what leaving out a preposition and its object costs more, or None where it must stay.

    Args:
        a: the sentence.
        word: the preposition.
    """
    head, low = a.heads[word], a.words.lower
    tag = a.words.tags[head]
    if a.relations[head] == "npadvmod" or low[head] in SPANS:
        return None  # "weeks | after he was dismissed", "a day | after the vote"
    if any(a.words.tags[child] in RELATIVE for child in a.children[word]):
        return None  # "the years | in which he led"
    if low[word] in {"than", "unlike"} or any(
        low[c] == "such" for o in a.children[word] for c in a.children[o]
    ):
        return None  # "shrouded | in such secrecy that"
    if not a.children[word] or (low[word] == "from" and any(low[c] == "to" for c in a.children[head])):
        return None
    if low[head] in _LEADS_ON or (low[head] in ANYBODY and low[word] in {"with", "without"}):
        return None  # "in connection | with the theft", "men | with low levels"
    if low[word] in {"without", "except", "despite"}:
        return 1.5
    if tag == "CD" and low[word] == "to":
        return None  # "66 | to 27"
    if tag in VERB:
        if word < head:
            return -0.3
        right = [child for child in a.children[head] if child > head]
        # What the verb governs may follow: "revealed | for the first time | that".
        bare = not any(
            a.relations[child] in _OBJECTS or (child < word and a.relations[child] in {"prep", "agent"})
            for child in right
        )
        if bare and low[head] in BE:
            return None  # "are | at risk"
        passive = any(a.relations[child] in {"auxpass"} for child in a.children[head])
        if bare and low[head] not in vocabulary.INTRANSITIVE:
            if low[word] in _BOUND and word <= head + 2:
                return None  # "led | to a rethink", "accused | of theft"
            return 1.5 if not passive and low[word] in _NEEDED_BEHIND else 0.3
        return 2.0 if low[word] in {"of", "to", "as", "into"} else 0.0
    if tag.startswith("JJ") and 0 <= a.heads[head] < head:
        return None  # "a bar popular | with expatriates"
    if tag.startswith("JJ") or tag in {"RB", "CD"} or low[head] in vocabulary.BEFORE_TO:
        return 3.0 if a.relations[head] in {"acomp", "attr", "amod"} else 1.5
    return {"of": 2.0, "for": 0.7, "between": 1.5, "against": 0.8, "to": 0.8, "as": 1.0}.get(low[word], 0.3)
