"""The tools that are run for hours by hand, for some seconds: they work, and find nothing."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from batch_fixtures import ROOT, environment


def _run(tool: str, *options: object) -> str:
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "soak" / tool, *map(str, options)],
        capture_output=True,
        text=True,
        timeout=600,
        env=environment(),
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_hundred_texts_of_fuzzing_find_nothing() -> None:
    assert "100 texts, 0 failed" in _run("fuzz.py", "--texts", 100)


def test_some_kills_at_moments_and_at_operations_lose_and_double_no_row() -> None:
    pytest.importorskip("pyarrow")
    told = _run("kills.py", "--kills", 6, "--at", "both")
    assert re.search(r"^ +\d+ at a moment$", told, re.MULTILINE), told
    assert re.search(r"^ +\d+ at \S+, of (group|process)$", told, re.MULTILINE), told
    kills = re.search(r"(\d+) kills in \d+ runs of 300 rows, 0 wrong", told)
    assert kills and int(kills[1]) >= 6, told


def test_a_few_visitors_of_the_app_and_the_next_one() -> None:
    pytest.importorskip("gradio")
    options = {"visitors": 3, "idle": 3, "characters": 12_000, "seconds": 200, "within": 60}
    told = _run("visitors.py", *(part for name, value in options.items() for part in (f"--{name}", value)))
    assert "3 visitors" in told and "0 errors, 3 served, 0 left" in told, told


def test_the_first_brief_comes_soon_after_opening() -> None:
    pytest.importorskip("gradio")
    pytest.importorskip("playwright")
    told = _run("opening.py", "--times", 2, "--within", 60)
    assert re.search(r"median \d+\.\d\d \(\d+\.\d\d, \d+\.\d\d\)", told), told
