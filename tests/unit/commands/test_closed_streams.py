"""Commands whose standard input, output or error was closed: a message of one line, and no other file harmed."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from batch_fixtures import environment, read_lines, records, write_lines
from corpus import SEED_PATHS

SEED = shlex.quote(str(SEED_PATHS[0]))
INPUT = "standard input is closed; name a file, or pipe a text in"
OUTPUT = "standard output is closed; send it to a file, or to /dev/null"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the shell is that of POSIX")


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command line in which `summarize` and `summarize-eval` stand for those of this checkout."""
    python = shlex.quote(sys.executable)
    script = (
        f'summarize() {{ {python} -m summarize "$@"; }}\n'
        f'summarize_eval() {{ {python} -m summarize_eval.cli "$@"; }}\n{line}'
    )
    return subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment(),
        timeout=100,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_lines(tmp_path / "in.jsonl", records(3))
    return tmp_path


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("summarize - <&-", f"summarize: error: -: {INPUT}"),
        ("summarize <&-", f"summarize: error: -: {INPUT}"),
        (f"summarize {SEED} >&-", f"summarize: error: {OUTPUT}"),
        ("summarize list >&-", f"summarize list: error: {OUTPUT}"),
        ("summarize --version >&-", f"summarize: error: {OUTPUT}"),
        (f"summarize check - --source {SEED} <&-", f"summarize check: error: {INPUT}"),
        (f"summarize check {SEED} --source {SEED} >&-", f"summarize check: error: {OUTPUT}"),
        ("summarize batch - -o out.jsonl -w 1 --summarizer lead <&-", f"summarize batch: error: {INPUT}"),
        ("summarize batch in.jsonl -o - -w 1 --summarizer lead >&-", f"summarize batch: error: {OUTPUT}"),
        (
            "summarize_eval score in.jsonl --column article --references in.jsonl --reference-column article >&-",
            f"summarize-eval: error: {OUTPUT}",
        ),
        ("summarize_eval --help >&-", f"summarize-eval: error: {OUTPUT}"),
    ],
)  # fmt: skip
def test_a_closed_stream_is_told(folder: Path, line: str, message: str) -> None:
    done = shell(line, folder)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1] == message
    assert "Traceback" not in done.stderr


def test_nothing_is_printed_into_an_output_where_standard_streams_are_closed(folder: Path) -> None:
    done = shell("summarize batch in.jsonl -o out.jsonl -w 1 --summarizer lead <&- >&- 2>&-", folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [row["id"] for row in read_lines(folder / "out.jsonl")] == ["n0", "n1", "n2"]
    done = shell("summarize batch in.jsonl -o - -w 1 --summarizer lead 2>&-", folder)
    assert done.returncode == 0
    assert done.stdout == (folder / "out.jsonl").read_text("utf-8")


def test_a_closed_standard_error_hides_messages_and_no_status(folder: Path) -> None:
    done = shell("summarize nothing.txt 2>&-", folder)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is full")
def test_a_full_standard_output_promises_nothing(folder: Path) -> None:
    done = shell("summarize batch in.jsonl -o - -w 1 --summarizer lead >/dev/full", folder)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "summarize batch: error: standard output: could not be written: No space left on device"
    )
