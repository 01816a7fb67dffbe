"""The benchmark runner: registered parts, each ours beside a peer in one run, and how to print them.

What is measured is in the parts (`benchmarks.quality`, `benchmarks.speed`); a new part is a
function from a `Bench` to tables and one line in `PARTS`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

from summarize.errors import OptionError
from summarize.version import __version__


@dataclass(frozen=True)
class Bench:
    """What a part works with.

    Attributes:
        data: folder with the evaluation sets (.jsonl or .jsonl.gz).
        quick: take smaller inputs: a check that all runs, no figure to publish.
        dataset: what the part "systems" runs on instead, as `data.dataset.open_dataset` takes it.
        limit: how many of its examples; 100 by default.
        summarizers: which of our summarizers it runs, as `--summarizers` of `run` takes them.
    """

    data: Path
    quick: bool = False
    dataset: str | None = None
    limit: int | None = None
    summarizers: str = "all"


@dataclass(frozen=True)
class Table:
    """A result: what was measured, how, and the figures."""

    title: str
    header: list[str]
    rows: list[list[str]]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of the benchmark; `function` is "module:name" of this folder, imported when run."""

    name: str
    about: str
    function: str


PARTS = (
    Part(
        "quality",
        "extractive quality between lead-3 and the oracle",
        "quality:extractive",
    ),
    Part(
        "headlines",
        "headlines against the first words and the first sentence",
        "quality:headlines",
    ),
    Part(
        "editing",
        "what an editor would not print, by kind, on every set",
        "editing:counts",
    ),
    Part("french", "French summaries and headlines beside sumy", "languages:french"),
    Part("languages", "how well languages are told", "languages:detection"),
    Part(
        "systems",
        "quality, speed, start-up and memory beside the peers",
        "quality:systems",
    ),
    Part(
        "speed",
        "text to brief against sumy's TextRank, by length",
        "speed:extractive",
    ),
    Part("book", "time and memory of 20,000 sentences", "speed:book"),
    Part("start", "start-up of the commands", "speed:start"),
    Part(
        "batch",
        "documents a second of batch runs against sumy, where the time goes",
        "batch:throughput",
    ),
    Part("batch-memory", "memory of 20,000 rows and of 200,000", "batch:memory"),
    Part(
        "abstractive",
        "ours against generate of transformers on a BART-large, one document and 16",
        "abstractive:speed",
    ),
    Part(
        "clusters",
        "stories told apart, beside plain agglomerative TF-IDF",
        "stories:clusters",
    ),
    Part(
        "story",
        "250 words of several articles on one event, beside lead, sumy and textrank",
        "telling:story",
    ),
    Part("digest", "a digest of 1,000 articles beside a plain batch", "telling:digest_cost"),
    Part(
        "rouge",
        "ROUGE against rouge-score: the same numbers, and how fast",
        "speed:rouge",
    ),
)


def run_parts(names: Iterable[str], bench: Bench) -> list[Table]:
    """Run parts of the benchmark by name, one after the other.

    Raises:
        OptionError: for a part that does not exist.
        InputError: where a part's data is not in the folder.
    """
    known = {part.name: part for part in PARTS}
    chosen = list(names)
    if unknown := [name for name in chosen if name not in known]:
        raise OptionError(f"no part is called {', '.join(map(repr, unknown))}; there are {', '.join(known)}")
    tables: list[Table] = []
    for name in chosen:
        print(f"benchmark: {name}: {known[name].about} ...", file=sys.stderr, flush=True)
        module, _, function = known[name].function.partition(":")
        tables += getattr(import_module(f".{module}", __package__), function)(bench)
    return tables


def show(tables: Sequence[Table], format: str = "text") -> str:
    """Return tables as text, Markdown or JSON, with the machine and the versions they were measured on."""
    from ..reports.tables import columns, markdown_table
    from .measure import machine

    setting = f"summarize-toolkit {__version__}, {versions()}; {machine()}"
    if format == "json":
        return json.dumps({"setting": setting, "tables": [asdict(table) for table in tables]}, indent=2)
    parts = []
    for table in tables:
        if format == "markdown":
            lines = [f"### {table.title}", "", *markdown_table(table.header, table.rows), ""]
            lines += [f"- {note}" for note in table.notes]
        else:
            lines = [table.title, "", *columns(table.header, table.rows), "", *table.notes]
        parts.append("\n".join(lines).rstrip())
    return "\n\n".join([*parts, setting])


def versions() -> str:
    """Return the versions of the peers that are installed."""
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for package in ("sumy", "summa", "rouge-score", "transformers", "ctranslate2", "torch", "numpy"):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)
