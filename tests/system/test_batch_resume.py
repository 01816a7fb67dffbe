"""Nothing is lost: batch runs that are killed, interrupted, or run out of disk, and what resuming them gives."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from batch_fixtures import await_writing, batch, read_lines, records, size, start, write_lines

ROWS = 260
TEXTRANK = ("--summarizer", "textrank")  # fast enough to be killed and resumed often


def _input(folder: Path, count: int = ROWS) -> Path:
    rows: list[Any] = records(count)
    rows[10], rows[count // 2], rows[-1] = (
        {"id": "empty", "article": ""},
        b'{"torn": ',
        {"id": "last", "article": 3},
    )
    return write_lines(folder / "in.jsonl", rows)


def _kill_group(process: subprocess.Popen[str]) -> None:
    """Kill the run alone: its workers must notice by themselves."""
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


def _alive(text: str) -> list[int]:
    """Process ids whose command line holds a text."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if text.encode() in line:
                found.append(int(entry.name))
    return found


@pytest.mark.parametrize(
    ("workers", "output", "kills"),
    [(1, "out.jsonl", 7), (2, "out.jsonl", 6), (1, "out.jsonl.gz", 4), (2, "out.parquet", 4)],
)
def test_killed_at_random_moments_and_resumed_it_ends_as_if_nothing_had_been(
    tmp_path: Path, workers: int, output: str, kills: int
) -> None:
    if output.endswith("parquet"):
        pytest.importorskip("pyarrow")
    source = _input(tmp_path)
    options = ["-w", workers, "--summarizer", "lead", "--compact", "-s", "bullets", "--carry", "views"]
    options += ["--every", "0.01"]
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    whole.mkdir()
    broken.mkdir()
    assert batch(source, "-o", whole / output, *options).returncode == 1
    assert (whole / output).stat().st_size > 1000
    assert len(read_lines(whole / f"{output}.errors.jsonl")) == 3
    dice = random.Random(f"{workers}{output}")
    killed = 0
    while killed < kills:
        there = size(broken)
        process = start(source, "-o", broken / output, "--resume", *options)
        if await_writing(process, broken, there, dice.uniform(-0.2, 0.6), size(whole)):
            _kill_group(process)
            killed += 1
            continue
        process.communicate()
        assert process.returncode == 1
        _same(whole, broken)
        for path in broken.iterdir():
            path.unlink()
    done = batch(source, "-o", broken / output, "--resume", *options)
    assert done.returncode == 1, done.stderr
    _same(whole, broken)


def _same(whole: Path, broken: Path) -> None:
    """Hold two folders to the same files with the same bytes."""
    assert sorted(path.name for path in broken.iterdir()) == sorted(path.name for path in whole.iterdir())
    for path in whole.iterdir():
        assert (broken / path.name).read_bytes() == path.read_bytes(), path.name


