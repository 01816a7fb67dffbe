"""Counts what an editor would not print: dangling references, captions, unfinished lines, lost hedges.

A measure, not a gate: it shares no rule with `summarize.composing`, so that what composing avoids is
counted by other means. Every count is a warning that a reader must confirm. English only; leaves out what
needs understanding: whether a line is the news, or true.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from summarize.brief import Brief, Line
from summarize.document import Document
from summarize.language.words import STOP_WORDS
from summarize.style import STYLES

KINDS = {
    "reference": 'a pronoun or "the group" before anybody is named, or a surname before the full name',
    "opener": "opens with a word that points back or away: But, Meanwhile, On Monday",
    "unfinished": "ends on a word that cannot end a line, or a sentence without its final stop",
    "caption": "holds a caption's mark: (pictured), Scroll down, (left)",
    "person": "speaks in the first or second person outside quotation",
    "quotation": "holds half of a quotation",
    "repeat": "is taken from a sentence that a line before it, or a bullet, is taken from",
    "order": "stands before a line that the article has earlier",
    "negation": "lost a negation that its source sentence has",
    "hedge": "lost a hedge that its source sentence has",
    "source": "lost who says so, which its source sentence has",
    "condition": "lost a condition that its source sentence has",
    "short": "is a box of one sentence",
}

_NAME = r"[A-Z][\w'’-]*[a-z][\w’'-]*"
_FULL_NAME = re.compile(rf"\b({_NAME})((?: (?:[A-Z]\.|{_NAME}|de|van|von|bin|al|el))* ({_NAME}))")
_CAPITALIZED = re.compile(r"(?:\b(?:[Ii]n|[Oo]n|[Aa]t|[Ff]rom|[Nn]ear|[Tt]o|of) )?\b[A-Z][\w’'-]+")
# Anybody of whom a line may go on to speak as "he" or "she".
_SOMEBODY = re.compile(
    r"\b(?:man|woman|boy|girl|child|baby|father|mother|mum|dad|son|daughter|brother|sister|husband|wife|victim"
    r"|suspect|judge|player|patient|chief|king|queen|star|coach|captain|teenager|pensioner|someone|anyone|who"
    r"|[a-z]{3,}(?:er|or|ist|ian|ent|ant|man|woman|eer|year-old))\b"
)
_NO_NAME = STOP_WORDS | set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
    " august september october november december us uk eu he she his her they".split()
)
_PRONOUN = re.compile(
    r"\b(?:he|she|him|her|his|hers|himself|herself|they|them|their|theirs|themselves)\b", re.IGNORECASE
)
_POINTS_BACK = re.compile(
    r"(?:The (?:two|three|four|pair|duo|trio|couple|group|former|latter|move|decision|incident|same|men|women"
    r"|man|woman|suspect|victims?|firm|company|club|agency|statement|case|report)\b(?!-)"
    r"|(?:This|That|These|Those|Both|Others|Such|It)\b(?! (?:is|was|will be|would be|took|takes|has been)"
    r" (?:not )?(?:\w+ly )?(?:the|an?|(?:un)?clear|(?:un)?known|possible|(?:un)?likely|hard|difficult)\b))"
)
_OPENER = re.compile(
    r"(?:But|And|So|Yet|Or|Nor|Meanwhile|However|Instead|Moreover|Then|Also|Still|Afterwards?|Later|Earlier"
    r"|In response|As a result|At the time|That is why|On the other hand|For example"
    r"|(?:The )?(?:next|same|following) (?:day|week|month|year|morning|night)"
    r"|On (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"\((?:[^()]*\b)?(?:pictured|file photo|stock image|left|right|above|below|centre|center)\b[^()]*\)"
    r"|\b(?:scroll down|pictured (?:above|below|left|right|here|with|in|at)|file (?:photo|picture)"
    r"|photo(?:graph)?s?:|image:|video:|click here|read more|(?:is|are) pictured)"
    r"|^(?:pictured|above|left|right|main|inset)\b ?[:,]",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:I|I'm|I've|me|my|we|us|our|ours|you|your|yours|we're|you're)\b")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)")
_FINAL_STOP = re.compile(r"[.!?…][\"”’')\]]*$")
_CANNOT_END = re.compile(
    r"\b(?:a|an|the|of|to|in|on|at|by|for|with|from|into|and|or|but|nor|as|that|which|who|whose|while|when|if|is"
    r"|are|was|were|be|been|has|had|its|his|their|my|than|because|between|during|without|against|under|would|could"
    r"|may|might|must|should|very|s)[\s,;:–—-]*[.!?]?[\"”’')]*$",
    re.IGNORECASE,
)
_LOSSES = {
    "negation": re.compile(
        r"\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without|den(?:y|ies|ied)|refus\w+"
        r"|fail(?:s|ed)? to)\b"
        r"|n[’']t\b",
        re.IGNORECASE,
    ),
    "hedge": re.compile(
        r"\b(?:may|might|could|alleged\w*|reported(?:ly)?|suspect\w*|accus\w+|apparent\w*|possibl[ey]"
        r"|probabl[ey]|likely|expect(?:s|ed)|believ\w+|claim\w*|rumou?r\w*|appear(?:s|ed)? to|seem\w*"
        r"|plan(?:s|ned)? to|propos\w+)\b",
        re.IGNORECASE,
    ),
    "source": re.compile(
        r"\b(?:sa(?:ys|id|ying)|told|tells|according to|add(?:s|ed|ing) that|announc\w+|warn\w*"
        r"|insist\w*|argu\w+|report(?:s|ed)|claim\w*|alleg\w+|suggest\w*|show(?:s|ed)|found|wrote|tweeted"
        r"|admit\w*|den(?:y|ies|ied)|accus\w+)\b",
        re.IGNORECASE,
    ),
    "condition": re.compile(r"\b(?:if|unless|until|provided|depending|subject to)\b", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that an editor would look at.

    Attributes:
        style: the part it stands in: "headline", "bullets" or "wysk".
        line: the number of the line in that part, from 0.
        kind: one of `KINDS`.
    """

    style: str
    line: int
    kind: str


