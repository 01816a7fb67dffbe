"""Summarizers by name: built in, from other packages, and not there."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from corpus import ROOT, SEED_PATHS

from summarize import SummarizeError, load, registry
from summarize.errors import (
    DuplicateSummarizerError,
    MissingDependencyError,
    OptionError,
    UnknownSummarizerError,
)
from summarize.options import options_of
from summarize.registry import BUILT_IN, DEFAULT, GROUP, find, table
from summarize.summarizers.base import Summarizer
from summarize.summarizers.lead import Lead


def test_every_built_in_name_leads_to_a_summarizer() -> None:
    for name in BUILT_IN:
        assert issubclass(find(name), Summarizer)
        assert find(name).about


def test_the_default_is_news() -> None:
    assert load().name == DEFAULT == "news"


def test_unknown_name_suggests_the_nearest() -> None:
    with pytest.raises(UnknownSummarizerError, match="did you mean textrank"):
        load("txtrank")
    with pytest.raises(UnknownSummarizerError, match="there are news, textrank, lead, "):
        load("zzzz")


def test_unknown_option_names_those_there_are() -> None:
    with pytest.raises(
        OptionError, match="textrank has no option 'dampning'; it has damping, direction, position, plain"
    ):
        load("textrank", dampning=0.5)
    with pytest.raises(OptionError, match="lead has no option 'seed'; it has none"):
        load("lead", seed=1)


@pytest.mark.parametrize(
    ("name", "option", "value", "wants"),
    [("textrank", "damping", "high", "number"), ("textrank", "plain", "yes", "true or false"), ("textrank", "plain", 1, "true or false"), ("random", "seed", 1.5, "whole number"), ("random", "seed", None, "whole number")],
)  # fmt: skip
def test_option_of_the_wrong_kind(name: str, option: str, value: object, wants: str) -> None:
    with pytest.raises(OptionError, match=f"{name}: {option} must be .*{wants}"):
        load(name, **{option: value})


def test_options_stand_in_the_signature() -> None:
    assert load("textrank", damping=0.7).signature.startswith("textrank|damping:0.7|direction:")
    assert load("random", seed=3).signature != load("random").signature


def test_options_of() -> None:
    assert options_of(find("random")) == {"seed": 0}


def test_missing_package_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lead, "requires", ("no_such_module_anywhere",))
    monkeypatch.setattr(Lead, "extra", "abstractive")
    with pytest.raises(MissingDependencyError, match=r"pip install 'summarize-toolkit\[abstractive\]'"):
        load("lead")


# -- plugins -------------------------------------------------------------------------------------------

PLUGIN = '''
from summarize.summarizers.base import ExtractiveSummarizer


class Longest(ExtractiveSummarizer):
    """The longest sentences first."""

    about = "the longest sentences"

    def __init__(self, power: float = 1.0) -> None:
        self.power = power

    def score(self, document):
        import numpy as np

        return np.array([len(sentence.text) ** self.power for sentence in document.sentences])
'''


def install(folder: Path, name: str = "longest", package: str = "scratch_plugin") -> Path:
    """Build a package with one summarizer and install it, for real, into a folder of its own."""
    source, target = folder / package, folder / f"{package}-installed"
    source.mkdir()
    (source / f"{package}.py").write_text(PLUGIN)
    (source / "pyproject.toml").write_text(
        f'[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        f'[project]\nname = "{package}"\nversion = "1.0"\n'
        f'[project.entry-points."{GROUP}"]\n{name} = "{package}:Longest"\n'
        f'[tool.hatch.build.targets.wheel]\ninclude = ["{package}.py"]\n'
    )
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    subprocess.run([*pip, "--target", str(target), str(source)], check=True, timeout=120, capture_output=True)
    return target


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling", reason="building a package needs hatchling: pip install hatchling")
    return install(tmp_path_factory.mktemp("plugin"))


def command(*arguments: str, path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "summarize", *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(path), str(ROOT)])},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_plugin_is_listed_and_used_by_name(plugin: Path) -> None:
    listed = command("list", path=plugin)
    assert "longest" in listed.stdout
    assert "power=1.0" in listed.stdout
    done = command(
        "--summarizer",
        "longest",
        "-O",
        "power=2",
        "--style",
        "bullets",
        "-n",
        "1",
        "--format",
        "json",
        str(SEED_PATHS[0]),
        path=plugin,
    )
    assert done.returncode == 0, done.stderr
    assert '"longest|power:2|' in done.stdout


def test_without_the_plugin_its_name_is_unknown(tmp_path: Path) -> None:
    done = command("--summarizer", "longest", str(SEED_PATHS[0]), path=tmp_path)
    assert done.returncode == 2
    assert "no summarizer is called 'longest'" in done.stderr


@pytest.mark.slow
def test_a_plugin_may_not_take_a_name_that_is_taken(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    done = command("list", path=install(tmp_path, name="lead"))
    assert done.returncode != 0
    assert "'lead' is claimed by scratch_plugin:Longest and by summarize.summarizers.lead:Lead" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_plugins_may_not_share_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [metadata.EntryPoint("mine", "one:A", GROUP), metadata.EntryPoint("mine", "two:B", GROUP)]
    monkeypatch.setattr(metadata, "entry_points", lambda **_: points)
    registry.table.cache_clear()
    try:
        with pytest.raises(DuplicateSummarizerError, match="two:B and by one:A"):
            table()
    finally:
        registry.table.cache_clear()


def test_a_broken_plugin_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [metadata.EntryPoint("broken", "no_such_module_at_all:A", GROUP)]
    monkeypatch.setattr(metadata, "entry_points", lambda **_: points)
    registry.table.cache_clear()
    try:
        with pytest.raises(SummarizeError, match="broken"):
            load("broken")
    finally:
        registry.table.cache_clear()
