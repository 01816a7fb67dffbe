"""Differences: numbers, weekdays and names that two documents give differently for the same thing.

Made to be right rather than complete: the two sentences must share words beside what differs, and what one
document says must stand nowhere in the other. Differences in meaning are not looked for. English only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from summarize.brief import Evidence, Line
from summarize.document import Document
from summarize.evidence.names import name_tokens
from summarize.evidence.quantities import Number, read_numbers, supports
from summarize.evidence.source import Source, read_source
from summarize.language.lexicon import FUNCTION_WORDS
from summarize.language.repetition import overlap
from summarize.language.tokens import Tokens, tokenize
from summarize.language.words import MONTHS

MOST = 5
_ALIKE, _ALIKE_DATED = 0.2, 0.4  # Dice overlap of content stems of two sentences about one thing
_NEAR_SPELLING = 0.75
_UNIT_WORDS = 2  # content words behind a number that may say what is counted
_DEATH = frozenset(("kill", "dead", "die", "death", "fatal", "life"))
_MONTHS = MONTHS | {month[:3] for month in MONTHS} | {"Sept"}
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


@dataclass(frozen=True)
class Claim:
    """Something a sentence says that another document may say otherwise.

    Attributes:
        kind: "number", "date" or "name".
        value: what is said.
        about: stems that tell what it is said of.
        sentence: index into the document's sentences.
        start, end: where the words around it stand in the sentence's line.
    """

    kind: str
    value: Number | str
    about: frozenset[str]
    sentence: int
    start: int
    end: int


def differences(documents: Sequence[Document]) -> Iterator[Line]:
    """Yield a line for each disagreement between two documents, with both sentences; at most five."""
    if documents[0].language != "en":
        return
    claims = [list(_claims(document)) for document in documents]
    sources = [read_source(document) for document in documents]
    found: list[tuple[float, tuple[Claim, Claim], tuple[int, int]]] = []
    for left, right in combinations(range(len(documents)), 2):
        here, there = sources[left], sources[right]
        for one in claims[left]:
            for two in claims[right]:
                if one.kind == two.kind and (likeness := _difference(one, two, here, there)):
                    found.append((likeness, (one, two), (left, right)))
    found.sort(key=lambda difference: -difference[0])
    used: set[tuple[str, object]] = set()
    for _, pair, numbers in found:
        # A number that has met the one it differs from is not held against every other.
        keys = {(claim.kind, _key(claim)) for claim in pair}
        if used.isdisjoint(keys):
            yield _line(pair, numbers, documents)
            used |= keys
        if len(used) >= 2 * MOST:
            return


def _claims(document: Document) -> Iterator[Claim]:
    for index, sentence in enumerate(document.sentences):
        tokens = tokenize(sentence.line)
        yield from _numbers(sentence.line, tokens, index)
        yield from _dates(tokens, index)
        yield from _names(sentence.line, tokens, index)


def _numbers(line: str, tokens: Tokens, index: int) -> Iterator[Claim]:
    for number in read_numbers(line, tokens):
        if number.kind not in ("plain", "money", "percent") or number.ordinal:
            continue
        behind = [i for i, start in enumerate(tokens.starts) if start >= number.end]
        if number.kind == "plain" and _counts_nothing(number, [tokens.lows[i] for i in behind[:2]], line):
            continue
        units = [i for i in behind if tokens.lows[i] not in FUNCTION_WORDS][:_UNIT_WORDS]
        if not units:
            continue
        about = {tokens.stems[i] for i in units}
        about |= {"<death>"} if about & _DEATH else set()
        before = max((i for i, start in enumerate(tokens.starts) if start < number.start), default=0)
        start = tokens.starts[max(0, before - 1)] if number.rounded else number.start
        start -= start > 0 and line[start - 1] in "$£€¥₹"
        yield Claim("number", number, frozenset(about), index, start, tokens.end(units[-1]))


def _counts_nothing(number: Number, behind: Sequence[str], line: str) -> bool:
    """Tell whether a number is a year, a day of a month, an age or how long ago something was."""
    before = line[: number.start].split()[-1:]
    return (
        1900 <= number.value <= 2100
        or (bool(before) and before[0].rstrip(".") in _MONTHS)
        or behind[:2] in (["year", "old"], ["years", "old"])
        or behind[1:2] == ["ago"]
    )


def _dates(tokens: Tokens, index: int) -> Iterator[Claim]:
    days = [i for i, low in enumerate(tokens.lows) if low in _WEEKDAYS]
    if len({tokens.lows[i] for i in days}) == 1:
        first = days[0]
        start = max(0, first - 4)
        yield Claim("date", tokens.lows[first], frozenset(), index, tokens.starts[start], tokens.end(first))


def _names(line: str, tokens: Tokens, index: int) -> Iterator[Claim]:
    parts = name_tokens(tokens, line)
    for first, second in pairwise(parts):
        if second == first + 1 and line[tokens.end(first) : tokens.starts[second]] == " ":
            name = f"{tokens.lows[first]} {tokens.lows[second]}"
            yield Claim("name", name, frozenset(), index, tokens.starts[first], tokens.end(second))


def _difference(one: Claim, two: Claim, here: Source, there: Source) -> float:
    """Return how alike the sentences of two claims are, 0 where the claims agree or are of two things."""
    # What costs least comes first: of many documents there are millions of pairs of claims.
    if _key(one) == _key(two) or not (alike := _same_thing(one, two, here, there)):
        return 0.0
    return 0.0 if _stands(one, there) or _stands(two, here) else alike


def _same_thing(one: Claim, two: Claim, here: Source, there: Source) -> float:
    """Return how alike the sentences of two claims of one kind are, 0 where they are of two things."""
    if one.kind == "name":
        return 1.0 if _misspelled(str(one.value), str(two.value)) else 0.0
    if isinstance(one.value, Number) and isinstance(two.value, Number):
        if one.value.kind != two.value.kind or one.about.isdisjoint(two.about):
            return 0.0
        least = _ALIKE
    else:
        least = _ALIKE_DATED
    alike = _alike(one, two, here, there)
    return alike if alike >= least else 0.0


def _stands(claim: Claim, source: Source) -> bool:
    if isinstance(claim.value, Number):
        return supports(claim.value, source.numbers)
    return f" {claim.value} " in source.running


def _alike(one: Claim, two: Claim, here: Source, there: Source) -> float:
    """Dice overlap of the content words of two sentences beside what is counted, 0 to 1."""
    left = here.vocabulary(one.sentence) - (one.about & two.about)
    right = there.vocabulary(two.sentence) - (one.about & two.about)
    return overlap(left, right) if left else 0.0


def _misspelled(one: str, two: str) -> bool:
    """Tell whether two names of two words are one name written in two ways.

    Example:
        >>> _misspelled("jon smith", "john smith"), _misspelled("ann smith", "john smith")
        (True, False)
    """
    pairs = list(zip(one.split(), two.split(), strict=True))
    unlike = [pair for pair in pairs if pair[0] != pair[1]]
    if len(unlike) != 1 or min(map(len, unlike[0])) < 3 or unlike[0][0][0] != unlike[0][1][0]:
        return False
    return SequenceMatcher(None, *unlike[0]).ratio() >= _NEAR_SPELLING


def _key(claim: Claim) -> object:
    return claim.value.value if isinstance(claim.value, Number) else claim.value


def _line(claims: tuple[Claim, Claim], numbers: tuple[int, int], documents: Sequence[Document]) -> Line:
    parts, evidence = [], []
    for claim, number in zip(claims, numbers, strict=True):
        sentence = documents[number].sentences[claim.sentence]
        parts.append(f"“{sentence.line[claim.start : claim.end]}”")
        evidence.append(Evidence(claim.sentence, sentence.start, sentence.end, document=number))
    return Line(
        f"Sources differ on a {claims[0].kind}: {parts[0]} in one, {parts[1]} in another.", tuple(evidence)
    )
