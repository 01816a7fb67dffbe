"""Words that point back at what a reader has not met: "he", "the group", "this". English only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.composing.news.naming.people import HE, PERSON_WORDS, SHE
from summarize.encoder import Analysis
from summarize.language.words import SAYING, word_set

_THEY, _IT = word_set("they them their theirs themselves"), word_set("it its itself")
# "The group" and the like say of whom they speak only to a reader who has met them.
_BACKWARD = word_set(
    """group company firm pair duo couple trio man woman boy girl men women suspect suspects victim victims
    incident move girls boys teens schoolgirls decision team club agency organisation organization statement
    case report announcement deal plan attack film movie show book song album study letter video footage
    image images picture pictures photo photos children family parents officer officers driver teenager
    student star singer actor actress striker midfielder defender goalkeeper manager player boss coach
    website site newspaper magazine store shop hotel school building house home vehicle car plane aircraft
    boat ship bill law measure proposal project program programme ruling verdict trial hearing investigation
    inquiry operation mission game match event result results exploit finding findings seizure letters
    champions schoolboy protester demand threat tragedy memo device breed birds model
    area region festival procedure subject rumours rumors message van lorry truck mp politician comedian
    rapper presenter host writer researcher
    medallists researchers scientists vessel crash stabbing shooting fire blaze"""
)
# They end as "teacher" does and are nobody.
_THINGS = word_set(
    """newspaper paper number water order computer power river weather summer winter quarter theater matter
    letter shoulder border corner tower chapter poster september october november december center
    counter encounter dinner hangar calendar disaster register chamber layer wonder murder slaughter
    helicopter trailer"""
)
_POINTING = word_set("this these those such that")
_NEAR_TIMES = word_set(
    """week weekend month year morning afternoon evening night season summer winter spring autumn fall time
    day century decade point stage country"""
)
_SPANS = word_set("days weeks months years hours people")
_SAYS_WHICH = word_set("who in with behind involved affected responsible")
_COUNTED = word_set("both many most some few several neither either each all one two three")
_FURTHER = word_set("another other others")
_CONCEDING = frozenset(
    {("even", "so"), ("at", "first"), ("for", "instance"), ("that", "means"), ("the", "rest")}
)
_SOON = word_set("a an days hours weeks months minutes moments")
_ORDINALS = word_set("first second third fourth finally lastly secondly thirdly")
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_SOMEBODY = re.compile(r"(?:man|woman|year-old|[a-z]{3}(?:er|or|ist|ian|eer))$")
_ALONE = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OF_ONES_OWN = word_set("in during throughout since with despite through")
_OF_OTHERS = word_set(
    "death trial funeral inquest hearing arrest absence killing murder case name honour honor defence"
)
_NUMBERED = word_set("two three four latter former same other")
_GOVERNING = frozenset({"of", "who", "that", "'s", "’s"})
_BE = frozenset({"is", "was", "be", "been", "'s", "’s"})


def dangling(a: Analysis, kept: Sequence[int], met: frozenset[str]) -> int | None:
    """Return the first word that points at what neither the line nor a line before it names, or None.

    Args:
        a: the sentence that the line was made from.
        kept: the words of the line, left to right.
        met: names and nouns of the lines before, in small letters.
    """
    quoted = {i for start, end in a.words.quotations for i in range(start, end)}
    for place, i in enumerate(kept):
        if i in quoted:
            continue
        unmet = _is_unmet_pronoun(a, i, kept[:place]) and not _means_the_subject(a, i, kept)
        if unmet or _is_unmet_noun(a, kept, place, met):
            return i
    return None


def _means_the_subject(a: Analysis, i: int, kept: Sequence[int]) -> bool:
    """Whether somebody is named right behind: "During his campaign, Trump promised".

    Not "At his trial, Smith said", nor "At an inquest into his death, Smith said": that is somebody else.
    """
    noun = a.heads[i]
    preposition = a.heads[noun] if noun >= 0 else -1
    if a.words.lower[i] not in HE | SHE or a.relations[i] != "poss" or preposition < 0:
        return False
    own = a.words.lower[preposition] in _OF_ONES_OWN and a.words.lower[noun] not in _OF_OTHERS
    named = [j for j in kept if j > noun and a.heads[j] == a.root and a.relations[j] in _SUBJECTS]
    if not own or a.heads[preposition] != a.root or not named:
        return False
    return a.words.tags[named[0]] == "NNP" and not _is_name(a, named[0])


def _is_unmet_pronoun(a: Analysis, i: int, earlier: Sequence[int]) -> bool:
    low = a.words.lower[i]
    if a.words.tags[i] not in {"PRP", "PRP$"}:
        return False
    if low in HE | SHE:
        return not any(_is_person(a, j) for j in earlier)
    if low in _THEY | _IT and a.relations[i] == "nsubj" and a.words.lower[a.heads[i]] in SAYING:
        return not any(_is_name(a, j) or a.words.tags[j] == "NNS" for j in earlier)  # "..., it said"
    if low in _THEY:
        return not any(
            a.words.tags[j] in _PLURAL_TAGS or a.words.lower[j] in {"and", "police"} or _is_name(a, j)
            for j in earlier
        )
    if low in _IT:
        return not any(a.words.tags[j].startswith("NN") for j in earlier) and not _is_empty_it(a, i)
    return False


def _is_unmet_noun(a: Analysis, kept: Sequence[int], place: int, met: frozenset[str]) -> bool:
    """Whether "this" or "the" opens something that was not named before."""
    i = kept[place]
    low = a.words.lower[i]
    following = a.words.lower[kept[place + 1]] if place + 1 < len(kept) else ""
    if place == 0 and _leans(a, kept):
        return True
    if place == 0 and low in _POINTING:
        return following not in _NEAR_TIMES and not (low == "those" and following in _SAYS_WHICH)
    if low in {"this", "these"} and a.words.tags[i] == "DT" and a.relations[i] in _ALONE:
        return True  # "the court says this will help"
    if place > 0 and low in {"this", "these", "those", "such"}:
        return _shows_back(a, i, met | {a.words.lower[j] for j in kept[:place]})
    return low == "the" and bool(following) and following not in met and _points_back(a, kept, place)


def _shows_back(a: Analysis, i: int, read: frozenset[str]) -> bool:
    """Whether "this weapon" or "such journeys" means one that was not read of; "those affected" says whom."""
    noun = a.heads[i]
    if noun < i or not a.words.tags[noun].startswith("NN") or a.words.lower[i + 1] == "as":
        return False
    says_which = {"prep", "relcl", "acl", "ccomp"}
    explained = any(c > noun and a.relations[c] in says_which for c in a.children[noun])
    return not explained and a.words.lower[noun] not in read | _NEAR_TIMES | _SPANS


def _leans(a: Analysis, kept: Sequence[int]) -> bool:
    """Whether a line opens with what only the sentence before it explains.

    "Both received", "Others fled", "Within a year,", "Less than an hour later,", "Second,", "Even so,".
    """
    low = [a.words.lower[i] for i in kept[:8]]
    following = low[1] if len(low) > 1 else ""
    if low[0] in _COUNTED and a.relations[kept[0]] in _SUBJECTS and following not in {"of", "in"}:
        return True
    if (
        "separate" in low[:2]
        or low[0] in _FURTHER
        or tuple(low[:2]) in _CONCEDING
        or (low[0] in _ORDINALS and following == ",")
    ):
        return True
    if low[0] == "within" and following in _SOON:
        return True
    ahead = low[: low.index(",")] if "," in low else low
    return ahead[-1:] == ["later"]


def _is_person(a: Analysis, i: int) -> bool:
    low = a.words.lower[i]
    if low in PERSON_WORDS or (a.words.tags[i] == "NN" and _SOMEBODY.search(low) and low not in _THINGS):
        return True
    return any(name.start <= i < name.end and name.kind == "PER" for name in a.names)


def _is_name(a: Analysis, i: int) -> bool:
    return any(name.start <= i < name.end and name.kind in {"ORG", "GPE", "NORP"} for name in a.names)


def _is_empty_it(a: Analysis, i: int) -> bool:
    """Whether "it" stands for what follows: "It is unclear whether", "it was reported that"."""
    head = a.heads[i]
    if a.relations[i] == "expl" or head < 0:
        return a.relations[i] == "expl"
    clause = any(a.relations[c] in {"ccomp", "csubj", "xcomp", "advcl"} and c > i for c in a.children[head])
    return clause and any(a.words.lower[c] in _BE for c in [head, *a.children[head]])


def _counts_the_known(a: Analysis, i: int) -> bool:
    """Whether "the 11 medallists" opens a line: a reader must have met them, unless what follows says who."""
    noun = a.heads[i]
    return (
        a.words.tags[i] == "CD"
        and a.relations[i] == "nummod"
        and a.words.tags[noun] == "NNS"
        and not any(c > noun and a.relations[c] in {"prep", "relcl", "acl"} for c in a.children[noun])
    )


def _points_back(a: Analysis, kept: Sequence[int], place: int) -> bool:
    """Whether "the" opens a bare "the group", with nothing that says which."""
    noun = kept[place + 1]
    low = a.words.lower[noun]
    if place == 0 and (low in _NUMBERED or low.endswith("-year-old")):
        return True
    if place == 0 and _counts_the_known(a, noun):
        return True
    if place == 0 and low.endswith(("man", "woman", "ian", "ese")) and a.words.tokens[noun][0].isupper():
        return not a.words.tags[min(noun + 1, len(a) - 1)].startswith("NN")  # "the Welshman"
    # "Smith told the court": behind a subject that is named, the noun belongs to the same scene.
    if place > 1 or low not in _BACKWARD or not a.words.tags[noun].startswith("NN"):
        return False
    after = kept[place + 2] if place + 2 < len(kept) else noun
    if after != noun and (a.words.tags[after].startswith("NN") or a.words.lower[after] in _GOVERNING):
        return False
    return not any(
        c in kept
        and c > noun
        and a.relations[c] in {"prep", "relcl", "acl"}
        and "," not in a.words.tokens[noun:c]
        for c in a.children[noun]
    )
