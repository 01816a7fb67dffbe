"""A finished output: which run wrote it, whether it was changed since, and the names of its files.

Beside OUT stands `OUT.run.json` with the run's input and options, the size of OUT and its CRC-32.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from summarize.errors import OutputError


@dataclass(frozen=True)
class Paths:
    """The files of a run."""

    output: Path

    @property
    def part(self) -> Path:
        return self.output.with_name(self.output.name + ".part")

    @property
    def errors(self) -> Path:
        return self.output.with_name(self.output.name + ".errors.jsonl")

    @property
    def journal(self) -> Path:
        return self.output.with_name(self.output.name + ".journal")

    @property
    def record(self) -> Path:
        return self.output.with_name(self.output.name + ".run.json")

    @property
    def own(self) -> frozenset[str]:
        """All of them, absolute."""
        files = (self.output, self.part, self.errors, self.journal, self.record)
        return frozenset(map(os.path.abspath, files))


def record_finished(paths: Paths, identity: dict[str, Any]) -> None:
    """Note beside an output which run wrote it."""
    size = paths.output.stat().st_size
    record = {"run": identity, "size": size, "checksum": checksum(paths.output)}
    paths.record.write_text(json.dumps(record) + "\n", encoding="utf-8")


def check_finished(paths: Paths, identity: dict[str, Any], streams: str = "") -> None:
    """Make sure that this run wrote a finished output, and that it was not changed since.

    Args:
        paths: the files of the run.
        identity: the input and the options of this run.
        streams: the names of its inputs that are pipes.

    Raises:
        OutputError: where it is of another run, or has been changed; it says what differs.
    """
    if streams:
        raise OutputError(
            f"{paths.output}: is finished; whether it is of what {streams} holds now cannot be told, for a "
            "pipe is read but once: name another output, or start over with --overwrite"
        )
    try:
        record = parsed(paths.record.read_bytes())
    except OSError:
        record = {}
    if not isinstance(run := record.get("run"), dict):
        raise OutputError(
            f"{paths.output}: exists, and no {paths.record.name} says which run wrote it; name another "
            "output, or start over with --overwrite"
        )
    if changed := differing(run, identity):
        raise OutputError(
            f"{paths.output}: was written by another run: it differs in {changed}; name another "
            "output, or start over with --overwrite"
        )
    if (record.get("size"), record.get("checksum")) != (paths.output.stat().st_size, checksum(paths.output)):
        raise OutputError(f"{paths.output}: has been changed since; start over with --overwrite")


def differing(told: dict[str, Any], identity: dict[str, Any]) -> str:
    """Return the names of what differs between two runs; empty for the same."""
    wanted = json.loads(json.dumps(identity))
    return ", ".join(sorted(key for key in wanted.keys() | told.keys() if told.get(key) != wanted.get(key)))


def checksum(path: Path, length: int | None = None) -> int:
    """Return the CRC-32 of a file, or of its first bytes."""
    found, left = 0, path.stat().st_size if length is None else length
    with open(path, "rb") as file:
        while left > 0 and (part := file.read(min(left, 1 << 20))):
            found, left = crc32(part, found), left - len(part)
    return found


def parsed(line: bytes) -> dict[str, Any]:
    """Return an object of JSON; empty for anything else."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
