"""Names that every reader of news knows by their initials, which give a headline room. English only."""

from __future__ import annotations

from summarize.encoder import Analysis
from summarize.language.related import INITIALS
from summarize.language.tagged import POSSESSIVE

_LONGEST = max(map(len, INITIALS))
_FIRST = frozenset(name[0] for name in INITIALS)


def short_forms(a: Analysis) -> tuple[int, dict[int, str]]:
    """Return the words that known initials make needless, as bits, and the initials by their place.

    The initials stand in place of the topmost word of the name, so that what depends on it stays where it is.
    """
    gone, replaced = 0, dict[int, str]()
    i = 0
    while i < len(a):
        length = _length(a, i) if a.words.tokens[i] in _FIRST else 0
        if not length:
            i += 1
            continue
        span = range(i, i + length)
        top = next((k for k in span if a.heads[k] not in span), i)
        replaced[top] = INITIALS[tuple(a.words.tokens[i : i + length])]
        gone |= sum(1 << k for k in span if k != top)
        i += length
        if i < len(a) and a.words.lower[i] in POSSESSIVE:
            gone |= 1 << i  # "the United States' economy"
    return gone, replaced


def _length(a: Analysis, i: int) -> int:
    """How many words from word i on are a name that has a short form, or 0."""
    sizes = range(min(_LONGEST, len(a) - i), 1, -1)
    return next((size for size in sizes if tuple(a.words.tokens[i : i + size]) in INITIALS), 0)
