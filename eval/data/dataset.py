"""Reads articles with reference summaries from files, folders and the hub, one example at a time.

Rows and columns are those of `summarize.reading`, as for `summarize batch`. Nothing is scored here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from summarize.errors import InputError
from summarize.reading.columns import HEADLINE_COLUMNS, SUMMARY_COLUMNS, Columns
from summarize.reading.inputs import COLUMNAR, LINES, TABLES, kind_of, open_inputs
from summarize.reading.rows import Row, article_of
from summarize.reading.seeds import seeds_folder
from summarize.reading.tables import Hub

_FILES = (*LINES, *TABLES, *COLUMNAR)


def columns(
    text: str | None = None, summary: str | None = None, id: str | None = None, headline: bool = False
) -> Columns:
    """Return the columns to read; None finds one by its usual name.

    Args:
        headline: look for a headline first, where several columns could be the summary.
    """
    first = HEADLINE_COLUMNS if headline else ()
    return Columns(text=text, id=id, summary=summary, summaries=(*first, *SUMMARY_COLUMNS))


@dataclass(frozen=True)
class Example:
    """An article and what people wrote about it.

    Attributes:
        id: from the data, or the number of the row.
        text: the article.
        references: one or more reference summaries, one sentence a line where the data has lines.
    """

    id: str
    text: str
    references: tuple[str, ...]


@dataclass
class Dataset:
    """Examples that can be read once, and what went wrong on the way.

    Attributes:
        name: what was asked for.
        problems: one message for each row that was skipped, with its file and line; grows while reading.
        empty_references: how many references were empty so far; they score 0.
    """

    name: str
    rows: Iterable[Row]
    asked: Columns
    problems: list[str] = field(default_factory=list)
    empty_references: int = 0

    def __iter__(self) -> Iterator[Example]:
        """Yield the examples that can be read; the others are noted in `problems`."""
        for number, row in enumerate(self.rows, 1):
            try:
                example = self._example(row, number)
            except InputError as error:
                self.problems.append(f"{row.where}: {error}")
                continue
            self.empty_references += sum(not text.strip() for text in example.references)
            yield example

    def take(self, limit: int | None = None) -> list[Example]:
        """Return the first examples, or all.

        Raises:
            InputError: where there are none, with the first problem.
        """
        examples = list(islice(self, limit))
        if not examples:
            why = f"; first of {len(self.problems)} problems: {self.problems[0]}" if self.problems else ""
            raise InputError(f"{self.name} holds no example that can be read{why}")
        return examples

    def _example(self, row: Row, number: int) -> Example:
        article = article_of(row, self.asked)
        found = article.columns
        references = _as_texts(article.values.get(found.summary or ""))
        if references is None:
            raise InputError(f"column {found.summary!r} holds no text")
        own = article.values.get(found.id) if found.id is not None else None
        return Example(str(number if own is None else own), article.text, references)


def open_dataset(
    name: str, split: str = "test", asked: Columns | None = None, config: str | None = None
) -> Dataset:
    """Open a dataset by what the user calls it; nothing is read yet.

    Args:
        name: "seeds", a folder of articles that have their own "What you should know" box, a file that
            `summarize batch` reads too, a name on the hub, or a copy of it.
        split: which part of a hub dataset.
        asked: which columns to read; None finds them.
        config: the configuration of a hub dataset.

    Raises:
        InputError: where there is no such file or dataset.
        MissingDependencyError: where a package is needed to read it.
    """
    asked = asked or columns()
    path = Path(name)
    if name == "seeds" and not path.exists():
        path = seeds_folder()
    if path.is_dir() and not any(kind_of(str(file)) in _FILES for file in path.rglob("*")):
        boxes = Columns("article", id="id", summary="reference")
        return Dataset(name, _articles(path, boxes), boxes)
    if path.is_file() or kind_of(name) in _FILES:
        if kind_of(name) not in _FILES:
            raise InputError(f"{name}: cannot tell what it holds; name it {', '.join(_FILES)}")
        [source] = open_inputs([name])
        return Dataset(name, source.rows(asked), asked)
    # A name on the hub, or a dataset as the hub has it, on disk.
    return Dataset(name, Hub(name, split, config).rows(asked), asked)


def _as_texts(value: Any) -> tuple[str, ...] | None:
    """Return one reference, or several where the column holds a list; None for anything else."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, (list, tuple)) and value and all(isinstance(part, str) for part in value):
        return tuple(value)
    return None


def _articles(folder: Path, columns: Columns) -> Iterator[Row]:
    """Read the articles of a folder; the box in an article is its reference."""
    from summarize import parse

    paths = sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".md"))
    if not paths:
        raise InputError(f"{folder}: the folder holds no .txt, .md or data file")
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            yield Row(str(path), 1, error=f"cannot be read: {error}")
            continue
        box = parse(text).reference
        if box:
            yield Row(
                str(path), 1, {"id": path.stem, "article": text, "reference": "\n".join(box)}, "", columns
            )
        else:
            yield Row(str(path), 1, error='has no "What you should know" box to compare with')