def test_workers_end_with_the_run_that_started_them(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", records(4000))
    process = start(source, "-o", tmp_path / "out.jsonl", "-w", 2, "--every", "0.05")
    _wait_for(lambda: _saved(tmp_path / "out.jsonl") > 0)
    children = [pid for pid in _alive("multiprocessing") if _parent(pid) == process.pid]
    assert len(children) >= 2
    _kill_group(process)
    _wait_for(lambda: not [pid for pid in children if Path(f"/proc/{pid}").exists()])


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _saved(output: Path) -> int:
    """How many checkpoints a run has written."""
    journal = Path(f"{output}.journal")
    return journal.read_bytes().count(b"\n") - 1 if journal.exists() else 0


def _wait_for(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.mark.parametrize(("workers", "number"), [(1, signal.SIGINT), (2, signal.SIGINT), (2, signal.SIGTERM)])
def test_an_interrupt_finishes_what_is_in_flight_and_says_how_to_go_on(
    tmp_path: Path, workers: int, number: signal.Signals
) -> None:
    source = write_lines(tmp_path / "in.jsonl", records(1500))
    options = ["--workers", workers, "-s", "bullets", "--summarizer", "lead"]
    process = start(source, "-o", tmp_path / "out.jsonl", *options, "--every", "0.05", start_new_session=True)
    _wait_for(lambda: _saved(tmp_path / "out.jsonl") > 1)
    # Ctrl-C in a terminal reaches the workers as well.
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
    message = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert "Traceback" not in message
    told = message.splitlines()[-1].strip()
    assert told.startswith("summarize batch ")
    assert told.endswith(" --resume")
    part = tmp_path / "out.jsonl.part"
    kept = read_lines(part)  # every line is whole
    assert [row["id"] for row in kept] == [f"n{n}" for n in range(len(kept))]
    assert 0 < len(kept) < 1500
    done = batch(*told.split()[2:])
    assert done.returncode == 0, done.stderr
    assert f"{len(kept):,} skipped" in done.stderr
    assert [row["id"] for row in read_lines(tmp_path / "out.jsonl")] == [f"n{n}" for n in range(1500)]


@pytest.fixture
def stopped(tmp_path: Path) -> Path:
    """A folder with a run that was killed after some checkpoints."""
    source = write_lines(tmp_path / "in.jsonl", records(500))
    process = start(
        source, "-o", tmp_path / "out.jsonl", "-w", 1, "-s", "bullets", "--every", "0.02", *TEXTRANK
    )
    _wait_for(lambda: _saved(tmp_path / "out.jsonl") > 1)
    _kill_group(process)
    # What was written behind the last checkpoint counts for nothing, and resuming cuts it off.
    journal = tmp_path / "out.jsonl.journal"
    whole = journal.read_bytes().rpartition(b"\n")[0] + b"\n"
    journal.write_bytes(whole)
    os.truncate(tmp_path / "out.jsonl.part", json.loads(whole.splitlines()[-1])["output"])
    return tmp_path


def test_other_options_or_input_are_refused_by_name_and_nothing_is_touched(stopped: Path) -> None:
    source, output = stopped / "in.jsonl", stopped / "out.jsonl"
    same = [source, "-o", output, "-w", 1, *TEXTRANK, "-s", "bullets"]
    before = {path.name: path.read_bytes() for path in stopped.iterdir()}

    def refused(*arguments: object) -> str:
        done = batch(*arguments)
        assert done.returncode == 1
        assert {path.name: path.read_bytes() for path in stopped.iterdir()} == before
        assert "--overwrite" in done.stderr
        return done.stderr

    assert "--resume" in refused(*same)
    assert "differs in styles" in refused(*same[:-1], "wysk", "--resume")
    assert "differs in options" in refused(*same, "-O", "damping=0.5", "--resume")
    assert "differs in summarizer" in refused(*same, "--summarizer", "lead", "--resume")
    assert "differs in limit" in refused(*same, "--limit", 5, "--resume")
    original = source.read_bytes()
    source.write_bytes(original + b'{"text": "Rain fell."}\n')
    before["in.jsonl"] = source.read_bytes()
    assert "differs in input" in refused(*same, "--resume")
    source.write_bytes(original.replace(b"n1", b"m1", 1))  # one letter, the same size
    before["in.jsonl"] = source.read_bytes()
    assert "have changed" in refused(*same, "--resume")
    source.write_bytes(original)
    assert batch(*same, "--resume").returncode == 0
    assert len(read_lines(output)) == 500


def test_another_number_of_workers_may_resume_and_a_complete_run_has_nothing_left(stopped: Path) -> None:
    same = [stopped / "in.jsonl", "-o", stopped / "out.jsonl", "-s", "bullets", *TEXTRANK]
    assert batch(*same, "-w", 2, "--resume").returncode == 0
    done = batch(*same, "--resume")
    assert done.returncode == 0
    assert "nothing to resume" in done.stderr
    again = batch(*same)
    assert again.returncode == 1
    assert "exists already" in again.stderr
    assert (
        batch(stopped / "in.jsonl", "-o", stopped / "new.jsonl", "-s", "bullets", *TEXTRANK).returncode == 0
    )
    assert (stopped / "new.jsonl").read_bytes() == (stopped / "out.jsonl").read_bytes()


def test_two_runs_into_one_output_do_not_mix(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", records(4000))
    process = start(source, "-o", tmp_path / "out.jsonl", "-w", 1, "--every", "0.05")
    _wait_for(lambda: _saved(tmp_path / "out.jsonl") > 0)
    for option in ("--resume", "--overwrite"):
        done = batch(source, "-o", tmp_path / "out.jsonl", "-w", 1, option)
        assert done.returncode == 1
        assert "another run is writing" in done.stderr
    _kill_group(process)


def test_of_commands_that_start_at_once_one_writes_and_the_others_are_told(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", records(60))
    for number in range(3):
        same = [source, "-o", tmp_path / f"{number}.jsonl", "-w", 1, "--summarizer", "lead"]
        processes = [start(*same) for _ in range(4)]
        told = [process.communicate(timeout=100)[1] for process in processes]
        assert sorted(process.returncode for process in processes) == [0, 1, 1, 1], told
        for process, message in zip(processes, told, strict=True):
            refused = "another run is writing it" in message or "exists already" in message
            assert refused == (process.returncode == 1), message
        rows = read_lines(tmp_path / f"{number}.jsonl")
        assert [row["id"] for row in rows] == [f"n{n}" for n in range(60)]


@pytest.mark.parametrize("output", ["out.jsonl", "out.jsonl.gz"])
def test_a_full_disk_says_so_and_keeps_what_is_done(tmp_path: Path, output: str) -> None:
    source = write_lines(tmp_path / "in.jsonl", records(1500 if output.endswith("gz") else 300))
    same = [source, "-w", 1, "-s", "bullets", "--summarizer", "lead", "--every", "0.05", "--language", "en"]

    def small_disk() -> None:
        # The kernel refuses to let a file grow, as on a full disk.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    process = start(*same, "-o", tmp_path / output, preexec_fn=small_disk)
    message = process.communicate(timeout=100)[1]
    assert process.returncode == 1
    assert "could not be written" in message
    assert "--resume" in message
    assert "Traceback" not in message
    done = batch(*same, "-o", tmp_path / output, "--resume")
    assert done.returncode == 0, done.stderr
    assert "skipped" in done.stderr
    assert batch(*same, "-o", tmp_path / f"new{output}").returncode == 0
    assert (tmp_path / output).read_bytes() == (tmp_path / f"new{output}").read_bytes()


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "none", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        source = write_lines(tmp_path / "in.jsonl", records(800))
        same = [
            source,
            "-o",
            disk / "out.jsonl",
            "-w",
            1,
            "-s",
            "bullets",
            "--summarizer",
            "lead",
            "--every",
            "0.05",
        ]
        done = batch(*same)
        assert done.returncode == 1
        assert "No space left on device" in done.stderr
        subprocess.run(["mount", "-o", "remount,size=16m", disk], check=True)
        assert batch(*same, "--resume").returncode == 0
        assert len(read_lines(disk / "out.jsonl")) == 800
    finally:
        subprocess.run(["umount", disk], check=True)


def test_an_unwritable_folder_is_told_before_any_work(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", records(2))
    (tmp_path / "file").write_text("")
    for output in (tmp_path / "file" / "out.jsonl", tmp_path / "none" / "out.jsonl", Path("/proc/out.jsonl")):
        done = batch(source, "-o", output)
        assert done.returncode == 1
        assert f"{output}: cannot be written" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_finished_output_knows_of_what_run_it_is(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", records(5))
    same = [source, "-o", tmp_path / "out.jsonl", "-w", 1, "--summarizer", "lead", "--resume"]
    assert batch(*same).returncode == 0
    whole = (tmp_path / "out.jsonl").read_bytes()
    assert batch(*same).returncode == 0
    other = batch(*same, "-s", "wysk")
    assert other.returncode == 1 and "by another run: it differs in styles" in other.stderr
    write_lines(source, records(6))
    grown = batch(*same)
    assert grown.returncode == 1 and "differs in input" in grown.stderr
    write_lines(source, records(5))
    (tmp_path / "out.jsonl").write_bytes(whole.replace(b"n1", b"m1", 1))
    edited = batch(*same)
    assert edited.returncode == 1 and "has been changed" in edited.stderr
    (tmp_path / "out.jsonl.run.json").unlink()
    unknown = batch(*same)
    assert unknown.returncode == 1 and "no out.jsonl.run.json says which run wrote it" in unknown.stderr


def test_a_damaged_journal_or_an_edited_partial_output_is_told(stopped: Path) -> None:
    same = [
        stopped / "in.jsonl",
        "-o",
        stopped / "out.jsonl",
        "-w",
        1,
        "-s",
        "bullets",
        *TEXTRANK,
        "--resume",
    ]
    journal, part = stopped / "out.jsonl.journal", stopped / "out.jsonl.part"
    whole, kept = journal.read_bytes(), part.read_bytes()
    part.write_bytes(kept.replace(b"n1", b"m1", 1))  # the same length
    edited = batch(*same)
    assert edited.returncode == 1 and "has been changed" in edited.stderr
    part.write_bytes(kept)
    journal.write_bytes(b"\0" * 50 + b"\n")
    damaged = batch(*same)
    assert damaged.returncode == 1 and "is damaged" in damaged.stderr
    journal.write_bytes(whole + b"\n" + b"\0" * 50 + b"\n[1]\n{}\n")  # the last good line counts
    assert batch(*same).returncode == 0
    assert len(read_lines(stopped / "out.jsonl")) == 500
