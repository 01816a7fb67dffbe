"""Inputs of a batch that can be read but once or come slowly, and inputs that go away."""

from __future__ import annotations

import json
import os
import select
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from batch_fixtures import article, batch, command, environment, read_lines, records, write_lines

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
LEAD = ("--summarizer", "lead", "-w", 1)


@contextmanager
def feeding(pipe: Path, data: bytes, before: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Write into a named pipe when something reads it, and do something else before."""
    if not pipe.exists():
        os.mkfifo(pipe)

    def feed() -> None:
        with open(pipe, "wb") as stream:  # which waits for a reader
            before()
            stream.write(data)

    thread = threading.Thread(target=feed, daemon=True)
    thread.start()
    yield
    thread.join(10)
    assert not thread.is_alive(), "nobody has read the pipe to its end"


@pytest.mark.parametrize("name", ["in.jsonl", "in.csv", "in"])
def test_a_named_pipe_is_opened_once_and_read_whole(tmp_path: Path, name: str) -> None:
    rows = records(40)
    if name == "in.csv":
        data = "id,article\n" + "".join(f'{row["id"]},"{row["article"]}"\n' for row in rows)
    else:
        data = "".join(json.dumps(row) + "\n" for row in rows)
    with feeding(tmp_path / name, data.encode()):
        done = batch(tmp_path / name, "-o", tmp_path / "out.jsonl", *LEAD, timeout=60)
    assert done.returncode == 0, done.stderr
    assert [row["id"] for row in read_lines(tmp_path / "out.jsonl")] == [row["id"] for row in rows]


def test_what_a_pipe_held_cannot_be_told_when_the_run_is_over(tmp_path: Path) -> None:
    data = write_lines(tmp_path / "rows", records(5)).read_bytes()
    same = [tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl", *LEAD]
    with feeding(tmp_path / "in.jsonl", data):
        assert batch(*same).returncode == 0
    done = batch(*same, "--resume", timeout=60)  # nobody feeds the pipe, and nobody may wait for it
    assert done.returncode == 1
    assert "in.jsonl holds now cannot be told, for a pipe is read but once" in done.stderr


def test_a_run_from_a_pipe_goes_on_with_the_same_rows_only(tmp_path: Path) -> None:
    data = write_lines(tmp_path / "rows", records(30)).read_bytes()
    torn = data.replace(b"n20", b"\xff", 1)  # a row that is none ends the first run
    same = [tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl", *LEAD]
    with feeding(tmp_path / "in.jsonl", torn):
        assert batch(*same, "--fail-fast").returncode == 1
    with feeding(tmp_path / "in.jsonl", data.replace(b"n3", b"m3", 1)):
        other = batch(*same, "--resume")
    assert other.returncode == 1 and "have changed" in other.stderr
    with feeding(tmp_path / "in.jsonl", data):
        assert batch(*same, "--resume").returncode == 0
    assert [row["id"] for row in read_lines(tmp_path / "out.jsonl")] == [f"n{n}" for n in range(30)]


def test_a_table_of_columns_cannot_come_through_a_pipe(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    os.mkfifo(tmp_path / "in.parquet")
    done = batch(tmp_path / "in.parquet", "-o", tmp_path / "out.jsonl", *LEAD)
    assert done.returncode == 1
    assert "is read from its end, which a pipe has not; make it a file" in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_row_is_written_when_its_line_is_there(encoding: str) -> None:
    mark, wide = ("\ufeff", "utf-16-le") if encoding == "utf-16" else ("", encoding)
    with subprocess.Popen(
        command("-", "-o", "-", "--delimiter", ";", "--encoding", wide, *LEAD),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    ) as process:
        assert process.stdin and process.stdout
        process.stdin.write(f"{mark}id;article\n".encode(wide))
        for number in range(3):
            process.stdin.write(f'{number};"{article(number)} Zürich."\n'.encode(wide))
            process.stdin.flush()
            ready, _, _ = select.select([process.stdout], [], [], 30)
            assert ready, f"row {number} waits for those behind it"
            assert json.loads(process.stdout.readline())["id"] == str(number)
        process.stdin.close()
        assert process.wait(timeout=30) == 0


@pytest.mark.parametrize("name", ["b.jsonl", "b.csv", "b.parquet"])
def test_an_input_that_is_gone_is_told_as_one(tmp_path: Path, name: str) -> None:
    rows = write_lines(tmp_path / "a", records(30)).read_bytes()
    second = tmp_path / name
    if name == "b.parquet":
        pyarrow = pytest.importorskip("pyarrow")
        from pyarrow.parquet import write_table

        write_table(pyarrow.Table.from_pylist(records(3)), second)
    else:
        second.write_bytes(rows if name == "b.jsonl" else f'id,article\n1,"{article(1)}"\n'.encode())
    # The pipe is read when the run has looked at all inputs.
    with feeding(tmp_path / "a.jsonl", rows, before=second.unlink):
        done = batch(tmp_path / "a.jsonl", second, "-o", tmp_path / "out.jsonl", *LEAD)
    message = done.stderr
    assert done.returncode == 1
    assert f"summarize batch: error: {second}" in message
    assert "could not be read any further" in message and "No such file" in message
    assert "make room" not in message and "Traceback" not in message
    # What was done stays, and counts when the input is there again.
    assert json.loads((tmp_path / "out.jsonl.journal").read_bytes().splitlines()[-1])["rows"] == 30
