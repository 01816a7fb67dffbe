"""Benchmark parts on speed and memory: long texts, a book, start-up, ROUGE.

Method: ours and the peer in turns within one process, medians; a book and start-up in processes of their
own. Texts are articles of cnndm_train one after the other, a paragraph each.
"""

from __future__ import annotations

import importlib.util
import os
import time
from collections.abc import Iterator
from functools import partial
from itertools import chain, cycle
from pathlib import Path
from typing import Any

import numpy as np

from summarize import parse
from summarize.errors import MissingDependencyError
from summarize.reading.seeds import seeds

from ..evaluate import evaluate
from ..results import Settings, System
from ..rouge.rouge import TYPES, Rouge
from .measure import alternate, run_child, time_command, writer
from .parts import Bench, Table
from .peers import PEERS
from .quality import read


def long_text(bench: Bench, sentences: int) -> str:
    """Return a text of so many sentences: articles one after the other, again from the first if need be."""
    paragraphs: list[str] = []
    left = sentences
    for example in cycle(read(bench, "cnndm_train")):
        lines = [sentence.line for sentence in parse(example.text).sentences][:left]
        if lines:
            paragraphs.append(" ".join(lines))
        left -= len(lines)
        if left <= 0:
            break
    return "\n".join(paragraphs)


def extractive(bench: Bench) -> list[Table]:
    """Time text to brief against sumy's TextRank on the same text."""
    if not importlib.util.find_spec("sumy"):
        raise MissingDependencyError("the part speed compares with sumy: pip install sumy")
    ours, theirs = writer("textrank"), PEERS["sumy-textrank"].summarize
    rows = []
    for count, repeats in ((50, 21), (800, 3)) if bench.quick else ((50, 21), (800, 5), (2000, 3)):
        text = long_text(bench, count)
        sentences = [sentence.line for sentence in parse(text).sentences]
        ours(text), theirs(sentences[:20], 3)  # load both before the clock starts
        taken = alternate({"ours": partial(ours, text), "theirs": partial(theirs, sentences, 3)}, repeats)
        cells = [f"{1000 * taken['ours']:.1f}", f"{1000 * taken['theirs']:.1f}"]
        rows.append([str(count), *cells, f"{taken['theirs'] / taken['ours']:.1f}", str(repeats)])
    note = "ours: text to three bullets, the whole way; sumy: three sentences from sentences split beforehand"
    header = ["sentences", "textrank ms", "sumy TextRank ms", "times faster", "runs"]
    return [Table("Speed on long texts, medians of runs in turns", header, rows, (note,))]


def book(bench: Bench) -> list[Table]:
    """Measure a book of 20,000 sentences in a process of its own."""
    count = 2000 if bench.quick else 20_000
    found = run_child("textrank", [long_text(bench, count)])
    row = [str(count), f"{found.start:.1f}", f"{found.memory / 2**30:.2f}"]
    return [
        Table("A book, whole process", ["sentences", "seconds", "peak GiB"], [row], ("goal: 30 s, 2 GiB",))
    ]


def start(bench: Bench) -> list[Table]:
    """Time whole commands, from the start of the process to its end."""
    seed = seeds()[-1]
    commands = {
        "python (nothing)": ["-c", "pass"],
        "summarize --help": ["-m", "summarize.cli", "--help"],
        "summarize a seed": ["-m", "summarize.cli", str(seed)],
        "summarize-eval --help": ["-m", "summarize_eval.cli", "--help"],
        "sumy --help": [
            "-c",
            "import sys; sys.argv[1:] = ['--help']; from sumy.__main__ import main; main()",
        ],
    }
    wanted = {"summarize": "summarize.cli", "sumy": "sumy"}
    rows = []
    for name, arguments in commands.items():
        module = wanted.get(name.split()[0])
        if module and importlib.util.find_spec(module) is None:
            continue
        rows.append([name, f"{time_command(arguments, 3 if bench.quick else 9):.3f}"])
    return [Table("Start-up, median seconds of whole processes", ["command", "seconds"], rows)]


