"""What workers are given to do in tests: they find these by name."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from summarize.errors import InputError


def miss_a_file() -> None:
    (Path.home() / ".cache" / "some model" / "weights.bin").read_bytes()


def complain_of_a_folder() -> None:
    raise InputError("/srv/app/tmp/rows.csv: is not UTF-8; name its encoding with --encoding")


def twice(number: int) -> int:
    return 2 * number


def who() -> int:
    return os.getpid()


def wait_for(path: str, begun: str = "") -> int:
    """Return this process once there is such a file; say that it waits by making another."""
    if begun:
        Path(begun).touch()
    end = time.monotonic() + 60
    while not Path(path).exists() and time.monotonic() < end:
        time.sleep(0.01)
    return os.getpid()


def spin() -> None:
    """Hold the interpreter for longer than any test waits."""
    end = time.monotonic() + 300
    while time.monotonic() < end:
        pass


def spin_once(path: str) -> str:
    """Be long the first time, and short the second."""
    if not Path(path).exists():
        Path(path).touch()
        spin()
    return "done"


def fill() -> None:
    kept = []
    while True:
        kept.append(bytearray(16 << 20))


def die() -> None:
    os._exit(3)


def complain() -> None:
    raise InputError("this is no article")


def break_down() -> None:
    raise ZeroDivisionError("by zero")


def give_function() -> object:
    return lambda: None


def start_another(path: str) -> None:
    """Start a process of its own, write down its number, and wait for ever."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    Path(path).write_text(str(child.pid))
    child.wait()
