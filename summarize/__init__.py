"""News summarization: a headline, bullets and a "What you should know" box, each with its sources.

Example:
    >>> from summarize import summarize
    >>> brief = summarize("Rain fell in Leeds on Monday. The river rose by two metres. Nobody was hurt.")
    >>> brief.bullets[0].text
    'Rain fell in Leeds on Monday.'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from summarize.version import __version__

if TYPE_CHECKING:
    from summarize.brief import Brief, Evidence, Flag, Line
    from summarize.document import Document, Sentence, Span
    from summarize.errors import SummarizeError
    from summarize.parsing.parse import parse
    from summarize.reading.read import read
    from summarize.registry import load
    from summarize.story.clustering import cluster
    from summarize.story.digest import digest
    from summarize.story.story import brief_story
    from summarize.style import Style

__all__ = [
    "Brief",
    "Document",
    "Evidence",
    "Flag",
    "Line",
    "Sentence",
    "Span",
    "Style",
    "SummarizeError",
    "__version__",
    "brief_story",
    "cluster",
    "digest",
    "load",
    "parse",
    "read",
    "summarize",
]

_FILE = re.compile(r"\.(?:txt|text|md|html?|xhtml|pdf|docx|epub)$", re.IGNORECASE)
# Imported when first asked for: a command that prints its help must not wait for what writes briefs.
_HOMES = {
    "Brief": "brief",
    "Evidence": "brief",
    "Flag": "brief",
    "Line": "brief",
    "Document": "document",
    "Sentence": "document",
    "Span": "document",
    "Style": "style",
    "SummarizeError": "errors",
    "brief_story": "story.story",
    "cluster": "story.clustering",
    "digest": "story.digest",
    "load": "registry",
    "parse": "parsing.parse",
    "read": "reading.read",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'summarize' has no attribute {name!r}")
    found = getattr(import_module(f"summarize.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _article(text: str) -> str:
    """Refuse the name of a file and an address, which would be summarized as words."""
    from summarize.errors import InputError

    name = text.strip()
    address = name.startswith(("http://", "https://"))
    if name and not any(blank in name for blank in " \n\t") and (address or _FILE.search(name)):
        raise InputError(f"{name!r} is the name of an article, not its text: summarize(read({name!r}))")
    return text


def summarize(
    text: str | Document,
    summarizer: str = "news",
    *,
    styles: Iterable[str | Style] = ("headline", "bullets", "wysk"),
    bullets: int | None = None,
    **options: Any,
) -> Brief:
    """Summarize one article.

    Args:
        text: the article, or what `parse` returned.
        summarizer: a name that `summarize list` shows.
        styles: which outputs to write, all three by default.
        bullets: how many bullets at most, 1 to 10; None for three.
        options: keywords of the summarizer.

    Raises:
        TypeError: for what is no article.
        InputError: for the name of a file or an address in place of a text.
        EmptyTextError: where the text holds no sentence.
        OptionError: for a summarizer, style or option that does not exist.
        MissingDependencyError: where the summarizer needs a package that is not installed.
    """
    from summarize.parsing.parse import parse
    from summarize.registry import load

    document = parse(_article(text)) if isinstance(text, str) else text
    if not hasattr(document, "sentences"):
        raise TypeError(
            f"an article is a text or what parse or read returned, not {type(text).__name__}; "
            "a file is summarize(read(path))"
        )
    return load(summarizer, **options).brief([document], styles, bullets)[0]
