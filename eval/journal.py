"""What a run has done so far: a file that survives it, and a line of progress."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, TextIO


class RunJournal:
    """The texts written so far, in a file that survives an interrupted run.

    Args:
        path: the file; None keeps nothing.
        fresh: start over.
    """

    def __init__(self, path: Path | None, fresh: bool = False) -> None:
        self.path = path
        self._done: dict[str, dict[str, Any]] = {}
        self._file: TextIO | None = None
        if path is None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not fresh:
            self._read(path)
        self._file = path.open("w" if fresh else "a", encoding="utf-8")

    def __len__(self) -> int:
        return len(self._done)

    def find(self, key: str) -> dict[str, Any] | None:
        """Return what was written under a key, or None."""
        return self._done.get(key)

    def add(self, key: str, **record: Any) -> None:
        """Keep a record, on disk at once."""
        self._done[key] = record
        if self._file:
            self._file.write(json.dumps({"key": key, **record}, ensure_ascii=True) + "\n")
            self._file.flush()

    def finish(self) -> None:
        """Remove the file: the run is complete, and a later one is to start from nothing."""
        if self._file and self.path:
            self._file.close()
            self.path.unlink(missing_ok=True)

    def _read(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        if text and not text.endswith("\n"):  # broken off in a line: complete it first
            text = text[: text.rfind("\n") + 1]
            path.write_text(text, encoding="utf-8")
        for line in text.splitlines():
            record = json.loads(line)
            self._done[record.pop("key")] = record


def journal_path(dataset: str, style: str) -> Path:
    """Return where a run over a dataset keeps its journal: in the user's cache folder."""
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    name = hashlib.sha256(f"{Path(dataset).absolute()}|{dataset}|{style}".encode()).hexdigest()[:16]
    return root / "summarize-toolkit" / "runs" / f"{name}.jsonl"


class RunProgress:
    """Says on standard error how far a run is; on one line where that is a terminal."""

    def __init__(self, name: str, total: int, stream: TextIO | None = None) -> None:
        self._name, self._total = name, total
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._start = self._shown = time.monotonic()

    def step(self, done: int) -> None:
        """Report the number of documents done so far, not more often than one can read."""
        now = time.monotonic()
        if now - self._shown < (0.2 if self._live else 10) and done < self._total:
            return
        self._shown = now
        line = f"{self._name}: {done}/{self._total} documents, {now - self._start:.1f} s"
        self._stream.write(f"\r{line}\x1b[K" + "\n" * (done == self._total) if self._live else line + "\n")
        self._stream.flush()
