"""Workers that die, documents that kill them, and summarizers that fail: real processes, real signals."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from batch_fixtures import ROOT, article, command, environment, read_lines, records, write_lines

PLUGIN = '''
import os, signal
from pathlib import Path
from summarize.errors import ModelError, OptionError
from summarize.summarizers.lead import Lead

class Deadly(Lead):
    """Does what the text says: dies, dies once, raises; else as the lead."""
    def score(self, document):
        text = document.text
        if "KILL" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "EXIT" in text:
            os._exit(3)
        if "RAISE" in text:
            raise RuntimeError("a fault of the plugin")
        if "ONCE" in text:
            mark = Path(os.environ["MARK"])
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGSEGV)
        if "SLEEP" in text:
            import time
            time.sleep(0.02)
        while "SPIN" in text:
            pass
        if "HANG" in text:
            import time
            Path(os.environ["MARK"]).touch()
            time.sleep(3600)
        return super().score(document)

class DeadlyBatch(Deadly):
    batch_size = 8

class Threads(Lead):
    """Notes how many threads the libraries of a worker may start."""
    def score(self, document):
        Path(os.environ["MARK"]).write_text(os.environ.get("OMP_NUM_THREADS", "unset"))
        return super().score(document)

class NoModel(Lead):
    def score(self, document):
        raise ModelError("the model is not here; fetch it first")

class StillBorn(Lead):
    def __init__(self):
        os._exit(9)
'''
NAMES = {
    "deadly": "Deadly",
    "deadly-batch": "DeadlyBatch",
    "threads": "Threads",
    "no-model": "NoModel",
    "still-born": "StillBorn",
}


@pytest.fixture
def plugin(tmp_path: Path) -> dict[str, str]:
    """The environment in which a package with deadly summarizers is installed."""
    site = tmp_path / "site"
    info = site / "deadly-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "deadly_plugin.py").write_text(PLUGIN)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: deadly\nVersion: 1.0\n")
    points = "".join(f"{name} = deadly_plugin:{kind}\n" for name, kind in NAMES.items())
    (info / "entry_points.txt").write_text(f"[summarize.summarizers]\n{points}")
    found = environment(MARK=str(tmp_path / "mark"))
    return found | {"PYTHONPATH": f"{site}{os.pathsep}{found['PYTHONPATH']}"}


LIMITS = (1, 5, 30)  # seconds for a row: the first that a busy machine can hold for rows that do end


def _batch(env: dict[str, str], *arguments: object, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), capture_output=True, text=True, env=env, timeout=timeout, check=False
    )


def _rows(count: int, words: dict[int, str]) -> list[dict[str, Any]]:
    rows = records(count)
    for number, word in words.items():
        rows[number]["article"] = f"{word} is what this says. {article(number)}"
    return rows


@pytest.mark.parametrize("summarizer", ["deadly", "deadly-batch"])
def test_a_document_that_kills_two_workers_is_an_error_and_all_others_are_done(
    tmp_path: Path, plugin: dict[str, str], summarizer: str
) -> None:
    source = write_lines(
        tmp_path / "in.jsonl", _rows(60, {0: "KILL", 21: "EXIT", 22: "KILL", 40: "RAISE", 59: "KILL"})
    )
    done = _batch(plugin, source, "-o", tmp_path / "out.jsonl", "-w", 2, "--summarizer", summarizer)
    assert done.returncode == 1, done.stderr
    bad = {0: "SIGKILL", 21: "exit status 3", 22: "SIGKILL", 40: "a fault of the plugin", 59: "SIGKILL"}
    assert [row["id"] for row in read_lines(tmp_path / "out.jsonl")] == [
        f"n{n}" for n in range(60) if n not in bad
    ]
    errors = read_lines(tmp_path / "out.jsonl.errors.jsonl")
    assert [row["id"] for row in errors] == [f"n{n}" for n in bad]
    for row, reason in zip(errors, bad.values(), strict=True):
        assert reason in row["reason"]


def test_a_document_whose_worker_died_is_tried_again(tmp_path: Path, plugin: dict[str, str]) -> None:
    source = write_lines(tmp_path / "in.jsonl", _rows(30, {11: "ONCE"}))
    done = _batch(plugin, source, "-o", tmp_path / "out.jsonl", "-w", 2, "--summarizer", "deadly")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "mark").exists()
    assert [row["id"] for row in read_lines(tmp_path / "out.jsonl")] == [f"n{n}" for n in range(30)]


def test_a_worker_killed_in_the_middle_of_a_message_costs_no_row(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", records(12))  # one task: the eighth message is a row's
    counts = tmp_path / "counts"
    counts.mkdir()
    kill = {
        "KILL_AT": "pipe:8",
        "KILL_WHO": "process",
        "KILL_COUNTS": str(counts),
        "KILL_FOLDER": str(tmp_path / "none"),
    }
    env = environment(**kill)
    env["PYTHONPATH"] = f"{ROOT / 'tests' / 'soak' / 'calls'}{os.pathsep}{env['PYTHONPATH']}"
    done = _batch(env, source, "-o", tmp_path / "out.jsonl", "-w", 2, "--summarizer", "lead")
    assert done.returncode == 0, done.stderr
    assert (counts / "pipe").stat().st_size > 15  # rows were asked for again
    assert [row["id"] for row in read_lines(tmp_path / "out.jsonl")] == [f"n{n}" for n in range(12)]


def test_workers_killed_from_outside_cost_no_row(tmp_path: Path, plugin: dict[str, str]) -> None:
    source = write_lines(tmp_path / "in.jsonl", _rows(200, dict.fromkeys(range(200), "SLEEP")))
    same = [source, "--summarizer", "deadly"]
    assert _batch(plugin, *same, "-o", tmp_path / "whole.jsonl", "-w", 1).returncode == 0
    process = subprocess.Popen(
        command(*same, "-o", tmp_path / "out.jsonl", "-w", 2), stderr=subprocess.PIPE, text=True, env=plugin
    )
    killed = 0
    stop = threading.Event()

    def kill() -> None:
        nonlocal killed
        while not stop.wait(0.5) and killed < 4:
            for pid in _children(process.pid)[-1:]:
                os.kill(pid, signal.SIGKILL)
                killed += 1

    killer = threading.Thread(target=kill)
    killer.start()
    message = process.communicate(timeout=120)[1]
    stop.set()
    killer.join()
    assert killed
    assert process.returncode == 0, message
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def _children(parent: int) -> list[int]:
    """The workers of a run; the helper that watches shared resources is none."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and f"PPid:\t{parent}\n" in (entry / "status").read_text():
                line = (entry / "cmdline").read_bytes()
                if b"spawn_main" in line:
                    found.append(int(entry.name))
        except OSError:
            continue
    return found


