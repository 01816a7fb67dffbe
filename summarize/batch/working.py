"""What works on the rows of a run, here or in processes of its own, and what may stop it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import chain
from types import FrameType

from summarize.batch.side_by_side import side_by_side
from summarize.batch.stories import Work, author_of
from summarize.batch.work import Author, BatchSettings, RowResult
from summarize.batch.worker import few_threads
from summarize.cores import usable_cores
from summarize.errors import Failure, InputError
from summarize.reading.rows import Row

_THREADS = 2  # about half of the work on a row runs outside Python


@contextmanager
def working(
    settings: BatchSettings, workers: int, row_timeout: float, stopped: Callable[[], bool]
) -> Iterator[Work]:
    """Give what works on rows, here or in processes of its own."""
    if workers == 1:
        in_threads = _in_threads(settings)
        # Two articles at once keep two cores busier than two threads of the encoder at one article.
        with few_threads(1) if in_threads else nullcontext():
            author = author_of(settings)
            work = _two_at_once if in_threads else _alone
            yield lambda rows: work(author, row_timeout, _until(rows, stopped))
        return
    from summarize.batch.pool import Pool

    pool = Pool(settings, workers, row_timeout)
    try:
        yield lambda rows: pool.outcomes(rows, stopped)
    finally:
        pool.close()


def _in_threads(settings: BatchSettings) -> bool:
    """Whether one process does well to work on two documents at once: where there are two cores for it."""
    one_only = os.environ.get("OMP_NUM_THREADS", "").strip() == "1"
    return settings.in_threads and not one_only and usable_cores() > 1


def _two_at_once(author: Author, row_timeout: float, rows: Iterator[Row]) -> Iterator[RowResult]:
    """Work on two rows at once; one that takes too long is ended where its code is Python's."""

    class Late(InputError):
        def __init__(self) -> None:
            super().__init__(_late(row_timeout))

    def outcomes(row: Row) -> list[RowResult]:
        try:
            return list(author.outcomes([row]))
        except Late as error:  # told between two steps, where no step could take it for its own
            return [author.failed(row, Failure(row.where, error))]

    author.prepare()  # what is loaded when first needed is loaded once
    return chain.from_iterable(side_by_side(outcomes, rows, _THREADS, row_timeout, Late))


def _late(row_timeout: float) -> str:
    return f"took more than {row_timeout:g} seconds (--row-timeout)"


def _alone(author: Author, row_timeout: float, rows: Iterator[Row]) -> Iterator[RowResult]:
    """Work in this process; a row that takes too long is ended by an alarm where its code is Python's.

    Code that never comes back to Python, and a model that writes several rows at once, need workers.
    """
    if not row_timeout or author.batch_size > 1 or not _in_main_thread() or not hasattr(signal, "setitimer"):
        yield from author.outcomes(rows)
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise InputError(_late(row_timeout))

    def timed() -> Iterator[Row]:
        for row in rows:  # waiting for the input is not the row's fault
            signal.setitimer(signal.ITIMER_REAL, row_timeout)
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


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
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
