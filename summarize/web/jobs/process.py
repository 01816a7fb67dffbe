"""One worker process: how it is started, limited and ended, and what it does inside.

What it works on, and what happens when it dies or takes too long, is decided in `jobs.dispatcher`.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from types import ModuleType
from typing import TYPE_CHECKING, Any

from summarize.batch.worker import die_with_parent, few_threads
from summarize.errors import SummarizeError
from summarize.web.jobs.lanes import Lane, LimitError, WebJob
from summarize.web.server.telling import for_visitors

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

READY, DONE, FAILED, LAST, PART = b"r", b"+", b"-", b"!", b"."
# One process has read the code, and the others are copies of it: they start in a tenth of a second.
METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_PRELOADED = "summarize.web.jobs.preloaded"


class JobProcess:
    """One process, and the way to it.

    Attributes:
        key: the model it keeps to, or empty while it has none.
        ready: whether it has said that it may be given work.
        job: what it works on.
        since: when it was given that, or was last free.
    """

    def __init__(self, lane: Lane) -> None:
        context: Any = multiprocessing.get_context(METHOD)
        if METHOD == "forkserver":
            context.set_forkserver_preload([_PRELOADED])
        self.lane = lane
        self.connection, theirs = context.Pipe()
        # What a native library reads of its threads, it reads as it is first imported.
        with few_threads(lane.threads) if lane.threads else nullcontext(), _without_main():
            self.process = context.Process(
                target=_serve, args=(theirs, lane, dict(os.environ), list(sys.path)), daemon=True
            )
            self.process.start()
        theirs.close()  # so that its death closes the pipe
        self.key = ""
        self.ready = False
        self.job: WebJob | None = None
        self.since = time.monotonic()

    def send(self, job: WebJob, call: bytes) -> None:
        """Hand over a job, as `packed` made it."""
        self.job, self.key, self.since = job, job.key, time.monotonic()
        # A worker that died just now is noticed when it is read from.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.connection.send_bytes(call)

    def kill(self) -> None:
        """End the process, and those that it started."""
        if self.process.pid is not None:
            with suppress(OSError, AttributeError):  # it has no group yet, or the system has none
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.connection.close()


@contextmanager
def _without_main() -> Iterator[None]:
    """Start processes that do not run the program's own file again: what they do is in modules."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def packed(job: WebJob) -> bytes:
    """Return a job as it is sent."""
    return pickle.dumps((job.function, job.arguments), pickle.HIGHEST_PROTOCOL)


def _serve(connection: Connection, lane: Lane, environment: dict[str, str], path: list[str]) -> None:
    """Run in a worker: answer every call until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=die_with_parent, daemon=True).start()
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:] = path
    _limit(lane)
    _PARENT.append(connection)
    try:
        if lane.warm:
            _warm()
        connection.send_bytes(READY)
        while _answer(connection, lane):
            pass
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the parent has what it wanted, or is gone


_PARENT: list[Connection] = []


def tell(said: Any) -> None:
    """Tell who waits for the job that this process works on how far it is; outside of one, nobody."""
    for connection in _PARENT:
        connection.send_bytes(PART + pickle.dumps(said, pickle.HIGHEST_PROTOCOL))


def _answer(connection: Connection, lane: Lane) -> bool:
    """Work on one call; tell whether another may follow, which after a want of memory is not so."""
    call = connection.recv_bytes()
    kind, result = _called(call, lane)
    try:
        said = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        kind, said = FAILED, pickle.dumps(SummarizeError(f"its result cannot be sent: {error}"))
    connection.send_bytes(kind + said)
    return kind != LAST


def _called(call: bytes, lane: Lane) -> tuple[bytes, Any]:
    try:
        function: Callable[..., Any]
        function, arguments = pickle.loads(call)
        return DONE, function(*arguments)
    except SummarizeError as error:
        said = for_visitors(str(error))
        return FAILED, error if said == str(error) and _travels(error) else SummarizeError(said)
    except MemoryError:
        return LAST, LimitError(out_of_memory(lane))
    except Exception as error:  # a fault of the toolkit or of a plugin ends no process
        traceback.print_exc()
        return FAILED, SummarizeError(for_visitors(f"this broke down: {type(error).__name__}: {error}"))


def _travels(error: SummarizeError) -> bool:
    try:
        return isinstance(pickle.loads(pickle.dumps(error)), SummarizeError)
    except Exception:
        return False


def out_of_memory(lane: Lane) -> str:
    """Say what a process that needed too much memory was allowed."""
    return (
        f"this needed more than the {lane.memory / (1 << 30):.1f} GiB of memory that the page gives it; "
        "try a shorter text, or the command summarize"
    )


def out_of_time(lane: Lane) -> str:
    """Say what a process that took too long was allowed."""
    return (
        f"this took more than the {lane.seconds:g} seconds that the page gives it; "
        "try a shorter text, another summarizer, or the command summarize"
    )


def _warm() -> None:
    """Write a first brief, so that no visitor waits for tables and weights to be read."""
    from summarize.parsing.parse import parse
    from summarize.registry import DEFAULT, load
    from summarize.summarizers.base import WARM_UP

    for name in (DEFAULT, "textrank", "lead"):
        with suppress(SummarizeError):
            load(name).brief([parse(WARM_UP)])


def _limit(lane: Lane) -> None:
    with suppress(AttributeError, OSError):
        os.setpgid(0, 0)  # so that what it starts ends with it
    with suppress(AttributeError, OSError):
        os.nice(lane.nice)
    if not lane.memory:
        return
    try:
        import resource
    except ImportError:  # Windows
        return
    # Of data, not of address space: libraries reserve far more of that than they use.
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    most = lane.memory if hard == resource.RLIM_INFINITY else min(lane.memory, hard)
    with suppress(OSError, ValueError):  # macOS refuses
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
