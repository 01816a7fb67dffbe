"""Whom a line speaks of: full names where a surname or a pronoun would be the first a reader hears of somebody.

What is unambiguous is replaced, with the sentence that gives the name as further evidence; a line whose
reference cannot be told is refused. English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from summarize.composing.vocabulary import TITLES
from summarize.document import Document
from summarize.encoder import Analysis
from summarize.encoder.analysis import Name
from summarize.language.words import MONTHS, PRONOUNS, STOP_WORDS, WEEKDAYS, word_set

_HE, _SHE = word_set("he him his himself"), word_set("she her hers herself")
_THEY, _IT = word_set("they them their theirs themselves"), word_set("it its itself")
_PERSON_WORDS = word_set(
    """man woman boy girl child baby father mother mum dad son daughter brother sister husband wife victim suspect judge
    player patient king queen star coach captain teenager teen pensioner someone anyone driver officer doctor nurse
    teacher student president minister singer actor actress author leader chief spokesman spokeswoman lawyer striker
    midfielder defender goalkeeper manager boss soldier politician businessman businesswoman killer attacker gunman
    friend girlfriend boyfriend partner lady guy person uncle aunt cousin niece nephew prince princess duke duchess
    official cop pilot worker resident neighbour neighbor owner customer farmer candidate senator governor mayor champion who"""
)
# "The group" and the like say of whom they speak only to a reader who has met them.
_BACKWARD = word_set(
    """group company firm pair duo couple trio man woman boy girl men women suspect suspects victim victims incident move
    girls boys teens schoolgirls decision team club agency organisation organization statement case report announcement deal plan attack
    film movie show book song album study letter video footage image images picture pictures photo photos
    children family parents officer officers driver teenager student star singer actor actress striker
    midfielder defender goalkeeper manager player boss coach website site newspaper magazine store shop hotel school
    building house home vehicle car plane aircraft boat ship bill law measure proposal project program programme
    ruling verdict trial hearing investigation inquiry operation mission game match event result results"""
)
_POINTING = word_set("this these those such that")
_NEAR_TIMES = word_set(
    """week weekend month year morning afternoon evening night season summer winter spring autumn fall time day
    century decade point stage country"""
)
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_CAPITALIZED = r"[A-Z][\w’'-]*[a-z][\w’'-]*|[A-Z]\."
_PARTICLES = r"de|van|von|bin|al|el|der|den|da|di|du|la|le"
_LEADS = TITLES | WEEKDAYS | MONTHS | word_set(
    "Mr Mrs Ms Miss Dr Sir Dame Lord Lady Police Detective Inspector Chief Constable Sergeant Officer Coach Saint"
    " Former Prime Vice Deputy King Queen Prince Princess Pope Rev Reverend Father Sister Brother Like With"
)
_FULL_NAME = re.compile(rf"(?:(?:{_CAPITALIZED}|{_PARTICLES}) )+(?:{_CAPITALIZED})")
_SMALL = re.compile(r"\b[a-z]{3,}\b")
_SOMEBODY = re.compile(r"(?:man|woman|year-old|[a-z]{3}(?:er|or|ist|ian|eer))$")
_STYLED = frozenset({"Mr", "Mrs", "Ms", "Miss"})
_READ_BACK = 2  # sentences behind a pronoun that may name whom it means


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


@dataclass
class People:
    """The people of an article by their surnames."""

    document: Document
    _texts: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self._texts = [sentence.line for sentence in self.document.sentences]

    @cached_property
    def full_names(self) -> dict[str, dict[str, int]]:
        """For each surname its full names, and the first sentence that has each."""
        found: dict[str, dict[str, int]] = {}
        small = {word for text in self._texts for word in _SMALL.findall(text)}
        for index, text in enumerate(self._texts):
            for match in _FULL_NAME.finditer(text):
                words = match.group().removesuffix("'s").removesuffix("’s").split()
                leads = [k for k, word in enumerate(words) if word in _LEADS or word.endswith(("'s", "’s"))]
                words = words[leads[-1] + 1 :] if leads else words
                while words and (words[0].islower() or _is_common(words[0].lower(), small)):
                    words = words[1:]
                if 2 <= len(words) <= 4 and not any(word[0].islower() and word not in _PARTICLES for word in words):
                    found.setdefault(words[-1], {}).setdefault(" ".join(words), index)
        return found

    def full_name(self, surname: str) -> tuple[str, int] | None:
        """Return the one full name that a surname stands for and the sentence that has it, or None."""
        names = self.full_names.get(surname, {})
        first = {name.split()[0] for name in names}
        if len(first) != 1:
            return None
        name = min(names, key=lambda name: (len(name.split()), names[name]))
        return name, names[name]

    def is_ambiguous(self, surname: str) -> bool:
        """Tell whether a surname belongs to several people of the article."""
        return len({name.split()[0] for name in self.full_names.get(surname, {})}) > 1

    def meant(self, index: int, pronoun: str) -> tuple[str, int] | None:
        """Return who "he" or "she" at the head of a sentence must be, and the sentence that names them, or None.

        Somebody is meant beyond doubt where the sentences just before name one person and no other, as their
        subject, and the article speaks of nobody else by a pronoun of another gender.
        """
        if not self._one_gender(pronoun):
            return None
        for back in range(index - 1, max(index - 1 - _READ_BACK, -1), -1):
            text = self._texts[back]
            people = list(dict.fromkeys(self._people_of(text)))
            if len(people) == 1:
                name, where = people[0]
                opens = text.find(name.split()[-1])
                return (name, where) if 0 <= opens <= 60 else None
            if people or text.split(maxsplit=1)[0].lower() not in _HE | _SHE:
                return None
        return None

    def _one_gender(self, pronoun: str) -> bool:
        mine, other = (_HE, _SHE) if pronoun in _HE else (_SHE, _HE)
        count = {True: 0, False: 0}
        for words in self.document.words:
            for word in words:
                if word in mine:
                    count[True] += 1
                elif word in other:
                    count[False] += 1
        return count[True] > 0 and count[False] * 5 <= count[True]

    def _people_of(self, text: str) -> Iterator[tuple[str, int]]:
        """The people that a sentence names, by full name; every capitalized word that nobody bears is a doubt."""
        for match in re.finditer(rf"\b(?:{_CAPITALIZED})", text):
            word = match.group().removesuffix("'s").removesuffix("’s")
            if word in self.full_names and (found := self.full_name(word)):
                yield found


def _is_common(word: str, small: set[str]) -> bool:
    """Whether a capitalized word at the head of a name is none of it: "Singer Adele", "Yesterday Putin"."""
    return word in STOP_WORDS or word in _PERSON_WORDS or word in small


def introduce(
    a: Analysis,
    kept: Sequence[int],
    index: int,
    people: People,
    named: frozenset[str],
    *,
    follows: bool = False,
) -> Introduced | None:
    """Introduce everybody a line speaks of, or return None where that cannot be done.

    Args:
        a: the sentence it was made from.
        kept: the words of the line, left to right.
        index: the sentence's index in the document.
        people: the people of the article.
        named: the names and nouns a reader has met before, in small letters.
        follows: whether the sentence before it is the line before: then "he" is whom that line names.
    """
    replaced: dict[int, str] = {}
    evidence: list[int] = []
    met = set(named)
    left = set(kept)
    for name in _persons(a, people):
        own = [i for i in range(name.start, name.end) if i in left]
        while own and a.words.tokens[own[0]].rstrip(".") in _STYLED:
            own = own[1:]
        if not own:
            continue
        last = a.words.tokens[own[-1]] if a.words.lower[own[-1]] not in {"'s", "’s"} else a.words.tokens[own[0]]
        alone = len([i for i in own if a.words.tokens[i][0].isupper()]) == 1
        if alone and last.lower() not in met:
            if people.is_ambiguous(last):
                return None
            full = people.full_name(last)
            before = a.words.tokens[own[0] - 1] if own[0] - 1 in left else ""
            if full is not None and before not in {*full[0].split(), "'s", "’s"}:
                titled = own[0] > 0 and a.words.tokens[own[0] - 1].rstrip(".") in _STYLED
                if titled and own[0] - 1 in left:
                    replaced[own[0] - 1] = ""
                replaced[own[0]] = full[0]
                evidence.append(full[1])
        met.update(a.words.lower[i] for i in own)
    doubt = None if follows else _dangling(a, kept, named)
    met.update(a.words.lower[i] for i in kept if a.words.tags[i].startswith("NN"))
    if doubt is None:
        return Introduced(replaced, tuple(evidence), frozenset(met))
    word = a.words.lower[doubt]
    if word in _HE | _SHE and (own := _left_out(a, doubt, left)):
        replaced[doubt] = own + ("’s" if a.words.tags[doubt] == "PRP$" else "")
        met.update(own.lower().split())
        return Introduced(replaced, tuple(evidence), frozenset(met))
    if doubt == kept[0] and word in _HE | _SHE and a.words.tags[doubt] in {"PRP", "PRP$"}:
        meant = people.meant(index, word)
        if meant is not None:
            owner = a.words.tags[doubt] == "PRP$"
            replaced[doubt] = meant[0] + ("’s" if owner else "")
            met.update(meant[0].lower().split())
            return Introduced(replaced, (*evidence, meant[1]), frozenset(met))
    return None


def _left_out(a: Analysis, pronoun: int, left: set[int]) -> str | None:
    """The one person whom the sentence names ahead of a pronoun, in a part that is left out, or None."""
    names = [name for name in a.names if name.kind == "PER"]
    if len(names) != 1 or names[0].end > pronoun or names[0].start in left:
        return None
    tokens = a.words.tokens[names[0].start : names[0].end]
    return " ".join(token for token in tokens if token not in {"'s", "’s"}) or None


def _persons(a: Analysis, people: People) -> Iterator[Name]:
    """The people named, left to right: those the encoder saw, and surnames that the article introduces."""
    seen = {i for name in a.names for i in range(name.start, name.end)}
    for name in a.names:
        if name.kind == "PER":
            yield name
    for i, token in enumerate(a.words.tokens):
        if i not in seen and token in people.full_names:
            yield Name(i, i + 1, "PER")


def _dangling(a: Analysis, kept: Sequence[int], met: frozenset[str]) -> int | None:
    """The first word that points at somebody or something a reader has not met, or None."""
    quoted = {i for start, end in a.words.quotations for i in range(start, end)}
    people = [i for i in kept if _is_person(a, i)]
    for place, i in enumerate(kept):
        low, tag = a.words.lower[i], a.words.tags[i]
        earlier = kept[:place]
        if i in quoted:
            continue
        if tag in {"PRP", "PRP$"} and low in _HE | _SHE:
            if not any(p < i for p in people):
                return i
        elif tag in {"PRP", "PRP$"} and low in _THEY:
            if not any(a.words.tags[j] in _PLURAL_TAGS or a.words.lower[j] in {"and", "police"} or _is_name(a, j) for j in earlier):
                return i
        elif tag in {"PRP", "PRP$"} and low in _IT:
            if not any(a.words.tags[j].startswith("NN") for j in earlier) and not _is_empty_it(a, i):
                return i
        elif low in _POINTING and tag in {"DT", "PDT"} or (low == "such" and place == 0):
            following = a.words.lower[kept[place + 1]] if place + 1 < len(kept) else ""
            which = low == "those" and following in {"who", "in", "with", "behind", "involved", "affected", "responsible"}
            if following not in _NEAR_TIMES and not which:
                return i
        elif low == "the" and place + 1 < len(kept) and _points_back(a, kept, place):
            if a.words.lower[kept[place + 1]] not in met:
                return i
    return None


def _is_person(a: Analysis, i: int) -> bool:
    if a.words.lower[i] in _PERSON_WORDS or _SOMEBODY.search(a.words.lower[i]):
        return True
    return any(name.start <= i < name.end and name.kind == "PER" for name in a.names)


def _is_name(a: Analysis, i: int) -> bool:
    return any(name.start <= i < name.end and name.kind in {"ORG", "GPE", "NORP"} for name in a.names)


def _is_empty_it(a: Analysis, i: int) -> bool:
    """Whether "it" stands for what follows: "It is unclear whether", "it was reported that"."""
    if a.relations[i] == "expl":
        return True
    head = a.heads[i]
    if head < 0:
        return False
    return any(a.relations[c] in {"ccomp", "csubj", "xcomp", "advcl"} and c > i for c in a.children[head]) and any(
        a.words.lower[c] in {"is", "was", "be", "been", "'s", "’s"} for c in [head, *a.children[head]]
    )


def _points_back(a: Analysis, kept: Sequence[int], place: int) -> bool:
    """Whether "the" opens a bare "the group", with nothing that says which."""
    noun = kept[place + 1]
    low = a.words.lower[noun]
    if place == 0 and (low in {"two", "three", "four", "latter", "former", "same"} or low.endswith("-year-old")):
        return True
    if place == 0 and low.endswith(("man", "woman", "ian", "ese")) and a.words.tokens[noun][0].isupper():
        return a.words.tags[noun + 1 if noun + 1 < len(a) else noun][:2] != "NN"  # "the Welshman"
    if low not in _BACKWARD or not a.words.tags[noun].startswith("NN"):
        return False
    after = kept[place + 2] if place + 2 < len(kept) else None
    if after is not None and (a.words.tags[after].startswith("NN") or a.words.lower[after] in {"of", "who", "that", "'s", "’s"}):
        return False
    left = set(kept)
    said_which = any(
        c in left and c > noun and a.relations[c] in {"prep", "relcl", "acl"} and "," not in a.words.tokens[noun:c]
        for c in a.children[noun]
    )
    # "Smith told the court": behind a subject that is named, the noun belongs to the same scene.
    return not said_which and place < 2
