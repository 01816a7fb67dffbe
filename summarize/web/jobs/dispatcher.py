"""Gives work to worker processes, and ends those that take too long or that nobody waits for any more.

One thread does all of it, so that nothing here is locked; others hand it jobs and wait for their futures.
"""

from __future__ import annotations

import math
import pickle
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import wait
from typing import Any

from summarize.errors import SummarizeError
from summarize.web.jobs.lanes import BusyError, Lane, LimitError, Rules, StoppedError, WebJob
from summarize.web.jobs.process import (
    DONE,
    LAST,
    PART,
    READY,
    JobProcess,
    out_of_memory,
    out_of_time,
    packed,
)

# How long a job stands back that takes a second, and others by the root of theirs: of two that came at once
# the shorter is done first, what takes hundredths goes before what has waited for some tens of seconds, and
# nothing is put off for ever.
PATIENCE = 100.0
_FALSE_STARTS = 3  # processes in a row that died before they were ready


class Dispatcher:
    """The processes of a page's work, and what waits for them.

    Args:
        rules: the lanes, and how many jobs may wait in each.
    """

    def __init__(self, rules: Rules | None = None) -> None:
        self._rules = rules or Rules()
        self._waiting: dict[str, list[WebJob]] = {name: [] for name in self._rules.lanes}
        self._processes: list[JobProcess] = []
        self._false_starts = 0
        self._asked: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._ears, self._bell = Pipe(duplex=False)
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
        self._thread.start()

    def submit(self, job: WebJob) -> WebJob:
        """Have a job done; its future tells of it.

        The future raises LimitError, StoppedError, BusyError for too much that waits, or what the function
        raises.
        """
        job.due = time.monotonic() + PATIENCE * math.sqrt(job.cost)
        self._ask(lambda: self._take_in(job))
        return job

    def kill(self, job: WebJob) -> None:
        """End a job, whether it waits or a process works on it; that process is replaced."""
        self._ask(lambda: self._end(job))

    def waiting(self, lane: str) -> int:
        """Return how many jobs of a lane no process works on yet."""
        return len(self._waiting[lane])

    def models(self) -> list[str]:
        """Return the keys of the models that are in memory."""
        return [process.key for process in self._processes if process.key]

    def close(self) -> None:
        """End all processes, and the jobs that they have."""
        self._ask(self._shut)
        self._thread.join(30)

    def _ask(self, what: Callable[[], None]) -> None:
        self._asked.put(what)
        with suppress(OSError):  # it is closed
            self._bell.send_bytes(b".")

    def _work(self) -> None:
        while not self._closed:
            self._refill()
            self._hand_out()
            by_connection = {process.connection: process for process in self._processes}
            said = wait([self._ears, *by_connection], self._time_left())
            self._listen()
            for process in [by_connection[one] for one in said if one in by_connection]:
                if process in self._processes:  # it was not ended just now
                    self._hear(process)
            for process in [one for one in self._processes if self._left(one) <= 0]:
                self._overdue(process)

    def _listen(self) -> None:
        """Do all that was asked for, so that what is cheapest of it is done first."""
        while self._ears.poll():
            self._ears.recv_bytes()
        while not self._asked.empty():
            self._asked.get()()

    def _take_in(self, job: WebJob) -> None:
        waiting = self._waiting[job.lane]
        if len(waiting) < self._rules.queue:
            waiting.append(job)
            return
        why = (
            f"The queue is full: {len(waiting)} requests are waiting, as many as this server takes. "
            "Your text and settings are still here; try again in a moment."
        )
        _tell(job, BusyError(why))

    def _hand_out(self) -> None:
        """Give free processes what is due first and can be done now."""
        for lane in self._rules.lanes.values():
            waiting = self._waiting[lane.name]
            for job in sorted(waiting, key=lambda one: one.due):
                if process := self._free(lane, job.key):
                    waiting.remove(job)
                    self._give(process, job)
                elif not lane.keyed:
                    break

    def _give(self, process: JobProcess, job: WebJob) -> None:
        try:
            call = packed(job)
        except Exception as error:
            _tell(job, SummarizeError(f"this cannot be sent to a worker: {error}"))
            return
        if not job.begun.done():
            job.begun.set_result(None)
        process.send(job, call)

    def _free(self, lane: Lane, key: str) -> JobProcess | None:
        """Return a process that may have a job now; where there is none, see to it that there will be."""
        ours = [process for process in self._processes if process.lane is lane]
        if lane.keyed and (kept := [process for process in ours if process.key == key]):
            return None if kept[0].job else kept[0]
        new = [process for process in ours if not process.job and not process.key]
        if ready := [process for process in new if process.ready]:
            return ready[0]
        if not new and len(ours) >= lane.most:
            wanted = {job.key for job in self._waiting[lane.name]}
            idle = sorted(
                (one for one in ours if not one.job), key=lambda one: (one.key in wanted, one.since)
            )
            if idle:  # the model that was used longest ago, and that nobody waits for, makes room
                self._remove(idle[0])
        if not new and self._count(lane) < lane.most:
            self._begin(lane)
        return None

    def _count(self, lane: Lane) -> int:
        return sum(process.lane is lane for process in self._processes)

    def _begin(self, lane: Lane) -> None:
        try:
            self._processes.append(JobProcess(lane))
        except OSError:  # no memory, or too many processes
            self._false_start(lane)

    def _refill(self) -> None:
        for lane in self._rules.lanes.values():
            for _ in range(lane.warm - self._count(lane)):
                self._begin(lane)

    def _hear(self, process: JobProcess) -> None:
        try:
            message = process.connection.recv_bytes()
        except (EOFError, OSError):
            self._mourn(process)
            return
        kind, rest = message[:1], message[1:]
        if kind == READY:
            process.ready, self._false_starts = True, 0
            return
        if kind == PART:
            if process.job:
                process.job.said = pickle.loads(rest)
            return
        job, process.job, process.since = process.job, None, time.monotonic()
        if kind == LAST:
            self._remove(process)
        if job is None:
            return
        try:
            result = pickle.loads(rest)
        except Exception as error:
            result, kind = SummarizeError(f"its result cannot be read: {error}"), LAST
        _tell(job, result) if kind != DONE else _give_back(job, result)

    def _mourn(self, process: JobProcess) -> None:
        """Take leave of a process that died by itself."""
        self._remove(process)
        if process.job:
            why = f"its process broke down; perhaps {out_of_memory(process.lane)}"
            _tell(process.job, LimitError(why))
        elif not process.ready:
            self._false_start(process.lane)

    def _false_start(self, lane: Lane) -> None:
        self._false_starts += 1
        if self._false_starts >= _FALSE_STARTS:
            self._false_starts = 0
            time.sleep(1)  # not to start processes without end
            for job in self._drain(lane):
                _tell(job, SummarizeError("worker processes die as they start; the server's log says why"))

    def _drain(self, lane: Lane) -> list[WebJob]:
        waiting, self._waiting[lane.name] = self._waiting[lane.name], []
        return waiting

    def _left(self, process: JobProcess) -> float:
        if not process.job:
            return float("inf")
        return process.since + process.lane.seconds - time.monotonic()

    def _time_left(self) -> float | None:
        left = min(map(self._left, self._processes), default=float("inf"))
        return None if left == float("inf") else max(0.0, left)

    def _overdue(self, process: JobProcess) -> None:
        job, process.job = process.job, None
        self._remove(process)
        if job is None:
            return
        if process.lane.overflow:
            job.lane = process.lane.overflow
            self._waiting[job.lane].append(job)
        else:
            _tell(job, LimitError(out_of_time(process.lane)))

    def _end(self, job: WebJob) -> None:
        if job in self._waiting[job.lane]:
            self._waiting[job.lane].remove(job)
        for process in [one for one in self._processes if one.job is job]:
            self._remove(process)
        _tell(job, StoppedError("stopped"))

    def _remove(self, process: JobProcess) -> None:
        self._processes.remove(process)
        process.kill()

    def _shut(self) -> None:
        for lane in self._rules.lanes.values():
            for job in self._drain(lane):
                _tell(job, StoppedError("the server stops"))
        for process in list(self._processes):
            if process.job:
                _tell(process.job, StoppedError("the server stops"))
            self._remove(process)
        self._closed = True
        self._bell.close()


def _give_back(job: WebJob, result: Any) -> None:
    _settle(job.future, lambda: job.future.set_result(result))


def _tell(job: WebJob, error: Exception) -> None:
    _settle(job.begun, lambda: job.begun.set_result(None))
    _settle(job.future, lambda: job.future.set_exception(error))


def _settle(future: Future[Any], settle: Callable[[], None]) -> None:
    """Settle a future, unless it is or nobody waits for it."""
    if not future.done():
        settle()


_OPEN: list[Dispatcher] = []


def dispatcher() -> Dispatcher:
    """Return the dispatcher of this process that was opened last, or one that is opened now."""
    return _OPEN[-1] if _OPEN else open_dispatcher()


def open_dispatcher(rules: Rules | None = None) -> Dispatcher:
    """Start a dispatcher, which is this process's until it is closed."""
    _OPEN.append(Dispatcher(rules))
    return _OPEN[-1]


def close_dispatcher() -> None:
    """End the dispatcher that was opened last, and its processes."""
    if _OPEN:
        _OPEN.pop().close()
