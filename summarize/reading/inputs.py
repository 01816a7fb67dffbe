"""What the user names -> the parts to read: files, folders, globs, hub names, addresses, standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarize.errors import DamagedInputError, InputError
from summarize.reading.columns import Columns
from summarize.reading.delimited import Csv
from summarize.reading.lines import UNKNOWN, Dialect, JsonLines
from summarize.reading.read import SUFFIXES as TEXTS
from summarize.reading.rows import Row, RowSource
from summarize.reading.storage import COMPRESSED, is_address, is_stream, matching
from summarize.reading.tables import Arrow, Hub, Parquet

LINES = (".jsonl", ".ndjson", ".json")
TABLES = (".csv", ".tsv", ".tab")
COLUMNAR: dict[str, type[Parquet] | type[Arrow]] = {".parquet": Parquet, ".arrow": Arrow, ".feather": Arrow}
HUB = "hub:"


class TextFiles:
    """Files that hold one article each, as one source."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths
        self.name = paths[0]
        self.size, self.position = len(paths), 0

    def identity(self) -> list[Any]:
        """Return the number of files: which they are is in the checksum of the rows."""
        return [self.name, self.size]

    def rows(self, asked: Columns | None = None) -> Iterator[Row]:
        """Yield a row for each file; it is read by whoever summarizes it."""
        self.position = 0
        for path in self._paths:
            self.position += 1
            yield Row(path, 1, Path(path))


def each_row(source: RowSource, asked: Columns) -> Iterator[Row]:
    """Yield the rows of a source; damage is an error behind the last whole row, and ends no other source.

    Raises:
        InputError: where it has no such columns, or cannot be read any further for now.
    """
    try:
        yield from source.rows(asked)
    except DamagedInputError as error:
        reason = str(error).removeprefix(f"{source.name}:{error.line}: ")
        yield Row(source.name, error.line, error=reason)
    except OSError as error:  # none of the output: that is told otherwise
        raise InputError(f"{source.name}: could not be read any further: {error}") from error


@dataclass
class Inputs:
    """All there is to read, in order.

    Attributes:
        sources: the files and data sets.
        asked: the columns to look for.
        tell: is told in words which columns are read, before the first row and where they change.
    """

    sources: list[RowSource]
    asked: Columns = Columns()  # noqa: RUF009 - it is frozen
    tell: Callable[[str], None] | None = None

    def rows(self) -> Iterator[Row]:
        """Yield the rows of all sources, one after the other."""
        told = ""
        for source in self.sources:
            columns = None
            for row in each_row(source, self.asked):
                if row.columns is not columns:
                    columns = row.columns
                    if self.tell and str(columns) != told:
                        told = str(columns)
                        self.tell(f"{source.name}: {told}")
                yield row

    def identity(self) -> list[Any]:
        """Return what must be the same when a run is resumed."""
        return [source.identity() for source in self.sources]

    @property
    def share(self) -> float | None:
        """How much has been read, 0 to 1; None where it cannot be told."""
        if not all(source.size for source in self.sources):
            return None
        return sum(source.position / source.size for source in self.sources) / len(self.sources)


def open_inputs(
    names: Sequence[str],
    split: str = "test",
    config: str | None = None,
    own: frozenset[str] = frozenset(),
    dialect: Dialect = UNKNOWN,
) -> list[RowSource]:
    """Find everything that is named, without reading it.

    Args:
        names: files, folders (all files of known suffixes in them and below), globs, "hub:NAME", "-".
        split: which part of a hub data set.
        config: the configuration of a hub data set.
        own: files that the run itself writes; a folder that holds them is read without them.
        dialect: how files of lines are written.

    Raises:
        InputError: for what is not there or of no known kind.
        MissingDependencyError: where a package is needed to read it.
    """
    sources: list[RowSource] = []
    texts: list[str] = []

    def flush() -> None:
        if texts:
            sources.append(TextFiles(tuple(texts)))
            texts.clear()

    for name in names:
        if name.startswith(HUB):
            flush()
            sources.append(Hub(name.removeprefix(HUB), split, config))
            continue
        for path in _expand(name, own):
            kind = kind_of(path)
            if kind in TEXTS and not is_address(path):
                texts.append(path)
                continue
            flush()
            sources.append(_source(path, kind, dialect))
    flush()
    return sources


def kind_of(path: str) -> str:
    """Return the suffix that tells what a file holds, without that of its compression.

    Example:
        >>> kind_of("news/a.jsonl.gz"), kind_of("-")
        ('.jsonl', '.jsonl')
    """
    bare = Path(path)
    if path == "-" or (not bare.suffix and is_stream(path)):
        return ".jsonl"
    return (Path(bare.stem) if bare.suffix.lower() in COMPRESSED else bare).suffix.lower()


def _source(path: str, kind: str, dialect: Dialect) -> RowSource:
    if path != "-" and not is_address(path):
        # Opening it would be one time too many for a pipe.
        if not os.access(path, os.R_OK):
            raise InputError(f"{path}: cannot be read: permission denied")
        if kind in COLUMNAR and is_stream(path):
            raise InputError(
                f"{path}: a {kind} table is read from its end, which a pipe has not; make it a file"
            )
    if kind in TABLES or (dialect.delimiter and not Path(path).suffix):
        return Csv(path, dialect, "," if kind == ".csv" else "\t")
    if kind in LINES:
        return JsonLines(path, dialect)
    if kind in COLUMNAR:
        return COLUMNAR[kind](path)
    raise InputError(
        f"{path}: cannot tell what it holds; lines are {', '.join((*LINES, *TABLES))}, also with "
        f"{' or '.join(COMPRESSED)}; tables {', '.join(COLUMNAR)}; texts {', '.join(TEXTS)}"
    )


def _expand(name: str, own: frozenset[str]) -> list[str]:
    """Return the files that a name stands for, sorted."""
    if name == "-":
        return [name]
    if os.path.isdir(name):
        return _folder(name, own)
    if is_address(name):
        if name.startswith(("http://", "https://")):
            raise InputError(f"{name}: pages are not read here; download it, or give it to summarize itself")
        if not (found := matching(name)):
            raise InputError(f"{name}: no file is there; check the address")
        return found
    if os.path.lexists(name) or not glob.has_magic(name):
        if os.path.abspath(name) in own:
            raise InputError(f"{name}: is both read and written; name another output")
        if not os.path.exists(name):
            raise InputError(f"{name}: there is no such file; check the path from {os.getcwd()}")
        return [name]
    found = sorted(path for path in glob.glob(name, recursive=True) if os.path.isfile(path))
    found = [path for path in found if os.path.abspath(path) not in own]
    if not found:
        raise InputError(f"{name}: no file matches this pattern; check it, and quote it for the shell")
    return found


def _folder(name: str, own: frozenset[str]) -> list[str]:
    known = {*LINES, *TABLES, *COLUMNAR, *TEXTS}
    found = []
    for folder, subfolders, files in os.walk(name):
        subfolders[:] = [subfolder for subfolder in subfolders if not subfolder.startswith(".")]
        paths = (os.path.join(folder, file) for file in files if not file.startswith("."))
        found += [path for path in paths if kind_of(path) in known and os.path.abspath(path) not in own]
    if not found:
        raise InputError(f"{name}: this folder holds no file that can be read ({', '.join(sorted(known))})")
    return sorted(found, key=lambda path: Path(path).parts)
