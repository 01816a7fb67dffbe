"""Reads the annotated summaries that `trust.trust` measures on, each with what checking finds in it."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document
from summarize.errors import InputError
from summarize.evidence import Verdict, check, check_lines
from summarize.evidence.align import align_tokens
from summarize.evidence.facts import find_flags
from summarize.evidence.features import features, read_line
from summarize.evidence.score import COPIED, Model, combine
from summarize.evidence.source import read_source
from summarize.language.tokens import tokenize
from summarize.parsing.parse import parse
from summarize.reading.inputs import open_inputs

from .model import SIGNS, TrainingExample

Array = NDArray[np.float64]
_PASSES = 3
_MOST_CONSISTENT = 4.99
SETS = {
    "summedits": "SummEdits, news",
    "summedits_other": "SummEdits, other",
    "xsum": "XSum outputs",
    "qags_cnndm": "QAGS, CNN/DM",
    "summeval": "SummEval",
}
_FILES = {"summeval": "summeval_human"}
_TIMED = {"summedits", "xsum", "qags_cnndm"}


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotated summary and what checking found."""

    group: str
    article: int
    faithful: int
    verdict: Verdict
    example: TrainingExample | None
    lines: tuple[Array | None, ...]

    def score(self, model: Model) -> float:
        """Return the score under a model that need not be the one that ships."""
        return combine(
            [COPIED if x is None else model.probability(dict(zip(SIGNS, x, strict=True))) for x in self.lines]
        )


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast lines are checked on one core.

    Attributes:
        lines_a_second: once their articles are read.
        all_a_second: lines a second with the reading of their articles.
        article_ms: what reading an article takes, in milliseconds.
    """

    lines_a_second: float
    all_a_second: float
    article_ms: float

    def __str__(self) -> str:
        return (
            f"{self.all_a_second:,.0f} lines a second with the reading of their articles, "
            f"{self.lines_a_second:,.0f} without; {self.article_ms:.1f} ms to read an article"
        )


def read_articles(data_dir: Path, group: str) -> list[tuple[Document, list[dict[str, Any]]]]:
    """Return the articles of a set, parsed, each with the records of its summaries.

    Raises:
        InputError: where the set is missing.
    """
    path = data_dir / f"{_FILES.get(group, f'faithfulness_{group}')}.jsonl.gz"
    if not path.exists():
        raise InputError(f"{path} is not there: give the folder of the evaluation data with --data")
    [source] = open_inputs([str(path)])
    articles: dict[str, list[dict[str, Any]]] = {}
    for row in source.rows():
        record = row.values()
        articles.setdefault(record["article"], []).append(record)
    return [(parse(article, language="en"), summaries) for article, summaries in articles.items()]


def read_rows(data_dir: Path) -> tuple[list[Annotated], Speed]:
    """Read every set and check every summary; return the rows and the speed.

    Raises:
        InputError: where a set is missing.
    """
    rows: list[Annotated] = []
    read: list[tuple[Document, list[str]]] = []
    for group in SETS:
        for number, (document, summaries) in enumerate(read_articles(data_dir, group)):
            verdicts = [check(record["summary"], document) for record in summaries]
            if group in _TIMED:
                read.append((document, [line.text for verdict in verdicts for line in verdict.lines]))
            for record, verdict in zip(summaries, verdicts, strict=True):
                rows.append(_row(group, record, document, number, verdict))
    return rows, max((_time(read) for _ in range(_PASSES)), key=lambda speed: speed.lines_a_second)


def _time(read: list[tuple[Document, list[str]]]) -> Speed:
    """Time one more pass over what is read, when every table is in memory."""
    reading = checking = 0.0
    for document, lines in read:
        document = replace(document)  # a new object, so that no source of it is kept
        started = time.process_time()
        check_lines(lines[:1], document)
        between = time.process_time()
        check_lines(lines, document)
        reading += between - started
        checking += time.process_time() - between
    count = sum(len(lines) for _, lines in read)
    # The first line of each article was checked while it was read.
    reading -= checking * len(read) / count
    return Speed(count / checking, count / (checking + reading), 1000 * reading / len(read))


def _row(group: str, record: dict[str, Any], document: Document, article: int, verdict: Verdict) -> Annotated:
    lines = tuple(_features(line.text, document) for line in verdict.lines)
    faithful = is_faithful(record)
    if "sentences" in record:
        pairs = [(_features(s["sentence"], document), int(s["label"])) for s in record["sentences"]]
        known = [(x, label) for x, label in pairs if x is not None]
        labels: tuple[int, ...] | None = tuple(label for _, label in known)
        written = [x for x, _ in known]
    else:
        written = [x for x in lines if x is not None]
        labels = (1,) * len(written) if faithful else None
    example = TrainingExample(group, np.stack(written), labels) if written else None
    return Annotated(group, article, faithful, verdict, example, lines)


def is_faithful(record: dict[str, Any]) -> int:
    """Return 1 for a faithful summary; of SummEval's, for one that every expert marked 5 for consistency."""
    if "faithful" in record:
        return int(record["faithful"])
    return int(np.min(record["consistency"]) >= _MOST_CONSISTENT)


def _features(line: str, document: Document) -> Array | None:
    """Return the features of a line, or None for a copy, whose score is fixed."""
    source = read_source(document)
    tokens = tokenize(line, document.language)
    if not tokens or f" {' '.join(tokens.words).lower()} " in source.running:
        return None
    reading = read_line(tokens, source, [e.sentence for e in align_tokens(tokens, line, source)])
    found = features(reading, source, find_flags(line, reading, source))
    return np.array([found[name] for name in SIGNS])
