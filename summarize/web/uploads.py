"""Files that visitors uploaded to work on again and again, removed when the last who has one is gone.

The same file from two visitors is one file on the server, and word of who has it may come late: a file that
nobody has is removed only after a while in which nobody came to have it. Where a session's end is never
heard of, the server's own clearing of old files takes them.
"""

from __future__ import annotations

import threading
from pathlib import Path

GRACE = 10.0  # seconds


class Uploads:
    """Who has which uploaded file.

    Args:
        grace: seconds from the last one's leaving until a file is removed.
    """

    def __init__(self, grace: float = GRACE) -> None:
        self._grace = grace
        self._lock = threading.Lock()
        self._owners: dict[str, set[str]] = {}

    def keep(self, session: str | None, path: str) -> None:
        """Note that a session has a file.

        Args:
            session: its name, or None, which keeps nothing.
            path: where the server put the file; never what a visitor typed.
        """
        if session:
            with self._lock:
                self._owners.setdefault(path, set()).add(session)

    def drop(self, session: str | None) -> None:
        """Remove the files that only this session has, unless another session gets them in time."""
        with self._lock:
            left = [path for path, owners in self._owners.items() if owners == {session}]
            for owners in self._owners.values():
                owners.discard(session or "")
        for path in left:
            timer = threading.Timer(self._grace, self._remove, [path])
            timer.daemon = True
            timer.start()

    def _remove(self, path: str) -> None:
        with self._lock:
            if not self._owners.get(path):
                self._owners.pop(path, None)
                Path(path).unlink(missing_ok=True)
