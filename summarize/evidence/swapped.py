"""Swapped: a word in the place of another, in a line that copies a sentence else; a number of something else.

"Smith said" where the sentence has "Jones said", "will" for "may", "before" for "after": the article may have
both words, so that looking a word up in it finds nothing wrong. A line is held against the one sentence that
it nearly copies; its numbers, also where it is in its own words, against the sentences it rests on and their
neighbours. English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from summarize.evidence.quantities import Number, read_numbers, supports
from summarize.evidence.source import Source, counts
from summarize.language.related import are_one_name, opposites
from summarize.language.tokens import Tokens
from summarize.language.words import word_set

_COPIED = 0.7  # share of a line's tokens that stand in the sentence, in its order
_LONGEST = 40_000  # tokens of a line times those of its sentence: 200 each, more than anybody writes
_MOST = 4  # tokens of a stretch that stands for another
_DOUBT = word_set("may might could")
_SURE = word_set("will shall is are was were has have had did does do must")
_STYLES = word_set(
    "mr mrs ms miss dr sir lord lady dame prof professor president senator minister king queen"
)
_TURNED = {
    frozenset(pair.split("/"))
    for pair in word_set(
        """before/after first/last more/less more/fewer most/least over/under above/below up/down
        inside/outside with/without for/against into/from all/none always/never everyone/nobody early/late
        earlier/later north/south east/west left/right true/false old/new high/low long/short"""
    )
}


def swapped(text: str, tokens: Tokens, copied: Tokens) -> Iterator[int]:
    """Yield the indices of the words of a line that stand in another's place.

    Args:
        text: the line.
        tokens: the line's.
        copied: those of the sentence that it nearly copies.

    Example:
        >>> from summarize.language.tokens import tokenize
        >>> line, sentence = "Ann Lee said rates may fall soon.", "Bob Ray said rates may fall soon."
        >>> [line.split()[i] for i in swapped(line, tokenize(line), tokenize(sentence))]
        ['Ann', 'Lee']
    """
    if len(copied.stems) * len(tokens.stems) > _LONGEST:
        return  # a comparison that may take the cube of their length
    matcher = SequenceMatcher(None, copied.stems, tokens.stems, autojunk=False)
    blocks = matcher.get_opcodes()
    same = sum(j2 - j1 for tag, _, _, j1, j2 in blocks if tag == "equal")
    if same < _COPIED * len(tokens.stems):
        return
    numbers = {number.start for number in read_numbers(text, tokens)}
    for tag, i1, i2, j1, j2 in blocks:
        if tag != "replace" or max(i2 - i1, j2 - j1) > _MOST:
            continue
        was, now = range(i1, i2), range(j1, j2)
        if _are_other_names(copied, was, tokens, now):
            yield from now
        elif _is_swap(copied, was, tokens, now, numbers):
            yield j1


def _is_swap(copied: Tokens, was: range, tokens: Tokens, now: range, numbers: set[int]) -> bool:
    before, after = [copied.lows[i] for i in was], [tokens.lows[j] for j in now]
    # "36,000" is one word here and "36 , 000" there.
    around = copied.lows[max(was.start - 2, 0) : was.stop + 2]
    digits = "".join(filter(str.isdigit, "".join(around)))
    new = [after[k] for k, j in enumerate(now) if tokens.starts[j] in numbers]
    if any("".join(filter(str.isdigit, low)) not in digits for low in new) and any(
        b[0].isdigit() for b in before
    ):
        return True
    if not _DOUBT.isdisjoint(before) and not _SURE.isdisjoint(after) and _DOUBT.isdisjoint(after):
        return True
    return any(_are_turned(copied, i, tokens, j) for i in was for j in now)


def _are_turned(copied: Tokens, i: int, tokens: Tokens, j: int) -> bool:
    pair = frozenset((copied.lows[i], tokens.lows[j]))
    return pair in _TURNED or tokens.stems[j] in opposites(copied.stems[i])


def _are_other_names(copied: Tokens, was: range, tokens: Tokens, now: range) -> bool:
    """Whether one name stands for another, its age aside; "Donald Trump" for "Mr Trump" is the same."""
    if are_one_name([copied.words[i] for i in was], [tokens.words[j] for j in now]):
        return False
    styled = not _STYLES.isdisjoint(copied.lows[i] for i in was)
    related = set(copied.stems) & {tokens.stems[j] for j in now}
    return _are_names(copied, was) and _are_names(tokens, now) and not styled and not related


def _are_names(tokens: Tokens, places: range) -> bool:
    """Whether a stretch is capitalized words, an age aside, and not one at a sentence's head by chance."""
    words = [word for i in places if not (word := tokens.words[i])[0].isdigit()]
    return all(word[:1].isupper() for word in words) and len(words) > (places[0] == 0)


# "25-year-old midfielder Thomas Muller"; "Muller, 25,"; "Muller (25)".
_AGE = re.compile(
    r"(?P<before>\d{1,3})-year-old (?:[a-z][\w’'-]+ ){0,3}?(?:[A-Z][\w’-]+ )*(?P<person>[A-Z][\w-]+)"
    r"|(?P<name>[A-Z][\w-]+)(?:, (?:aged )?|,? aged | \()(?P<after>\d{1,3})(?=[,.;:)]|$)"
)


@lru_cache(maxsize=32)
def ages(text: str) -> list[tuple[str, int, int]]:
    """Return (last name, age, where the age stands) of the people whose age a text tells beside their name.

    Example:
        >>> ages("Ann Lee, 31, met the 25-year-old striker Bob Ray.")
        [('Lee', 31, 9), ('Ray', 25, 21)]
    """
    found = []
    for match in _AGE.finditer(text):
        group = "before" if match["before"] else "after"
        found.append((match["person"] or match["name"], int(match[group]), match.start(group)))
    return found


def is_of_another(
    text: str, number: Number, tokens: Tokens, sentences: Sequence[int], source: Source
) -> bool:
    """Tell whether a number that a source has is there of somebody or something else than in a line.

    It is where the source tells the person's age and it is another, and where the sentences that the line
    rests on, or their neighbours, count so many others of the same, and no sentence so many of it.

    Args:
        text: the line.
        number: one of its numbers.
        tokens: the line's.
        sentences: those it rests on.
        source: where they stand.
    """
    for name, age, start in ages(text) if number.value < 120 else ():
        if start == number.start:
            told = {other for whose, other, _ in ages(source.document.text) if whose == name}
            return bool(told) and age not in told
    noun = counts(number, tokens)
    if not noun or supports(number, [other for other, of in source.counted if of == noun]):
        return False
    body = source.document.sentences
    beside = {near for index in sentences for near in (index - 1, index, index + 1) if 0 <= near < len(body)}
    spans = [(body[index].start, body[index].end) for index in beside]
    near = [(other, of) for other, of in source.counted if any(a <= other.start < b for a, b in spans)]
    stated = [other for other in source.numbers if any(a <= other.start < b for a, b in spans)]
    return any(of == noun for _, of in near) and not supports(number, stated)
