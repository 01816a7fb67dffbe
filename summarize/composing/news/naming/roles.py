"""What an article calls somebody whom it names in full: "Labour leader | Jeremy Corbyn". English only."""

from __future__ import annotations

import re

_ROLES = (
    "president minister senator governor mayor chancellor secretary chairman chairwoman director leader"
    " spokesman spokeswoman judge coach manager boss captain striker midfielder defender goalkeeper singer"
    " actor actress author professor commissioner ambassador lawyer prosecutor attorney sheriff sergeant"
    " detective inspector superintendent candidate lawmaker congressman congresswoman councillor executive"
    " officer economist scientist researcher historian editor journalist reporter director producer founder"
    " owner analyst driver champion winger forward quarterback midwife surgeon activist bishop archbishop"
).split()
_BEFORE_ROLES = (
    "deputy vice former prime foreign finance defence defense home shadow acting general chief managing"
    " assistant head senior police education health interior justice executive opposition campaign party"
    " public communications affairs medical team club national state federal first"
).split()


def _either(words: list[str]) -> str:
    return "|".join(f"{word}|{word.capitalize()}" for word in words)


# Up to three names, up to three common words, the role: "DeKalb County public safety director".
_ROLE = re.compile(
    rf"(?<![\w’'-])((?:[A-Z][\w’'&-]* ){{0,3}}(?:(?:{_either(_BEFORE_ROLES)}) ){{0,3}}"
    rf"(?:{_either(_ROLES)}|Sen\.|Gov\.|Rep\.|MP|MEP|MSP|CEO) )$"
)
# Written with a capital before a name wherever they stand.
_TITLES = frozenset(
    "president senator governor mayor chancellor secretary judge prime vice chief detective".split()
)
_BEFORE = 80  # characters that a role has at most


def role(text: str, name: str) -> str:
    """Return what stands before a name in a sentence and says who that is, or an empty string.

    Example:
        >>> role("It was Labour leader Jeremy Corbyn who asked.", "Jeremy Corbyn")
        'Labour leader'
    """
    place = text.find(name)
    before = text[max(0, place - _BEFORE) : max(0, place)]
    match = _ROLE.search(before)
    if match is None or before[: match.start()].rstrip()[-1:].isdigit():
        return ""  # "The 2009 champion Angel Cabrera" is champion no more
    found = match.group(1).strip()
    first = found.split()[0].lower()
    opens = match.start() == 0 and first in {*_ROLES, *_BEFORE_ROLES} - _TITLES
    return found[0].lower() + found[1:] if opens else found
