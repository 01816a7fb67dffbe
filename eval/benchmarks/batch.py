"""Benchmark parts on batch runs: documents a second beside sumy, where the time goes, and constant memory.

Everything runs as a user runs it: commands in processes of their own, from a file of JSON Lines to a
file of JSON Lines. sumy's own command needs data that NLTK downloads, so sumy is called through its
library on the same rows, with sentences from our splitter; reading, splitting and writing are in its time.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from summarize.errors import SummarizeError

from .parts import Bench, Table
from .quality import read

ROWS = 10_000
_SUMY_ROWS = 1000  # of the 10,000: each different article once, since all rows would take it minutes


def throughput(bench: Bench) -> list[Table]:
    """Measure documents a second: one worker, two, and sumy's TextRank, in turns."""
    rows, runs = (40, 1) if bench.quick else (ROWS, 3)
    with tempfile.TemporaryDirectory() as folder:
        source = _articles(bench, Path(folder) / "articles.jsonl", rows)
        part = _articles(bench, Path(folder) / "part.jsonl", min(rows, _SUMY_ROWS))
        styles = {"three bullets": ["-s", "bullets"], "headline, bullets and box": []}
        calls: dict[str, Callable[[], float]] = {
            "sumy TextRank, three sentences": lambda: _sumy(part),
            **{
                f"ours, {name}, {workers} worker{'s' * (workers > 1)}": _call(source, options, workers)
                for name, options in styles.items()
                for workers in (1, 2)
            },
        }
        taken: dict[str, list[float]] = {name: [] for name in calls}
        for _ in range(runs):
            for name, call in calls.items():
                taken[name].append(call())
        counts = {name: min(rows, _SUMY_ROWS) if name.startswith("sumy") else rows for name in calls}
        rates = {name: counts[name] / statistics.median(seconds) for name, seconds in taken.items()}
        base = rates["sumy TextRank, three sentences"]
        lines = [[name, f"{rate:,.1f}", f"{rate / base:.1f}"] for name, rate in rates.items()]
        notes = (
            f"{rows:,} articles made by repeating cnndm_validation, {runs} runs in turns, medians",
            f"sumy: the first {min(rows, _SUMY_ROWS)} of the rows in one process, start-up left out; "
            "sentences from our splitter, words, stems and ranking its own; reading and writing in its time",
            "ours: `summarize batch`, whole processes; start-up, reading and writing in their time",
        )
        header = ["documents a second", "rate", "times sumy"]
        return [
            Table("Batch: documents a second", header, lines, notes),
            _where_time_goes(part),
        ]


def _articles(bench: Bench, path: Path, count: int) -> Path:
    examples = read(bench, "cnndm_validation")
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            row = {"id": f"{number}", "article": examples[number % len(examples)].text}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def _call(source: Path, options: list[str], workers: int) -> Callable[[], float]:
    return lambda: run_batch(source, [*options, "--workers", str(workers)])[0]


def run_batch(source: Path, options: list[str]) -> tuple[float, int]:
    """Run `summarize batch` over a file; return its seconds and its peak memory in bytes without its workers.

    Raises:
        SummarizeError: where the command fails.
    """
    output = source.with_name("briefs.jsonl")
    command = [
        sys.executable,
        "-m",
        "summarize",
        "batch",
        str(source),
        "-o",
        str(output),
        "--overwrite",
        *options,
    ]
    root = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": paths}, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, _memory(process.pid))
        time.sleep(0.05)
    seconds = time.perf_counter() - begin
    assert process.stderr is not None
    message = process.stderr.read().decode()
    process.stderr.close()
    if process.returncode:
        raise SummarizeError(f"{' '.join(command)} failed: {message.strip()}")
    return seconds, peak


