"""Benchmark parts on quality: extractive summaries, headlines, and whole systems beside the peers.

Method: the last 400 rows of cnndm_validation with the "(CNN)" dateline removed, three sentences or
bullets; for headlines every second row of wikinews in the order of ids, from the second. Nothing was trained
or tuned on either; the other half of wikinews trains `news`.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from summarize import parse
from summarize.errors import InputError, SummarizeError

from ..data.dataset import Example, columns, open_dataset
from ..evaluate import evaluate
from ..reports.tables import footnotes, label, table
from ..results import Evaluation, Settings, System
from ..rouge.rouge import Rouge
from ..run import names_of, run
from .measure import ChildRun, run_child
from .oracle import lead, oracle
from .parts import Bench, Table
from .peers import PEERS, Peer

_DATELINE = re.compile(r"^\s*\(CNN\)(?:\s*--?\s*)?")
LAST = 400
TYPES = ("rouge1", "rouge2", "rougeLsum")


def read(bench: Bench, name: str, headline: bool = False) -> list[Example]:
    """Return the examples of a set in the data folder.

    Raises:
        InputError: where the set is not there.
    """
    for ending in (".jsonl.gz", ".jsonl"):
        path = Path(bench.data) / f"{name}{ending}"
        if path.exists():
            return open_dataset(str(path), asked=columns(headline=headline)).take()
    raise InputError(f"{bench.data} holds no {name}.jsonl.gz; name the folder of the sets with --data")


def validation(bench: Bench) -> list[Example]:
    """Return the last 400 rows of cnndm_validation without their dateline."""
    examples = read(bench, "cnndm_validation")[-(40 if bench.quick else LAST) :]
    return [replace(example, text=_DATELINE.sub("", example.text)) for example in examples]


def extractive(bench: Bench) -> list[Table]:
    """Score the extractive summarizers between lead-3 and the greedy oracle."""
    examples = validation(bench)
    references = [example.references for example in examples]
    sentences = [[s.line for s in parse(example.text).sentences] for example in examples]
    systems = [System("lead-3", [lead(article) for article in sentences])]
    names = ["news", "lead", "textrank", "textrank:plain=True", "random"]
    systems += run(names, examples, "bullets", quiet=True)
    systems.append(System("oracle", oracle(sentences, references)))
    evaluation = _evaluate("cnndm_validation", systems, examples)
    notes = ("lead-3 is the first three sentences; oracle chooses three knowing the reference",)
    return [score_table("Extractive quality, three bullets", evaluation, notes)]


def headlines(bench: Bench) -> list[Table]:
    """Score headlines of at most 12 words."""
    examples = sorted(read(bench, "wikinews", headline=True), key=lambda example: example.id)[1::2]
    examples = examples[: 40 if bench.quick else None]
    first = [next((s.line for s in parse(example.text).sentences), "") for example in examples]
    systems = [
        System("first 12 words", [" ".join(text.split()[:12]) for text in first]),
        System("first sentence", first),
        *run(["news", "textrank", "lead"], examples, "headline", quiet=True),
    ]
    evaluation = _evaluate("wikinews, checking half", systems, examples, ("rouge1", "rouge2", "rougeL"))
    words = [[result.system.name, _longest(result.system.texts)] for result in evaluation.results]
    longest = ", ".join(f"{name} {count}" for name, count in words)
    return [score_table("Headlines", evaluation, (f"most words in one headline: {longest}",))]


def systems(bench: Bench) -> list[Table]:
    """Run every summarizer that can run here and every peer, each in a process of its own."""
    limit = bench.limit or (20 if bench.quick else 100)
    if bench.dataset:
        name, examples = bench.dataset, open_dataset(bench.dataset).take(limit)
    else:
        name, examples = "cnndm_validation", validation(bench)[-limit:]
    peers = [peer for peer in PEERS.values() if peer.installed]
    wanted = [*names_of(bench.summarizers), *(peer.ours for peer in peers), *(peer.name for peer in peers)]
    runs, notes = _run_children(dict.fromkeys(wanted), [example.text for example in examples])
    evaluation = _evaluate(name, [System(system, found.texts) for system, found in runs.items()], examples)
    header, rows = table(evaluation)
    kept = len(TYPES) + 1
    cells = []
    for row, found in zip(rows, runs.values(), strict=True):
        rate = f"{1 / statistics.median(found.seconds):.4g}"
        cells.append([*row[:kept], rate, f"{found.start:.2f}", f"{found.memory / 2**20:.0f}"])
    header = [*header[:kept], "docs/s", "start s", "peak MiB"]
    note = "docs/s of the median document, text to lines; each system alone in a new process"
    return [
        Table(
            f"Systems on {len(examples)} articles of {name}",
            header,
            cells,
            (note, *notes, *footnotes(evaluation)),
        ),
        Table(
            "Ratios, above 1 where ours is better",
            ["ours : peer", "documents per second", "start-up", "memory"],
            [_ratios(peer, runs) for peer in peers if peer.name in runs and peer.ours in runs],
        ),
    ]


def _run_children(systems: Iterable[str], texts: Sequence[str]) -> tuple[dict[str, ChildRun], list[str]]:
    """Run each system in a process of its own; note those that cannot run here."""
    runs: dict[str, ChildRun] = {}
    notes = []
    for system in systems:
        try:
            runs[system] = run_child(system, texts)
        except SummarizeError as error:
            notes.append(f"{system} did not run: {error}")
    return runs, notes


def _ratios(peer: Peer, runs: Mapping[str, ChildRun]) -> list[str]:
    ours, theirs = runs[peer.ours], runs[peer.name]
    faster = statistics.median(theirs.seconds) / statistics.median(ours.seconds)
    start, memory = theirs.start / ours.start, theirs.memory / ours.memory
    return [f"{peer.ours} : {peer.name}", f"{faster:.2f}", f"{start:.2f}", f"{memory:.2f}"]


def _evaluate(
    name: str, systems: Sequence[System], examples: Sequence[Example], types: Sequence[str] = TYPES
) -> Evaluation:
    return evaluate(
        name,
        systems,
        [example.references for example in examples],
        Rouge(types),
        Settings(test="paired-bs"),
        [example.id for example in examples],
    )


def score_table(title: str, evaluation: Evaluation, notes: Sequence[str]) -> Table:
    """Put the scores of an evaluation into a benchmark's table; statistics and speed are for other parts."""
    _, rows = table(evaluation)
    kept = 1 + len(evaluation.types)
    words = [
        f"{sum(len(t.split()) for t in r.system.texts) / len(r.system.texts):.1f}" for r in evaluation.results
    ]
    return Table(
        f"{title}: {evaluation.dataset}, {len(evaluation.ids)} documents",
        ["system", *map(label, evaluation.types), "words"],
        [[*row[:kept], count] for row, count in zip(rows, words, strict=True)],
        (*notes, *footnotes(evaluation), evaluation.signature),
    )


def _longest(texts: Sequence[str]) -> str:
    return str(max((len(text.split()) for text in texts), default=0))
