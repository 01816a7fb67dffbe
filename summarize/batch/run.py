"""The loop of a batch run on one machine: rows in, outcomes out in their order, each kept as it comes."""

from __future__ import annotations

import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any

from summarize.batch.finished import Paths
from summarize.batch.journal import Journal
from summarize.batch.piped import Piped
from summarize.batch.progress import ProgressLine, RunTally
from summarize.batch.work import Author, BatchSettings, RowResult
from summarize.errors import InputError, OutputError
from summarize.reading.inputs import Inputs
from summarize.reading.rows import Row
from summarize.version import __version__

STANDARD_OUTPUT = Path("-")


class Interrupted(Exception):
    """The run was asked to stop (Ctrl-C, SIGTERM); what was in flight is done and saved."""


class FirstFailure(InputError):
    """A row failed in a run that was to stop at the first."""


@dataclass(frozen=True)
class Job:
    """A batch run.

    Attributes:
        inputs: what to read.
        paths: where to write.
        settings: what to write.
        workers: how many processes; 1 works in this one.
        limit: rows of the input to do; None for all.
        resume, overwrite, every: see `Journal`.
        fail_fast: stop at the first row that fails.
        row_timeout: seconds that a row may take; 0 for any time.
    """

    inputs: Inputs
    paths: Paths
    settings: BatchSettings
    workers: int = 1
    limit: int | None = None
    resume: bool = False
    overwrite: bool = False
    every: float = 1.0
    fail_fast: bool = False
    row_timeout: float = 0.0

    @property
    def identity(self) -> dict[str, Any]:
        """What must be the same when the run is resumed, by what a message calls it."""
        return {
            "version": __version__,
            "input": self.inputs.identity(),
            "limit": self.limit,
            "output": self.paths.output.name,
            **self.settings.identity,
        }


def run(job: Job) -> RunTally:
    """Do a job, or what is left of it.

    Raises:
        Interrupted: when asked to stop; it can be resumed.
        FirstFailure: at the first row that fails, with `fail_fast`; that row is not recorded.
        OutputError: where the output cannot be written; what was saved stays.
        SummarizeError: where an input or the summarizer cannot be used.
    """
    journal: Journal | Piped
    if job.paths.output == STANDARD_OUTPUT:
        journal = Piped()
    else:
        journal = Journal(
            job.paths, job.identity, resume=job.resume, overwrite=job.overwrite, every=job.every
        )
    tally = RunTally(skipped=journal.checkpoint.rows)
    try:
        if not journal.checkpoint.complete:
            _work(job, journal, tally)
        journal.finish()
    except BrokenPipeError:
        raise  # whoever read standard output has gone, and wants no message
    except OSError as error:
        if isinstance(journal, Piped):
            raise OutputError(f"standard output: could not be written: {error.strerror or error}") from error
        raise OutputError(
            f"{job.paths.output}: could not be written: {error.strerror or error}; what is done is kept: "
            "make room, then go on with --resume"
        ) from error
    finally:
        journal.close()
    return tally


def _work(job: Job, journal: Journal | Piped, tally: RunTally) -> None:
    rows = _Reader(islice(job.inputs.rows(), job.limit))
    rows.skip(journal.checkpoint.rows, journal.checkpoint.digest, job.paths)
    progress = ProgressLine(sys.stderr, tally)
    with _stoppable() as stopped:
        try:
            for outcome in _outcomes(job, rows, stopped):
                digest, where = rows.digests.popleft()
                if job.fail_fast and not outcome.good:
                    journal.save()
                    raise FirstFailure(f"{where}: {_reason(outcome)}; fix it, then go on with --resume")
                journal.add(outcome, digest)
                progress.step(not outcome.good, job.inputs.share)
            journal.save(complete=rows.exhausted or not (stopped() or rows.broken))
        finally:
            progress.close()
        if rows.broken:
            raise rows.broken
        if stopped() and not rows.exhausted:
            raise Interrupted


class _Reader:
    """The rows of the input, with the checksum behind each that is still in flight."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._digest = 0
        self.digests: deque[tuple[int, str]] = deque()
        self.exhausted = False
        self.broken: InputError | None = None  # why no further row can be read, when all before are done

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        try:
            row = next(self._rows)
        except StopIteration:
            self.exhausted = self.broken is None
            raise
        except InputError as error:
            self.broken = error
            raise StopIteration from None
        self._digest = row.digest(self._digest)
        self.digests.append((self._digest, row.where))
        return row

    def skip(self, count: int, digest: int, paths: Paths) -> None:
        """Pass over the rows that are done.

        Raises:
            OutputError: where they are not those that were done.
        """
        for row in islice(self._rows, count):
            self._digest = row.digest(self._digest)
        if self._digest != digest:
            raise OutputError(
                f"{paths.output}: the run to resume had another input: its first {count} rows have changed "
                "since; start over with --overwrite"
            )


def _outcomes(job: Job, rows: Iterator[Row], stopped: Callable[[], bool]) -> Iterator[RowResult]:
    if job.workers == 1:
        yield from _alone(job, _until(rows, stopped))
        return
    from summarize.batch.pool import Pool

    pool = Pool(job.settings, job.workers, job.row_timeout)
    try:
        yield from pool.outcomes(rows, stopped)
    finally:
        pool.close()


def _alone(job: Job, rows: Iterator[Row]) -> Iterator[RowResult]:
    """Work in this process; a row that takes too long is ended by an alarm where its code is Python's.

    Code that never comes back to Python, and a model that writes several rows at once, need workers.
    """
    author = Author(job.settings)
    if (
        not job.row_timeout
        or author.batch_size > 1
        or not _in_main_thread()
        or not hasattr(signal, "setitimer")
    ):
        yield from author.outcomes(rows)
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise InputError(f"took more than {job.row_timeout:g} seconds (--row-timeout)")

    def timed() -> Iterator[Row]:
        for row in rows:  # waiting for the input is not the row's fault
            signal.setitimer(signal.ITIMER_REAL, job.row_timeout)
            yield row

    author.prepare()
    before = signal.signal(signal.SIGALRM, ring)
    try:
        for outcome in author.outcomes(timed()):
            signal.setitimer(signal.ITIMER_REAL, 0)
            yield outcome
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _until(rows: Iterator[Row], stopped: Callable[[], bool]) -> Iterator[Row]:
    while not stopped():
        try:
            yield next(rows)
        except StopIteration:
            return


def _reason(outcome: RowResult) -> str:
    import json

    return str(json.loads(outcome.line)["reason"])


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Turn the first Ctrl-C or SIGTERM into a request to stop; a second one stops at once."""
    event = threading.Event()
    if not _in_main_thread():
        yield event.is_set  # only the main thread may handle signals
        return

    def stop(number: int, frame: FrameType | None) -> None:
        if event.is_set():
            raise KeyboardInterrupt
        event.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield event.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
