"""Kill batch runs at random moments, resume them, and compare what they wrote with a run nobody killed.

    python tests/soak/kills.py --kills 200 --seed 1

Formats and numbers of workers take turns. Exit status 1 where a row was lost, doubled or written otherwise.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from batch_fixtures import batch, command, environment, records, write_lines

ROWS = 300
FORMATS = ("jsonl", "jsonl.gz", "parquet")


def _args(folder: Path, output: Path, workers: int) -> list[object]:
    return [
        folder / "in.jsonl",
        "-o",
        output,
        "--summarizer",
        "lead",
        "-w",
        workers,
        "--every",
        "0.05",
        "--resume",
    ]


def one_run(
    folder: Path, dice: random.Random, suffix: str, workers: int, whole: bytes, seconds: float
) -> tuple[int, bool]:
    """Kill and resume a run until it is done; return how often it was killed, and whether it is as it should."""
    output = folder / f"broken.{suffix}"
    kills = 0
    while not output.exists():
        arguments = _args(folder, output, workers)
        # Its own group, so that the kill takes parent and workers at one moment.
        process = subprocess.Popen(
            command(*arguments), env=environment(), stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(dice.uniform(0.5, 2) * seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
    finished = batch(*_args(folder, output, workers), timeout=600)  # it may be run at low priority
    same = finished.returncode == 0 and output.read_bytes() == whole
    for path in folder.glob("broken.*"):
        path.unlink()
    return kills, same


def main() -> int:
    """Kill so many times; return 1 where a run came out otherwise."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    kills = runs = wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_lines(folder / "in.jsonl", records(ROWS))
        whole = {}
        for suffix in FORMATS:
            start = time.monotonic()
            batch(*_args(folder, folder / f"whole.{suffix}", 1))
            whole[suffix] = (folder / f"whole.{suffix}").read_bytes()
            seconds = time.monotonic() - start
        while kills < options.kills:
            suffix, workers = FORMATS[runs % 3], dice.choice((1, 2))
            killed, same = one_run(folder, dice, suffix, workers, whole[suffix], seconds)
            kills, runs, wrong = kills + killed, runs + 1, wrong + (not same)
            if not same:
                print(f"wrong: {suffix}, {workers} workers, after {killed} kills", file=sys.stderr)
    print(f"{kills} kills in {runs} runs of {ROWS} rows, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