@dataclass(frozen=True, slots=True)
class Defects:
    """The counts over many lines; the sum of two is that of all their lines.

    Attributes:
        lines: how many there are, in English articles.
        flawed: how many of them have a defect.
        kinds: how many defects of each kind, the most frequent first.
    """

    lines: int = 0
    flawed: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)

    @property
    def per_100(self) -> float:
        """Defects for each hundred lines; 0 for no line."""
        return 100 * sum(self.kinds.values()) / max(1, self.lines)

    def __add__(self, other: Defects) -> Defects:
        kinds = Counter(self.kinds) + Counter(other.kinds)
        flawed = self.flawed + other.flawed
        return Defects(self.lines + other.lines, flawed, dict(kinds.most_common()))


def defects_of(lines: Sequence[Line], document: Document, style: str) -> Defects:
    """Count the defects of the lines of one part of a brief; none are known in other languages than English.

    Args:
        lines: with their evidence.
        document: what they are of.
        style: "headline", "bullets" or "wysk".
    """
    if document.language != "en":
        return Defects()
    brief = Brief(
        document,
        "",
        "",
        headline=lines[0] if style == "headline" and lines else None,
        bullets=tuple(lines) if style == "bullets" else (),
        wysk=tuple(lines) if style == "wysk" else (),
    )
    found = find_defects(brief)
    kinds = Counter(defect.kind for defect in found)
    return Defects(len(brief.lines(style)), len({defect.line for defect in found}), dict(kinds.most_common()))


def count_defects(brief: Brief) -> Counter[tuple[str, str]]:
    """Return how often each (style, kind) stands in a brief; `find_defects` tells in which line."""
    return Counter((defect.style, defect.kind) for defect in find_defects(brief))


def find_defects(brief: Brief) -> list[Defect]:
    """Return the defects of a brief that a machine can count, at most one of a kind in a line.

    Each part is read on its own, as a reader of that part alone would: a person named by a bullet is not
    thereby named in the box.

    Example:
        >>> from summarize import parse
        >>> brief = Brief(parse("He may resign, police said."), "", "", bullets=(Line("He may resign"),))
        >>> [defect.kind for defect in find_defects(brief)]
        ['reference', 'unfinished']
    """
    known = _People.of(brief.document)
    return [defect for style in STYLES for defect in _of_part(brief, style.name, known)]


