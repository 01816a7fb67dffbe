"""Summarizers by name: one table of strings, and the entry points of other packages.

Implementations are known as "module:Class" only and imported when loaded, so that listing or asking
for help imports nothing heavy. A name that two packages claim raises; nothing is overridden in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from summarize.errors import (
    DuplicateSummarizerError,
    MissingDependencyError,
    UnknownSummarizerError,
)
from summarize.options import check_options, options_of

if TYPE_CHECKING:
    from summarize.summarizers.base import Summarizer

DEFAULT = "news"
GROUP = "summarize.summarizers"
BUILT_IN = {
    "news": "summarize.summarizers.news:News",
    "textrank": "summarize.summarizers.textrank:TextRank",
    "lead": "summarize.summarizers.lead:Lead",
    "lexrank": "summarize.summarizers.sumy:LexRank",
    "lsa": "summarize.summarizers.sumy:LSA",
    "luhn": "summarize.summarizers.sumy:Luhn",
    "kl": "summarize.summarizers.sumy:KL",
    "sumbasic": "summarize.summarizers.sumy:SumBasic",
    "reduction": "summarize.summarizers.sumy:Reduction",
    "random": "summarize.summarizers.random:Random",
    "bart": "summarize.summarizers.seq2seq:Bart",
    "distilbart": "summarize.summarizers.seq2seq:DistilBart",
    "pegasus": "summarize.summarizers.seq2seq:Pegasus",
    "t5": "summarize.summarizers.seq2seq:T5",
    "seq2seq": "summarize.summarizers.seq2seq:Seq2Seq",
    "smollm2": "summarize.summarizers.smollm2:SmolLM2",
    "chat": "summarize.summarizers.chat:Chat",
}


@cache
def table() -> Mapping[str, str]:
    """Return every registered name with its "module:Class", built-ins first.

    Raises:
        DuplicateSummarizerError: where a plugin claims a name that is taken.
    """
    from importlib.metadata import entry_points

    found = dict(BUILT_IN)
    for point in entry_points(group=GROUP):
        if point.name in found and found[point.name] != point.value:
            raise DuplicateSummarizerError(
                f"the summarizer name {point.name!r} is claimed by {point.value} and by {found[point.name]}; "
                "uninstall one of the two packages"
            )
        found[point.name] = point.value
    return MappingProxyType(found)


def find(name: str) -> type[Summarizer]:
    """Import and return the class behind a name.

    Raises:
        UnknownSummarizerError: with the nearest names.
        MissingDependencyError: where its module cannot be imported.
    """
    # A built-in needs no look at what else is installed, which takes longer than an article.
    names = BUILT_IN if name in BUILT_IN else table()
    if name not in names:
        import difflib

        near = difflib.get_close_matches(name, names, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(names)}"
        raise UnknownSummarizerError(f"no summarizer is called {name!r}; {hint}")
    module, _, attribute = names[name].partition(":")
    try:
        implementation: type[Summarizer] = getattr(import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise MissingDependencyError(
            f"{name} could not be loaded from {names[name]} ({error}); fix or uninstall its package"
        ) from error
    return implementation


def load(name: str = DEFAULT, **options: Any) -> Summarizer:
    """Return a ready summarizer.

    Args:
        name: a name that `summarize list` shows.
        options: keywords of that summarizer's constructor.

    Raises:
        UnknownSummarizerError: for a name that is not registered.
        MissingDependencyError: where a package it needs is not installed.
        OptionError: for an option it does not have, or a value it cannot take.
    """
    implementation = find(name)
    if missing := implementation.missing():
        raise MissingDependencyError(f"{name} {missing}")
    check_options(name, options_of(implementation), options)
    summarizer = implementation(**options)
    summarizer.name = name
    return summarizer
