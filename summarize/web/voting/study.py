"""What is voted on: articles from rows, and the summarizers that write about them. No votes here.

Rows are read as every command reads them (`summarize.reading`). Summarizers write in the processes of the
page's work (`web.jobs`), where a model is loaded once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from summarize.brief import Brief
from summarize.document import Document
from summarize.errors import InputError, OptionError, SummarizeError
from summarize.options import read_named
from summarize.reading.columns import Columns
from summarize.reading.inputs import each_row, open_inputs
from summarize.reading.rows import Row, article_of
from summarize.reading.seeds import seeds
from summarize.registry import DEFAULT, load
from summarize.web import running, work

DEFAULT_NAMES = (DEFAULT, "textrank", "lead")


@dataclass(frozen=True)
class StudyArticle:
    """An article that is voted on.

    Attributes:
        id: what its row calls it.
        text: of the article.
        title: its headline, where it is not in the text.
    """

    id: str
    text: str
    title: str | None = None

    @property
    def text_hash(self) -> str:
        """SHA-256 of the text: what tells one article from another."""
        return hashlib.sha256(self.text.strip().encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Contestant:
    """A summarizer whose briefs are voted on.

    Attributes:
        name: what voters are told at the end.
        signature: which it is, with options and version.
        summarizer: what the registry calls it.
        options: that it is loaded with.
    """

    name: str
    signature: str
    summarizer: str
    options: Mapping[str, Any]

    def write(self, document: Document) -> Brief:
        """Return its brief of a document, in the process that this is called in.

        Raises:
            InputError: why there is none.
        """
        try:
            return running.ready(self.summarizer, self.options).brief([document])[0]
        except SummarizeError as error:
            raise InputError(f"{self.name}: {error}") from error

    def plan(self, document: Document) -> work.Plan:
        """Return how that is done as a job."""
        found = work.plan(self.summarizer, running.Choice((self.summarizer,)), len(document.sentences))
        options = "".join(f" {name}={value}" for name, value in sorted(self.options.items()))
        return replace(found, key=found.key and found.key + options)


@dataclass
class Study:
    """The articles and the summarizers, each found by what tells it from others.

    Attributes:
        articles: by `text_hash`, in the order of their file.
        contestants: by signature.
        problems: what could not be read, a sentence each.
    """

    articles: dict[str, StudyArticle]
    contestants: dict[str, Contestant]
    problems: list[str] = field(default_factory=list)


def default_study() -> Study:
    """Return the two examples of the page, by three summarizers that run everywhere."""
    examples = [StudyArticle(path.stem, path.read_text("utf-8")) for path in seeds()]
    return Study({one.text_hash: one for one in examples}, contestants(DEFAULT_NAMES))


def open_study(path: str, names: Sequence[str]) -> Study:
    """Return a study over the rows of a file.

    Args:
        path: as `summarize batch` takes it: JSON Lines, CSV, Parquet, a folder of texts.
        names: of at least two summarizers, NAME or NAME:option=value.

    Raises:
        InputError: where there is no article.
        OptionError: for names that are no summarizers, or fewer than two.
    """
    found = Study({}, contestants(names))
    asked = Columns()
    for row in chain.from_iterable(each_row(source, asked) for source in open_inputs([path])):
        try:
            article = _article(row, asked)
        except SummarizeError as error:
            found.problems.append(f"{row.where}: {error}")
            continue
        if article.text_hash in found.articles:
            found.problems.append(f"{row.where}: is the text of {found.articles[article.text_hash].id} again")
        else:
            found.articles[article.text_hash] = article
    if not found.articles:
        why = f": {found.problems[0]}" if found.problems else ""
        raise InputError(f"{path}: holds no article to vote on{why}")
    return found


def contestants(names: Sequence[str]) -> dict[str, Contestant]:
    """Return summarizers by their signatures.

    Raises:
        OptionError: for fewer than two, or one that is named twice.
        SummarizeError: for one that does not exist or cannot run here.
    """
    named = [name.strip() for name in names if name.strip()]
    if len(named) < 2:
        raise OptionError("a vote needs at least two summarizers: name them, such as news,lead")
    found: dict[str, Contestant] = {}
    short = [read_named(name)[0] for name in named]
    for name, plain in zip(named, short, strict=True):
        one = _contestant(name, plain if short.count(plain) == 1 else name)
        if one.signature in found:
            raise OptionError(f"{name} is named twice: both would write the same")
        found[one.signature] = one
    return found


def _contestant(specification: str, called: str) -> Contestant:
    name, options = read_named(specification)
    summarizer = load(name, **options)
    return Contestant(called, summarizer.signature, name, options)


def _article(row: Row, asked: Columns) -> StudyArticle:
    from summarize.reading.read import read

    if isinstance(row.data, Path):
        document = read(row.data)
        return StudyArticle(row.data.name, document.text, document.title)
    found = article_of(row, asked)
    name = str(found.id).encode("utf-8", "replace").decode()  # half a surrogate pair cannot be kept
    return StudyArticle(name, found.text, found.title)
