"""Rows of JSON Lines, CSV and Parquet files, each with the place it came from; says nothing of columns.

A line that cannot be read is a row with an error, so that the reader can count it and go on.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from summarize.errors import InputError, MissingDependencyError

FILES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".gz")
# Longest field of a CSV file, in characters; the library's own limit is 131,072, less than a long article.
_FIELD = 1 << 30


@dataclass(frozen=True)
class Row:
    """One record, or why there is none.

    Attributes:
        where: file and line, for messages.
        values: by column name; None where the line could not be read.
        error: what was wrong with it, or empty.
    """

    where: str
    values: dict[str, Any] | None = None
    error: str = ""


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a file, by the ending of its name.

    Raises:
        InputError: where the file cannot be opened or its kind is not known.
        MissingDependencyError: for Parquet without `datasets`.
    """
    kind = Path(path.name.removesuffix(".gz")).suffix.lower()
    if kind == ".parquet":
        yield from _parquet(path)
    elif kind in (".jsonl", ".ndjson", ".json"):
        yield from _json_lines(path)
    elif kind in (".csv", ".tsv"):
        yield from _csv(path, "\t" if kind == ".tsv" else ",")
    else:
        raise InputError(f"{path}: cannot tell what it holds; name it .jsonl, .csv, .tsv or .parquet")


def read_lines(path: Path) -> Iterator[tuple[str, str | None]]:
    """Yield "file:line" and text of each line of a file, gzipped or not; None where it is not UTF-8.

    Raises:
        InputError: where the file cannot be opened, or a gzipped one breaks off.
    """
    try:
        with _open(path) as file:
            for number, line in enumerate(file, 1):
                line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                try:
                    text: str | None = line.decode("utf-8").rstrip("\r\n")
                except UnicodeDecodeError:
                    text = None
                yield f"{path}:{number}", text
    except (OSError, EOFError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error


def _open(path: Path) -> BinaryIO | gzip.GzipFile:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")


def _json_lines(path: Path) -> Iterator[Row]:
    for where, text in read_lines(path):
        if text is None:
            yield Row(where, error="is not UTF-8")
        elif text.strip():
            try:
                values = json.loads(text)
            except (ValueError, RecursionError) as error:
                yield Row(where, error=f"is no JSON ({error})")
                continue
            if isinstance(values, dict):
                yield Row(where, values)
            else:
                yield Row(where, error=f"holds a {type(values).__name__}, not an object")


def _csv(path: Path, delimiter: str) -> Iterator[Row]:
    bad: list[str] = []

    def decoded() -> Iterator[str]:
        for where, text in read_lines(path):
            if text is None:
                bad.append(where)
            else:
                yield text + "\n"

    csv.field_size_limit(_FIELD)
    reader = csv.reader(decoded(), delimiter=delimiter)
    header: list[str] | None = None
    while True:
        line = reader.line_num + len(bad) + 1
        try:
            fields = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield Row(f"{path}:{line}", error=f"is no CSV ({error})")
            continue
        if header is None:
            header = fields
        elif len(fields) == len(header):
            yield Row(f"{path}:{line}", dict(zip(header, fields, strict=True)))
        elif fields:
            yield Row(f"{path}:{line}", error=f"has {len(fields)} fields where the header has {len(header)}")
    yield from (Row(where, error="is not UTF-8") for where in bad)


def _parquet(path: Path) -> Iterator[Row]:
    try:
        import datasets
    except ImportError as error:
        raise MissingDependencyError(
            f"{path}: Parquet needs datasets: pip install 'summarize-toolkit[eval]'"
        ) from error
    try:
        stream = datasets.load_dataset("parquet", data_files=str(path), split="train", streaming=True)
        for number, values in enumerate(stream, 1):
            yield Row(f"{path} row {number}", dict(values))
    except (OSError, ValueError, datasets.exceptions.DatasetsError) as error:
        raise InputError(f"{path}: cannot be read as Parquet: {error}") from error
