"""Files that visitors uploaded: kept while one who has one is there, and removed a while after.

The same file from two visitors is one file on the server, and word of who has it may come late: a file that
nobody has is removed only after a while in which nobody came to have it, or uploaded it again. Where a
session's end is never heard of, the server's own clearing of old files takes them.
"""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

GRACE = 20.0  # seconds


class Uploads:
    """Who has which uploaded file.

    Args:
        grace: seconds from the last one's leaving, or the last uploading, until a file is removed.
    """

    def __init__(self, grace: float = GRACE) -> None:
        self._grace = grace
        self._lock = threading.Lock()
        self._owners: dict[str, set[str]] = {}

    def keep(self, session: str | None, path: str) -> None:
        """Note that a session has a file.

        Args:
            session: its name, or whatever else needs the file; None keeps nothing.
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
            self.release(path)

    def release(self, path: str) -> None:
        """Remove a file that has been read, unless somebody has it or uploads it again in time."""
        self._after(self._grace, path)

    def _after(self, seconds: float, path: str) -> None:
        timer = threading.Timer(seconds, self._remove, [path])
        timer.daemon = True
        timer.start()

    def _remove(self, path: str) -> None:
        with self._lock:
            if self._owners.get(path):
                return
            try:
                # Changed, not written: moving an upload into its place leaves the time it was written.
                young = self._grace - (time.time() - os.stat(path).st_ctime)
            except OSError:
                young = 0.0
            if young <= 0:
                self._owners.pop(path, None)
                Path(path).unlink(missing_ok=True)
                return
        self._after(young + 0.05, path)
