"""Words that mean a thing together, as counted in training articles: no cut parts them. English only."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def is_collocation(first: str, second: str) -> bool:
    """Tell whether an adjective or noun and the noun behind it, in small letters, mean a thing together.

    Example:
        >>> is_collocation("social", "distancing"), is_collocation("long", "table")
        (True, False)
    """
    found = _table().get(first, frozenset())
    return not found.isdisjoint({second, second.removesuffix("s"), second + "s"})


@cache
def _table() -> Mapping[str, set[str] | frozenset[str]]:
    path = files("summarize.composing.news").joinpath("weights", "collocations.txt")
    found: dict[str, set[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        first, second = line.split(" ")
        found.setdefault(first, set()).add(second)
    return found
