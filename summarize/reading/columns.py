"""Columns by the names the field gives them: the text, its summary, its headline, its id. Names only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

TEXT_COLUMNS = (
    "article", "document", "text", "dialogue", "news_body", "body", "documents", "content", "story", "source",
)  # fmt: skip
SUMMARY_COLUMNS = (
    "highlights", "summary", "summaries", "reference", "references", "abstract", "target", "headline",
    "news_title", "title",
)  # fmt: skip
HEADLINE_COLUMNS = ("headline", "news_title", "title")
ID_COLUMNS = ("id", "guid", "uid", "news_id", "doc_id", "url")

# Hub names as papers give them: where they live now, and the configuration that is meant.
HUB_DATASETS: dict[str, tuple[str, str | None]] = {
    "cnn_dailymail": ("abisee/cnn_dailymail", "3.0.0"),
    "xsum": ("EdinburghNLP/xsum", None),
    "multi_news": ("alexfabbri/multi_news", None),
    "samsum": ("knkarthick/samsum", None),
}


def find_column(columns: Iterable[str], usual: Iterable[str]) -> str | None:
    """Return the first of the usual names that is a column, or None.

    Example:
        >>> find_column(["id", "highlights", "article"], TEXT_COLUMNS)
        'article'
    """
    present = set(columns)
    return next((name for name in usual if name in present), None)


def as_text(value: Any) -> str | None:
    """Return a column's text, or several as one with blank lines between; None for anything else.

    Example:
        >>> as_text(["One.", "Two."]), as_text(3)
        ('One.\\n\\nTwo.', None)
    """
    if isinstance(value, list | tuple) and value and all(isinstance(part, str) for part in value):
        return "\n\n".join(value)
    return value if isinstance(value, str) else None
