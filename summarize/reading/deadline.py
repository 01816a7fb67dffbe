"""The end of all waiting on a server, however slowly it sends, or however long its name is looked for."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from urllib3 import PoolManager

SECONDS_TO_REACH_THE_HUB = 4.0
_Answer = TypeVar("_Answer")


def within(seconds: float, ask: Callable[[], _Answer]) -> _Answer:
    """Return what a call returns, which has so many seconds; later than that, nobody waits for it any more.

    The call is made in a thread of its own, because neither a name server that stays silent nor the retries
    of a client keep to a time-out.

    Raises:
        TimeoutError: where it takes longer.
        Exception: whatever the call raises.
    """
    answers: SimpleQueue[tuple[Any, Exception | None]] = SimpleQueue()

    def call() -> None:
        try:
            answers.put((ask(), None))
        except Exception as error:
            answers.put((None, error))

    threading.Thread(target=call, daemon=True).start()
    try:
        answer, error = answers.get(timeout=seconds)
    except Empty:
        raise TimeoutError(f"no answer within {seconds:g} seconds") from None
    if error:
        raise error
    return answer  # type: ignore[no-any-return]


class Deadline:
    """Cuts every connection of a fetch when its time is up, however slowly the next byte comes.

    Time-outs of sockets begin anew with each byte, so that a server which drips would never meet one.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._links: list[socket.socket] = []
        self._lock = threading.Lock()
        self.passed = False
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def watched(self, manager: PoolManager) -> PoolManager:
        """Return a manager whose connections are known here."""
        pools: dict[str, Any] = dict(manager.pool_classes_by_scheme)
        watch = self._watch

        def watching(pool: Any) -> Any:
            def connect(connection: Any) -> socket.socket:
                link: socket.socket = pool.ConnectionCls._new_conn(connection)
                watch(link)
                return link

            kind = type("Watched", (pool.ConnectionCls,), {"_new_conn": connect})
            return type("WatchedPool", (pool,), {"ConnectionCls": kind})

        manager.pool_classes_by_scheme = {scheme: watching(pool) for scheme, pool in pools.items()}
        return manager

    def _watch(self, link: socket.socket) -> None:
        # A second handle of the connection: TLS takes the first one over.
        with self._lock:
            self._links.append(link.dup())
        if self.passed:
            self._cut()

    def _cut(self) -> None:
        self.passed = True
        with self._lock:
            for link in self._links:
                with suppress(OSError):
                    link.shutdown(socket.SHUT_RDWR)

    def told(self) -> str:
        """Return what a message says once the time is up."""
        return f"not complete after {self._seconds:g} seconds; try again later"

    def close(self) -> None:
        """Forget the connections."""
        self._timer.cancel()
        with self._lock:
            for link in self._links:
                link.close()
            self._links.clear()
