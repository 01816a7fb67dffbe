"""What visitors have under way: runs, which end with their jobs by Stop, a newer run, or by leaving."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

from summarize.web.jobs.dispatcher import dispatcher
from summarize.web.jobs.lanes import StoppedError, WebJob

SELDOM = 0.25  # seconds between two states of a job that is shown as it goes on


class WebRun:
    """What one visitor asked for.

    Attributes:
        session: whose it is, or None.
        place: the tab of the page it runs in, where only one runs at a time; or empty.
        stopped: whether its visitor has stopped it, or is gone.
        replaced: whether that was by a newer run in the same place.
    """

    def __init__(self, session: str | None, place: str) -> None:
        self.session, self.place = session, place
        self.stopped = self.replaced = False
        self._jobs: set[WebJob] = set()

    async def __aenter__(self) -> WebRun:
        return self

    async def __aexit__(self, *_: object) -> None:
        end(self)

    def start(self, function: Callable[..., Any], *arguments: Any, **how: Any) -> WebJob:
        """Have a function called in a process.

        Args:
            function: of a module.
            arguments: for it.
            how: `lane`, `cost` and `key` of the job.

        Raises:
            StoppedError: where the run was stopped.
        """
        if self.stopped:
            raise StoppedError("stopped")
        job = dispatcher().submit(WebJob(function, arguments, **how))
        self._jobs.add(job)
        job.future.add_done_callback(lambda _: self._jobs.discard(job))
        return job

    async def result(self, job: WebJob) -> Any:
        """Wait for what a job returned; who no longer waits, ends it.

        Raises:
            StoppedError: where the run was stopped meanwhile.
            SummarizeError: what the job says.
        """
        waiting = asyncio.wrap_future(job.future)
        waiting.add_done_callback(lambda one: one.cancelled() or one.exception())  # it may not be asked for
        try:
            return await asyncio.shield(waiting)
        finally:
            if not job.future.done():
                dispatcher().kill(job)

    async def told(self, job: WebJob) -> AsyncIterator[Any]:
        """Yield what a job's process tells of how far it is, until it is done; a few times a second."""
        before, ended = None, asyncio.wrap_future(job.future)
        ended.add_done_callback(lambda one: one.cancelled() or one.exception())
        while not ended.done():
            if (said := job.said) is not before:
                before = said
                yield said
            await asyncio.wait({ended}, timeout=SELDOM)

    async def do(self, function: Callable[..., Any], *arguments: Any, **how: Any) -> Any:
        """Call a function in a process, and wait for what it returns; as `start` and `result` do."""
        return await self.result(self.start(function, *arguments, **how))

    def call(self, function: Callable[..., Any], *arguments: Any, **how: Any) -> Any:
        """Call a function in a process as `do` does, from a thread that may wait."""
        return self.start(function, *arguments, **how).future.result()

    def stop(self) -> None:
        """End what is under way, and let nothing else begin."""
        self.stopped = True
        for job in list(self._jobs):
            dispatcher().kill(job)


async def has_begun(job: WebJob, within: float | None = None) -> bool:
    """Wait until a process works on a job; tell whether one does."""
    waiting = asyncio.shield(asyncio.wrap_future(job.begun))
    await asyncio.wait({waiting}, timeout=within)
    return job.begun.done()


_LOCK = threading.Lock()
_RUNS: set[WebRun] = set()


def begin(session: str | None = None, place: str = "") -> WebRun:
    """Begin a run: `async with begin(session) as run`. One that the session has in the same place ends."""
    run = WebRun(session, place)
    with _LOCK:
        before = [one for one in _RUNS if session and place and (one.session, one.place) == (session, place)]
        _RUNS.add(run)
    for one in before:
        one.replaced = True
        one.stop()
    return run


def stop(session: str | None, place: str | None = None) -> None:
    """Stop what a session has under way in one place, or everywhere."""
    with _LOCK:
        found = [run for run in _RUNS if session and run.session == session]
    for run in found:
        if place is None or run.place == place:
            run.stop()


def under_way(place: str) -> int:
    """Return how many runs there are in a place."""
    with _LOCK:
        return sum(run.place == place for run in _RUNS)


def end(run: WebRun) -> None:
    """Forget a run, and end what it has under way."""
    with _LOCK:
        _RUNS.discard(run)
    run.stop()
