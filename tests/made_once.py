"""Folders that take seconds to make and never change, such as a model that is trained: made once a run of the tests.

The workers of pytest-xdist share them: who wants one first makes it, and who comes meanwhile waits.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

PLACE = "SUMMARIZE_TESTS_PLACE"  # the variable with the folder of this run, which `conftest.py` sets


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder of a name, which nobody may change.

    Args:
        name: the same for the same content.
        make: writes the content into the folder it is given.
    """
    from filelock import FileLock

    folder = Path(os.environ[PLACE]) / name
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            partial = folder.with_name(f"{name}.partial-{os.getpid()}")
            partial.mkdir()
            make(partial)
            partial.rename(folder)
    return folder
