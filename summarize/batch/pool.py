"""Worker processes: rows out, outcomes back in order; a worker that dies is replaced, its rows tried again.

The rows of the input are not read here and nothing is written. A row that kills two workers becomes an error.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from summarize.batch.work import Author, BatchSettings, RowResult, failure
from summarize.cores import usable_cores
from summarize.errors import SummarizeError
from summarize.reading.rows import Row

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

ROWS = 16  # rows of one task where the summarizer does not ask for more
_AHEAD = 8  # tasks a worker may be ahead of the one that is awaited: what waits is held in memory
_DEATHS = 2  # of workers that a row may cost
_FALSE_STARTS = 5  # workers in a row that died before they were ready
_READY, _FATAL, _GOOD, _BAD = b"r", b"f", b"+", b"-"
_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "RAYON_NUM_THREADS",
)


@dataclass
class _Task:
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
    def open(self) -> list[Row]:
        return self.rows[len(self.done) :]

    def add(self, outcome: RowResult) -> None:
        self.done.append(outcome)
        self.deaths = 0


class _Worker:
    """One process and the way to it."""

    def __init__(self, settings: BatchSettings) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_serve, args=(theirs, settings), daemon=True)
        self.process.start()
        theirs.close()  # so that its death closes the pipe
        self.ready = False
        self.task: _Task | None = None
        self.owed = 0  # outcomes

    def send(self, task: _Task) -> None:
        """Hand over the open rows of a task, or the first of them where one may be deadly."""
        rows = task.open[:1] if task.careful else task.open
        self.task, self.owed = task, len(rows)
        # A worker that died just now is noticed when it is read from.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.connection.send_bytes(pickle.dumps(rows, pickle.HIGHEST_PROTOCOL))

    def stop(self, kill: bool) -> None:
        """End the process: at once, or after the row it is at."""
        self.connection.close()
        if kill:
            self.process.kill()
        self.process.join()


class Pool:
    """Processes that summarize rows.

    Args:
        settings: what decides the output.
        workers: how many processes.
    """

    def __init__(self, settings: BatchSettings, workers: int) -> None:
        from summarize.registry import find

        self._settings = settings
        asked = find(settings.summarizer).batch_size
        self._single = asked == 1
        self._size = ROWS if self._single else asked
        self._threads = max(1, usable_cores() // workers)
        self._false_starts = 0
        self._waiting: deque[_Task] = deque()
        self._workers: list[_Worker] = []
        for _ in range(workers):
            self._workers.append(self._start())

    def _start(self) -> _Worker:
        with _few_threads(self._threads):
            return _Worker(self._settings)

    def close(self, kill: bool = True) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.stop(kill)
        self._workers.clear()

    def outcomes(
        self, rows: Iterator[Row], stopped: Callable[[], bool] = lambda: False
    ) -> Iterator[RowResult]:
        """Yield one outcome for each row, in order.

        Args:
            rows: taken only as fast as they are worked off.
            stopped: once it says so, no more rows are taken; what is in flight is finished.

        Raises:
            SummarizeError: where the summarizer cannot be loaded, or no worker starts.
        """
        order: deque[_Task] = deque()
        while True:
            if not stopped():
                self._fill(rows, order)
            self._hand_out()
            while order and not order[0].open:
                yield from order.popleft().done
            if order:
                self._collect()
            elif stopped() or not self._fill(rows, order):
                return

    def _fill(self, rows: Iterator[Row], order: deque[_Task]) -> bool:
        """Read ahead by as many tasks as keep every worker busy; tell whether there was one more."""
        found = False
        while len(self._waiting) < len(self._workers) and len(order) < _AHEAD * len(self._workers):
            batch = list(islice(rows, self._size))
            if not batch:
                break
            task = _Task(batch, [])
            order.append(task)
            self._waiting.append(task)
            found = True
        return found

    def _hand_out(self) -> None:
        for worker in self._workers:
            if worker.ready and worker.task is None and self._waiting:
                worker.send(self._waiting.popleft())

    def _collect(self) -> None:
        """Wait until a worker says something, and take what all have said."""
        by_connection = {worker.connection: worker for worker in self._workers}
        for connection in wait(list(by_connection)):
            assert isinstance(connection, Connection)
            worker = by_connection[connection]
            try:
                while connection.poll():
                    self._take(worker, connection.recv_bytes())
            except (EOFError, ConnectionResetError):
                self._replace(worker)

    def _take(self, worker: _Worker, message: bytes) -> None:
        kind, rest = message[:1], message[1:]
        if kind == _FATAL:
            error: SummarizeError = pickle.loads(rest)
            raise error
        if kind == _READY:
            worker.ready = True
            self._false_starts = 0
            return
        assert worker.task is not None
        worker.task.add(RowResult(kind == _GOOD, rest))
        worker.owed -= 1
        if not worker.owed:
            task, worker.task = worker.task, None
            if task.open:  # the rest of a task that is handed out one by one
                self._waiting.appendleft(task)

    def _replace(self, worker: _Worker) -> None:
        """Put a new process in the place of one that died, and try its rows again."""
        task = worker.task
        worker.process.join()
        code = worker.process.exitcode
        if not worker.ready:
            self._false_starts += 1
            if self._false_starts >= _FALSE_STARTS:
                raise SummarizeError(
                    f"worker processes die as they start ({_cause(code)}); try --workers 1 to see why"
                )
        if task is not None and task.open:
            # In a batch any row may be at fault, alone there is no doubt.
            task.deaths += self._single or task.careful
            task.careful = True
            if task.deaths >= _DEATHS:
                task.add(
                    failure(task.open[0], f"killed {_DEATHS} workers ({_cause(code)})", self._settings.id)
                )
            if task.open:
                self._waiting.appendleft(task)
        self._workers[self._workers.index(worker)] = self._start()
        worker.connection.close()


def _cause(code: int | None) -> str:
    import signal

    if code is None or code >= 0:
        return f"exit status {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


@contextmanager
def _few_threads(count: int) -> Iterator[None]:
    """Start processes whose native libraries share the cores instead of fighting for them."""
    wanted = dict.fromkeys(_THREADS, str(count)) | {"TOKENIZERS_PARALLELISM": "false"}
    added = {name: value for name, value in wanted.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]


def _serve(connection: Connection, settings: BatchSettings) -> None:
    """Run in a worker: load once, then answer every task row by row until the pipe closes."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        try:
            author = Author(settings)
            author.prepare()
            connection.send_bytes(_READY)
            while True:
                for good, line in author.outcomes(pickle.loads(connection.recv_bytes())):
                    connection.send_bytes((_GOOD if good else _BAD) + line)
        except SummarizeError as error:
            connection.send_bytes(_FATAL + pickle.dumps(error))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the parent has what it wanted, or is gone


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
