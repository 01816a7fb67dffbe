"""Words as data: forms of one word, function words, synonyms, antonyms. English; tables stand in `data/`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files

# Longest first: the first that fits is taken off.
_SUFFIXES = (
    *(
        "ational",
        "ation",
        "ition",
        "ator",
        "ment",
        "ness",
        "ance",
        "ence",
        "ship",
        "ist",
        "ism",
        "ion",
        "ive",
    ),
    *("ous", "ful", "less", "ity", "ant", "ent", "al", "er", "or", "ic", "y", "i", "e"),
)
_NEGATIVE = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "de")
_LEAST_ROOT = 4


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set.

    Example:
        >>> sorted(word_set("she he"))
        ['he', 'she']
    """
    return frozenset(text.split())


def read_lines(name: str) -> Iterator[str]:
    """Yield the lines of a table in `data/`; "#" opens a comment."""
    text = files("summarize.language").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line


def read_table(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield (key, words) for each "key: word word" line of a table."""
    for line in read_lines(name):
        key, _, rest = line.partition(":")
        yield key.strip(), rest.split()


COUNTRIES: dict[str, list[str]] = dict(read_table("countries.txt"))
FORMS: dict[str, str] = {
    form: word for word, forms in (*read_table("forms.txt"), *COUNTRIES.items()) for form in forms
}
FUNCTION_WORDS: frozenset[str] = frozenset(read_lines("function_words.txt"))


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
def root(stem: str) -> str:
    """Return what the stems of one derivational family share.

    Example:
        >>> root("invas") == root("invad"), root("decis") == root("decid"), root("protest")
        (True, True, 'protesd')
    """
    for suffix in _SUFFIXES:
        if stem.endswith(suffix) and len(stem) - len(suffix) >= _LEAST_ROOT:
            stem = stem[: -len(suffix)]
            break
    # Invade and invasion, decide and decision part in their last consonant.
    return stem[:-1] + "d" if len(stem) > _LEAST_ROOT and stem[-1] in "stz" else stem


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
    from summarize.language.tokens import stem

    return [stem(part) for word in words for part in word.split("-")[:1]]
