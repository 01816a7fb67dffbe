"""What a sentence cannot lose because the words left would say something else, or nothing. English only.

Each rule looks at one constituent by its topmost word; `constituents` says what may go at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from summarize.composing import vocabulary
from summarize.encoder import Analysis
from summarize.language.tagged import VERB
from summarize.language.words import word_set

# What one of these is of says all: "one count | of assault", "state | of emergency".
_OF_SOMETHING = word_set(
    """body count counts number numbers kind kinds type types sort part parts piece series range lack risk
    member members victim victims cause result site top end middle head use behalf spate string chance state
    sign signs way ways age form level rate group team pair couple third quarter commission house board
    court"""
)
# What these do to their object stands behind it: "put his career | at risk".
_BEHIND_OBJECT = {
    **dict.fromkeys(
        ("put", "puts", "putting", "placed", "set", "places"), word_set("at in on into under to")
    ),
    **dict.fromkeys(("throw", "threw", "throws", "pour", "poured"), word_set("at in on over into")),
    **dict.fromkeys(("expose", "exposes", "exposed", "order", "orders", "ordered"), word_set("to into")),
    **dict.fromkeys(("reunite", "reunites", "reunited", "replace", "replaces", "replaced"), word_set("with")),
    **dict.fromkeys(("turn", "turned", "turns", "bring", "brings", "brought"), word_set("into in to")),
    **dict.fromkeys(("compare", "compares", "compared", "likened"), word_set("to with")),
    **dict.fromkeys(word_set("regarded bill billing billed described describes portrayed"), word_set("as")),
    **dict.fromkeys(
        word_set(
            """ban bans banned banning bar bars barred barring block blocks prevent prevents prevented
            preventing stop stops stopped stopping"""
        ),
        word_set("from"),
    ),
    **dict.fromkeys(word_set("sentence sentences sentenced sentencing"), word_set("to")),
    **dict.fromkeys(("keep", "kept", "keeps", "hold", "holds", "left", "leaves"), word_set("at in under")),
}
# "spent | several years", "lasted | two hours", "it has been | 99 years since".
_MEASURED = word_set(
    """spent spend spends spending lasted last lasts lasting took take takes taken cost costs weighs weighed
    measures measured served serve serves serving been is was waited"""
)
# "having sex | with a student": with whom is the point.
_WITH_SOMEBODY = word_set("sex affair relationship relationships links ties contact feud dispute row fight")
_CAUSED = word_set("have had has having get got gets want wants wanted keep kept find found see saw seen")
_UNIQUE = word_set("only first last same sole final next")
_SPANS = word_set("year years month months week weeks decade decades century season seasons")
_MEASURES = word_set("times years months weeks days hours minutes occasions ways reasons people")
_STREETS = word_set("street road avenue lane square park drive close crescent")
_CONCESSION = word_set("if when though as before after")
_EXCEPTIVE = {("other", "than"), ("apart", "from"), ("aside", "from")}
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:s|-\d\d)?")
_LONG_AGO = word_set("ago decade decades century centuries earlier previous")

# Relations of what stands behind a verb and completes nothing.
BESIDE = frozenset({"punct", "prt", "cc", "conj", "preconj", "aux", "auxpass", "neg", "parataxis"})
_EMBEDDED = frozenset({"relcl", "acl", "advcl", "pcomp", "xcomp", "ccomp", "conj", "ROOT"})
# A clause may end with these: "who died", "after he was arrested".
_COMPLETE = word_set(
    """died dies die dying dead killed injured wounded arrested hurt resigned resigns resign collapsed drowned
    survived survive escaped escape cancelled canceled jailed destroyed evacuated married divorced retired
    retire suspended sacked dismissed won win lost lose vanished disappeared crashed said says
    improve improved continue continued happened"""
)

_Rule = Callable[[Analysis, int, int], bool]


def is_needed(a: Analysis, word: int) -> bool:
    """Tell whether a constituent must stay wherever what it depends on stays.

    Args:
        a: the sentence.
        word: the topmost word of the constituent, not the root.
    """
    return any(rule(a, word, a.heads[word]) for rule in (_excepts, *_RULES.get(a.relations[word], ())))


def wanting(a: Analysis) -> frozenset[int]:
    """Return the verbs that must keep some of what stands behind them: "a storm that arrived | on Monday"."""
    return frozenset(
        word
        for word, relation in enumerate(a.relations)
        if a.words.tags[word] in VERB
        and relation in _EMBEDDED
        and not (relation == "acl" and a.words.tags[word] == "VB")  # "the vote to remain"
        and a.words.lower[word] not in _COMPLETE
        and not any(_completes(a, word, child) for child in a.children[word])
        and any(child > word and a.relations[child] not in BESIDE for child in a.children[word])
    )


def _completes(a: Analysis, word: int, child: int) -> bool:
    """Whether a verb needs no more than this: "stepping down", "did not race", "..., a court heard"."""
    relation = a.relations[child]
    return relation in {"prt", "neg"} or (relation == "ccomp" and child < word)


def is_second_subject(a: Analysis, word: int) -> bool:
    """Tell whether a subject behind its verb and a comma is no subject: "confirmed in K2-18b, | a planet"."""
    head = a.heads[word]
    first = (a.subtree[word] & -a.subtree[word]).bit_length() - 1
    return (
        word > head
        and a.words.tokens[first - 1] == ","
        and any(a.relations[c] in {"nsubj", "nsubjpass"} and c < head for c in a.children[head])
    )


def is_before_nickname(a: Analysis, last: int) -> bool:
    """Whether a first name ends and its nickname follows: "Matiu | "Matt" Ratana"."""
    return a.words.tags[last] == "NNP" and any(
        start == last + 1
        and end < len(a)
        and {*a.words.tags[start + 1 : end - 1], a.words.tags[end]} == {"NNP"}
        for start, end in a.words.quotations
    )


def is_background(a: Analysis, mask: int) -> bool:
    """Tell whether words place what is told in another time than the news: "in 2005", "three months earlier".

    A whole date ("on 13 March 2015") is the news's own.
    """
    low = [a.words.lower[i] for i in range(len(a)) if mask >> i & 1]
    if any(_YEAR.fullmatch(word) for word in low):
        return not any(word.isdigit() and int(word) < 32 for word in low)
    if "this" in low:  # "earlier this month"
        return False
    return not _LONG_AGO.isdisjoint(low) and len(low) > 1


def _excepts(a: Analysis, word: int, head: int) -> bool:
    """ "Other than the lead aircraft, | none was on a flight plan"."""
    first = (a.subtree[word] & -a.subtree[word]).bit_length() - 1
    low = a.words.lower
    pairs = {tuple(low[first : first + 2]), tuple(low[max(0, first - 1) : first + 1])}
    return low[first] in {"except", "barring"} or not pairs.isdisjoint(_EXCEPTIVE)


def _compares(a: Analysis, word: int, head: int) -> bool:
    """ "as recently | as September 2007"."""
    if a.words.lower[word] not in {"as", "than"} or a.words.tags[head][:2] not in {"RB", "JJ"}:
        return False
    return any(a.words.lower[c] in {"as", "more", "less"} for c in a.children[head]) or a.words.tags[
        head
    ].endswith("R")


def _compares_clauses(a: Analysis, word: int, head: int) -> bool:
    """ "as relieved | as he was pleased"."""
    marks = {a.words.lower[c] for c in a.children[word] if a.relations[c] in {"mark", "advmod"}}
    return "as" in marks and any(a.words.lower[c] == "as" and c < head for c in a.children[head])


def _has_the_object(a: Analysis, word: int, head: int) -> bool:
    """ "better represent, | integrate and liaise with the town": what is done to whom stands at the end."""
    if a.words.tags[head] not in VERB or a.words.tags[word] not in VERB or a.relations[head] == "ROOT":
        return False
    between = [c for c in a.children[head] if head < c < word and a.relations[c] not in BESIDE]
    chain = [word]
    chain += [c for c in a.children[word] if a.relations[c] == "conj"]
    return not between and any(c > w and a.relations[c] not in BESIDE for w in chain for c in a.children[w])


def _since_the_first(a: Analysis, word: int, head: int) -> bool:
    """ "the first time | since 1964", "the first win | in five years"."""
    above, low = a.subtree[head], a.words.lower
    span = low[word] in {"in", "for"} and any(low[c] in _SPANS for c in a.children[word])
    return (span or low[word] in {"since", "until"}) and any(
        above >> i & 1 and (a.words.lower[i] in _UNIQUE or a.words.tags[i] in {"JJS", "RBS"})
        for i in range(word)
    )


def _of_what(a: Analysis, word: int, head: int) -> bool:
    """ "one count | of assault", "the mayor | of Leeds"."""
    low = a.words.lower
    if low[word] != "of":
        return False
    definite = any(
        (a.relations[c] == "det" and low[c] == "the") or a.relations[c] == "poss" for c in a.children[head]
    )
    if definite or a.words.tags[head] in {"CD", "JJS", "DT"}:
        return True
    return low[head] in _OF_SOMETHING | vocabulary.AMOUNTS


def _to_its_object(a: Analysis, word: int, head: int) -> bool:
    return a.words.lower[word] in _BEHIND_OBJECT.get(a.words.lower[head], ())


def _with_whom(a: Analysis, word: int, head: int) -> bool:
    """ "an affair | with a student", "had an affair | with a student"."""
    if a.words.lower[word] != "with":
        return False
    objects = [head, *(c for c in a.children[head] if a.relations[c] == "dobj" and c < word)]
    return any(a.words.lower[i] in _WITH_SOMEBODY for i in objects)


def _reflexive(a: Analysis, word: int, head: int) -> bool:
    """ "turned himself | in"."""
    return a.words.tags[head] in VERB and a.words.lower[word - 1].endswith(("self", "selves"))


def _measured(a: Analysis, word: int, head: int) -> bool:
    if word > 0 and a.words.lower[(a.subtree[word] & -a.subtree[word]).bit_length() - 2] in _MEASURED:
        return any(a.relations[c] in {"nummod", "amod", "det"} for c in a.children[word])
    return False


def _resulting(a: Analysis, word: int, head: int) -> bool:
    """ "have the womb | removed", "50 people were killed and scores | wounded"."""
    if a.relations[head] == "conj" and a.words.tags[a.heads[head]] in VERB:
        return True
    if a.words.lower[head] in {"number", "proportion", "percentage", "share"}:
        return True  # "a rise in the number of children | admitted to hospital"
    if a.words.tags[word] not in {"VBN", "VBG"} or a.relations[head] != "dobj":
        return False
    return a.words.lower[a.heads[head]] in _CAUSED and a.words.tokens[word - 1] != ","


def _which(a: Analysis, word: int, head: int) -> bool:
    """ "the best finisher | he has played with": nothing is best or only without its clause."""
    verb = a.heads[head]
    if verb >= 0 and any(a.words.lower[c] == "it" and a.relations[c] == "nsubj" for c in a.children[verb]):
        return a.relations[head] == "attr"  # "it was foreigners | who made up the majority"
    first = (a.subtree[word] & -a.subtree[word]).bit_length() - 1
    if first and a.words.tokens[first - 1] in {",", "–", "—", "-", "--"}:
        return False
    return any(
        a.words.tags[c] in {"JJS", "RBS"}
        or a.words.lower[c] in _UNIQUE
        or a.words.lower[c] in {"those", "all"}
        for c in a.children[head]
        if c < head
    )


def _listed(a: Analysis, word: int, head: int) -> bool:
    """ "A, B and C" whose B was taken for what A is."""
    placed = a.words.tags[head] == "NNP" and any(a.words.lower[c] in {"a", "an"} for c in a.children[head])
    if placed:
        return True  # "on a Dhaka, Bangladesh, | street"
    if a.words.tags[head] == "NNP" and a.words.lower[head] in _STREETS:
        return True  # "near High Street, | Bryngwran"
    joined = any(a.relations[c] == "conj" for c in a.children[word])
    described = any(a.relations[c] in {"det", "poss"} for c in a.children[word])
    return joined and not described


def _bears_on_participle(a: Analysis, word: int, head: int) -> bool:
    """ "the commonly | held belief"."""
    return a.words.tags[head] in {"VBN", "VBG", "JJ"} and a.relations[head] == "amod" and word < head


def _denied(a: Analysis, word: int, head: int) -> bool:
    """ "no test can | conclusively show": what is denied is only what the adverb says."""
    negated = any(a.relations[c] == "neg" for c in a.children[head]) or any(
        a.relations[c] in {"nsubj", "nsubjpass"}
        and any(a.words.lower[d] in {"no", "few", "neither"} for d in [c, *a.children[c]])
        for c in a.children[head]
    )
    return negated and a.words.lower[word] not in vocabulary.EMPTY_ADVERBS


def _conceding(a: Analysis, word: int, head: int) -> bool:
    """ "even | if it rains", "might as well | have"."""
    low = a.words.lower
    if low[word] == "even" and word + 1 < len(a):
        return low[word + 1] in _CONCESSION
    return low[word] in {"well", "just"} and (low[word - 1] == "as" or a.words.tags[head].startswith("JJ"))


def _how_many(a: Analysis, word: int, head: int) -> bool:
    """ "jumped on board | several times", "one of | several kings"."""
    if a.words.lower[word] not in {"several", "many", "numerous", "various"}:
        return False
    governor = a.heads[head]
    of = governor >= 0 and a.relations[head] == "pobj" and a.words.lower[governor] == "of"
    return of or a.words.lower[head] in _MEASURES


_RULES: Mapping[str, tuple[_Rule, ...]] = {
    "advcl": (_compares_clauses,),
    "conj": (_has_the_object,),
    "prep": (_compares, _since_the_first, _of_what, _to_its_object, _with_whom, _reflexive),
    "npadvmod": (_measured,),
    "acl": (_resulting,),
    "relcl": (_which,),
    "appos": (_listed,),
    "advmod": (_bears_on_participle, _denied, _conceding),
    "amod": (_how_many,),
}