def rouge(bench: Bench) -> list[Table]:
    """Score published outputs with ours and with rouge-score, and time a whole evaluation; one process."""
    pairs = list(_published(bench))[: 1000 if bench.quick else None]
    predictions = [row["tconvs2s"] for row in pairs]
    references = [row["reference"] for row in pairs]
    rows = []
    for stemmer in (True, False):
        rust = _rust(predictions, references, stemmer)
        begin = time.perf_counter()
        ours = Rouge(stemmer=stemmer).corpus(predictions, references)
        middle = time.perf_counter()
        theirs = _rouge_score(predictions, references, stemmer)
        end = time.perf_counter()
        mine, other = middle - begin, end - middle
        gap = float(np.abs(ours - theirs).max())
        cells = [f"{mine:.2f}", f"{other:.2f}", f"{other / mine:.1f}", f"{gap:.0e}", rust]
        rows.append(["on" if stemmer else "off", str(len(pairs)), *cells])
    header = [
        "stemmer",
        "pairs",
        "ours s",
        "rouge-score s",
        "times faster",
        "largest difference",
        "rouge-score-rs s",
    ]
    note = "XSum test, TConvS2S; precision, recall and F of rouge1, rouge2, rougeL, rougeLsum; empty caches"
    tables = [Table("ROUGE against rouge-score", header, rows, (note,)), _papers(list(_published(bench)))]
    return [*tables, _evaluation(pairs, 100 if bench.quick else 10_000)]


def _rust(predictions: list[str], references: list[str], stemmer: bool) -> str:
    """Return the seconds of rouge-score-rs on one core, or "-" where it is not installed."""
    if importlib.util.find_spec("rouge_score_rs") is None:
        return "-"
    os.environ["RAYON_NUM_THREADS"] = "1"  # read when it first runs in parallel
    from rouge_score_rs.rouge_scorer import RougeScorer

    begin = time.perf_counter()
    RougeScorer(list(TYPES), use_stemmer=stemmer).score_batch(references, predictions)
    return f"{time.perf_counter() - begin:.2f}"


def _evaluation(rows: list[dict[str, Any]], samples: int) -> Table:
    """Time what `summarize-eval score` does for as many pairs as the CNN/DailyMail test set has."""
    count = 11_490 if samples > 100 else len(rows)
    several = [rows[number % len(rows)] for number in range(count)]
    references = [(row["reference"],) for row in several]
    systems = [System(name, [row[name] for row in several]) for name in ("lead", "tconvs2s")]
    cells = []
    for title, compared, test in (("one system", 1, None), ("two systems, paired bootstrap", 2, "paired-bs")):
        begin = time.perf_counter()
        evaluate("", systems[:compared], references, settings=Settings(samples=samples, test=test))
        cells.append([title, str(count), str(samples), f"{time.perf_counter() - begin:.1f}"])
    return Table("A whole evaluation", ["what", "pairs", "resamples", "seconds"], cells)


def _papers(rows: list[dict[str, Any]]) -> Table:
    """Compare with what the papers printed, which is what --rouge perl is for."""
    printed = {
        "lead": "16.30 / 1.60 / 11.95",
        "ptgen": "29.70 / 9.21 / 23.24",
        "tconvs2s": "31.89 / 11.54 / 25.75",
        "ext_oracle": "29.79 / 8.81 / 22.66",
    }
    cells = []
    for name, figures in printed.items():
        row = [name, figures]
        for mode in ("perl", "rouge-score"):
            scores = Rouge(TYPES[:3], mode).corpus([r[name] for r in rows], [r["reference"] for r in rows])
            row.append(" / ".join(f"{100 * value:.2f}" for value in scores[:, :, 2].mean(axis=0)))
        cells.append(row)
    header = ["XSum test", "the paper", "--rouge perl", "--rouge rouge-score"]
    return Table(f"R-1 / R-2 / R-L of published outputs, {len(rows)} pairs", header, cells)


def _published(bench: Bench) -> Iterator[dict[str, Any]]:
    from summarize.reading.inputs import open_inputs

    paths = (Path(bench.data) / f"xsum_published_outputs{ending}" for ending in (".jsonl.gz", ".jsonl"))
    sources = open_inputs([str(path) for path in paths if path.exists()])
    return (row.values() for row in chain.from_iterable(source.rows() for source in sources))


def _rouge_score(predictions: list[str], references: list[str], stemmer: bool) -> Any:
    try:
        from rouge_score.rouge_scorer import RougeScorer
    except ImportError as error:
        raise MissingDependencyError(
            "the part rouge compares with rouge-score: pip install rouge-score"
        ) from error
    scorer = RougeScorer(list(TYPES), use_stemmer=stemmer)
    scores = [scorer.score(reference, text) for text, reference in zip(predictions, references, strict=True)]
    return np.array([[tuple(score[name]) for name in TYPES] for score in scores])
