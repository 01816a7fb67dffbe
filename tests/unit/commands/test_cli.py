"""The `summarize` command as a person runs it, on real files: in a process of its own where that is what is shown."""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from corpus import ROOT, SEED_PATHS, SEEDS

from summarize.cli import main
from summarize.commands.parsers import COMMANDS
from summarize.registry import BUILT_IN

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
SEED_FILES = [str(path) for path in SEED_PATHS]
Done = subprocess.CompletedProcess[str]


def run(*arguments: str, stdin: str = "") -> Done:
    return subprocess.run(
        [sys.executable, "-m", "summarize", *arguments],
        input=stdin, env=ENVIRONMENT, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """The command in this process, which has loaded already what another would need half a second for."""
    monkeypatch.setenv("NO_COLOR", "1")

    def call_it(*arguments: str) -> Done:
        capsys.readouterr()
        status = main(arguments)
        told = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, status, told.out, told.err)

    return call_it


def test_main_job_on_the_seeds() -> None:
    done = run(*SEED_FILES)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("What you should know") == 2
    assert done.stdout.count("Trump") > 4


@pytest.mark.parametrize("form", ["text", "markdown", "json", "jsonl", "html"])
def test_every_format(form: str, call: Callable[..., Done]) -> None:
    done = call(SEED_FILES[0], "--format", form)
    assert (done.returncode, done.stderr) == (0, "")
    if form in ("json", "jsonl"):
        assert len(json.loads(done.stdout)["bullets"]) == 3
    else:
        assert "Trump" in done.stdout
        assert done.stdout.startswith(
            "<!DOCTYPE html>" if form == "html" else ("#", "##") if form == "markdown" else ""
        )


def test_styles_and_bullets(call: Callable[..., Done]) -> None:
    brief = json.loads(call(SEED_FILES[1], "-s", "bullets,headline", "-n", "5", "-f", "json").stdout)
    assert len(brief["bullets"]) == 5
    assert brief["headline"]
    assert not brief.get("wysk")


def test_the_reference_box_does_not_leak(call: Callable[..., Done]) -> None:
    for name in ("textrank", "lexrank"):
        assert "ramping up" not in call(SEED_FILES[1], "--summarizer", name, "-n", "10").stdout


@pytest.mark.slow
def test_standard_input_named_and_not() -> None:
    named = run("-", "--format", "json", stdin=SEEDS[0])
    assert (
        json.loads(named.stdout)["bullets"] == json.loads(run("-f", "json", stdin=SEEDS[0]).stdout)["bullets"]
    )


def test_empty_standard_input() -> None:
    done = run(stdin="")
    assert done.returncode == 1
    assert done.stderr.startswith("summarize: error: ")
    assert done.stdout == ""


def test_a_bad_file_is_reported_and_the_rest_done(tmp_path: Path, call: Callable[..., Done]) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    done = call(SEED_FILES[0], str(empty), str(tmp_path / "absent.txt"), SEED_FILES[1], "-f", "jsonl")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr.count("summarize: error: ") == 2
    assert "empty.txt" in done.stderr
    assert "absent.txt" in done.stderr


def test_boilerplate_among_good_files(tmp_path: Path, call: Callable[..., Done]) -> None:
    (tmp_path / "clutter.txt").write_text("Advertisement\nShare this article\n")
    done = call(str(tmp_path / "clutter.txt"), SEED_FILES[0], "-f", "jsonl")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert "clutter.txt" in done.stderr


