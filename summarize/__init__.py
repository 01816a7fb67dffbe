"""News summarization: a headline, bullets and a "What you should know" box, each with its sources.

>>> from summarize import summarize
>>> brief = summarize("Rain fell in Leeds on Monday. The river rose by two metres. Nobody was hurt.")
>>> brief.bullets[0].text
'Rain fell in Leeds on Monday.'
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from summarize.brief import Brief, Evidence, Flag, Line
from summarize.document import Document, Sentence, Span
from summarize.errors import SummarizeError
from summarize.parse import parse
from summarize.registry import DEFAULT, load
from summarize.style import STYLES, Style
from summarize.version import __version__

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
    "load",
    "parse",
    "summarize",
]


def summarize(
    text: str | Document,
    summarizer: str = DEFAULT,
    *,
    styles: Iterable[str | Style] = STYLES,
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
        EmptyTextError: where the text holds no sentence.
        OptionError: for a summarizer, style or option that does not exist.
        MissingDependencyError: where the summarizer needs a package that is not installed.
    """
    document = text if isinstance(text, Document) else parse(text)
    return load(summarizer, **options).brief([document], styles, bullets)[0]
