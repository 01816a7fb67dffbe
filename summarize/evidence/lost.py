"""Lost: the negation, hedge, condition or source that a sentence has and a line made from it has not.

A cue is lost only where what it governs is still in the line: the word a "not" denies or a "may" softens,
the clause an "if" makes conditional, the claim somebody makes. Read by order and marks, with no parser;
English only. What a line adds to its sentence is `facts`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarize.language.lexicon import FUNCTION_WORDS
from summarize.language.tokens import stems_of
from summarize.language.words import word_set

_TOKEN = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*|[,;:—–()?]|--")
_MARK = frozenset(",;:—–()?") | {"--"}
_NEGATION = word_set("not never no none nobody nothing neither nor cannot hardly barely unlikely without")
# Verbs that deny what follows "to" or in "-ing"; other uses ("failed on Monday") govern nothing.
_DENYING = word_set(
    "refuse refuses refused refusing fail fails failed failing decline declines declined unable"
    " deny denies denied denying"
)
_NO_DENIAL = word_set("only just yet doubt longer matter one less more later")
_HEDGE = word_set(
    """may might could would allegedly alleged reportedly apparently apparent possibly possible probably
    probable perhaps likely suspected purported purportedly supposedly potentially potential presumably
    presumed maybe"""
)
# These hedge what follows a "to" or "of": "plans to cut", "accused of spying".
_HEDGE_TO = word_set(
    """plan plans planned planning expected expects expect hopes hoped hope hoping wants wanted want intends
    intended intend aims aimed aim seeks sought seeking seek trying tries tried try attempts attempted
    attempting attempt threatens threatened threatening proposes proposed proposing appears appeared appear
    seems seemed seem believed thought understood said claims claimed likely due set vows vowed vow pledges
    pledged promises promised considers considering ready prepared considered feared rumoured rumored
    reported alleged"""
)
_HEDGE_OF = word_set("accused suspected accuses accuse")
_HEDGES = _HEDGE | _HEDGE_TO | _HEDGE_OF | word_set("should must if unless whether")
_CONDITION = word_set("if unless provided providing")
_NO_CONDITION = word_set(
    "even as ask asks asked asking wonder see know knew decide determine unclear sure what and"
)
_SAYING = word_set(
    """said says say saying told tells claimed claims claim claiming alleged alleges allege argued argues
    argue insisted insists insist believed believes believe thinks think suggested suggests suggest warned
    warns warn added adds estimated estimates reported reports accused accuses wrote tweeted testified
    testifies complained complains predicted predicts predict stated states maintained maintains maintain"""
)
_SOURCE = _SAYING | word_set("according allegedly reportedly alleged reported accuse denied denies deny vows")
_CLAUSE = word_set("but and or while although though because which who whose that whereas as if unless when")
_AUXILIARY = word_set("be been being is are was were have has had do does did to")
_NEAR, _SHARE = 6, 0.5
# Words and marks without an end to the sentence: beyond, it is a list or a table, and has no clauses to read.
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class _Words:
    """Words and marks of a text in lower case, their stems (a mark is its own) and how often each stands."""

    lows: list[str]
    stems: list[str]
    counts: Counter[str]

    def content(self, indices: Sequence[int] | range) -> list[int]:
        """Return those of the indices where a content word stands."""
        return [i for i in indices if self.lows[i] not in FUNCTION_WORDS and self.lows[i] not in _MARK]

    def text(self, first: int, last: int) -> str:
        """Return a stretch for a message."""
        return re.sub(r" (?=[,;:)?])", "", " ".join(self.lows[first:last])).strip(" ,;:—–-")


@dataclass(frozen=True, slots=True)
class Loss:
    """What a line lost.

    Attributes:
        place: where in the sentence it stands, counted in words and marks.
        kind: "negation", "hedge", "condition" or "source".
        text: its words.
        governed: the stem of a word of the line that it governs, or "" for the whole line.
    """

    place: int
    kind: str
    text: str
    governed: str = ""


def _read(text: str) -> _Words:
    lows = [low.removesuffix("'s") for low in _TOKEN.findall(text.replace("’", "'").lower())]
    stems = list(stems_of(lows))
    return _Words(lows, stems, Counter(stems))


def lost(line: str, sentence: str) -> list[tuple[str, str]]:
    """Return what a line lost of the sentence it was made from, as (kind, words of the sentence).

    Args:
        line: a headline or bullet that a sentence was compressed to; English.
        sentence: that sentence.

    Returns:
        Kinds are "negation", "hedge", "condition" and "source", in the order of the sentence. Nothing where
        the line keeps the cue, has another that does the same, or has dropped what the cue governs; and
        nothing of a sentence of more than 1,000 words and marks.

    Example:
        >>> lost("Ann Lee resigns", "Ann Lee may resign on Friday, officials said.")
        [('hedge', 'may'), ('source', 'officials said')]
    """
    return [(loss.kind, loss.text) for loss in find_losses(line, sentence)]


def find_losses(line: str, sentence: str) -> list[Loss]:
    """Return what `lost` tells, with the word of the line that each loss touches."""
    whole, kept = _read(sentence), _read(line)
    if len(whole.lows) > _LONGEST:
        return []
    left = frozenset(kept.stems)
    found: list[Loss] = []
    for i, low in enumerate(whole.lows):
        if low in _NEGATION or low in _DENYING or low.endswith("n't"):
            found += _negation(i, whole, kept, left)
        if low in _HEDGE or low in _HEDGE_TO or low in _HEDGE_OF:
            found += _hedge(i, whole, kept, left)
        if low in _CONDITION:
            found += _condition(i, whole, kept, left)
        if (low in _SAYING or low == "according") and _SOURCE.isdisjoint(kept.lows) and ":" not in kept.lows:
            found += _source(i, whole, kept, left)
    return sorted(found, key=lambda loss: loss.place)


def _governed(i: int, whole: _Words) -> int | None:
    """Return the index of the first content word behind a cue; None where the clause ends before."""
    for j in range(i + 1, min(i + 1 + _NEAR, len(whole.lows))):
        low = whole.lows[j]
        if low in _MARK or (low in _CLAUSE and low != "as"):
            return None
        if low not in FUNCTION_WORDS and low not in _AUXILIARY:
            # Said twice, it may be the other one that the line keeps.
            return j if whole.counts[whole.stems[j]] == 1 else None
    return None


def _cue_before(stem: str, kept: _Words, cues: frozenset[str]) -> bool:
    """Tell whether one of some cues, or a word with "n't", stands shortly before a word of the line."""
    for place, other in enumerate(kept.stems):
        if other == stem:
            near = kept.lows[max(0, place - _NEAR) : place]
            if any(low in cues or (cues is _NEGATIONS and low.endswith("n't")) for low in near):
                return True
    return False


_NEGATIONS = (
    _NEGATION | _DENYING | word_set("rejects rejected reject against avoid avoids stops stopped bars barred")
)


def _negation(i: int, whole: _Words, kept: _Words, left: frozenset[str]) -> Iterator[Loss]:
    low = whole.lows[i]
    after = whole.lows[i + 1] if i + 1 < len(whole.lows) else ""
    if after in _NO_DENIAL or (low in _DENYING and after != "to" and not after.endswith("ing")):
        return
    j = _governed(i, whole)
    if j is not None and whole.stems[j] in left and not _cue_before(whole.stems[j], kept, _NEGATIONS):
        yield Loss(i, "negation", whole.text(i, i + 1), whole.stems[j])


def _hedge(i: int, whole: _Words, kept: _Words, left: frozenset[str]) -> Iterator[Loss]:
    low = whole.lows[i]
    after = whole.lows[i + 1] if i + 1 < len(whole.lows) else ""
    of = i + 1 + whole.lows[i + 1 : i + 4].index("of") if "of" in whole.lows[i + 1 : i + 4] else i
    accused = low in _HEDGE_OF and of > i
    if not (low in _HEDGE or accused or (low in _HEDGE_TO and after == "to" and _is_hedged(i, whole))):
        return
    j = _governed(of if accused else i, whole)
    if j is not None and whole.stems[j] in left and not _cue_before(whole.stems[j], kept, _HEDGES):
        words = whole.text(i, i + (2 if after == "to" and low not in _HEDGE else 1))
        yield Loss(i, "hedge", words, whole.stems[j])


def _is_hedged(i: int, whole: _Words) -> bool:
    """Tell "is said to have fled" and "set to rise" from "she said to him" and "set to music"."""
    if whole.lows[i] in {"said", "set", "due", "thought", "ready"}:
        return i > 0 and whole.lows[i - 1] in _AUXILIARY
    return True


def _condition(i: int, whole: _Words, kept: _Words, left: frozenset[str]) -> Iterator[Loss]:
    low = whole.lows[i]
    before = whole.lows[i - 1] if i else ""
    if before in _NO_CONDITION or not _CONDITION.isdisjoint(kept.lows) or "when" in kept.lows:
        return
    if low == "provided" and i and before not in _MARK:
        return  # "provided food"
    end = _clause_end(i, whole)
    first = _clause_start(i, whole)
    main = whole.content(range(first, i))[-_NEAR:] if i > first else []
    main = main or whole.content(range(end, len(whole.lows)))[:_NEAR]
    if main and sum(whole.stems[j] in left for j in main) >= _SHARE * len(main):
        yield Loss(i, "condition", whole.text(i, min(end, i + 10)))


def _clause_end(i: int, whole: _Words) -> int:
    return next((j for j in range(i + 1, len(whole.lows)) if whole.lows[j] in _MARK), len(whole.lows))


def _clause_start(i: int, whole: _Words) -> int:
    """Return where the clause begins that a condition follows: behind the last mark that opens one."""
    for j in range(i - 2, -1, -1):
        if whole.lows[j] in ";:" or (whole.lows[j] in _MARK and whole.lows[j + 1] in _CLAUSE):
            return j + 1
    return 0


def _source(i: int, whole: _Words, kept: _Words, left: frozenset[str]) -> Iterator[Loss]:
    """Yield the attribution where the line is made of the claim, not of who makes it."""
    first, last, claim = _attribution(i, whole)
    if not claim:
        return
    claimed = {whole.stems[j] for j in whole.content(claim)}
    content = kept.content(range(len(kept.lows)))
    if content and sum(kept.stems[j] in claimed for j in content) > _SHARE * len(content):
        yield Loss(first, "source", whole.text(first, last))


def _attribution(i: int, whole: _Words) -> tuple[int, int, range]:
    """Return first and last token of who says it, and the claim; an empty claim where none is told."""
    nothing = i, i, range(0)
    size = len(whole.lows)
    after = whole.lows[i + 1] if i + 1 < size else ""
    first = next((j + 1 for j in range(i - 1, -1, -1) if whole.lows[j] in _MARK), 0)
    if whole.lows[i] == "according":
        end = _clause_end(i, whole)
        return i, end, range(i) if i >= size - end else range(end, size)
    if after == "to" or (i and whole.lows[i - 1] in _AUXILIARY and after != "that"):
        return nothing  # "is said to", "was told by"
    end = _clause_end(i, whole)
    rest = whole.content(range(i + 1, end))
    if first > 1 and i - first <= _NEAR and len(rest) <= 4 and "that" not in whole.lows[i:end]:
        return first, min(end, i + 4), range(first)  # "..., police said on Friday"
    told = whole.lows[i] in {"told", "tells", "warned", "warns"}
    begin = next((j for j in range(i + 1, min(i + 8, size)) if whole.lows[j] == "that"), i) if told else i
    if (told and begin == i) or after in {"", "in", "on", "at", "for", "by"}:
        return nothing
    return first, begin + 1, range(begin + 1, size)
