"""The folder of a run on a cluster: a file for each shard, and beside it a record of what must be in it.

A shard is a run of rows of one input file. Its record, `part-....done`, is written last and holds the size
and the checksum of its files and of the rows of the input, so a shard that was cut off, or whose rows have
changed, is written again. Nothing is deleted or overwritten but what a run into this folder wrote.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zlib import crc32

from summarize.batch.finished import differing, parsed
from summarize.batch.work import BatchSettings
from summarize.errors import OutputError
from summarize.reading.rows import Row
from summarize.reading.storage import Folder
from summarize.version import __version__

MANIFEST = "run.json"
ERRORS, DONE = ".errors.jsonl", ".done"
_OWN = re.compile(r"part-\d{5,}-\d{8,}\.(jsonl|parquet)(\.errors\.jsonl|\.done)?")


@dataclass(frozen=True)
class Shards:
    """Where shards go and what is in them.

    Attributes:
        output: a folder or an address of an object store.
        settings: what decides the rows.
        rows: rows of the input in one shard.
        format: "jsonl" or "parquet".
        resume: leave out the shards that are there.
        overwrite: start over: remove what a run wrote there, and nothing else.
    """

    output: str
    settings: BatchSettings
    rows: int = 1000
    format: str = "jsonl"
    resume: bool = False
    overwrite: bool = False

    def name(self, part: int, shard: int) -> str:
        """Return the name of a shard of an input file.

        Example:
            >>> Shards("out", BatchSettings("lead")).name(0, 12)
            'part-00000-00000012.jsonl'
        """
        return f"part-{part:05}-{shard:08}.{self.format}"


def begin(folder: Folder, shards: Shards, inputs: list[Any], limit: int | None) -> None:
    """Note what the run is, and remove what a run before it wrote, if that is asked for.

    Raises:
        OutputError: where the folder holds something else, or another run.
    """
    identity = shards.settings.identity | {"rows": shards.rows, "format": shards.format}
    identity |= {"version": __version__, "input": inputs, "limit": limit}
    names = folder.names()
    own = [name for name in names if _OWN.fullmatch(name)]
    if names and not shards.resume and not shards.overwrite:
        raise OutputError(
            f"{shards.output}: is not empty; go on with --resume, or start over with --overwrite"
        )
    told = parsed(folder.read(MANIFEST)) if MANIFEST in names else {}
    if "summarizer" not in told and (own or MANIFEST in names):
        raise OutputError(
            f"{shards.output}: no {MANIFEST} says which run wrote its files, so none is touched; name "
            "another folder, or empty this one"
        )
    if shards.overwrite:
        for name in own:
            folder.remove(name)
    elif told:
        if changed := differing(told, identity):
            raise OutputError(
                f"{shards.output}: the run to resume was another one: it differs in {changed}; resume it as "
                "it was begun, or start over with --overwrite"
            )
        return
    folder.write(MANIFEST, json.dumps(identity).encode())


class ShardFolder:
    """The shards that are in a folder; used on the cluster, where each task looks for itself."""

    def __init__(self, output: str) -> None:
        self._folder = Folder(output)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self._folder.names())

    def holds(self, name: str, rows: Sequence[Row]) -> bool:
        """Tell whether a shard is there, as it was written and of these rows."""
        if name + DONE not in self._names:
            return False
        record = parsed(self._folder.read(name + DONE))
        files = record.get("files")
        if record.get("input") != digest(rows) or not isinstance(files, dict):
            return False
        return all(
            file in self._names and _seal(self._folder.read(file)) == sealed for file, sealed in files.items()
        )

    def write(self, name: str, rows: bytes, errors: bytes, digest: int) -> None:
        """Write the files of a shard, an empty one not at all, and then its record."""
        files = {name: rows, name + ERRORS: errors}
        for file, data in files.items():
            if data:
                self._folder.write(file, data)
            else:
                self._folder.remove(file)  # of an attempt before
        record = {"input": digest, "files": {file: _seal(data) for file, data in files.items() if data}}
        self._folder.write(name + DONE, json.dumps(record).encode())


def digest(rows: Sequence[Row]) -> int:
    """Return the checksum of some rows of the input."""
    found = 0
    for row in rows:
        found = row.digest(found)
    return found


def _seal(data: bytes) -> list[int]:
    """Return size and CRC-32."""
    return [len(data), crc32(data)]
