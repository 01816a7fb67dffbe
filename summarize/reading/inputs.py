"""What the user names -> the parts to read: files, folders, globs, hub names, addresses, standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarize.errors import InputError
from summarize.reading.lines import COMPRESSED, Csv, JsonLines
from summarize.reading.read import SUFFIXES as TEXTS
from summarize.reading.rows import Part, Row
from summarize.reading.storage import is_address, matching
from summarize.reading.tables import Arrow, Hub, Parquet

LINES = (".jsonl", ".ndjson", ".json")
TABLES = (".csv", ".tsv", ".tab")
COLUMNAR: dict[str, type[Parquet] | type[Arrow]] = {".parquet": Parquet, ".arrow": Arrow, ".feather": Arrow}
HUB = "hub:"


class Texts:
    """Files that hold one article each, as one part."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths
        self.name = paths[0]
        self.size, self.position = len(paths), 0

    def identity(self) -> list[Any]:
        """Return the number of files: which they are is in the checksum of the rows."""
        return [self.name, self.size]

    def rows(self) -> Iterator[Row]:
        """Yield a row for each file; it is read by whoever summarizes it."""
        for path in self._paths:
            self.position += 1
            yield Row(path, 1, Path(path))


@dataclass
class Inputs:
    """All there is to read, in order.

    Attributes:
        parts: the files and data sets.
    """

    parts: list[Part]

    def rows(self) -> Iterator[Row]:
        """Yield the rows of all parts, one after the other."""
        for part in self.parts:
            yield from part.rows()

    def identity(self) -> list[Any]:
        """Return what must be the same when a run is resumed."""
        return [part.identity() for part in self.parts]

    @property
    def share(self) -> float | None:
        """How much has been read, 0 to 1; None where it cannot be told."""
        if not all(part.size for part in self.parts):
            return None
        return sum(part.position / part.size for part in self.parts) / len(self.parts)


def open_inputs(
    names: Sequence[str], split: str, config: str | None, own: frozenset[str] = frozenset()
) -> Inputs:
    """Find everything that is named, without reading it.

    Args:
        names: files, folders (all files of known suffixes in them and below), globs, "hub:NAME", "-".
        split: which part of a hub data set.
        config: the configuration of a hub data set.
        own: files that the run itself writes; a folder that holds them is read without them.

    Raises:
        InputError: for what is not there or of no known kind.
        MissingDependencyError: where a package is needed to read it.
    """
    parts: list[Part] = []
    texts: list[str] = []

    def flush() -> None:
        if texts:
            parts.append(Texts(tuple(texts)))
            texts.clear()

    for name in names:
        if name.startswith(HUB):
            flush()
            parts.append(Hub(name.removeprefix(HUB), split, config))
            continue
        for path in _expand(name, own):
            kind = kind_of(path)
            if kind in TEXTS and not is_address(path):
                texts.append(path)
                continue
            flush()
            parts.append(_part(path, kind))
    flush()
    return Inputs(parts)


def kind_of(path: str) -> str:
    """Return the suffix that tells what a file holds, without that of its compression.

    Example:
        >>> kind_of("news/a.jsonl.gz"), kind_of("-")
        ('.jsonl', '.jsonl')
    """
    if path == "-":
        return ".jsonl"
    bare = Path(path)
    return (Path(bare.stem) if bare.suffix.lower() in COMPRESSED else bare).suffix.lower()


def _part(path: str, kind: str) -> Part:
    if path != "-" and not is_address(path):
        try:
            open(path, "rb").close()
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    if kind in LINES:
        return JsonLines(path)
    if kind in TABLES:
        return Csv(path, "," if kind == ".csv" else "\t")
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
