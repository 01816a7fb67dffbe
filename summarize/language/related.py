"""Words that say the same, the opposite or another of a kind, by stems; names by initials. English only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from summarize.language.lexicon import read_lines, read_table
from summarize.language.tokens import stem as stem_of

# Names that every reader of news knows by their initials.
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
        "ECB": ("European Central Bank",),
        "FDA": ("Food and Drug Administration",),
        "CDC": ("Centers for Disease Control and Prevention", "Centers for Disease Control"),
        "FAA": ("Federal Aviation Administration",),
        "NSA": ("National Security Agency",),
        "IRS": ("Internal Revenue Service",),
        "SEC": ("Securities and Exchange Commission",),
        "IAEA": ("International Atomic Energy Agency",),
        "ICC": ("International Criminal Court", "International Cricket Council"),
        "ISS": ("International Space Station",),
        "NFL": ("National Football League",),
        "NBA": ("National Basketball Association",),
        "NHL": ("National Hockey League",),
        "BBC": ("British Broadcasting Corporation",),
        "DUP": ("Democratic Unionist Party",),
        "SNP": ("Scottish National Party",),
        "RAF": ("Royal Air Force",),
        "MoD": ("Ministry of Defence",),
        "CPS": ("Crown Prosecution Service",),
        "AP": ("Associated Press",),
        "AFP": ("Agence France-Presse",),
        "AU": ("African Union",),
        "WWII": ("World War II", "World War Two", "Second World War"),
        "WWI": ("World War I", "World War One", "First World War"),
        "DR Congo": ("Democratic Republic of the Congo", "Democratic Republic of Congo"),
    }.items()
    for name in names
}
_NEGATIVE = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "de")


@cache
def synonym_groups() -> dict[str, tuple[int, ...]]:
    """Return the numbers of the synonym groups in which a stem stands."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(read_lines("synonyms.txt")):
        for stem in _stems(line.split()):
            groups[stem].append(number)
    return {stem: tuple(numbers) for stem, numbers in groups.items()}


@cache
def antonyms() -> dict[str, frozenset[str]]:
    """Return the stems that contradict a stem."""
    pairs: dict[str, set[str]] = defaultdict(set)
    for word, opposites in read_table("antonyms.txt"):
        (stem,) = _stems([word])
        for opposite in _stems(opposites):
            if opposite != stem:
                pairs[stem].add(opposite)
                pairs[opposite].add(stem)
    return {stem: frozenset(opposites) for stem, opposites in pairs.items()}


@cache
def implied_by() -> dict[str, frozenset[str]]:
    """Return the stems of the places that imply a country."""
    return {_stems([country])[0]: frozenset(_stems(places)) for country, places in read_table("places.txt")}


@cache
def _groups() -> dict[int, frozenset[str]]:
    """Return the stems of each synonym group by its number."""
    groups: dict[int, set[str]] = defaultdict(set)
    for stem, numbers in synonym_groups().items():
        for number in numbers:
            groups[number].add(stem)
    return {number: frozenset(stems) for number, stems in groups.items()}


@lru_cache(maxsize=50_000)
def synonyms(stem: str) -> frozenset[str]:
    """Return the stems that say what a stem says: those of its synonym groups, and places of a country.

    Example:
        >>> "home" in synonyms("hous"), "london" in synonyms("britain"), synonyms("xylophon")
        (True, True, frozenset())
    """
    places = implied_by().get(stem, frozenset())
    return places.union(*(_groups()[number] for number in synonym_groups().get(stem, ())))


@cache
def categories() -> dict[str, int]:
    """Return the category of a stem, of which a sentence names one member and not another."""
    found: dict[str, int] = {}
    for number, (_, words) in enumerate(read_table("categories.txt")):
        for stem in _stems(words):
            found.setdefault(stem, number)
    return found


@lru_cache(maxsize=50_000)
def opposites(stem: str) -> frozenset[str]:
    """Return the stems that a stem contradicts: its antonyms, and it with or without a negative prefix.

    Example:
        >>> "affect" in opposites("unaffect"), "fall" in opposites("rise")
        (True, True)
    """
    bare = {
        stem[len(prefix) :] for prefix in _NEGATIVE if stem.startswith(prefix) and len(stem) - len(prefix) > 3
    }
    return antonyms().get(stem, frozenset()) | bare | {prefix + stem for prefix in ("un", "dis", "non", "in")}


def _stems(words: Iterable[str]) -> list[str]:
    return [stem_of(part) for word in words for part in word.split("-")[:1]]


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
