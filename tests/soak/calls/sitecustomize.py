"""Put on the path of a run by `kills.py`: counts what the run does to its files and pipes, and kills it at one of them.

Python imports it as it starts, in the run and in each worker. The environment says what to do:

- KILL_FOLDER: the folder of the output; what is done to files elsewhere does not count.
- KILL_COUNTS: a folder with a file for each kind of operation, one byte long for each that has begun.
- KILL_AT: kind and number of the operation that is the last, as in "write:12"; empty to count alone.
- KILL_WHO: "group" to kill the run with its workers, "process" for the process alone that is at it.

The kinds are those of Python's audit events (open, os.rename, os.remove, fcntl.flock ...), and fsync,
truncate, write (into a file of the folder) and pipe (any `os.write`: what run and workers tell each other).
Of the write that is the last one half is written. What a library in C++ writes, as that of Parquet, does
not come by here.
"""

from __future__ import annotations

import builtins
import io
import os
import signal
import sys
from typing import Any

_FOLDER = os.path.join(os.environ["KILL_FOLDER"], "")
_COUNTS = os.environ["KILL_COUNTS"]
_KIND, _, _NUMBER = os.environ["KILL_AT"].partition(":")
_os_write, _os_fsync, _open = os.write, os.fsync, io.open
_files: dict[str, int] = {}


def _is_last(kind: str) -> bool:
    """Count an operation, over all processes, and tell whether the kill is at it."""
    if kind not in _files:
        # In append mode the position behind a write is the number of it, whoever else writes.
        _files[kind] = os.open(f"{_COUNTS}/{kind}", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    _os_write(_files[kind], b".")
    return kind == _KIND and os.lseek(_files[kind], 0, os.SEEK_CUR) == int(_NUMBER)


def _kill() -> None:
    if os.environ["KILL_WHO"] == "group":
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def _is_inside(name: Any) -> bool:
    return isinstance(name, str | os.PathLike) and os.path.abspath(os.fspath(name)).startswith(_FOLDER)


def _heard(event: str, given: tuple[Any, ...]) -> None:
    inside = event.startswith(("open", "os.")) and given and _is_inside(given[0])
    if (inside or event == "fcntl.flock") and _is_last(event):
        _kill()


class _Counted(io.FileIO):
    """A file of the folder, below Python's buffers."""

    def write(self, data: Any) -> int:
        if _is_last("write"):
            super().write(memoryview(data)[: len(data) // 2])
            _kill()
        return super().write(data)

    def truncate(self, size: int | None = None) -> int:
        if _is_last("truncate"):
            _kill()
        return super().truncate(size)


def _open_counted(file: Any, mode: str = "r", *given: Any, **named: Any) -> Any:
    """Open a file; one of the folder for writing with what counts."""
    if set(mode).isdisjoint("wax+") or not _is_inside(file):
        return _open(file, mode, *given, **named)
    raw = _Counted(os.fspath(file), mode.replace("b", "").replace("t", ""))
    buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
    return buffered if "b" in mode else io.TextIOWrapper(buffered, named.get("encoding"))


def _write(descriptor: int, data: Any) -> int:
    if _is_last("pipe"):
        _os_write(descriptor, memoryview(data)[: len(data) // 2])
        _kill()
    return _os_write(descriptor, data)


def _fsync(descriptor: int) -> None:
    if _is_last("fsync"):
        _kill()
    _os_fsync(descriptor)


os.write, os.fsync = _write, _fsync
builtins.open = io.open = _open_counted
sys.addaudithook(_heard)
