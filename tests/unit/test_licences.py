"""What is installed is pinned, and its licence is told."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import licences
import pytest
from batch_fixtures import ROOT
from packaging.utils import canonicalize_name

PINS = (ROOT / "constraints.txt").read_text("utf-8")
LIST = ROOT / "docs" / "licences.md"


@pytest.fixture(scope="module")
def installed() -> dict[str, licences.Distribution]:
    found = licences.brought()
    if "hypothesis" not in found or "gradio" not in found:
        pytest.skip("not everything is installed: make test installs it")
    return found


def test_everything_that_comes_in_is_pinned(installed: dict[str, licences.Distribution]) -> None:
    pinned = {canonicalize_name(name) for name in re.findall(r"^([\w.-]+)==", PINS, re.M)}
    assert sorted(installed.keys() - pinned) == []


def test_the_licence_of_everything_that_comes_in_is_in_the_list(
    installed: dict[str, licences.Distribution],
) -> None:
    told = dict(re.findall(r"^\| (\S+) \| (.+) \|$", LIST.read_text("utf-8"), re.M))
    listed = {canonicalize_name(name): named for name, named in told.items()}
    wrong = {
        name: licences.licence(package)
        for name, package in installed.items()
        if listed.get(name) != licences.licence(package)
    }
    assert not wrong, "python tests/licences.py > docs/licences.md"
    assert "not named" not in listed.values()


def test_the_script_prints_the_list(tmp_path: Path, installed: dict[str, licences.Distribution]) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "licences.py"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert f"| {installed['pycountry'].name} | LGPL-2.1-only |" in done.stdout
