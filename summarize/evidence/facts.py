"""Facts: the flags of a line, from every checker, each with its place and the nearest sentence.

Outside English these are numbers, quotations, names by their capitals and negation by a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarize.brief import Flag
from summarize.evidence.features import Reading, stands_for_another
from summarize.evidence.lost import find_losses
from summarize.evidence.names import capital_tokens, name_tokens, unsupported_names
from summarize.evidence.negation import flipped, flipped_by_table
from summarize.evidence.quantities import read_numbers, supports
from summarize.evidence.quotes import unsupported_quotes
from summarize.evidence.source import Source
from summarize.evidence.swapped import is_of_another, swapped
from summarize.language.tokens import Tokens


def find_flags(text: str, reading: Reading, source: Source) -> tuple[Flag, ...]:
    """Return what in a line its source does not support, in the order of the line.

    Spans of one kind that touch are one flag; a span that two kinds claim is the first kind's.
    """
    if reading.compressed:
        # Nothing was added; what leaving words out can do is deny, affirm or make certain.
        if source.document.language != "en":
            return tuple(_disjoint(list(_negations(text, reading, source))))
        found = [
            *_negations(text, reading, source),
            *lost_flags(text, reading.tokens, reading.sentences[0], source),
        ]
        return tuple(sorted(_disjoint(found), key=lambda flag: flag.start))
    found = [*_quotes(text, reading, source), *_numbers(text, reading, source)]
    english = source.document.language == "en"
    names = (
        name_tokens(reading.tokens, text)
        if english
        else capital_tokens(reading.tokens, text, source.document.language)
    )
    found += [*_names(names, text, reading, source), *_negations(text, reading, source)]
    if english:
        found += _words(reading, source)
        found += _swaps(text, reading, source)
    return tuple(sorted(_disjoint(found), key=lambda flag: flag.start))


def _nearest(reading: Reading) -> int | None:
    return reading.sentences[0] if reading.sentences else None


def _quotes(text: str, reading: Reading, source: Source) -> Iterator[Flag]:
    for start, end in unsupported_quotes(text, source):
        yield Flag(start, end, "quote", _nearest(reading))


def _numbers(text: str, reading: Reading, source: Source) -> Iterator[Flag]:
    for number in read_numbers(text, reading.tokens):
        if not supports(number, source.numbers) and not _is_length(text[number.start : number.end], source):
            yield Flag(number.start, number.end, "number", _nearest(reading))


def _is_length(written: str, source: Source) -> bool:
    """Tell whether "18m" stands for the "18 metres", "miles" or "minutes" of a source, not for millions."""
    if not re.fullmatch(r"[\d.,]+m", written):
        return False
    unit = r"[ \u00a0-]?(?:met(?:re|er)s?|miles?|minutes?|mins?)\b"
    return bool(re.search(rf"(?<![\d.,]){re.escape(written[:-1])}{unit}", source.document.text))


def _names(names: Sequence[int], text: str, reading: Reading, source: Source) -> Iterator[Flag]:
    tokens = reading.tokens
    last: Flag | None = None
    for index in unsupported_names(names, tokens, source):
        start, end = tokens.starts[index], tokens.end(index)
        if last and text[last.end : start] in (" ", "-"):
            last = Flag(last.start, end, "name", last.sentence)
            continue
        if last:
            yield last
        last = Flag(start, end, "name", _nearest(reading))
    if last:
        yield last


def _negations(text: str, reading: Reading, source: Source) -> Iterator[Flag]:
    tokens = reading.tokens
    if source.document.language == "en":
        found = flipped(tokens, source, reading.sentences)
    else:
        found = flipped_by_table(text, tokens, source, reading.sentences)
    for index, sentence in found:
        yield Flag(tokens.starts[index], tokens.end(index), "negation", sentence)


def _words(reading: Reading, source: Source) -> Iterator[Flag]:
    tokens = reading.tokens
    for index, sentence in (*reading.opposites, *reading.replaced):
        if stands_for_another(reading, index, source, sentence):
            yield Flag(tokens.starts[index], tokens.end(index), "word", sentence)


def _swaps(text: str, reading: Reading, source: Source) -> Iterator[Flag]:
    tokens = reading.tokens
    if not reading.sentences:
        return
    number = reading.sentences[0]
    for index in swapped(text, tokens, source.sentences[number]):
        yield Flag(tokens.starts[index], tokens.end(index), "swap", number)
    for found in read_numbers(text, tokens):
        if supports(found, source.numbers) and is_of_another(text, found, tokens, reading.sentences, source):
            yield Flag(found.start, found.end, "swap", number)


def lost_flags(text: str, tokens: Tokens, number: int, source: Source) -> Iterator[Flag]:
    """Yield the words of a line that lost the hedge or condition of a sentence.

    A lost source is no flag: headlines often leave it out, and who writes them decides (`lost`).
    """
    place = source.document.sentences[number]
    for loss in find_losses(text, source.document.text[place.start : place.end]):
        if loss.kind in ("hedge", "condition"):
            index = tokens.stems.index(loss.governed) if loss.governed in tokens.stems else 0
            yield Flag(tokens.starts[index], tokens.end(index), loss.kind, number)


def negations_by_table(text: str, tokens: Tokens, number: int, source: Source) -> Iterator[Flag]:
    """Yield the words of a line that one sentence denies, or the other way about, outside English."""
    for index, sentence in flipped_by_table(text, tokens, source, (number,)):
        yield Flag(tokens.starts[index], tokens.end(index), "negation", sentence)


def _disjoint(flags: Sequence[Flag]) -> list[Flag]:
    """Return the flags that overlap none before them; by a mask, for lines with thousands of flags."""
    taken = bytearray(max((flag.end for flag in flags), default=0))
    kept = []
    for flag in flags:
        if not any(taken[flag.start : flag.end]):
            taken[flag.start : flag.end] = b"\1" * (flag.end - flag.start)
            kept.append(flag)
    return kept
