"""Every command and example of the README is run, and the output it shows is what comes out."""

from __future__ import annotations

import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
COMMANDS = [line[2:] for block in CONSOLE for line in block.splitlines() if line.startswith("$ ")]
PYTHON = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
MAKE = re.findall(r"^    make (\w+)", README, re.MULTILINE)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a page on loopback that stands for https://example.org/story."""
    story = (ROOT / "seeds/000_354ce8bbc15340bc.txt").read_text(encoding="utf-8")
    page = (
        "<html><body><article>"
        + "".join(f"<p>{line}</p>" for line in story.splitlines())
        + "</article></body></html>"
    )

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/story"
    server.shutdown()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the README's commands name, and the two commands on its path."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    story = (ROOT / "seeds/000_354ce8bbc15340bc.txt").read_text(encoding="utf-8")
    (folder / "article.txt").write_text(story, encoding="utf-8")
    paragraphs = "".join(f"<p>{line}</p>" for line in story.splitlines())
    (folder / "article.html").write_text(
        f"<html><body><article>{paragraphs}</article></body></html>", encoding="utf-8"
    )
    (folder / "summary.txt").write_text("Trump plans to speak with Putin on Monday.", encoding="utf-8")
    shutil.copytree(ROOT / "seeds", folder / "news")
    rows = [
        {"id": str(n), "article": story, "highlights": "Trump is to call Putin on Monday."} for n in range(3)
    ]
    (folder / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "outputs.txt").write_text("Trump calls Putin.\nTalks failed.\n", encoding="utf-8")
    (folder / "refs.txt").write_text("Trump is to call Putin.\nThe talks failed.\n", encoding="utf-8")
    commands = folder / "bin"
    commands.mkdir()
    for name, module in (("summarize", "summarize.cli"), ("summarize-eval", "summarize_eval.cli")):
        script = commands / name
        script.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m {module} "$@"\n')
        script.chmod(0o755)
    return folder


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "80", "HF_HUB_OFFLINE": "1"}
    environment["SUMMARIZE_CACHE"] = str(folder / "cache")
    return subprocess.run(
        command, shell=True, cwd=folder, env=environment, text=True, capture_output=True, timeout=300
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_command_of_the_readme_runs(command: str, folder: Path, site: str) -> None:
    done = run(command.replace("https://example.org/story", site), folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout or "-o " in command or "--output" in command


def test_readme_shows_what_the_main_job_prints(folder: Path) -> None:
    block = CONSOLE[0]
    command, shown = block.split("\n", 1)
    assert run(command[2:], folder).stdout.strip() == shown.strip()


@pytest.mark.parametrize("code", PYTHON)
def test_python_of_the_readme_runs(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, text=True, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "Rain" in done.stdout


@pytest.mark.parametrize("target", MAKE)
def test_make_target_of_the_readme_exists(target: str) -> None:
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not installed: apt-get install make")
    done = subprocess.run([make, "--dry-run", target], cwd=ROOT, text=True, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_every_document_the_readme_names_is_there() -> None:
    for name in re.findall(r"\]\((docs/[^)#]+)", README):
        assert (ROOT / name).is_file(), name
