"""`summarize doctor`: what works on this machine, tried and not assumed, and what fixes the rest."""

from __future__ import annotations

import argparse
import platform
import re
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from summarize.commands.listing import entry
from summarize.errors import SummarizeError
from summarize.models.finding import Finding
from summarize.printing import say
from summarize.registry import table
from summarize.version import __version__

_DISTRIBUTION = "summarize-toolkit"
_REQUIREMENT = re.compile(r"([\w.-]+).*extra == ['\"]([\w-]+)['\"]")
# Extras that only bring others, or what develops the toolkit itself.
_NO_FEATURE = frozenset({"all", "dev"})
_BASE = ("numpy", "sentencex", "PyStemmer", "sumy", "trafilatura", "rich", "onnxruntime")
_SAMPLE = (
    "Rain fell on Leeds for three days. The river Aire rose by two metres on Monday. Nobody was hurt, "
    "the city said. Schools will stay closed until Thursday."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The doctor has no options."""


def run(options: argparse.Namespace) -> int:
    """Print what was found; return 1 where the base installation does not work."""
    base = list(_base())
    sections = (
        ("base", base),
        ("summarizers", _summarizers()),
        ("engines", _engines()),
        ("checkpoints", _checkpoints()),
        ("extras", _extras()),
    )
    for title, findings in sections:
        print(title)
        for finding in findings:
            say(f"  {'ok     ' if finding.works else 'missing'} {finding.name:14} {finding.detail}".rstrip())
    return 0 if all(finding.works for finding in base) else 1


def _base() -> Iterator[Finding]:
    yield Finding(
        "python", sys.version_info >= (3, 11), f"{platform.python_version()} on {platform.system()}"
    )
    yield Finding("summarize", True, __version__)
    for name in _BASE:
        yield _installed(name)
    yield _tried("main job", _main_job)


def _installed(name: str) -> Finding:
    try:
        return Finding(name, True, version(name))
    except PackageNotFoundError:
        return Finding(name, False, f"pip install {name}")


def _tried(what: str, job: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, job())
    except SummarizeError as error:
        return Finding(what, False, str(error))
    except Exception as error:  # whatever it is, saying it is the doctor's work
        return Finding(what, False, f"{type(error).__name__}: {error}")


def _main_job() -> str:
    from summarize import summarize

    brief = summarize(_SAMPLE)
    return f"wrote {brief.headline.text!r}" if brief.headline else "ran"


def _summarizers() -> Iterator[Finding]:
    for name in table():
        found = entry(name)
        yield Finding(name, found["runs"], found["missing"] or "")


def _engines() -> Iterator[Finding]:
    from summarize.models.checkup import engines_report

    yield from engines_report()


def _checkpoints() -> Iterator[Finding]:
    from summarize.models.checkup import checkpoints_report

    yield from checkpoints_report()


def _extras() -> Iterator[Finding]:
    """Every extra that the installed package declares, with what it brings."""
    for extra, names in sorted(_requirements().items()):
        found = [_installed(name) for name in names]
        if all(one.works for one in found):
            yield Finding(extra, True, ", ".join(f"{one.name} {one.detail}" for one in found))
        else:
            yield Finding(extra, False, f"pip install '{_DISTRIBUTION}[{extra}]'")


def _requirements() -> dict[str, list[str]]:
    """The distributions that each extra brings, by extra."""
    found: dict[str, list[str]] = {}
    try:
        lines = requires(_DISTRIBUTION) or []
    except PackageNotFoundError:
        return found
    for line in lines:
        match = _REQUIREMENT.match(line)
        if match and match[2] not in _NO_FEATURE and match[1] != _DISTRIBUTION:
            found.setdefault(match[2], []).append(match[1])
    return found
