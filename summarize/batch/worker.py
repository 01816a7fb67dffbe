"""One worker process: how it is started, given rows and ended, and what it does inside.

Which rows it gets, and what happens when it dies or takes too long, is decided in `summarize.batch.pool`.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING

from summarize.batch.stories import author_of
from summarize.batch.work import BatchSettings, RowResult
from summarize.errors import SummarizeError
from summarize.reading.rows import Row

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

READY, FATAL, GOOD, BAD = b"r", b"f", b"+", b"-"
_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "RAYON_NUM_THREADS",
)


@dataclass
class Task:
    """Consecutive rows and what came back for them.

    Attributes:
        careful: whether a worker died of them, so that they are handed out one by one.
        deaths: how many workers the first open row has killed.
    """

    rows: list[Row]
    done: list[RowResult]
    careful: bool = False
    deaths: int = 0

    @property
    def bytes(self) -> int:
        return sum(row.bytes for row in self.rows)

    @property
    def open(self) -> list[Row]:
        return self.rows[len(self.done) :]

    def add(self, outcome: RowResult) -> None:
        self.done.append(outcome)
        self.deaths = 0


class Worker:
    """One process and the way to it."""

    def __init__(self, settings: BatchSettings) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_serve, args=(theirs, settings), daemon=True)
        with _uninterrupted():
            self.process.start()
        theirs.close()  # so that its death closes the pipe
        self.ready = False
        self.task: Task | None = None
        self.owed = 0  # outcomes
        self.since = 0.0  # when it was last heard of, or given something

    def send(self, task: Task) -> None:
        """Hand over the open rows of a task, or the first of them where one may kill the process."""
        rows = task.open[:1] if task.careful else task.open
        self.task, self.owed, self.since = task, len(rows), time.monotonic()
        # A worker that died just now is noticed when it is read from.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.connection.send_bytes(pickle.dumps(rows, pickle.HIGHEST_PROTOCOL))

    def stop(self, kill: bool) -> None:
        """End the process: at once, or after the row it is at."""
        self.connection.close()
        if kill:
            self.process.kill()
        self.process.join()


def received(connection: Connection) -> bytes:
    """Return the next message of the other process.

    Raises:
        EOFError: where that process is gone, in the middle of a message too.
    """
    try:
        return connection.recv_bytes()
    except OSError as error:
        raise EOFError(str(error)) from error


@contextmanager
def few_threads(count: int) -> Iterator[None]:
    """Start processes whose native libraries share the cores instead of fighting for them."""
    wanted = dict.fromkeys(_THREADS, str(count)) | {"TOKENIZERS_PARALLELISM": "false"}
    added = {name: value for name, value in wanted.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start a process that Ctrl-C does not reach while it is starting: it inherits what is blocked here."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # its own start would lift what is blocked
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection, settings: BatchSettings) -> None:
    """Run in a worker: load once, then answer every task row by row until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the parent decides
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=die_with_parent, daemon=True).start()
    try:
        try:
            author = author_of(settings)
            author.prepare()
            connection.send_bytes(READY)
            while True:
                for good, line in author.outcomes(pickle.loads(received(connection))):
                    connection.send_bytes((GOOD if good else BAD) + line)
        except SummarizeError as error:
            connection.send_bytes(FATAL + pickle.dumps(error))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the parent has what it wanted, or is gone


def die_with_parent() -> None:
    """Wait for the end of the process that started this one, and end with it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
