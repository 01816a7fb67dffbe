"""Headlines of what somebody said: 'Sourav Ganguly: "It has been complete domination"'. English only."""

from __future__ import annotations

from summarize.encoder import Analysis
from summarize.language.tagged import FINITE
from summarize.language.words import SAYING
from summarize.style import HEADLINE

_LEAST_WORDS = 3
_STOPS = frozenset(".!?;,")


def quotation(a: Analysis) -> str | None:
    """Return who is quoted in a sentence and a whole clause of what they say, or None.

    Args:
        a: the sentence.
    """
    speaker = _speaker(a)
    if speaker is None:
        return None
    for start, end in a.words.quotations:
        stops = [
            i for i in range(start + 1, end) if a.words.tokens[i] in _STOPS or a.relations[i] == "cc"
        ] + [end - 1]
        for place in reversed(stops):
            stop = place
            while stop > start + 1 and a.words.tokens[stop - 1] in _STOPS:
                stop -= 1
            inside = range(start + 1, stop)
            words = sum(a.words.spaced[i] for i in inside[1:]) + 1 if inside else 0
            if words < _LEAST_WORDS or not any(a.words.tags[i] in FINITE for i in inside):
                continue
            text = f'{speaker}: "{_text(a, inside)}"'
            if HEADLINE.admits([text]):
                return text
    return None


def _speaker(a: Analysis) -> str | None:
    """The person who is the subject of "said"."""
    for i, relation in enumerate(a.relations):
        if relation != "nsubj" or a.words.lower[a.heads[i]] not in SAYING:
            continue
        for name in a.names:
            if name.kind == "PER" and name.start <= i < name.end:
                return _text(a, range(name.start, name.end)).removesuffix("'s")
    return None


def _text(a: Analysis, places: range) -> str:
    first = places[0]
    words = [(" " if a.words.spaced[i] and i > first else "") + a.words.tokens[i] for i in places]
    text = "".join(words)
    return text[:1].upper() + text[1:]
