"""Completion by a real shell: the script is loaded, and asked what it would offer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from corpus import ROOT

from summarize.registry import BUILT_IN

PROGRAMS = {"summarize": "summarize", "summarize-eval": "summarize_eval.cli"}


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("bash"):
        pytest.skip("bash is not installed")
    folder = tmp_path_factory.mktemp("completion")
    for program, module in PROGRAMS.items():
        command = [sys.executable, "-m", module, "completion", "bash"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
        (folder / program).write_text(done.stdout)
    return folder


def offered(scripts: Path, line: str, folder: Path) -> list[str]:
    """What the function offers bash for the last word of a line."""
    words = line.split(" ")
    program = f"""
        source {scripts / words[0]}
        COMP_WORDS=({" ".join(f"'{word}'" for word in words)})
        COMP_CWORD={len(words) - 1}
        _complete_{words[0].replace("-", "_")}
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        ["bash", "--norc", "-c", program], cwd=folder, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.split("\n")[:-1]


@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("summarize ba", ["batch"]),
        ("summarize ne", ["news page"]),
        ("summarize b", ["batch", "bulletin.txt"]),
        ("summarize bulletin.txt ba", [""]),
        ("summarize --style ", ["headline", "bullets", "wysk"]),
        ("summarize bulletin.txt -s b", ["bullets"]),
        ("summarize --style = hea", ["headline"]),
        ("summarize --style=hea", ["--style=headline"]),
        ("summarize --style =", ["headline", "bullets", "wysk"]),
        ("summarize batch --summarizer ", list(BUILT_IN)),
        ("summarize batch --shard", ["--shard-rows"]),
        ("summarize batch --format p", ["parquet"]),
        ("summarize --output ", [""]),
        ("summarize completion ", ["bash", "zsh"]),
        ("summarize-eval r", ["run"]),
        ("summarize-eval run --boot", ["--bootstrap"]),
        ("summarize-eval run --rouge ", ["rouge-score", "perl", "unicode"]),
        ("summarize-eval score --metrics chr", ["chrf"]),
    ],
)  # fmt: skip
def test_what_is_offered(scripts: Path, tmp_path: Path, line: str, offers: list[str]) -> None:
    (tmp_path / "bulletin.txt").touch()
    (tmp_path / "news page").touch()
    assert offered(scripts, line, tmp_path) == offers


@pytest.mark.parametrize("shell", [("bash", "--norc"), ("zsh", "-f")], ids=["bash", "zsh"])
def test_a_key_press(shell: tuple[str, str], tmp_path: Path) -> None:
    """The whole way: an interactive shell, the line of the docs, and a tab."""
    if not shutil.which(shell[0]):
        pytest.skip(f"{shell[0]} is not installed")
    import pty

    (tmp_path / "summarize").write_text(f'#!/bin/sh\nexec {sys.executable} -m summarize "$@"\n')
    (tmp_path / "summarize").chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "TERM": "dumb",
    }
    master, slave = pty.openpty()
    with subprocess.Popen(
        [*shell, "-i"],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=environment,
        start_new_session=True,
    ) as child:
        os.close(slave)
        # Tab, then to the start of the line (ctrl-a), to print it instead of running it.
        line = f'eval "$(summarize completion {shell[0]})"'
        os.write(master, line.encode() + b"\nsummarize --style hea\t\x01echo \nexit\n")
        text = ""
        try:
            while chunk := os.read(master, 4096):
                text += chunk.decode()
        except OSError:  # Linux's way to say that the other side is closed
            pass
        child.wait(timeout=60)
    assert "\nsummarize --style headline" in text, text