def test_workers_share_the_cores_for_native_threads(tmp_path: Path, plugin: dict[str, str]) -> None:
    source = write_lines(tmp_path / "in.jsonl", records(2))
    plugin.pop("OMP_NUM_THREADS", None)
    cores = len(os.sched_getaffinity(0))
    assert (
        _batch(plugin, source, "-o", tmp_path / "o.jsonl", "-w", 2, "--summarizer", "threads").returncode == 0
    )
    assert (tmp_path / "mark").read_text() == str(max(1, cores // 2))
    plugin["OMP_NUM_THREADS"] = "7"  # the user's own word stands
    same = [source, "-o", tmp_path / "o.jsonl", "-w", 2, "--summarizer", "threads", "--overwrite"]
    assert _batch(plugin, *same).returncode == 0
    assert (tmp_path / "mark").read_text() == "7"


@pytest.mark.parametrize("workers", [1, 2])
def test_a_model_that_is_not_there_ends_the_run_and_fails_no_rows(
    tmp_path: Path, plugin: dict[str, str], workers: int
) -> None:
    source = write_lines(tmp_path / "in.jsonl", records(40))
    done = _batch(plugin, source, "-o", tmp_path / "out.jsonl", "-w", workers, "--summarizer", "no-model")
    assert done.returncode == 1
    assert "the model is not here; fetch it first" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.jsonl.errors.jsonl").exists() or not read_lines(
        tmp_path / "out.jsonl.errors.jsonl"
    )


def test_workers_that_die_as_they_start_end_the_run(tmp_path: Path, plugin: dict[str, str]) -> None:
    source = write_lines(tmp_path / "in.jsonl", records(4))
    begin = time.monotonic()
    done = _batch(plugin, source, "-o", tmp_path / "out.jsonl", "-w", 2, "--summarizer", "still-born")
    assert done.returncode == 1
    assert "die as they start (exit status 9)" in done.stderr
    assert time.monotonic() - begin < 100


@pytest.mark.parametrize(
    ("summarizer", "workers"), [("deadly", 2), ("deadly-batch", 2), ("deadly", 1)], ids=str
)
def test_a_row_that_never_ends_is_an_error_and_all_others_are_done(
    tmp_path: Path, plugin: dict[str, str], summarizer: str, workers: int
) -> None:
    source = write_lines(tmp_path / "in.jsonl", _rows(40, {3: "HANG", 4: "SPIN", 30: "HANG"}))
    output = tmp_path / "out.jsonl"
    for limit in LIMITS:
        options = ("--summarizer", summarizer, "-w", workers, "--row-timeout", limit, "--overwrite")
        done = _batch(plugin, source, "-o", output, *options, timeout=600)
        errors = {error["id"]: error["reason"] for error in read_lines(tmp_path / "out.jsonl.errors.jsonl")}
        if errors.keys() <= {"n3", "n4", "n30"}:
            break  # else the machine is so busy that a good row took as long
    assert done.returncode == 1 and "37 done, 3 failed" in done.stderr, done.stderr
    assert errors == dict.fromkeys(("n3", "n4", "n30"), f"took more than {limit} seconds (--row-timeout)")
    assert [row["id"] for row in read_lines(output)] == [f"n{n}" for n in range(40) if n not in (3, 4, 30)]


def test_a_second_sigterm_stops_at_once_and_skip_leaves_the_row_out(
    tmp_path: Path, plugin: dict[str, str]
) -> None:
    source = write_lines(tmp_path / "in.jsonl", _rows(20, {7: "HANG"}))
    same = (source, "-o", tmp_path / "out.jsonl", "--summarizer", "deadly", "-w", 2, "--row-timeout", 0)
    process = subprocess.Popen(command(*same), env=plugin, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while not (tmp_path / "mark").exists() and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    assert process.poll() is None  # it waits for what is in flight
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130 and "--resume" in told
    done = _batch(plugin, *same, "--resume", "--skip", "n7")
    assert done.returncode == 1 and "1 failed" in done.stderr, done.stderr
    (error,) = read_lines(tmp_path / "out.jsonl.errors.jsonl")
    assert (error["id"], error["reason"]) == ("n7", "left out as --skip asked")
    assert len(read_lines(tmp_path / "out.jsonl")) == 19


def test_what_is_read_ahead_is_bounded_in_bytes() -> None:
    """Tasks of large rows are of fewer rows, and fewer of them wait."""
    from collections import deque
    from itertools import count

    from summarize.batch.pool import Pool
    from summarize.batch.work import BatchSettings
    from summarize.reading.rows import Row

    pool = Pool(BatchSettings("lead"), 2)
    try:
        order: deque[Any] = deque()
        taken = count()
        rows = (Row("a", next(taken) + 1, b"x" * (5 << 20)) for _ in range(1000))
        for _ in range(100):
            pool._waiting.clear()
            pool._fill(rows, order)
        assert 2 <= len(order) <= 16 and {len(task.rows) for task in order} == {1}
        assert next(taken) <= 16
    finally:
        pool.close()
