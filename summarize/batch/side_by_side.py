"""Several threads at one list of things to do, results in order; for work that is half done outside Python.

The things are taken in the thread that asks for results, a few ahead of what was asked for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def side_by_side(work: Callable[[Given], Made], given: Iterable[Given], threads: int) -> Iterator[Made]:
    """Yield what work makes of each, in order.

    Closing the iterator, or an error in it, lets what is being made be finished and begins nothing more.

    Args:
        work: may run in several threads at once.
        given: taken one at a time, at most `threads` + 1 ahead of what is yielded.
        threads: how many.

    Raises:
        Exception: what `work` raises, in the place of that result.
    """
    waiting: deque[Future[Made]] = deque()
    pool = ThreadPoolExecutor(threads, thread_name_prefix="summarize")
    try:
        for one in given:
            waiting.append(pool.submit(work, one))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
