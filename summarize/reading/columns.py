"""Columns by the names the field gives them: the article, its title, its id, its summary. Nothing is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from summarize.errors import InputError

TEXT_COLUMNS = (
    "article", "document", "text", "dialogue", "news_body", "body", "documents", "content", "story",
    "article_body", "main_text", "full_text", "article_text", "plain_text", "raw_text", "input", "source",
    "html", "raw_html",
)  # fmt: skip
TITLE_COLUMNS = ("title", "headline", "news_title", "article_title")
SUMMARY_COLUMNS = (
    "highlights", "summary", "summaries", "reference", "references", "abstract", "target", "headline",
    "news_title", "title",
)  # fmt: skip
HEADLINE_COLUMNS = ("headline", "news_title", "title")
DATE_COLUMNS = (
    "published", "published_at", "date_published", "publish_date", "published_date", "pub_date", "pubdate",
    "datetime", "date", "timestamp", "created_at",
)  # fmt: skip
OUTLET_COLUMNS = (
    "outlet", "publisher", "publication", "newspaper", "site_name", "source_name", "site", "domain", "source",
)  # fmt: skip
LINK_COLUMNS = ("url", "link", "article_url", "canonical_url", "source_url")
ID_COLUMNS = ("id", "guid", "uid", "news_id", "doc_id", "url", "link")
# Markup is longer than the text that was taken from it, so that length says nothing.
_LAST_CHOICE = frozenset({"html", "rawhtml"})
# These hold an article in some sets, and the name of a newspaper or a question in others.
_VAGUE = frozenset({"source", "input"})
_VAGUE_CHARACTERS = 200  # a row on average

# Hub names as papers give them: where they live now, and the configuration that is meant.
HUB_DATASETS: dict[str, tuple[str, str | None]] = {
    "cnn_dailymail": ("abisee/cnn_dailymail", "3.0.0"),
    "xsum": ("EdinburghNLP/xsum", None),
    "multi_news": ("alexfabbri/multi_news", None),
    "samsum": ("knkarthick/samsum", None),
}


@lru_cache(4096)
def plain(name: str) -> str:
    """Return a column's name without case, blanks and marks, so that spellings of one name are equal.

    Example:
        >>> plain("Article Body"), plain("articleBody"), plain("article_body")
        ('articlebody', 'articlebody', 'articlebody')
    """
    return re.sub(r"[\W_]+", "", name).casefold()


def find_column(columns: Iterable[str], usual: Iterable[str]) -> str | None:
    """Return the column that has the first of the usual names, in whatever spelling, or None.

    Example:
        >>> find_column(["id", "Highlights", "Article"], TEXT_COLUMNS)
        'Article'
    """
    present = {plain(name): name for name in reversed(list(columns))}
    return next((present[found] for name in usual if (found := plain(name)) in present), None)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what: as a user asked, or as `settle` found in a file.

    Attributes:
        text, title, id: the article, its headline and its name; None finds them by their usual names.
        summary: what people wrote about it; looked for only where `summaries` says under which names.
        summaries: usual names of the summary, best first.
        also: further columns that are needed, carried along for one.
    """

    text: str | None = None
    title: str | None = None
    id: str | None = None
    summary: str | None = None
    summaries: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def needed(self) -> list[str]:
        """The columns to read."""
        names = (self.text, self.title, self.id, self.summary, *self.also)
        return list(dict.fromkeys(name for name in names if name is not None))

    def __str__(self) -> str:
        named = (("the article", self.text), ("its title", self.title), ("its id", self.id))
        return ", ".join(f'{what} from column "{name}"' for what, name in named if name is not None)

    def candidates(self, names: Iterable[str]) -> list[str]:
        """Return those columns of a table that may have to be read."""
        usual = {
            plain(name)
            for name in (*TEXT_COLUMNS, *TITLE_COLUMNS, *ID_COLUMNS, *self.summaries, *self.needed)
        }
        return [name for name in names if plain(name) in usual]

    def settle(self, samples: Sequence[Mapping[str, Any]], names: Iterable[str] = ()) -> Columns:
        """Return the columns as they are in a file.

        Of several columns that are called like an article, the longest is taken.

        Args:
            samples: its first rows.
            names: all its columns, where they are more than those of the samples.

        Raises:
            InputError: where the article, a summary that is wanted or a column that was named is not there.
        """
        present = list(dict.fromkeys((*names, *(str(name) for row in samples for name in row))))
        text = _asked(self.text, present) or _longest(samples, present)
        if text is None:
            raise InputError(_no_text(samples, present))
        others = [name for name in present if name != text]
        summary = None
        if self.summaries:
            summary = _asked(self.summary, present) or find_column(others, self.summaries)
            if summary is None:
                raise InputError(
                    f"has no column that looks like a summary; name one of {', '.join(present)} with "
                    "--summary-column"
                )
        return replace(
            self,
            text=text,
            title=_asked(self.title, present) or find_column(others, TITLE_COLUMNS),
            id=_asked(self.id, present) or find_column(others, ID_COLUMNS),
            summary=summary,
            also=tuple(find_column(present, (name,)) or name for name in self.also),
        )


def as_text(value: Any) -> str | None:
    """Return a column's text, or several as one with blank lines between; None for anything else.

    Example:
        >>> as_text(["One.", "Two."]), as_text(3)
        ('One.\\n\\nTwo.', None)
    """
    if isinstance(value, list | tuple) and value and all(isinstance(part, str) for part in value):
        return "\n\n".join(value)
    return value if isinstance(value, str) else None


def _asked(name: str | None, present: Sequence[str]) -> str | None:
    """Return the column that a user named, in whatever spelling; None where none was named."""
    if name is None or name in present:
        return name
    found = find_column(present, (name,))
    if found is None:
        raise InputError(f"no column is called {name!r}; there are {', '.join(present) or 'none'}")
    return found


def _longest(samples: Sequence[Mapping[str, Any]], present: Sequence[str]) -> str | None:
    """Of the columns named like an article return the one with most characters; markup only if alone."""
    lengths: dict[str, int] = {}
    for usual in TEXT_COLUMNS:
        if name := find_column(present, (usual,)):
            length = _characters(samples, name)
            if plain(usual) not in _VAGUE or length > _VAGUE_CHARACTERS * len(samples):
                lengths.setdefault(name, length)
    texts = {name: length for name, length in lengths.items() if plain(name) not in _LAST_CHOICE}
    chosen = texts if any(texts.values()) or not any(lengths.values()) else lengths
    return max(chosen or lengths, key=lengths.__getitem__, default=None)


def _characters(samples: Sequence[Mapping[str, Any]], name: str) -> int:
    return sum(len(as_text(row.get(name)) or "") for row in samples)


def _no_text(samples: Sequence[Mapping[str, Any]], present: Sequence[str]) -> str:
    hint = "call it article, or name it with --text-column"
    longest = max(present, key=lambda name: _characters(samples, name), default=None)
    if longest is not None and (characters := _characters(samples, longest)) > 100 * len(samples):
        hint = f"--text-column {longest!r} would fit, with {characters // len(samples):,} characters a row"
    return f"has no column that looks like an article; there are {', '.join(present) or 'none'}; {hint}"
