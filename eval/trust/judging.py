"""What an entailment judge costs and adds: `summarize-eval trust --judge MODEL`.

On a sample of each annotated set the scores of the rules stand beside those with the judge. Both are of the
weights that ship, which were fitted on these sets, so only the difference tells something. Every line is
checked twice, and both passes are timed.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from summarize.document import Document
from summarize.evidence import Verdict, check
from summarize.models.judge import Judge

from .rows import SETS, is_faithful, read_articles
from .trust import area, balanced_accuracy

EACH = 100  # summaries of a set, evenly drawn


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """One set by the rules alone and with the judge.

    Attributes:
        auc, accuracy: ROC-AUC and balanced accuracy, (without the judge, with it).
    """

    name: str
    rows: int
    auc: tuple[float, float]
    accuracy: tuple[float, float]


@dataclass(frozen=True, slots=True)
class JudgeReport:
    """What was measured of a judge.

    Attributes:
        lines, asked: how many lines were checked, and how many of them the judge was asked about.
        seconds: for all lines with their articles read, (without the judge, with it).
    """

    judge: str
    device: str
    lines: int
    asked: int
    seconds: tuple[float, float]
    sets: tuple[JudgedSet, ...]

    def __str__(self) -> str:
        plain, judged = (self.lines / seconds for seconds in self.seconds)
        lines = [
            f"judge {self.judge} on {self.device}: {judged:,.1f} lines/s with it, {plain:,.0f} without",
            f"it was asked about {self.asked} of {self.lines} lines",
            f"{'shipped weights':18} {'rows':>5}  balanced accuracy  with judge  ROC-AUC  with judge",
        ]
        for one in self.sets:
            accuracy, auc = [[f"{100 * value:.1f}" for value in pair] for pair in (one.accuracy, one.auc)]
            lines.append(
                f"{one.name:18} {one.rows:5}  {accuracy[0]:>17}  {accuracy[1]:>10}  {auc[0]:>7}  {auc[1]:>10}"
            )
        return "\n".join(lines)


def run(data_dir: Path, judge: Judge, each: int = EACH) -> JudgeReport:
    """Check a sample of every set without a judge and with it.

    Raises:
        InputError: where a set is missing.
        ModelError: where the judge fails.
    """
    sets, verdicts = [], []
    seconds = [0.0, 0.0]
    for group, name in SETS.items():
        sample = _sample(data_dir, group, each)
        pairs = [
            (_timed(record, document, None, seconds), _timed(record, document, judge, seconds))
            for document, record in sample
        ]
        answers = np.array([is_faithful(record) for _, record in sample], dtype=np.float64)
        sets.append(_report(name, pairs, answers))
        verdicts += [judged for _, judged in pairs]
    lines = [line for verdict in verdicts for line in verdict.lines]
    asked = sum(line.judged is not None for line in lines)
    return JudgeReport(judge.name, judge.device, len(lines), asked, (seconds[0], seconds[1]), tuple(sets))


def _sample(data_dir: Path, group: str, each: int) -> list[tuple[Document, dict[str, Any]]]:
    articles = read_articles(data_dir, group)
    rows = [(document, record) for document, records in articles for record in records]
    return [rows[place * len(rows) // each] for place in range(each)] if len(rows) > each else rows


def _timed(record: dict[str, Any], document: Document, judge: Judge | None, seconds: list[float]) -> Verdict:
    document = replace(document)  # a new object, so that both passes read the article
    started = time.perf_counter()
    verdict = check(record["summary"], document, judge=judge)
    seconds[judge is not None] += time.perf_counter() - started
    return verdict


def _report(
    name: str, pairs: Sequence[tuple[Verdict, Verdict]], answers: np.ndarray[Any, np.dtype[np.float64]]
) -> JudgedSet:
    auc, accuracy = [], []
    for verdicts in zip(*pairs, strict=True):
        auc.append(area(np.array([verdict.score for verdict in verdicts]), answers))
        accuracy.append(balanced_accuracy(np.array([verdict.faithful for verdict in verdicts]), answers))
    return JudgedSet(name, len(pairs), (auc[0], auc[1]), (accuracy[0], accuracy[1]))
