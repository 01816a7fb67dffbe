"""A sentence or an article of English as the shipped encoder reads it, for the tests of what is made of it."""

from __future__ import annotations

from summarize import parse
from summarize.composing.news.desk import NewsDesk
from summarize.composing.news.headlines import drafts
from summarize.encoder import Analysis, analyse
from summarize.summarizers.textrank import TextRank


def read(line: str) -> Analysis:
    """Read a sentence that is fit to be read."""
    (found,) = analyse([line])
    assert found is not None
    return found


def headlines(line: str) -> list[str]:
    """Every headline that a sentence allows, where brevity counts for nothing and where it counts for all."""
    a = read(line)
    return [draft.text for gain in (0.5, -6.0) for draft in drafts(a, 0, [gain] * len(a))]


def desk_of(text: str) -> NewsDesk:
    """The desk that writes an article's lines."""
    document = parse(text)
    return NewsDesk(document, TextRank().score(document))