def _memory(process: int) -> int:
    """The largest that the resident memory of a process has been, in bytes."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
        return 1024 * int(status.split("VmHWM:")[1].split()[0])
    except (OSError, IndexError):
        return 0


def _sumy(source: Path) -> float:
    """Return the seconds that sumy takes from a file of articles to a file of sentences."""
    from summarize.parsing.parse import parse

    from .peers import PEERS

    choose = PEERS["sumy-textrank"].summarize
    begin = time.perf_counter()
    with (
        open(source, encoding="utf-8") as file,
        open(source.with_name("sumy.jsonl"), "w", encoding="utf-8") as out,
    ):
        for line in file:
            row = json.loads(line)
            chosen = choose([sentence.line for sentence in parse(row["article"]).sentences], 3)
            out.write(json.dumps({"id": row["id"], "summary": chosen}, ensure_ascii=False) + "\n")
    return time.perf_counter() - begin


def _where_time_goes(source: Path) -> Table:
    """Time the steps of the work on one document after the other, in this process."""
    spent = dict.fromkeys(("reading", "splitting", "ranking", "headline", "bullets and box", "writing"), 0.0)
    for step, seconds in _steps(source):
        spent[step] += seconds
    total = sum(spent.values())
    count = source.read_bytes().count(b"\n")
    rows = [[name, f"{1000 * s / count:.2f}", f"{s / total:.0%}"] for name, s in spent.items()]
    rows.append(["all", f"{1000 * total / count:.2f}", "100%"])
    return Table("Batch: where the time goes, one worker", ["step", "ms a document", "share"], rows)


def _steps(source: Path) -> Iterator[tuple[str, float]]:
    """Yield (step, seconds) as the work goes on; the same calls as in `summarize.batch.work`."""
    from summarize.batch.work import Author, BatchSettings
    from summarize.composing.compose import compose
    from summarize.parsing.parse import parse
    from summarize.reading.lines import JsonLines
    from summarize.registry import load
    from summarize.style import BULLETS, HEADLINE, WYSK
    from summarize.summarizers.base import ExtractiveSummarizer
    from summarize.writing.record import dumps, to_record

    summarizer = load("textrank")
    assert isinstance(summarizer, ExtractiveSummarizer)
    clock = time.perf_counter
    list(
        Author(BatchSettings("textrank")).outcomes([next(JsonLines(str(source)).rows())])
    )  # loads everything
    rows = JsonLines(str(source)).rows()
    with open(source.with_name("steps.jsonl"), "wb") as out:
        begin = clock()
        for row in rows:
            text = row.values()["article"]
            yield "reading", -(begin - (begin := clock()))
            document = parse(text, source=row.where)
            yield "splitting", -(begin - (begin := clock()))
            if not document.sentences:
                continue
            scores = summarizer.score(document)
            yield "ranking", -(begin - (begin := clock()))
            lines = compose(document, scores, (HEADLINE,))
            yield "headline", -(begin - (begin := clock()))
            lines |= compose(document, scores, (BULLETS, WYSK))
            yield "bullets and box", -(begin - (begin := clock()))
            out.write(dumps(to_record(summarizer._assemble(document, lines))).encode() + b"\n")
            yield "writing", -(begin - (begin := clock()))


def memory(bench: Bench) -> list[Table]:
    """Compare the peak memory of a long run with that of one a tenth as long; no two rows are alike."""
    counts = (30, 300) if bench.quick else (20_000, 200_000)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for workers in (1, 2):
            peaks = []
            for count in counts:
                source = _short_articles(bench, Path(folder) / "articles.jsonl", count)
                peaks.append(run_batch(source, ["-s", "bullets", "--compact", "--workers", str(workers)])[1])
            cells = [f"{peak / 2**20:.1f}" for peak in peaks]
            rows.append([str(workers), *cells, f"{peaks[1] / peaks[0] - 1:+.1%}"])
    header = ["workers", *(f"{count:,} rows, MiB" for count in counts), "growth"]
    note = "peak resident memory of the process that reads and writes (with one worker, of all); goal: +10%"
    return [Table("Batch: memory", header, rows, (note,))]


def _short_articles(bench: Bench, path: Path, count: int) -> Path:
    """Write texts of three sentences from different articles, with numbers that no other row has."""
    from summarize.parsing.parse import parse

    sentences = [
        sentence.line
        for example in read(bench, "cnndm_validation")[:300]
        for sentence in parse(example.text).sentences
        if 6 <= len(sentence.line.split()) <= 25
    ]
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            chosen = [sentences[(number * 31 + step * 977) % len(sentences)] for step in range(2)]
            text = " ".join([*chosen, f"It was case word{number} of {number * 7919}."])
            file.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")
    return path
