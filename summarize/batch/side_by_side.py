"""Several threads at one list of things to do, results in order; for work that is half done outside Python.

The things are taken in the thread that asks for results, a few ahead of what was asked for. A thread whose
work takes too long is told so by an exception, which it sees when its code is Python's again.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def side_by_side(
    work: Callable[[Given], Made],
    given: Iterable[Given],
    threads: int,
    limit: float = 0.0,
    overdue: type[Exception] = TimeoutError,
) -> Iterator[Made]:
    """Yield what work makes of each, in order.

    Closing the iterator, or an error in it, begins nothing more and tells what is being made to stop.

    Args:
        work: may run in several threads at once.
        given: taken one at a time, at most `threads` + 1 ahead of what is yielded.
        threads: how many.
        limit: seconds that each may take; 0 for any time.
        overdue: raised in work that takes longer, without arguments.

    Raises:
        Exception: what `work` raises, in the place of that result.
    """
    waiting: deque[_Task[Given, Made]] = deque()
    pool = ThreadPoolExecutor(threads, thread_name_prefix="summarize")
    try:
        for one in given:
            waiting.append(_Task(work, one, limit, overdue))
            waiting[-1].begin(pool)
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for task in waiting:
            task.stop()
        pool.shutdown(cancel_futures=True)


class _Task(Generic[Given, Made]):
    """One thing to do, and the thread that does it while it is done."""

    def __init__(
        self, work: Callable[[Given], Made], given: Given, limit: float, overdue: type[Exception]
    ) -> None:
        self._work, self._given, self._limit, self._overdue = work, given, limit, overdue
        self._lock = threading.Lock()
        self._thread: int | None = None
        self._began = 0.0
        self._future: Future[Made] | None = None

    def begin(self, pool: ThreadPoolExecutor) -> None:
        """Have it done when a thread is free."""
        self._future = pool.submit(self._do)

    def result(self) -> Made:
        """Wait for what comes of it; work that hides that it is late is told again."""
        assert self._future is not None
        while self._limit:
            try:
                return self._future.result(self._left())
            except TimeoutError:
                if self._future.done():
                    break
                if self._left() <= 0:
                    self.stop()
        return self._future.result()

    def stop(self) -> None:
        """Raise the exception for late work in the thread that does it, if one does."""
        with self._lock:
            if self._thread is not None:
                self._began = time.monotonic()
                _raise_in(self._thread, self._overdue)

    def _left(self) -> float:
        """Seconds that it has left; all of them before it has begun."""
        return self._limit - (time.monotonic() - self._began if self._thread is not None else 0.0)

    def _do(self) -> Made:
        with self._lock:
            self._thread, self._began = threading.get_ident(), time.monotonic()
        try:
            return self._work(self._given)
        finally:
            with self._lock:
                self._thread = None
                _raise_in(threading.get_ident(), None)  # the exception for this one must not reach the next


def _raise_in(thread: int, error: type[Exception] | None) -> None:
    """Have a thread raise an error when its code is Python's again; None takes back one not raised yet."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), ctypes.py_object(error) if error else None
    )
