"""Words as data: forms of one word, countries, function words, roots. English; tables stand in `data/`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
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
_LEAST_ROOT = 4


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
