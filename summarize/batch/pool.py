"""Worker processes: rows out, outcomes back in order; a worker that dies is replaced, its rows tried again.

The rows of the input are not read here and nothing is written. A row that kills two workers becomes an error.
"""

from __future__ import annotations

import pickle
import time
from collections import deque
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait

from summarize.batch.work import BatchSettings, RowResult, failure
from summarize.batch.worker import FATAL, GOOD, READY, Task, Worker, few_threads, received
from summarize.cores import usable_cores
from summarize.errors import SummarizeError
from summarize.reading.rows import Row

ROWS = 16  # rows of one task where the summarizer does not ask for more
_TASK_BYTES, _AHEAD_BYTES = 4 << 20, 64 << 20  # of a task, and of all that waits or is worked on
_AHEAD = 8  # tasks a worker may be ahead of the one that is awaited: what waits is held in memory
_DEATHS = 2  # of workers that a row may cost
_FALSE_STARTS = 5  # workers in a row that died before they were ready


class Pool:
    """Processes that summarize rows.

    Args:
        settings: what decides the output.
        workers: how many processes.
        row_timeout: seconds that a row may take; 0 for any time. A worker that loads has all the time.
    """

    def __init__(self, settings: BatchSettings, workers: int, row_timeout: float = 0.0) -> None:
        self._settings = settings
        asked = settings.batch_size
        self._single = asked == 1
        self._size = ROWS if self._single else asked
        self._threads = max(1, usable_cores() // workers)
        self._row_timeout = row_timeout
        self._false_starts = 0
        self._waiting: deque[Task] = deque()
        self._workers: list[Worker] = []
        for _ in range(workers):
            self._workers.append(self._start())

    def _start(self) -> Worker:
        with few_threads(self._threads):
            return Worker(self._settings)

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
        order: deque[Task] = deque()
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

    def _fill(self, rows: Iterator[Row], order: deque[Task]) -> bool:
        """Read ahead by as many tasks as keep every worker busy; tell whether there was one more."""
        found = False
        while len(self._waiting) < len(self._workers) and len(order) < _AHEAD * len(self._workers):
            if order and sum(task.bytes for task in order) >= _AHEAD_BYTES:
                break
            if not (batch := self._batch(rows)):
                break
            task = Task(batch, [])
            order.append(task)
            self._waiting.append(task)
            found = True
        return found

    def _batch(self, rows: Iterator[Row]) -> list[Row]:
        """Take the rows of one task, fewer where they are large."""
        batch: list[Row] = []
        size = 0
        while len(batch) < self._size and size < _TASK_BYTES and (row := next(rows, None)) is not None:
            batch.append(row)
            size += row.bytes
        return batch

    def _hand_out(self) -> None:
        for worker in self._workers:
            if worker.ready and worker.task is None and self._waiting:
                worker.send(self._waiting.popleft())

    def _collect(self) -> None:
        """Wait until a worker says something, and take what all have said."""
        by_connection = {worker.connection: worker for worker in self._workers}
        for connection in wait(list(by_connection), self._patience()):
            assert isinstance(connection, Connection)
            worker = by_connection[connection]
            try:
                while connection.poll():
                    self._take(worker, received(connection))
            except EOFError:
                self._replace(worker)
        for worker in self._workers:
            if self._left(worker) <= 0 and not worker.connection.poll():
                self._give_up(worker)

    def _left(self, worker: Worker) -> float:
        """Return how many seconds a worker has left for its row, or for the rows it writes together."""
        if not self._row_timeout or worker.task is None:
            return float("inf")
        rows = 1 if self._single or worker.task.careful else worker.owed
        return worker.since + rows * self._row_timeout - time.monotonic()

    def _patience(self) -> float | None:
        left = min(map(self._left, self._workers))
        return None if left == float("inf") else max(0.0, left)

    def _give_up(self, worker: Worker) -> None:
        """Replace a worker that takes too long; its row is an error, where it is known which one."""
        task = worker.task
        worker.process.kill()
        if task is not None and (self._single or task.careful):
            reason = f"took more than {self._row_timeout:g} seconds (--row-timeout)"
            task.add(failure(task.open[0], reason, self._settings.id))
            task.deaths = -1  # of the next row, which this death does not count against
        self._replace(worker)

    def _take(self, worker: Worker, message: bytes) -> None:
        kind, rest = message[:1], message[1:]
        if kind == FATAL:
            error: SummarizeError = pickle.loads(rest)
            raise error
        if kind == READY:
            worker.ready = True
            self._false_starts = 0
            return
        assert worker.task is not None
        worker.since = time.monotonic()
        worker.task.add(RowResult(kind == GOOD, rest))
        worker.owed -= 1
        if not worker.owed:
            task, worker.task = worker.task, None
            if task.open:  # the rest of a task that is handed out one by one
                self._waiting.appendleft(task)

    def _replace(self, worker: Worker) -> None:
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
