"""The folder of one server's uploads: made as it starts, removed as it ends, or by the next one to start.

A server that was killed removes nothing. Its lock is gone with it, which tells the next that nobody needs the
folder any more, whatever other process has its number by now.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

PREFIX = "summarize-app-"
_LOCK = "server.lock"
_YOUNG = 60.0  # seconds in which a server that starts may not have locked its folder yet


@contextmanager
def uploads_folder(above: str | None = None) -> Iterator[str]:
    """Yield a new folder for this process; those that killed servers left behind are removed first.

    Args:
        above: where it is made; the system's temporary folder by default.
    """
    from filelock import FileLock

    if above:
        Path(above).mkdir(parents=True, exist_ok=True)
    remove_left(Path(above or gettempdir()))
    with TemporaryDirectory(prefix=PREFIX, dir=above) as folder, FileLock(Path(folder) / _LOCK):
        yield folder


def remove_left(above: Path) -> list[Path]:
    """Remove the folders of servers that are no more; return which.

    Touched are only folders of this user with the lock of a server that holds it no longer.
    """
    from filelock import FileLock, Timeout

    removed = []
    for folder in above.glob(f"{PREFIX}*"):
        lock = folder / _LOCK
        with suppress(OSError, Timeout):  # not ours, in use, or removed by another server just now
            if folder.is_symlink() or not _is_ours(folder) or time.time() - lock.lstat().st_mtime < _YOUNG:
                continue
            with FileLock(lock, blocking=False):
                shutil.rmtree(folder)
            removed.append(folder)
    return removed


def _is_ours(folder: Path) -> bool:
    return not hasattr(os, "getuid") or folder.lstat().st_uid == os.getuid()
