"""A batch run into a pipe: rows go to standard output as they are done, and nothing is kept to be resumed."""

from __future__ import annotations

import json
import sys

from summarize.batch.journal import ResumePoint
from summarize.batch.work import RowResult
from summarize.printing import complain


class Piped:
    """Stands where the journal of a file would; what fails is told on standard error at once."""

    def __init__(self) -> None:
        self.checkpoint = ResumePoint()

    def add(self, result: RowResult, digest: int) -> None:
        """Write a row."""
        if result.good:
            sys.stdout.buffer.write(result.line)
            sys.stdout.buffer.flush()
            return
        told = json.loads(result.line)
        complain(f"summarize batch: {told['file']}:{told['line']}: {told['reason']}")

    def save(self, complete: bool = False) -> None:
        """Do nothing: each row is written."""

    def finish(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing: standard output is not ours to close."""
