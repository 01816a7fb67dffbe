"""Kill batch runs, resume them, and compare what they wrote with a run nobody killed.

    python tests/soak/kills.py --kills 200 --seed 1
    python tests/soak/kills.py --ray --kills 20

Ways to read and write and numbers of workers take turns, and so do kills at random moments and at random
operations on files and pipes: of all processes at once or, at operations, of one alone, be it the run or
a worker. On Ray what started the cluster is killed when so many shards are there. Exit status 1 where a
row was lost, doubled or written otherwise, where a run gave up, or left a process behind.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from batch_fixtures import await_writing, command, environment, records, size, write_lines

ROWS = 300
EMPTY = (7, 150, 299)  # rows without a text, which are told in the file of errors
CALLS = Path(__file__).with_name("calls")
MOST = 4  # kills of one run before it is let be
PAUSE = 0.005  # seconds between two looks at what is written
LEFT = 20  # seconds within which the workers of a killed run must have ended


@dataclass(frozen=True)
class Way:
    """A way to read and write, and how often each kind of operation is met in a run of it."""

    source: str
    output: str
    options: tuple[str, ...] = ()
    calls: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join((self.source, "to", self.output, *self.options))


WAYS = (
    Way("in.jsonl", "out.jsonl"),
    Way("in.csv", "out.jsonl.gz"),
    Way("in.parquet", "out.parquet"),
    Way("in.jsonl", "out.jsonl", ("--cluster",)),
)
ON_RAY = tuple(
    Way("in.jsonl", "out", ("--engine", "ray", "--shard-rows", "10", "--format", format))
    for format in ("jsonl", "parquet")
)


class Runs:
    """Runs of one way into the folder `broken`, each of which goes on where the one before was killed.

    Args:
        folder: of the inputs, of `broken`, `counts`, and of a run nobody killed.
        way: what to read and write.
        dice: decide when to kill.
    """

    def __init__(self, folder: Path, way: Way, dice: random.Random) -> None:
        self._folder, self._way, self._dice = folder, way, dice
        self.whole = folder / f"whole {way}"
        self.workers = dice.choice((1, 2))
        self.kills: Counter[str] = Counter()
        self.wrong = ""
        self.bytes = 0  # that a whole run has in its folder when it has the most

    def start(self, into: Path, kill_at: str = "", who: str = "group") -> subprocess.Popen[str]:
        """Start or resume a run that kills itself at an operation."""
        counts = self._folder / "counts"
        shutil.rmtree(counts, ignore_errors=True)
        counts.mkdir()
        into.mkdir(exist_ok=True)
        env = environment(RAY_ENABLE_UV_RUN_RUNTIME_ENV="0", RAY_USAGE_STATS_ENABLED="0")
        if "ray" not in self._way.options:  # it has hundreds of processes, and writes through Arrow
            env["PYTHONPATH"] = f"{CALLS}{os.pathsep}{env['PYTHONPATH']}"
            env |= {"KILL_FOLDER": str(into), "KILL_COUNTS": str(counts), "KILL_AT": kill_at, "KILL_WHO": who}
        # The cheapest lines, and many checkpoints: it is files that the kills are about.
        options = ["--summarizer", "lead", "-s", "bullets", "--every", "0.02", "--resume", "-w", self.workers]
        output = into / self._way.output
        return subprocess.Popen(
            command(self._folder / self._way.source, "-o", output, *options, *self._way.options),
            env=env,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # its own group, so that a kill takes the run and its workers at one moment
        )

    def measure(self) -> None:
        """Do what is to be done without a kill."""
        self.workers = 2
        process = self.start(self.whole)
        while process.poll() is None:
            self.bytes = max(self.bytes, size(self.whole))
            time.sleep(PAUSE)
        if (code := self._end(process)) != 1:
            raise SystemExit(f"{self._way}: exit status {code} without a kill: {self.wrong}")
        for path in (self._folder / "counts").iterdir():
            self._way.calls[path.name] = path.stat().st_size

    def until_done(self, at: str) -> None:
        """Kill and resume until a run comes to its end; then say in `wrong` what is not as it should be.

        Args:
            at: "moments", "calls", "both" or "shards".
        """
        broken = self._folder / "broken"
        self.workers, self.wrong = self._dice.choice((1, 2)), ""
        self.kills.clear()
        code, most = None, self._dice.randint(1, MOST)
        while code is None:
            if self.kills.total() >= most:
                code = self._end(self.start(broken))
                break
            how = self._dice.choice(("moments", "calls")) if at == "both" else at
            code = {"moments": self._at_moment, "calls": self._at_call, "shards": self._at_shard}[how](broken)
        said = self.wrong
        listed = _rows if self._way in ON_RAY else _files
        self.wrong = _differing(listed(self.whole), listed(broken))
        if code != 1 or self.wrong:  # 1 for the rows that have no text
            self.wrong = f"exit status {code}: {said}{self.wrong}"
        shutil.rmtree(broken)

    def _at_moment(self, broken: Path) -> int | None:
        there = size(broken)
        process = self.start(broken)
        await_writing(process, broken, there, self._dice.uniform(-0.1, 0.8), self.bytes)
        time.sleep(self._dice.uniform(0, 0.05))
        return self._killed(process, "at a moment") if process.poll() is None else self._end(process)

    def _at_call(self, broken: Path) -> int | None:
        # A run without workers has nobody to talk to.
        kind = self._dice.choice(sorted(self._way.calls.keys() - ({"pipe"} if self.workers == 1 else set())))
        number = self._dice.randint(1, self._way.calls[kind])
        who = self._dice.choice(("group", "process"))
        process = self.start(broken, f"{kind}:{number}", who)
        code = self._end(process)
        count = self._folder / "counts" / kind
        if count.exists() and count.stat().st_size >= number:
            self.kills[f"at {kind}, of {who}"] += 1
        return None if code == -signal.SIGKILL else code

    def _at_shard(self, broken: Path) -> int | None:
        process = self.start(broken)
        there = len(list(broken.glob("out/*.done")))
        wanted = there + self._dice.randint(0, 6)
        while process.poll() is None and len(list(broken.glob("out/*.done"))) < wanted:
            time.sleep(PAUSE)
        time.sleep(self._dice.uniform(0, 0.05))
        return self._killed(process, "on Ray") if process.poll() is None else self._end(process)

    def _killed(self, process: subprocess.Popen[str], how: str) -> int | None:
        os.killpg(process.pid, signal.SIGKILL)
        code = self._end(process)
        if code == -signal.SIGKILL:
            self.kills[how] += 1
            return None
        return code

    def _end(self, process: subprocess.Popen[str]) -> int:
        """Wait for the end of a run and of all that it started; return its exit status."""
        self.wrong = process.communicate()[1][-2000:]
        until = time.monotonic() + LEFT
        while time.monotonic() < until:
            try:
                os.killpg(process.pid, 0)
            except ProcessLookupError:
                return process.returncode
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGKILL)
        self.wrong = f"processes were left for {LEFT} seconds: {self.wrong}"
        return 99


def _files(folder: Path) -> dict[str, Any]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _rows(folder: Path) -> dict[str, Any]:
    """The shards of a run on Ray, without what writers that were killed have left."""
    return {path.name: path.read_bytes() for path in folder.glob("out/*") if path.suffix != ".new"}


def _differing(wanted: dict[str, Any], found: dict[str, Any]) -> str:
    """Name the files that are missing, too many or other ones."""
    names = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    return f"not as without a kill: {', '.join(names)}" if names else ""


def _write_inputs(folder: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    rows = records(ROWS)
    for number in EMPTY:
        rows[number]["article"] = ""
    write_lines(folder / "in.jsonl", rows)
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), folder / "in.parquet")
    with open(folder / "in.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def main() -> int:
    """Kill so many times; return 1 where a run came out otherwise."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--kills", type=int, default=200, help="at least so many, and one of each way; 200 by default"
    )
    parser.add_argument("--seed", type=int, default=1, help="of what is drawn at random; 1 by default")
    parser.add_argument("--at", choices=("moments", "calls", "both"), default="both", help="where to kill")
    parser.add_argument("--ray", action="store_true", help="kill runs on Ray, when some shards are there")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    kills: Counter[str] = Counter()
    runs = wrong = 0
    with tempfile.TemporaryDirectory() as name:
        _write_inputs(Path(name))
        turns = [Runs(Path(name), way, dice) for way in (ON_RAY if options.ray else WAYS)]
        while kills.total() < options.kills or runs < len(turns):
            turn = turns[runs % len(turns)]
            if runs < len(turns):
                turn.measure()
            turn.until_done("shards" if options.ray else options.at)
            kills += turn.kills
            runs += 1
            if turn.wrong:
                wrong += 1
                print(f"wrong: {turn.whole.name}, {turn.workers} workers: {turn.wrong}", file=sys.stderr)
                print(f"after kills {dict(turn.kills)}", file=sys.stderr)
    for how, count in sorted(kills.items()):
        print(f"{count:6} {how}")
    print(f"{kills.total()} kills in {runs} runs of {ROWS} rows, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
