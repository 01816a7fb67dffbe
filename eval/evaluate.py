"""Scores what systems wrote, with intervals, tests against a baseline, statistics and a signature.

Takes texts, however they came about (`run` has summarizers write them, `data.outputs` reads them),
and returns one `Evaluation`, which every report is made from.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from summarize.errors import OptionError
from summarize.version import __version__

from .comparison import compare, correct, cut_to_equal, leading
from .metrics.base import Metric, Sample
from .results import Evaluation, Floats, Result, Settings, System
from .rouge.rouge import Rouge
from .rouge.sentences import Lined, on_lines
from .significance import interval
from .statistics import describe, mean_statistics


def evaluate(
    dataset: str,
    systems: Sequence[System],
    references: Sequence[tuple[str, ...]],
    rouge: Rouge | None = None,
    settings: Settings | None = None,
    ids: Sequence[str] | None = None,
    articles: Sequence[str] | None = None,
    metrics: Sequence[Metric] = (),
) -> Evaluation:
    """Score systems against references.

    Args:
        dataset: what to call the data.
        systems: the first is the baseline of the tests.
        references: one or more for each document.
        rouge: the metric; rouge-score's with a stemmer by default.
        settings: seeds, sizes and the test.
        ids: of the documents; their numbers by default.
        articles: what the summaries are of, for statistics, examples and metrics that need them.
        metrics: further ones, whose figures stand beside ROUGE.

    Raises:
        OptionError: where a system has more or fewer texts than there are references, the tokenizer sees no
            word in most of the references, or a metric needs the articles and there are none.
    """
    rouge, settings = rouge or Rouge(), settings or Settings()
    for metric in metrics:
        if metric.needs_article and articles is None:
            raise OptionError(f"the metric {metric.name} needs the articles; name their file with --sources")
    flat = [text for several in references for text in several]
    blind = _refuse_blind(rouge, flat)
    theirs = on_lines(flat, settings.language, settings.lsum_split)
    texts = iter(theirs.texts)
    lined = [tuple(next(texts) for _ in several) for several in references]
    figures = _figures(metrics, systems, references, articles)
    results = [
        _score(system, lined, rouge, settings, articles, further)
        for system, further in zip(systems, figures, strict=True)
    ]
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
        tuple(metric.signature for metric in metrics),
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
    before = baseline.columns
    found = [compare(before, other.columns, settings.test or "", *sampling) for other in others]
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
    figures: dict[str, Floats],
) -> Result:
    texts, how, stray = on_lines(system.texts, settings.language, settings.lsum_split)
    scores = rouge.corpus(texts, references)
    statistics = system.statistics
    if statistics is None and articles is not None:
        statistics = [describe(article, text) for article, text in zip(articles, system.texts, strict=True)]
    columns = np.column_stack([scores[:, :, 2], *figures.values()])
    return Result(
        system,
        scores,
        figures,
        interval(columns, settings.samples, settings.seed, settings.confidence),
        mean_statistics(statistics or []),
        None,
        how,
        sum(not text.strip() for text in system.texts),
        stray,
        texts,
    )


def _figures(
    metrics: Sequence[Metric],
    systems: Sequence[System],
    references: Sequence[tuple[str, ...]],
    articles: Sequence[str] | None,
) -> list[dict[str, Floats]]:
    """Return for each system the figures of the metrics by name, shape (documents,)."""
    sources = articles if articles is not None else [""] * len(references)
    samples = [
        Sample(*parts) for system in systems for parts in zip(system.texts, references, sources, strict=True)
    ]
    found: list[dict[str, Floats]] = [{} for _ in systems]
    for metric in metrics:
        for name, values in metric.score(samples).items():
            if name in found[0]:
                raise OptionError(f"two metrics give a figure {name!r}; leave one of them out")
            for one, part in zip(found, values.reshape(len(systems), -1), strict=True):
                one[name] = part
    return found


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