def _of_part(brief: Brief, style: str, known: _People) -> Iterator[Defect]:
    lines = brief.lines(style)
    taken = [line.evidence[0].sentence if line.evidence else None for line in lines]
    bullets = (
        {line.evidence[0].sentence for line in brief.bullets if line.evidence} if style == "wysk" else set()
    )
    before = ""
    for number, (line, sentence) in enumerate(zip(lines, taken, strict=True)):
        kinds = [kind for kind, there in _of_line(line.text, before, style, known) if there]
        if sentence is not None:
            if sentence in bullets or sentence in taken[:number]:
                kinds.append("repeat")
            if any(later is not None and later < sentence for later in taken[number + 1 :]):
                kinds.append("order")
            kinds += _lost(line, brief.document)
        if style == "wysk" and len(lines) == 1:
            kinds.append("short")
        yield from (Defect(style, number, kind) for kind in kinds)
        before += line.text + " "


def _of_line(text: str, before: str, style: str, known: _People) -> Iterator[tuple[str, bool]]:
    """Yield each kind that a line can have by itself, and whether it has it."""
    headline = style == "headline"
    plain = _QUOTED.sub(" ", text)
    # In a headline a surname is the custom; elsewhere it needs the full name once before it.
    yield "reference", known.dangles(text, before) or (not headline and known.bare_surname(text, before))
    yield "opener", bool(_OPENER.match(text))
    yield "unfinished", bool(_CANNOT_END.search(text)) or not (headline or _FINAL_STOP.search(text))
    yield "caption", bool(_CAPTION.search(text))
    yield "person", bool(_PERSON.search(plain))
    yield "quotation", text.count('"') % 2 == 1 or text.count("“") != text.count("”")


@dataclass(frozen=True)
class _People:
    """Who is named in a document.

    Attributes:
        common: the words that it has in lower case, which are no names.
        surnames: the first names that it has with each surname.
    """

    common: frozenset[str]
    surnames: dict[str, set[str]]

    @classmethod
    def of(cls, document: Document) -> _People:
        """Find the people of a document.

        The last word of a name counts as a surname where the text also has it alone, and never after an
        article or in lower case: "Merkel" of "Angela Merkel" does, "Court" of "Supreme Court" does not.
        """
        text = " ".join(sentence.line for sentence in document.sentences)
        common = frozenset(re.findall(r"\b[a-z][\w-]*", text))
        names: dict[str, set[str]] = {}
        for match in _FULL_NAME.finditer(text):
            last = match[3].removesuffix("'s").removesuffix("’s")
            if last.lower() not in common and match[1].lower() not in STOP_WORDS:
                names.setdefault(last, set()).add(match[1])
        things = set(re.findall(r"\b(?:[Tt]he|[Aa]n?|in|from|to|at) ([A-Z][\w-]+)", text))
        return cls(common, {last: first for last, first in names.items() if last not in things})

    def dangles(self, text: str, before: str) -> bool:
        """Tell whether a pronoun or "the group" comes before anybody in its part of the brief.

        Args:
            text: the line.
            before: the lines before it in its part.
        """
        if not before and _POINTS_BACK.match(text):
            return True
        pronoun = _PRONOUN.search(_QUOTED.sub(lambda found: " " * len(found[0]), text))
        if not pronoun:
            return False
        if pronoun[0].lower().startswith("the"):  # any plural noun before it will do
            return not before and pronoun.start() == 0
        opening = before + text[: pronoun.start()]
        return not _SOMEBODY.search(opening) and not any(map(self._is_name, _CAPITALIZED.findall(opening)))

    def bare_surname(self, text: str, before: str) -> bool:
        """Tell whether a line has a surname alone before its part of the brief has the full name."""
        for match in re.finditer(r"(?<![A-Z] )(?<![A-Z]\. )\b[A-Z][\w-]+", text):
            firsts = self.surnames.get(match[0])
            if not firsts or re.search(r"\b[A-Z][\w.’'-]* $", text[: match.start()]):
                continue  # no surname, or after a title or another name: "Mr Smith"
            if not any(first in before + text[: match.start()] for first in firsts):
                return True
        return False

    def _is_name(self, word: str) -> bool:
        return " " not in word and word.lower() not in self.common and word.lower() not in _NO_NAME


def _lost(line: Line, document: Document) -> Iterable[str]:
    """Yield what kind of word the line's first source sentence has and the line has not."""
    sentence = document.sentences[line.evidence[0].sentence].line
    for kind, words in _LOSSES.items():
        if words.search(sentence) and not words.search(line.text):
            yield kind
