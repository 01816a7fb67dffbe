"""Reads articles with reference summaries from files, folders and the hub, one example at a time.

Columns are found by the names the field uses. JSON Lines and CSV are read here, because a line that
cannot be read must be told by its number; Parquet and hub names go through `datasets`, streaming. Nothing
is summarized or scored here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from eval.data.rows import FILES, Row, read_rows
from summarize.errors import InputError, MissingDependencyError, OptionError
from summarize.reading.columns import (
    HEADLINE_COLUMNS,
    HUB_DATASETS,
    ID_COLUMNS,
    SUMMARY_COLUMNS,
    TEXT_COLUMNS,
)


@dataclass(frozen=True)
class Columns:
    """The columns to read; None finds one by its usual name.

    Attributes:
        headline: look for a headline first, where several columns could be the summary.
    """

    text: str | None = None
    summary: str | None = None
    id: str | None = None
    headline: bool = False

    def resolve(self, row: Mapping[str, Any]) -> Columns:
        """Return the columns that a row has.

        Raises:
            InputError: where the text or the summary cannot be found, with the columns there are.
        """
        text = _find(row, self.text, TEXT_COLUMNS, "--text-column", "the article")
        first = HEADLINE_COLUMNS if self.headline else ()
        names = [name for name in (*first, *SUMMARY_COLUMNS) if name != text]
        summary = _find(row, self.summary, names, "--summary-column", "the summary")
        number = self.id or next((name for name in ID_COLUMNS if name in row), None)
        return replace(self, text=text, summary=summary, id=number)


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
    columns: Columns
    problems: list[str] = field(default_factory=list)
    empty_references: int = 0

    def __iter__(self) -> Iterator[Example]:
        """Yield the examples that can be read; the others are noted in `problems`."""
        columns: Columns | None = None
        for number, row in enumerate(self.rows, 1):
            if row.error or row.values is None:
                self.problems.append(f"{row.where}: {row.error}")
                continue
            columns = columns or self.columns.resolve(row.values)
            example = self._example(row, columns, number)
            if example is not None:
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

    def _example(self, row: Row, columns: Columns, number: int) -> Example | None:
        values = row.values or {}
        text = _as_text(values.get(columns.text or ""))
        references = _as_texts(values.get(columns.summary or ""))
        if not text or not text.strip():
            self.problems.append(f"{row.where}: column {columns.text!r} holds no text")
        elif references is None:
            self.problems.append(f"{row.where}: column {columns.summary!r} holds no text")
        else:
            return Example(str(values.get(columns.id or "", number)), text, references)
        return None


def open_dataset(
    name: str, split: str = "test", columns: Columns | None = None, config: str | None = None
) -> Dataset:
    """Open a dataset by what the user calls it; nothing is read yet.

    Args:
        name: "seeds", a folder of articles that have their own "What you should know" box, a file (.jsonl,
            .csv, .tsv, .parquet, the first three also gzipped), a name on the hub, or a copy of it.
        split: which part of a hub dataset.
        columns: which columns to read; None finds them.
        config: the configuration of a hub dataset.

    Raises:
        InputError: where there is no such file or dataset.
        MissingDependencyError: where `datasets` is needed and not installed.
    """
    columns = columns or Columns()
    path = Path(name)
    if name == "seeds" and not path.exists():
        path = Path(__file__).resolve().parents[2] / "seeds"
        if not path.is_dir():
            raise InputError(
                "the folder seeds is not here: run from the project's folder, or name another one"
            )
    if path.is_dir() and any(file.suffix in FILES for file in path.rglob("*")):
        return Dataset(name, _hub_rows(name, split, config), columns)  # a dataset as the hub has it, on disk
    if path.is_dir():
        return Dataset(name, _articles(path), Columns("article", "reference", "id"))
    if path.is_file():
        return Dataset(name, read_rows(path), columns)
    if name.endswith(FILES):
        raise InputError(f"{name}: there is no such file")
    return Dataset(name, _hub_rows(name, split, config), columns)


def _find(row: Mapping[str, Any], asked: str | None, names: Iterable[str], option: str, what: str) -> str:
    if asked is not None and asked not in row:
        raise InputError(f"no column is called {asked!r}; there are {', '.join(row)}")
    found = asked or next((name for name in names if name in row), None)
    if found is None:
        raise InputError(f"no column looks like {what}; name one of {', '.join(row)} with {option}")
    return found


def _as_text(value: Any) -> str | None:
    """Return a text, or several as one with blank lines between; None for anything else."""
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        return "\n\n".join(value)
    return value if isinstance(value, str) else None


def _as_texts(value: Any) -> tuple[str, ...] | None:
    """Return one reference, or several where the column holds a list; None for anything else."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, (list, tuple)) and value and all(isinstance(part, str) for part in value):
        return tuple(value)
    return None


def _articles(folder: Path) -> Iterator[Row]:
    """Read the articles of a folder; the box in an article is its reference."""
    from summarize import parse

    paths = sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".md"))
    if not paths:
        raise InputError(f"{folder}: the folder holds no .txt, .md or data file")
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            yield Row(str(path), error=f"cannot be read: {error}")
            continue
        box = parse(text).reference
        if box:
            yield Row(str(path), {"id": path.stem, "article": text, "reference": "\n".join(box)})
        else:
            yield Row(str(path), error='has no "What you should know" box to compare with')


def _hub_rows(name: str, split: str, config: str | None) -> Iterator[Row]:
    try:
        import datasets
    except ImportError as error:
        raise MissingDependencyError(
            f"{name} is no file here, and hub datasets need datasets: pip install 'summarize-toolkit[eval]'"
        ) from error
    repository, usual = HUB_DATASETS.get(name, (name, None))
    try:
        stream = _hub_stream(repository, config or usual, split)
        yield from (Row(f"{name}[{split}] row {n}", dict(values)) for n, values in enumerate(stream, 1))
    except ValueError as error:
        # So the library says that a split or configuration does not exist, and names those that do.
        raise OptionError(f"{name}: {error}") from error
    except (OSError, RuntimeError, datasets.exceptions.DatasetsError) as error:
        raise InputError(
            f"{name}: there is no such file, and the hub has no such dataset or does not answer ({error})"
        ) from error


def _hub_stream(repository: str, config: str | None, split: str) -> Iterable[Mapping[str, Any]]:
    from datasets import load_dataset

    rows: Iterable[Mapping[str, Any]]
    try:
        rows = load_dataset(repository, config, split=split, streaming=True)
    except RuntimeError as error:
        # A repository with a loading script, which the library no longer runs. The hub keeps a copy of it
        # as Parquet, in a folder for each configuration.
        if "scripts are no longer supported" not in str(error):
            raise
        copy = "refs/convert/parquet"
        rows = load_dataset(repository, data_dir=config, split=split, streaming=True, revision=copy)
    return rows
