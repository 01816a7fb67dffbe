"""Scores what systems wrote, with intervals, tests against a baseline, statistics and a signature.

Takes texts, however they came about (`run` has summarizers write them, `data.outputs` reads them),
and returns one `Evaluation`, which every report is made from.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from summarize.errors import OptionError
from summarize.evidence import Tally
from summarize.version import __version__

from .comparison import Comparison, compare, correct, cut_to_equal, leading
from .rouge.rouge import Rouge
from .rouge.sentences import Lined, on_lines
from .significance import SAMPLES, SEED, Interval, interval
from .statistics import Statistics, describe, mean_statistics

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
        failures: one message for each document it failed on; its text is empty then.
    """

    name: str
    texts: list[str]
    signature: str = ""
    seconds: list[float] | None = None
    statistics: list[Statistics] | None = None
    tally: Tally | None = None
    failures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """The figures of one system.

    Attributes:
        system: whose they are.
        scores: precision, recall and F of each document and type, shape (documents, types, 3).
        interval: of the mean of F, arrays of shape (types,).
        statistics: means by name; a figure that is not known is left out.
        comparison: with the first system; None for the first itself, and where no test was asked for.
        lines: whether its sentences were on lines ("given") or were split here ("split").
        stray: how many of its texts have line breaks that were not taken for ends of sentences.
        lined: the texts as they were scored, one sentence a line.
        empty: how many of its texts are empty; they score 0.
    """

    system: System
    scores: Floats
    interval: Interval
    statistics: dict[str, float]
    comparison: Comparison | None
    lines: str
    empty: int
    stray: int = 0
    lined: list[str] = field(default_factory=list)

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
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def evaluate(
    dataset: str,
    systems: Sequence[System],
    references: Sequence[tuple[str, ...]],
    rouge: Rouge | None = None,
    settings: Settings | None = None,
    ids: Sequence[str] | None = None,
    articles: Sequence[str] | None = None,
) -> Evaluation:
    """Score systems against references.

    Args:
        dataset: what to call the data.
        systems: the first is the baseline of the tests.
        references: one or more for each document.
        rouge: the metric; rouge-score's with a stemmer by default.
        settings: seeds, sizes and the test.
        ids: of the documents; their numbers by default.
        articles: what the summaries are of, for statistics and examples.

    Raises:
        OptionError: where a system has more or fewer texts than there are references, or the tokenizer sees
            no word in most of the references.
    """
    rouge, settings = rouge or Rouge(), settings or Settings()
    flat = [text for several in references for text in several]
    blind = _refuse_blind(rouge, flat)
    theirs = on_lines(flat, settings.language, settings.lsum_split)
    texts = iter(theirs.texts)
    lined = [tuple(next(texts) for _ in several) for several in references]
    results: list[Result] = []
    for system in systems:
        found = _score(system, lined, rouge, settings, articles)
        results.append(found)
    if settings.test and results:
        results = _compared(results, lined, rouge, settings)
    signature = _signature(rouge, settings, references, theirs.how, results)
    notes = [*blind, *_notes(rouge, theirs, results)]
    names = list(ids) if ids is not None else [str(number) for number in range(1, len(references) + 1)]
    return Evaluation(
        dataset,
        names,
        list(articles) if articles is not None else None,
        list(references),
        results,
        rouge.types,
        signature,
        settings,
        notes=notes,
    )


def leaders(evaluation: Evaluation) -> list[int | None]:
    """Return for each type the number of the system whose lead is significant, or None."""
    means = np.array([result.means[:, 2] for result in evaluation.results])
    return leading(means, [result.comparison for result in evaluation.results])


def _compared(
    results: list[Result], references: Sequence[tuple[str, ...]], rouge: Rouge, settings: Settings
) -> list[Result]:
    """Return the results with each but the first compared with the first."""
    sampling = (settings.samples, settings.seed, settings.confidence)
    baseline, *others = results
    before = baseline.scores[:, :, 2]
    found = [compare(before, other.scores[:, :, 2], settings.test or "", *sampling) for other in others]
    if settings.equal_length:
        for number, other in enumerate(others):
            pair = cut_to_equal(baseline.lined, other.lined)
            one, two = (rouge.corpus(texts, references)[:, :, 2] for texts in pair)
            found[number] = replace(found[number], equal_length=interval(two - one, *sampling))
    compared = zip(others, correct(found), strict=True)
    return [baseline, *(replace(other, comparison=one) for other, one in compared)]


def _score(
    system: System,
    references: Sequence[tuple[str, ...]],
    rouge: Rouge,
    settings: Settings,
    articles: Sequence[str] | None,
) -> Result:
    texts, how, stray = on_lines(system.texts, settings.language, settings.lsum_split)
    scores = rouge.corpus(texts, references)
    statistics = system.statistics
    if statistics is None and articles is not None:
        statistics = [describe(article, text) for article, text in zip(articles, system.texts, strict=True)]
    return Result(
        system,
        scores,
        interval(scores[:, :, 2], settings.samples, settings.seed, settings.confidence),
        mean_statistics(statistics or []),
        None,
        how,
        sum(not text.strip() for text in system.texts),
        stray,
        texts,
    )


def _refuse_blind(rouge: Rouge, references: Sequence[str]) -> list[str]:
    """Return a note on references in a script that the tokenizer does not know; refuse a majority of them."""
    blind = rouge.blind(references)
    if 2 * blind > len(references):
        raise OptionError(
            f"the tokenizer {rouge.mode!r} knows the letters a-z only and sees no word in {blind} of "
            f"{len(references)} references; score them with --rouge unicode --language CODE"
        )
    return [f"{blind} references hold no word of the letters a-z and score 0: --rouge unicode"] * bool(blind)


def _signature(
    rouge: Rouge,
    settings: Settings,
    references: Sequence[tuple[str, ...]],
    theirs: str,
    results: Sequence[Result],
) -> str:
    """Name everything that a score depends on, after sacreBLEU."""
    counts = {len(several) for several in references}
    ours = sorted({result.lines for result in results})
    text = "\0".join(text for several in references for text in several)
    fields = {
        "references": str(counts.pop()) if len(counts) == 1 else "var",
        "sentences": f"references-{theirs}+systems-{'+'.join(ours)}",
        "documents": str(len(references)),
        "data": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        "bootstrap": str(settings.samples),
        "seed": str(settings.seed),
        "test": settings.test or "none",
        "version": __version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
    }
    return "|".join([rouge.signature, *(f"{key}:{value}" for key, value in fields.items())])


def _notes(rouge: Rouge, theirs: Lined, results: Sequence[Result]) -> list[str]:
    notes = []
    split = [result.system.name for result in results if result.lines == "split"]
    if "rougeLsum" in rouge.types and (split or theirs.how == "split"):
        who = ["the references"] * (theirs.how == "split") + split
        notes.append(f"rougeLsum: no line breaks in {', '.join(who)}; sentences were split here")
        stray = {"the references": theirs.stray} | {result.system.name: result.stray for result in results}
        for name, count in stray.items():
            if count:
                notes.append(
                    f"rougeLsum: {count} texts of {name} have line breaks, most have none; the breaks were "
                    "not taken for ends of sentences (--lsum-split lines does)"
                )
    for result in results:
        if result.empty:
            notes.append(f"{result.system.name}: {result.empty} summaries are empty and score 0")
        if result.system.failures:
            count = len(result.system.failures)
            notes.append(
                f"{result.system.name}: failed on {count} documents; first: {result.system.failures[0]}"
            )
    return notes
