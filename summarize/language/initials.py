"""Names that every reader of news knows by their initials: "US" for "United States". English only."""

from __future__ import annotations

from collections.abc import Sequence

INITIALS = {
    tuple(name.split()): short
    for short, names in {
        "US House": ("United States House of Representatives", "U.S. House of Representatives"),
        "US": ("United States of America", "United States"),
        "UK": ("United Kingdom",),
        "EU": ("European Union",),
        "UN": ("United Nations",),
        "UAE": ("United Arab Emirates",),
        "WHO": ("World Health Organization", "World Health Organisation"),
        "WTO": ("World Trade Organization", "World Trade Organisation"),
        "IMF": ("International Monetary Fund",),
        "IOC": ("International Olympic Committee",),
        "FBI": ("Federal Bureau of Investigation",),
        "CIA": ("Central Intelligence Agency",),
        "NASA": ("National Aeronautics and Space Administration",),
        "NATO": ("North Atlantic Treaty Organization", "North Atlantic Treaty Organisation"),
        "NHS": ("National Health Service",),
        "DR Congo": ("Democratic Republic of the Congo", "Democratic Republic of Congo"),
    }.items()
    for name in names
}


def are_one_name(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell whether one of two names is the initials of the other.

    Example:
        >>> are_one_name(["the", "United", "States"], ["U.S."]), are_one_name(["Iran"], ["US"])
        (True, False)
    """
    short, long = sorted((_plain(left), _plain(right)), key=len)
    return len(short) == 1 and INITIALS.get(tuple(long), "") == short[0]


def _plain(name: Sequence[str]) -> list[str]:
    """A name without its article, and "U.S." as "US"."""
    words = [word.replace(".", "") for word in name if word not in {"'s", "’s", "'", "’"}]
    return words[1:] if words and words[0].lower() == "the" else words
