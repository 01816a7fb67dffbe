"""Words as data: forms of one word, function words, titles. English only; the tables stand in `data/`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def read_table(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield (key, words) for each "key: word word" line of a table in `data/`; "#" opens a comment."""
    for line in files("summarize.evidence").joinpath("data", name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, _, rest = line.partition(":")
            yield key.strip(), rest.split()


FORMS: dict[str, str] = {form: word for word, forms in read_table("forms.txt") for form in forms}

FUNCTION_WORDS: frozenset[str] = frozenset(word for word, _ in read_table("function_words.txt"))
