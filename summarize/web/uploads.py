"""Files that visitors uploaded to work on again and again, removed when the last who has one is gone.

The same file from two visitors is one file on the server. Where a session's end is never heard of, the
server's own clearing of old files takes them.
"""

from __future__ import annotations

import threading
from pathlib import Path


class Uploads:
    """Who has which uploaded file."""

    def __init__(self) -> None:
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
        """Remove the files that nobody but this session has."""
        with self._lock:
            for path, owners in list(self._owners.items()):
                owners.discard(session or "")
                if not owners:
                    del self._owners[path]
                    Path(path).unlink(missing_ok=True)
