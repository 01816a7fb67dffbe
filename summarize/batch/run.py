"""The loop of a batch run on one machine: rows in, outcomes out in their order, each kept as it comes."""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from summarize.batch.finished import Paths
from summarize.batch.journal import Journal
from summarize.batch.piped import Piped
from summarize.batch.progress import ProgressLine, RunTally
from summarize.batch.stories import Stories, Work
from summarize.batch.work import BatchSettings, RowResult
from summarize.batch.working import stoppable, working
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
    unit = "stories" if job.settings.cluster else "documents"
    tally = RunTally(skipped=journal.checkpoint.rows, unit=unit)
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
    with ExitStack() as stack:
        stopped = stack.enter_context(stoppable())
        given: Iterator[Row] = islice(job.inputs.rows(), job.limit)
        source: Inputs | Stories = job.inputs
        work = stack.enter_context(working(job.settings, job.workers, job.row_timeout, stopped))
        if job.settings.cluster:
            source = stack.enter_context(closing(Stories(_folder(job.paths))))
            given = _clustered(job, given, source, work, stopped)
        rows = _Reader(given)
        rows.skip(journal.checkpoint.rows, journal.checkpoint.digest, job.paths, stopped)
        progress = ProgressLine(sys.stderr, tally)
        try:
            for outcome in work(rows):
                digest, where = rows.digests.popleft()
                if job.fail_fast and not outcome.good:
                    journal.save()
                    raise FirstFailure(f"{where}: {_reason(outcome)}; fix it, then go on with --resume")
                journal.add(outcome, digest)
                progress.step(not outcome.good, source.share)
            journal.save(complete=rows.exhausted or not (stopped() or rows.broken))
        finally:
            progress.close()
        if rows.broken:
            raise rows.broken
        if stopped() and not rows.exhausted:
            raise Interrupted


def _clustered(
    job: Job, rows: Iterator[Row], stories: Stories, work: Work, stopped: Callable[[], bool]
) -> Iterator[Row]:
    """Read all rows, and return the stories they tell, each as a row.

    Raises:
        Interrupted: when asked to stop; nothing is written before all rows are clustered.
        FirstFailure: at the first row that fails, with `fail_fast`.
    """

    def proceed() -> None:
        if stopped():
            raise Interrupted

    progress = ProgressLine(sys.stderr, read := RunTally(unit="articles read"))
    try:
        for result in stories.read(rows, work):
            if job.fail_fast and not result.good:
                told = json.loads(result.line)
                where = f"{told['file']}:{told['line']}"
                raise FirstFailure(f"{where}: {told['reason']}; fix it, then start over with --overwrite")
            progress.step(not result.good, job.inputs.share)
    finally:
        progress.close()
    proceed()
    count, several = stories.cluster(proceed)
    if job.inputs.tell:
        job.inputs.tell(f"{read.done:,} articles tell {count:,} stories, {several:,} of them by several")
    return stories.rows()


def _folder(paths: Paths) -> Path | None:
    """Where rows wait: beside the output, which needs room too."""
    return None if paths.output == STANDARD_OUTPUT else paths.output.absolute().parent


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

    def skip(self, count: int, digest: int, paths: Paths, stopped: Callable[[], bool]) -> None:
        """Pass over the rows that are done.

        Raises:
            Interrupted: when asked to stop.
            OutputError: where they are not those that were done.
        """
        for row in islice(self._rows, count):
            if stopped():
                raise Interrupted
            self._digest = row.digest(self._digest)
        if self._digest != digest:
            raise OutputError(
                f"{paths.output}: the run to resume had another input: its first {count} rows have changed "
                "since; start over with --overwrite"
            )


def _reason(outcome: RowResult) -> str:
    return str(json.loads(outcome.line)["reason"])
