"""What the tests of batch runs share: articles by the number, inputs that are partly broken, the command itself."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_WHO = (
    "The council",
    "Police",
    "The company",
    "A court",
    "The minister",
    "Researchers",
    "The club",
    "Doctors",
)
_DID = ("approved", "rejected", "announced", "delayed", "closed", "opened", "questioned", "defended")
_WHAT = (
    "a bridge",
    "the budget",
    "two schools",
    "a new law",
    "the merger",
    "a vaccine",
    "the stadium",
    "a strike",
)
_WHERE = (
    "in Leeds",
    "near Oslo",
    "in Kyoto",
    "outside Lima",
    "in Perth",
    "across Ghana",
    "in Turin",
    "at sea",
)


def article(number: int, sentences: int = 6) -> str:
    """A short article that no other number has.

    Its English is told by its commonest words: each process that had to load the model of languages would
    take half a second for it.
    """
    dice = random.Random(number)
    lines = [
        f"{dice.choice(_WHO)} {dice.choice(_DID)} {dice.choice(_WHAT)} {dice.choice(_WHERE)} for {dice.randint(2, 9999)} "
        f"people after {dice.randint(2, 99)} weeks of talks on the plan {number}-{place}."
        for place in range(sentences)
    ]
    return " ".join(lines)


def records(count: int, start: int = 0) -> list[dict[str, Any]]:
    """Rows with an id, a text and two more columns."""
    return [
        {
            "id": f"n{number}",
            "article": article(number),
            "url": f"https://example.org/{number}",
            "views": number,
        }
        for number in range(start, start + count)
    ]


def write_lines(path: Path, rows: Iterable[dict[str, Any] | bytes]) -> Path:
    """Write rows as JSON Lines; bytes stand as they are."""
    lines = (row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() for row in rows)
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read JSON Lines."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def environment(**more: str) -> dict[str, str]:
    """The environment of a command that must find this checkout."""
    paths = os.pathsep.join(filter(None, [str(ROOT), str(ROOT / "tests"), os.environ.get("PYTHONPATH")]))
    return os.environ | {"PYTHONPATH": paths} | more


def command(*arguments: object) -> list[str]:
    """The command line of `summarize batch`."""
    return [sys.executable, "-m", "summarize", "batch", *map(str, arguments)]


def batch(
    *arguments: object, timeout: float = 300, hash_seed: str = "random", **more: Any
) -> subprocess.CompletedProcess[str]:
    """Run `summarize batch` to its end."""
    return subprocess.run(
        command(*arguments),
        capture_output=True,
        text=True,
        timeout=timeout,
        env=environment(PYTHONHASHSEED=hash_seed),
        check=False,
        **more,
    )


def start(*arguments: object, **more: Any) -> subprocess.Popen[str]:
    """Start `summarize batch`."""
    return subprocess.Popen(
        command(*arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        **more,
    )


def size(folder: Path) -> int:
    """Return how many bytes are in the files of a folder, 0 where there is none yet."""
    try:
        return sum(entry.stat().st_size for entry in os.scandir(folder))
    except FileNotFoundError:  # the folder, or a file renamed since it was listed
        return 0


def await_writing(process: subprocess.Popen[str], folder: Path, there: int, share: float, whole: int) -> bool:
    """Wait until a run has written a share of what is left for it to write, and tell whether it still runs.

    Moments to kill at are counted in what is written: how long it takes differs by the load of the machine, and
    none is wasted on the start of a run, which touches no file.

    Args:
        process: the run.
        folder: where it writes.
        there: bytes that the folder had before the run.
        share: of the rest, at most 1; negative for as soon as anything is written.
        whole: bytes that a run nobody killed has in its folder at last.
    """
    wanted = there + share * (whole - there)
    while process.poll() is None:
        if there < (found := size(folder)) and found >= wanted:
            return True
        time.sleep(0.005)
    return False
