"""What headlines say in fewer words where the tree allows it: "man arrested" for "who was arrested"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from summarize.encoder import Analysis
from summarize.language.related import INITIALS
from summarize.language.tagged import BE, HAVE, NOUN, POSSESSIVE
from summarize.language.words import MONTHS, WEEKDAYS, word_set

_RELATIVE = frozenset({"who", "which", "that"})
_PLACES = word_set("town city village state province region county island port suburb resort")
# What happens to people, who need no naming behind their number: "12 killed".
_BEFALLS = word_set(
    """killed injured wounded hurt dead missing died die dies drowned detained arrested charged rescued
    evacuated hospitalised hospitalized trapped feared"""
)
_DOES_TO = word_set("kill kills killed killing injure injures injured injuring wound wounds wounded wounding")
_TERMS = word_set("life year years month months week weeks day days")
_IN_PRISON = (("in", "prison"), ("in", "jail"), ("behind", "bars"))
_NOT_JAILED = frozenset({"suspended", "probation", "community", "supervised"})
_SAYS = {"told": "said", "tells": "says", "tell": "say"}
_REPORTERS = word_set(
    """reporters journalists newspaper magazine radio wikinews bbc cnn reuters ap afp press news nbc abc cbs
    msnbc npr itv times post guardian telegraph mail mirror sun programme"""
)
_NEAR = 9  # words from whom somebody calls on to the "to" of what is to be done
_URGES = {"call": "urge", "calls": "urges", "called": "urged", "calling": "urging"}
_APPOINTS = word_set("named appointed elected crowned unveiled confirmed")
# These show rather than say.
_SHOW = word_set("figures data statistics records numbers images footage documents rules law plan plans")
_ROLES = word_set("president leader head mayor governor king queen captain coach manager ambassador")
_LONG_ROLES = {
    ("prime", "minister"): "PM",
    ("chief", "executive"): "CEO",
    ("vice", "president"): "Vice President",
}
_LONG_NAME = 2  # words: "European Central Bank president" is no shorter to read


def found(a: Analysis) -> Iterator[Mapping[int, str]]:
    """Yield what is said in the place of each word of a short form."""
    rules = (_role, _according, _relative, _place, _jailed, _tells, _urges, _counted, _appointed)
    for i in range(len(a)):
        for rule in rules:
            if form := rule(a, i):
                yield form


def _silent(*words: int) -> dict[int, str]:
    return dict.fromkeys(words, "")


def _relative(a: Analysis, i: int) -> Mapping[int, str]:
    """ "a man (who was) arrested in Paris"."""
    verb = a.heads[i]
    if (
        a.words.lower[i] not in _RELATIVE
        or a.relations[i] not in {"nsubjpass", "nsubj"}
        or a.relations[verb] != "relcl"
    ):
        return {}
    helpers = range(i + 1, verb)
    passive = a.words.tags[verb] == "VBN" or (a.words.tags[verb] == "VBD" and a.relations[i] == "nsubjpass")
    goes_on = a.words.tags[verb] == "VBG" and all(a.words.lower[k] in BE for k in helpers)
    if not helpers or not (passive or goes_on):
        return {}
    are = any(a.words.lower[k] in BE for k in helpers)
    helped = all(a.words.lower[k] in BE | HAVE and a.heads[k] == verb for k in helpers)
    return _silent(i, *helpers) if are and helped and a.heads[verb] < i else {}


def _place(a: Analysis, i: int) -> Mapping[int, str]:
    """ "(the town of) Kilis"."""
    if a.words.lower[i] not in _PLACES or a.words.tokens[i] != a.words.lower[i] or i == 0 or i + 2 >= len(a):
        return {}
    named = a.words.tags[i + 2] == "NNP" and a.words.lower[i + 2] != "london"
    between = a.words.lower[i - 1] == "the" and a.words.lower[i + 1] == "of" and a.heads[i + 1] == i
    alone = set(a.children[i]) == {i - 1, i + 1}
    return _silent(i - 1, i, i + 1) if named and between and alone else {}


def _jailed(a: Analysis, i: int) -> Mapping[int, str]:
    """ "jailed for 5 years" of "sentenced to 5 years in prison"."""
    low = a.words.lower
    if low[i] not in {"sentenced", "sentences"} or not _NOT_JAILED.isdisjoint(low):
        return {}
    if a.words.tags[i] != "VBN" and not any(a.relations[c] == "dobj" for c in a.children[i]):
        return {}  # a participle taken for a past tense: nobody "jails for five years"
    to = next((c for c in a.children[i] if c > i and low[c] == "to"), len(a))
    if "for" in low[i:to]:
        return {}  # "sentenced for murder to life in prison"
    term = {i: "jailed" if low[i] == "sentenced" else "jails", to: "for"}
    for t in range(to + 1, min(to + 8, len(a) - 1)):
        if low[t] in _TERMS and low[t + 1] == "imprisonment":
            return term | _silent(t + 1)
        if low[t] in _TERMS and tuple(low[t + 1 : t + 3]) in _IN_PRISON:
            return term | _silent(t + 1, t + 2)
    return {}


def _tells(a: Analysis, i: int) -> Mapping[int, str]:
    """ "says he will go" of "told the BBC he would go"."""
    if a.words.lower[i] not in _SAYS or not any(a.relations[c] == "ccomp" and c > i for c in a.children[i]):
        return {}
    whom = next((c for c in a.children[i] if a.relations[c] in {"dobj", "dative"} and c > i), None)
    below = [k for k in range(len(a)) if whom is not None and a.subtree[whom] >> k & 1]
    heard = bool(below) and below == list(range(i + 1, i + 1 + len(below)))
    heard = heard and a.words.lower[below[-1]] in _REPORTERS
    return {i: _SAYS[a.words.lower[i]]} | _silent(*below) if heard else {}


def _urges(a: Analysis, i: int) -> Mapping[int, str]:
    """ "urges MPs to act" of "calls on MPs to act"."""
    low = a.words.lower
    if low[i] not in _URGES or low[i + 1 : i + 2] not in (["on"], ["upon"]) or a.heads[i + 1] != i:
        return {}
    whom = next(iter(a.children[i + 1]), None)
    if whom is None or a.words.tokens[whom] in WEEKDAYS | MONTHS or a.words.tags[whom] == "CD":
        return {}
    to_do = any(
        low[k] == "to" and a.words.tags[a.heads[k]] == "VB" for k in range(whom + 1, min(whom + 9, len(a)))
    )
    return {i: _URGES[low[i]], i + 1: ""} if to_do else {}


def _counted(a: Analysis, i: int) -> Mapping[int, str]:
    """ "12 (people) killed", "kills 12 (people)"."""
    numbers = [c for c in a.children[i] if a.relations[c] == "nummod" and c < i]
    if a.words.lower[i] != "people" or len(numbers) != len(a.children[i]) or len(numbers) != 1:
        return {}
    if a.words.tags[i - 1] != "CD" or a.words.lower[i - 1] in {"one", "1"}:
        return {}
    verb = a.heads[i]
    if a.relations[i] == "dobj":
        return _silent(i) if a.words.lower[verb] in _DOES_TO and not _goes_on(a, i) else {}
    helpers = all(a.heads[k] == verb for k in range(i + 1, verb)) and verb > i
    befalls = a.words.lower[verb] in _BEFALLS and a.relations[i] in {"nsubj", "nsubjpass"}
    return _silent(i) if befalls and helpers else {}


def _goes_on(a: Analysis, i: int) -> bool:
    """Whether a noun is followed by what may say more of it: "12 people | waiting"."""
    return i + 1 < len(a) and a.words.tags[i + 1] in {"VBG", "VBN", "WP", "WDT", "TO"}


def _appointed(a: Analysis, i: int) -> Mapping[int, str]:
    """ "named (as) coach"."""
    named = i > 0 and a.words.lower[i - 1] in _APPOINTS and a.heads[i] == i - 1 and a.children[i]
    return _silent(i) if a.words.lower[i] == "as" and a.relations[i] == "prep" and named else {}


def _according(a: Analysis, i: int) -> Mapping[int, str]:
    """ ", says report" of ", according to a report"."""
    low = a.words.lower
    if i == 0 or low[i : i + 2] != ["according", "to"] or a.words.tokens[i - 1] != ",":
        return {}
    source = next(iter(a.children[i + 1]), None)
    if source is None or source < i or low[source] in _SHOW or a.words.tags[source] not in NOUN:
        return {}
    several = a.words.tags[source] == "NNS" or low[source] == "police"
    several |= any(a.relations[c] == "conj" for c in a.children[source])
    return {i: "say" if several else "says", i + 1: ""}


def _role(a: Analysis, i: int) -> Mapping[int, str]:
    """ "London mayor" of "mayor of London", "US President Trump" of "President of the US Trump"."""
    low, tokens = a.words.lower, a.words.tokens
    start, role = i, tokens[i]
    if i and (low[i - 1], low[i]) in _LONG_ROLES:
        start, role = i - 1, _LONG_ROLES[low[i - 1], low[i]]
    elif low[i] not in _ROLES:
        return {}
    if i + 2 >= len(a) or low[i + 1] != "of" or a.relations[i] == "appos":
        return {}  # "Robert Mugabe, former president of Zimbabwe," reads better as it is
    first = i + 2 + (low[i + 2] == "the")
    name = next((n for n in a.names if n.start in {i + 2, first} and n.kind in {"GPE", "ORG"}), None)
    if name is None or not a.words.tags[first].startswith("NNP"):
        return {}
    if role == "CEO" and name.kind != "ORG":
        return {}  # the Chief Executive of Hong Kong governs it
    whole = tokens[first : name.end]
    whose = [INITIALS[tuple(whole)]] if tuple(whole) in INITIALS else whole
    titled = any(n.start == name.end and n.kind == "PER" for n in a.names) and role[0].isupper()
    top = next((k for k in range(first, name.end) if a.heads[k] == i + 1), None)
    own = top is not None and a.heads[i + 1] == i and a.subtree[top].bit_count() == name.end - i - 2
    before = start > 0 and a.words.tags[start - 1] in {"NNP", "NNPS", "NN", "POS"}
    owns = name.end < len(a) and low[name.end] in POSSESSIVE
    if owns or before or not (own or titled) or len(whose) > _LONG_NAME:
        return {}
    said = [*whose, role if titled or role in _LONG_ROLES.values() else role.lower()]
    return {start + k: said[k] if k < len(said) else "" for k in range(name.end - start)}
