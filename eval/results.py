"""What is evaluated and the results: systems, settings and figures. Scores nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from summarize.evidence import Tally

from .comparison import Comparison
from .metrics.editing import Defects
from .significance import SAMPLES, SEED, Interval
from .statistics import Statistics

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class System:
    """What one system wrote.

    Attributes:
        name: what tables call it.
        texts: one for each document, sentences on lines where they are known.
        signature: of what wrote it, or empty.
        seconds: how long each took, or None.
        statistics: of each text, where they are known already, or None.
        tally: what checking its lines against the articles found, or None where it was not done.
        defects: what an editor would look at in its lines, or None where it was not done.
        failures: one message for each document it failed on; its text is empty then.
    """

    name: str
    texts: list[str]
    signature: str = ""
    seconds: list[float] | None = None
    statistics: list[Statistics] | None = None
    tally: Tally | None = None
    defects: Defects | None = None
    failures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """The figures of one system.

    Attributes:
        system: whose they are.
        scores: precision, recall and F of each document and type, shape (documents, types, 3).
        figures: of each document by further metrics, by name, shape (documents,).
        interval: of the mean of F of each type and of each figure, arrays of shape (columns,).
        statistics: means by name; a figure that is not known is left out.
        comparison: with the first system; None for the first itself, and where no test was asked for.
        lines: whether its sentences were on lines ("given") or were split here ("split").
        stray: how many of its texts have line breaks that were not taken for ends of sentences.
        lined: the texts as they were scored, one sentence a line.
        empty: how many of its texts are empty; they score 0.
    """

    system: System
    scores: Floats
    figures: dict[str, Floats]
    interval: Interval
    statistics: dict[str, float]
    comparison: Comparison | None
    lines: str
    empty: int
    stray: int = 0
    lined: list[str] = field(default_factory=list)

    @property
    def columns(self) -> Floats:
        """F of each type and every figure, for each document, shape (documents, columns)."""
        return np.column_stack([self.scores[:, :, 2], *self.figures.values()])

    @property
    def means(self) -> Floats:
        """Mean precision, recall and F, shape (types, 3)."""
        means: Floats = self.scores.mean(axis=0)
        return means

    @property
    def rate(self) -> float | None:
        """Documents per second, or None where no time was taken."""
        total = sum(self.system.seconds or ())
        return len(self.system.texts) / total if total else None


@dataclass(frozen=True)
class Settings:
    """How to evaluate.

    Attributes:
        samples: resamples of the bootstrap and trials of a test.
        seed: of both.
        confidence: of the intervals.
        test: "paired-bs", "paired-ar" or None.
        language: of the texts, for splitting sentences.
        equal_length: compare with the first system at equal length too, where there is a test.
        lsum_split: where rougeLsum's sentences end, one of `summarize_eval.rouge.sentences.LSUM_SPLITS`.
    """

    samples: int = SAMPLES
    seed: int = SEED
    confidence: float = 0.95
    test: str | None = None
    language: str = "en"
    lsum_split: str = "auto"
    equal_length: bool = False


@dataclass(frozen=True)
class Evaluation:
    """Everything there is to report.

    Attributes:
        dataset: what the texts are of.
        ids, articles, references: of the documents; articles may be None.
        results: one for each system; the first is the baseline.
        types: of ROUGE.
        signature: what makes the scores reproducible, in one line.
        metrics: the signatures of further metrics.
        problems: rows that were skipped.
        notes: warnings.
    """

    dataset: str
    ids: list[str]
    articles: list[str] | None
    references: list[tuple[str, ...]]
    results: list[Result]
    types: tuple[str, ...]
    signature: str
    settings: Settings
    metrics: tuple[str, ...] = ()
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def columns(self) -> tuple[str, ...]:
        """The types of ROUGE and the figures of further metrics, as intervals and comparisons have them."""
        return (*self.types, *(self.results[0].figures if self.results else ()))