def test_a_folder_and_a_glob(
    tmp_path: Path, call: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(SEEDS[0], encoding="utf-8")
    folder, pattern = call(str(tmp_path), "-f", "jsonl"), call("*.txt", "-f", "jsonl")
    assert folder.returncode == pattern.returncode == 0, folder.stderr + pattern.stderr
    assert len(folder.stdout.splitlines()) == len(pattern.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--no-such-option", "x"], "--no-such-option"),
        ([SEED_FILES[0], "--style", "haiku"], "haiku"),
        ([SEED_FILES[0], "--summarizer", "txtrank"], "did you mean textrank"),
        ([SEED_FILES[0], "--bullets", "0"], "from 1 to 10"),
        ([SEED_FILES[0], "--bullets", "11"], "from 1 to 10"),
        ([SEED_FILES[0], "--bullets", "many"], "many"),
        ([SEED_FILES[0], "--format", "pdf"], "pdf"),
        ([SEED_FILES[0], "-O", "damping"], "NAME=VALUE"),
        ([SEED_FILES[0], "--summarizer", "textrank", "-O", "damping=high"], "number"),
        ([SEED_FILES[0], "-O", "dampning=0.5"], "dampning"),
        (["list", "--bullets", "3"], "--bullets"),
    ],
)
def test_wrong_usage_exits_2_with_one_line(arguments: list[str], says: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert says in done.stderr
    assert done.stderr.startswith("summarize")
    assert done.stderr.count("\n") == 1


def test_no_input_at_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert main([]) == 2
    assert "nothing to summarize" in capsys.readouterr().err


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_lines_fit_the_terminal(
    columns: int, call: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    done = call(*SEED_FILES)
    assert max(map(len, done.stdout.splitlines())) <= columns


def test_output_file(tmp_path: Path, call: Callable[..., Done]) -> None:
    target = tmp_path / "brief.md"
    done = call(SEED_FILES[0], "--output", str(target))
    assert (done.returncode, done.stdout) == (0, "")
    assert target.read_text(encoding="utf-8") == call(SEED_FILES[0], "-f", "markdown").stdout


def test_output_that_cannot_be_written(tmp_path: Path, call: Callable[..., Done]) -> None:
    done = call(SEED_FILES[0], "--output", str(tmp_path / "no" / "such" / "brief.md"))
    assert done.returncode == 1
    assert done.stderr.startswith("summarize: error: ")
    assert "Traceback" not in done.stderr


def test_evidence_is_shown_when_asked(call: Callable[..., Done]) -> None:
    plain, shown = call(SEED_FILES[0], "-f", "markdown"), call(SEED_FILES[0], "-f", "markdown", "--evidence")
    assert len(shown.stdout) > len(plain.stdout)


def test_a_reader_that_goes_away_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "summarize", *SEED_FILES * 40],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait(timeout=60)


@pytest.mark.skipif(os.name == "nt", reason="signals are a matter of POSIX")
def test_interrupted() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "summarize", "-"],
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        process.stdin.write(b"It rained.")
        process.stdin.flush()
        until, left = time.monotonic() + 60, bytearray(4)
        while left != fcntl.ioctl(process.stdin, termios.FIONREAD, bytes(4)) and time.monotonic() < until:
            time.sleep(0.02)  # until it has read this, and waits for more
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.decode().strip() == "summarize: interrupted"


def test_list_shows_every_summarizer(call: Callable[..., Done]) -> None:
    done = call("list")
    assert done.returncode == 0
    for name in BUILT_IN:
        assert f"\n{name} " in f"\n{done.stdout}"
    entries = json.loads(call("list", "--format", "json").stdout)
    assert {entry["name"] for entry in entries} >= set(BUILT_IN)
    assert all(entry["runs"] or "pip install" in entry["missing"] for entry in entries)


@pytest.mark.slow
def test_doctor() -> None:
    done = run("doctor")
    assert done.returncode == 0, done.stdout
    assert "main job" in done.stdout
    for name in BUILT_IN:
        assert name in done.stdout


def test_version() -> None:
    from summarize import __version__

    assert run("--version").stdout == f"summarize {__version__}\n"


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_sixty_columns(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    with pytest.raises(SystemExit):
        main([*command.split(), "--help"])
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= 60
    assert re.search(r"\n\n[A-Z][^\n]+", shown), "what the command does, as a sentence"


def test_help_names_the_main_options() -> None:
    done = run("--help")
    assert done.returncode == 0
    for word in ("--style", "--bullets", "--summarizer", "--format", "--output", "list", "doctor"):
        assert word in done.stdout


HEAVY = (
    "numpy",
    "sumy",
    "nltk",
    "torch",
    "transformers",
    "gradio",
    "datasets",
    "trafilatura",
    "rich",
    "sentencex",
    "Stemmer",
)


def imported(program: str) -> set[str]:
    code = (
        f"import sys\ntry:\n    {program}\nexcept SystemExit:\n    pass\nprint(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=True, timeout=60
    )
    return {name.partition(".")[0] for name in done.stderr.split()}


@pytest.mark.parametrize("arguments", [["--help"], ["list", "--help"], ["doctor", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    assert not imported(f"from summarize.cli import main; main({arguments})") & set(HEAVY)


def test_the_main_job_imports_no_library_it_does_not_use() -> None:
    program = f"from summarize.cli import main; main([{SEED_FILES[0]!r}, '-f', 'json'])"
    assert not imported(program) & {
        "sumy",
        "nltk",
        "torch",
        "transformers",
        "gradio",
        "datasets",
        "trafilatura",
        "rich",
    }


def test_importing_the_package_imports_nothing_heavy() -> None:
    assert not imported("import summarize") & set(HEAVY)
