"""Whether what is left of a sentence still hangs together, and how it is spoken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarize.composing.verb_forms import base_form, gerund_base
from summarize.composing.vocabulary import PARTICLES
from summarize.encoder import Analysis
from summarize.language.tagged import BE, DASHES, NOUN, VERB
from summarize.language.words import word_set

_CLINGING = frozenset(",;:.!?)%")
_CLOSING = frozenset({"”", "’", "'", '"', "'s", "’s"})
_JOINTS = frozenset({"and", "or", "but", "&", ",", ";", "then", "nor", "-", "–", "—", "to", "than"})
# Relations of words that lead to another one.
_LEADING = frozenset(
    {"cc", "mark", "aux", "auxpass", "det", "poss", "case", "preconj", "predet", "neg", "complm"}
)
_GOVERNING = frozenset({"VBG", "VB", "VBZ", "VBP", "VBD"})
_BEFORE_NOUNS = frozenset({"DT", "JJ", "JJR", "JJS", "CD", "PRP$"})
# Verbs that take whom and what.
_GIVING = word_set(
    """give hand offer send show tell award grant pay cost deny promise teach lend ask charge fine owe cause
    earn win bring make call name elect crown appoint allow save leave bet"""
)
# "an hour", "a European": letters that mislead.
_SOUNDS_OPEN = ("hour", "honest", "honour", "honor", "heir", "x-ray", "mp", "nhs", "fbi", "11", "18", "8")
_SOUNDS_CLOSED = (
    "uni",
    "use",
    "us",
    "u.s",
    "uk",
    "euro",
    "one",
    "once",
    "ufo",
    "uran",
    "utah",
    "utop",
    "ubiq",
)


def spoken(a: Analysis, kept: Sequence[int], replaced: Mapping[int, str]) -> str:
    """Return the text of the words that are left, blanks between them and "a" or "an" as it sounds."""
    parts: list[str] = []
    last = -1
    for place, i in enumerate(kept):
        word = replaced.get(i, a.words.tokens[i])
        if not word:
            continue
        gap = range(last + 1, i)
        opened = any(a.words.spaced[j] or a.words.tokens[j] in DASHES for j in gap)
        decimal = word == "." and a.words.spaced[i]  # "rose .08 points"
        if (decimal or word not in _CLINGING) and (a.words.spaced[i] or (opened and word not in _CLOSING)):
            parts.append(" ")
        if a.words.lower[i] in {"a", "an"} and place + 1 < len(kept) and kept[place + 1] != i + 1:
            following = replaced.get(kept[place + 1], a.words.tokens[kept[place + 1]]).lower()
            word = ("an" if _opens_with_vowel(following) else "a") if word[0].islower() else word
        parts.append(word)
        last = i
    return "".join(parts).strip()


def _opens_with_vowel(word: str) -> bool:
    if word.startswith(_SOUNDS_OPEN):
        return True
    return word[:1] in "aeiou" and not word.startswith(_SOUNDS_CLOSED)


def may_end(a: Analysis, last: int, root: int) -> bool:
    """Tell whether a line may end with a word, all that may follow it having been cut.

    What a word cannot do without is never cut, so that only a word that leads to another cannot be the last.

    Args:
        a: the sentence.
        last: the last word that is left.
        root: the verb of the clause that is left.
    """
    while last > 0 and (a.words.tokens[last] in DASHES or a.words.tokens[last] in {",", ";", ":"}):
        last -= 1
    tag, relation = a.words.tags[last], a.relations[last]
    if a.words.tokens[last] in _CLOSING or a.words.tokens[last] == "%":
        return True
    if last == root:
        return a.words.lower[last] not in BE
    if a.heads[last] > last or relation in _LEADING or tag == "MD" or _governs_what_follows(a, last):
        return False
    if tag == "RB":
        return last == len(a) - 1 or a.words.lower[last] in PARTICLES
    return a.words.lower[last] not in BE or tag.startswith("NNP")  # "beheaded by IS"


def _governs_what_follows(a: Analysis, verb: int) -> bool:
    """Whether a verb is parted from what it is about, whatever the tree says: "video showing | members"."""
    if a.words.tags[verb] not in _GOVERNING or verb + 1 >= len(a):
        return False
    noun = next((i for i in range(verb + 1, len(a)) if a.words.tags[i] not in _BEFORE_NOUNS), len(a))
    return noun < len(a) and a.words.tags[noun] in NOUN and a.relations[noun] != "npadvmod"


def is_joined(a: Analysis, kept: Sequence[int], root: int) -> bool:
    """Tell whether every conjunct keeps its "and" and every preposition the words it governs.

    Args:
        a: the sentence.
        kept: the words that are left, left to right.
        root: the verb of the clause that is left: no conjunct of anything, then.
    """
    left = set(kept)
    if _has_two_subjects(a, left) or _has_two_objects(a, left):
        return False
    for i in kept:
        if a.relations[i] == "conj" and i != root:
            joints = [j for j in range(a.heads[i] + 1, i) if a.words.lower[j] in _JOINTS]
            if joints and left.isdisjoint(joints):
                return False
        if a.relations[i] == "appos" and _is_stripped(a, i, left):
            return False
        if _is_stranded(a, i):
            continue
        if a.relations[i] in {"prep", "agent", "cc"} and not any(j > i for j in left):
            return False
        if a.relations[i] == "cc" and (_lost_its_conjunct(a, i, left) or _joins_strangers(a, i, left)):
            return False
        governs = a.relations[i] in {"prep", "agent"} and left.isdisjoint(a.children[i])
        if governs and (a.children[i] or i + 1 not in left):
            return False
    return True


def _is_stripped(a: Analysis, i: int, left: set[int]) -> bool:
    """Whether an apposition lost all that said what it is: "Ali Waseem, brother |, was sentenced"."""
    rest = {
        k for k in range(len(a)) if a.subtree[i] >> k & 1 and k != i and a.words.tags[k] not in {"DT", ","}
    }
    return a.words.tags[i] in {"NN", "NNS"} and bool(rest) and left.isdisjoint(rest)


def _is_stranded(a: Analysis, i: int) -> bool:
    """Whether a preposition governs a word ahead of it: "the best finisher he has played with"."""
    head = a.heads[i]
    return a.relations[i] == "prep" and not a.children[i] and head == i - 1 and a.relations[head] == "relcl"


def _lost_its_conjunct(a: Analysis, i: int, left: set[int]) -> bool:
    """Whether what an "and" or "or" leads to is gone: "271,250 pounds, or |, to a charity"."""
    joined = (
        [c for c in a.children[a.heads[i]] if a.relations[c] == "conj" and c > i] if a.heads[i] >= 0 else []
    )
    return bool(joined) and left.isdisjoint(joined)


def _joins_strangers(a: Analysis, i: int, left: set[int]) -> bool:
    """Whether an "and" no longer stands between what it joined.

    "in 2019 and | then in 2020 | led", "by UEFA and | Dida | has been banned", "killed and scores | wounded".
    """
    head = a.heads[i]
    joined = [c for c in a.children[head] if a.relations[c] == "conj" and c > i] if head >= 0 else []
    if not joined:
        return i + 1 not in left or (i > 1 and left.isdisjoint((i - 1, i - 2)))
    first = joined[0]
    between = [k for k in range(i + 1, first) if a.words.tags[k] in NOUN]
    # The subject is gone and none is left in its place.
    lost = left.isdisjoint(between) and any(not a.subtree[first] >> k & 1 for k in between)
    unlike = first in left and a.words.tags[head] in VERB and a.words.tags[first] in NOUN
    return lost or (unlike and not left.issuperset(joined))


def _has_two_subjects(a: Analysis, left: set[int]) -> bool:
    """Whether two subjects of a verb stay without what parted them: "memo | announcing | retirement"."""
    subjects: dict[int, int] = {}
    for i, relation in enumerate(a.relations):
        if relation in {"nsubj", "nsubjpass"} and i in left:
            first = subjects.setdefault(a.heads[i], i)
            if any(k not in left and a.words.tags[k][0] == "V" for k in range(first + 1, i)):
                return True
    return False


def _has_two_objects(a: Analysis, left: set[int]) -> bool:
    """Whether a verb keeps two objects of which the tree joins one to it by mistake.

    "buying a firearm | his son then took to school"; not "gave the charity a house".
    """
    objects: dict[int, int] = {}
    for i, relation in enumerate(a.relations):
        if relation != "dobj" or i not in left or (first := objects.setdefault(a.heads[i], i)) == i:
            continue
        between = [k for k in range(first + 1, i) if not a.subtree[i] >> k & 1]
        if ":" in {a.words.tokens[k] for k in between}:
            continue
        verb = a.words.lower[a.heads[i]]
        gives = (base_form(verb) or gerund_base(verb) or verb.removesuffix("s")) in _GIVING
        if between or not gives:
            return True
    return False
