"""The people of an article: their full names by their surnames, and whom "he" must mean. English only."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from summarize.composing.news.gates import LONGEST
from summarize.composing.news.naming.roles import role
from summarize.composing.verb_forms import gerund_base
from summarize.composing.vocabulary import TITLES
from summarize.document import Document
from summarize.encoder import Analysis
from summarize.language.tagging import knows, tag
from summarize.language.words import MONTHS, STOP_WORDS, WEEKDAYS, word_set

HE, SHE = word_set("he him his himself"), word_set("she her hers herself")
PERSON_WORDS = word_set(
    """man woman boy girl child baby father mother mum dad son daughter brother sister husband wife victim
    suspect judge player patient king queen star coach captain teenager teen pensioner someone anyone driver
    officer doctor nurse teacher student president minister singer actor actress author leader chief
    spokesman spokeswoman lawyer striker midfielder defender goalkeeper manager boss soldier politician
    businessman businesswoman killer attacker gunman friend girlfriend boyfriend partner lady guy person
    uncle aunt cousin niece nephew prince princess duke duchess official cop pilot worker resident neighbour
    neighbor owner customer farmer candidate senator governor mayor champion who"""
)
_KIN = word_set(
    """wife husband widow widower son daughter brother sister father mother mum dad uncle aunt cousin nephew
    niece twin twins siblings parents grandson granddaughter grandfather grandmother"""
)
_CAPITALIZED = r"[A-Z][\w’'-]*[a-z][\w’'-]*|(?:[A-Z]\.)+"
_PARTICLES = r"de|van|von|bin|al|el|der|den|da|di|du|la|le"
_LEADS = (
    TITLES
    | WEEKDAYS
    | MONTHS
    | word_set(
        """Mr Mrs Ms Miss Dr Sir Dame Lord Lady Police Detective Inspector Chief Constable Sergeant Officer
        Although Though While Since Despite Amid Because Unlike Unless Whereas However Meanwhile Also Among
        According Yesterday Today Earlier Later Coach Saint Former Prime Vice
        Deputy King Queen Prince Princess Pope Rev Reverend Father Sister
        Brother Like With"""
    )
)
# No first name, whatever follows: "goalkeeper Brazilian Dida", "U.S. Maren".
_PEOPLES = word_set(
    """American British English Scottish Welsh Irish French German Italian Spanish Portuguese Dutch Belgian
    Swiss Austrian Russian Ukrainian Polish Czech Slovak Hungarian Romanian Bulgarian Greek Turkish
    Serbian Croatian Bosnian Albanian Swedish Norwegian Danish Finnish Icelandic Israeli Palestinian
    Lebanese Syrian Iraqi Iranian Egyptian Libyan Tunisian Moroccan Algerian Nigerian Ghanaian
    Kenyan Ugandan Somali Sudanese Ethiopian Zimbabwean Indian Pakistani Bangladeshi Afghan Chinese
    Japanese Korean Vietnamese Thai Filipino Indonesian Malaysian Australian Canadian Mexican
    Brazilian Argentine Argentinian Chilean Colombian Venezuelan Cuban Jamaican African European
    Asian Arab Kurdish Jewish Muslim Catholic Texan Californian Republican Democrat Democratic
    Conservative Labour Liberal Tory Visiting Now Then Here There Yes Happy Dear New"""
)
_OF_WORKS = frozenset({"Of", "The", "And", "For", "At", "In", "On", "To"})  # "Medal Of Honor"
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}")
_STYLES = (re.compile(r"\bMr\.? ([A-Z][\w’'-]+)"), re.compile(r"\b(?:Mrs|Ms|Miss)\.? ([A-Z][\w’'-]+)"))
_NICKNAME = re.compile(r" [\"“‘'(][A-Z][\w’'-]*[\"”’')] [A-Z]")
_NUMBER = re.compile(r" \d")
_FULL_NAME = re.compile(rf"(?:(?:{_CAPITALIZED}|{_PARTICLES}) )+(?:{_CAPITALIZED})")
_SMALL = re.compile(r"\b[a-z]{3,}\b")
_READ_BACK = 2  # sentences behind a pronoun that may name whom it means


@dataclass
class People:
    """The people of an article by their surnames.

    Args:
        document: the article.
        known: words that the encoder took for names of people, as sentences are read; "he" is nobody else.
        alone: how much oftener it took a word that stands alone for somebody than for something else.
    """

    document: Document
    known: set[str] = field(default_factory=set)
    alone: Counter[str] = field(default_factory=Counter)
    _texts: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self._texts = [sentence.line[:LONGEST] for sentence in self.document.sentences]

    def have_read(self, a: Analysis) -> None:
        """Take in whom a sentence names."""
        for name in a.names:
            tokens = a.words.tokens[name.start : name.end]
            if name.kind == "PER":
                self.known.update(tokens)
            if len(tokens) == 1:
                self.alone[tokens[0]] += 1 if name.kind == "PER" else -1

    @cached_property
    def _runs(self) -> list[tuple[int, re.Match[str]]]:
        """The capitalized words that stand together, with the sentence of each run."""
        return [(i, match) for i, text in enumerate(self._texts) for match in _FULL_NAME.finditer(text)]

    @cached_property
    def full_names(self) -> dict[str, dict[str, int]]:
        """For each surname its full names, and the first sentence that has each."""
        found: dict[str, dict[str, int]] = {}
        small = {word for text in self._texts for word in _SMALL.findall(text)}
        for index, match in self._runs:
            text = match.string
            if _NICKNAME.match(text, match.end()) or _NUMBER.match(text, match.end()):
                continue  # 'Edward Lodewijk | "Eddie" Van Halen' is no Lodewijk, "Flight | 800" nobody
            words = match.group().removesuffix("'s").removesuffix("’s").split()
            leads = [k for k, word in enumerate(words) if word in _LEADS or word.endswith(("'s", "’s"))]
            words = words[leads[-1] + 1 :] if leads else words
            while words and (words[0].islower() or _is_common(words[0], small)):
                words = words[1:]
            if 2 <= len(words) <= 4 and not any(
                (word[0].islower() and word not in _PARTICLES) or word in _OF_WORKS for word in words
            ):
                found.setdefault(words[-1], {}).setdefault(" ".join(words), index)
        return found

    def full_name(self, surname: str) -> tuple[str, int] | None:
        """Return the one full name that a surname stands for and the sentence that has it, or None."""
        names = self._sure(surname)
        often = Counter({name: self._mentions.get(name, 1) for name in names})
        # "Mercury" is the planet where the article is about it, whoever else is called so.
        if not often or self.alone[surname] < -1 or self.is_ambiguous(surname):
            return None
        first = often.most_common(1)[0][0].split()[0]
        name = min((n for n in names if n.split()[0] == first), key=lambda n: (len(n.split()), names[n]))
        return name, names[name]

    def _sure(self, surname: str) -> dict[str, int]:
        """The full names of a surname, without what is no part of them: "United States Joe Biden".

        Where the encoder read of somebody, it says which words name people; a word that only ever begins a
        sentence, and that it never took for a name, is none.
        """
        found: dict[str, int] = {}
        for name, index in self.full_names.get(surname, {}).items():
            words = name.split()
            while words[0] not in self.known and not self.known.isdisjoint(words[1:-1]):
                words = words[1:]
            opens = self._texts[index].lstrip("\"“‘'").startswith(name)
            if not self.known or words[0] in self.known or not (opens and _is_no_name(words[0])):
                found.setdefault(" ".join(words), index)
        return found

    def is_ambiguous(self, surname: str) -> bool:
        """Tell whether a surname belongs to several people of the article.

        "Taya Kyle, the widow of" leaves open whom a bare "Kyle" means, and so does "the Chris Kyle Facebook
        page" elsewhere. First names that begin alike are one person's.
        """
        if surname in self._styled_both_ways:
            return True
        if any(self._is_kin(name, index) for name, index in self.full_names.get(surname, {}).items()):
            return True
        often: Counter[str] = Counter(self._within_names.get(surname, ()))
        for name in self.full_names.get(surname, {}):
            often[name.split()[0]] += self._mentions[name]
        (first, most), *rest = often.most_common() or [("", 0)]
        return any(
            2 * count > most or (other in self.known and other[:3] != first[:3]) for other, count in rest
        )

    @cached_property
    def _within_names(self) -> dict[str, list[str]]:
        """The words before a surname in longer names: "Chris" for the Kyle of "Chris Kyle Facebook"."""
        found: dict[str, list[str]] = {}
        for _, match in self._runs:
            for first, surname in itertools.pairwise(match.group().split()[:-1]):
                if surname in self.full_names and first not in _LEADS and len(first) > 2:
                    found.setdefault(surname, []).append(first)
        return found

    @cached_property
    def _styled_both_ways(self) -> frozenset[str]:
        """Surnames that the article gives to a "Mr" and to a "Mrs"."""
        text = "\n".join(self._texts)
        he, she = (
            {m.group(1).removesuffix("'s").removesuffix("’s") for m in style.finditer(text)}
            for style in _STYLES
        )
        return frozenset(he & she)

    def _is_kin(self, name: str, index: int) -> bool:
        """Whether somebody is introduced as a relative, who may bear another's surname."""
        before, _, after = self._texts[index].partition(name)
        near = [*before.replace(",", " ").split()[-3:], *after.replace(",", " ").split()[:4]]
        return not _KIN.isdisjoint(word.lower() for word in near)

    @cached_property
    def _mentions(self) -> Counter[str]:
        """How often the article has each full name."""
        text = "\n".join(self._texts)
        return Counter({name: text.count(name) for names in self.full_names.values() for name in names})

    def role(self, full: tuple[str, int]) -> str:
        """What the sentence that gives a full name calls whoever bears it, or an empty string."""
        return role(self._texts[full[1]], full[0])

    def are_named(self, name: str) -> bool:
        """Tell whether the article has a name as it is written here, its title included."""
        return any(name in text for text in self._texts)

    def meant(self, index: int, pronoun: str) -> tuple[str, int] | None:
        """Return who "he" or "she" at the head of a sentence must be and where they are named, or None.

        Somebody is meant beyond doubt where the sentences just before name one person and no other, as
        their subject, and the article speaks of nobody else by a pronoun of another gender.
        """
        return self._just_named(index) if self._one_gender(pronoun) else None

    def aged(self, index: int, age: str) -> tuple[str, int] | None:
        """Return who "the 24-year-old" at the head of a sentence must be and where they are named, or None.

        Whom the sentences just before name alone, unless the article gives them another age.
        """
        found = self._just_named(index)
        if found is None:
            return None
        other = re.compile(rf"{re.escape(found[0])}, (?:aged )?(?!{age}\b)\d")
        return None if any(other.search(text) for text in self._texts) else found

    def _just_named(self, index: int) -> tuple[str, int] | None:
        """The one person that the sentences just before name, as their subject."""
        for back in range(index - 1, max(index - 1 - _READ_BACK, -1), -1):
            text = self._texts[back]
            people = list(dict.fromkeys(self._people_of(text)))
            if len(people) == 1:
                name, where = people[0]
                opens = text.find(name.split()[-1])
                # "His manager, Dennis Varga, said he died" is about somebody else; "South Park" is nobody.
                belongs = not (HE | SHE).isdisjoint(text[: max(opens, 0)].lower().split())
                sure = 0 <= opens <= 60 and not belongs and name.split()[-1] in self.known
                return (name, where) if sure else None
            if people or text.split(maxsplit=1)[0].lower() not in HE | SHE:
                return None
        return None

    def _one_gender(self, pronoun: str) -> bool:
        mine, other = (HE, SHE) if pronoun in HE else (SHE, HE)
        count = {True: 0, False: 0}
        for words in self.document.words:
            for word in words:
                if word in mine:
                    count[True] += 1
                elif word in other:
                    count[False] += 1
        return count[True] > 0 and count[False] * 5 <= count[True]

    def _people_of(self, text: str) -> Iterator[tuple[str, int]]:
        """The people that a sentence names, by full name."""
        for match in re.finditer(rf"\b(?:{_CAPITALIZED})", text):
            word = match.group().removesuffix("'s").removesuffix("’s")
            if word in self.full_names and (found := self.full_name(word)):
                yield found


def _is_no_name(word: str) -> bool:
    """Whether a word is known, and not as a noun, as most first names are: "Immediately", "Happy"."""
    low = word.lower()
    return knows(low) and not tag([low])[0].startswith("NN")


def _is_common(word: str, small: set[str]) -> bool:
    """Whether a capitalized word at the head of a name is none of it: "Singer Adele", "Brazilian Dida"."""
    low = word.lower()
    if word in _PEOPLES or (_INITIALS.fullmatch(word) and word.upper() == "U.S."):
        return True
    if low.endswith("ing") and gerund_base(low) and knows(low):
        return True  # "Finding Jesus" is a programme
    last = low.rpartition("-")[2]
    if last != low and knows(last) and tag([last])[0] in {"VBN", "VBD", "JJ"}:
        return True  # "Ninth-placed Vale" is a club
    return low in STOP_WORDS or low in PERSON_WORDS or low in small
