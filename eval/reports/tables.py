"""An evaluation as a table for the terminal and in Markdown; LaTeX, JSON and HTML are in other modules."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from summarize.errors import OptionError
from summarize.evidence import Tally
from summarize.printing import clean
from summarize.writing.markdown import escape

from ..comparison import SIGNIFICANT, Comparison
from ..results import Evaluation, Result
from ..rouge.rouge import MEASURES
from ..significance import Interval
from .latex import latex
from .record import record

FORMATS = ("text", "json", "markdown", "latex")
LABELS = {"rougeL": "R-L", "rougeLsum": "R-Lsum"}
_F = MEASURES.index("fmeasure")
# The statistics that a table shows, with its heading, and what to multiply by; JSON has them all.
_SHOWN = (
    ("words", "words", 1),
    ("coverage", "coverage", 1),
    ("density", "density", 1),
    ("new_bigrams", "new 2-grams %", 100),
    ("repetition", "repeated %", 100),
)


def render(evaluation: Evaluation, format: str = "text", measure: str = "fmeasure") -> str:
    """Return a report.

    Args:
        evaluation: what to report.
        format: "text", "json", "markdown" or "latex".
        measure: "precision", "recall" or "fmeasure"; intervals and tests are of F and shown with it only.

    Raises:
        OptionError: for another format or measure.
    """
    if measure not in MEASURES:
        raise OptionError(f"no measure is called {measure!r}; there are {', '.join(MEASURES)}")
    if format == "json":
        return json.dumps(record(evaluation), indent=2, ensure_ascii=False)
    writers = {"text": _text, "markdown": _markdown, "latex": latex}
    if format in writers:
        number = MEASURES.index(measure)
        return writers[format](
            evaluation, *table(evaluation, number), [*footnotes(evaluation, number), *_signatures(evaluation)]
        )
    raise OptionError(f"no format is called {format!r}; there are {', '.join(FORMATS)}")


def label(name: str) -> str:
    """Return how tables head a ROUGE type.

    Example:
        >>> label("rouge2"), label("rougeLsum")
        ('R-2', 'R-Lsum')
    """
    return LABELS.get(name, name.replace("rouge", "R-"))


def table(evaluation: Evaluation, measure: int = _F) -> tuple[list[str], list[list[str]]]:
    """Return the header and one row of cells for each system."""
    shown = [(name, head, times) for name, head, times in _SHOWN if _any_has(evaluation, name)]
    checked = any(result.system.tally for result in evaluation.results)
    timed = any(result.rate for result in evaluation.results)
    edited = any(result.system.defects for result in evaluation.results)
    further = evaluation.columns[len(evaluation.types) :]
    header = ["system", *map(label, evaluation.types), *further, *(head for _, head, _ in shown)]
    header += ["support %", "flags/100"] * checked + ["defects/100"] * edited + ["s/doc", "docs/s"] * timed
    rows = []
    for result in evaluation.results:
        row = [
            result.system.name,
            *(_score(result, column, measure) for column in range(len(evaluation.types))),
            *(_figure(result, len(evaluation.types) + number) for number in range(len(further))),
        ]
        for name, _, times in shown:
            value = result.statistics.get(name)
            row.append("-" if value is None else f"{value * times:.{2 if times == 1 else 1}f}")
        if checked:
            row += _support(result.system.tally)
        if edited:
            defects = result.system.defects
            row.append(f"{defects.per_100:.1f}" if defects and defects.lines else "-")
        if timed:
            row += [f"{1 / result.rate:.3g}", f"{result.rate:.4g}"] if result.rate else ["-", "-"]
        rows.append(row)
    return header, rows


def _support(tally: Tally | None) -> list[str]:
    if tally is None or not tally.lines:
        return ["-", "-"]
    return [f"{100 * tally.mean_support:.1f}", f"{tally.flags_per_100:.1f}"]


def footnotes(evaluation: Evaluation, measure: int = _F) -> list[str]:
    """Return what a reader of the table must know."""
    settings = evaluation.settings
    lines = []
    if measure != _F or not settings.samples or len(evaluation.ids) < 2:
        lines.append(f"ROUGE {MEASURES[measure]} x 100, mean")
    else:
        lines.append(
            f"ROUGE F x 100, mean ± half the {settings.confidence:.0%} bootstrap interval "
            f"({settings.samples} resamples, seed {settings.seed})"
        )
    if settings.test and len(evaluation.results) > 1 and measure == _F:
        name = {"paired-bs": "paired bootstrap", "paired-ar": "approximate randomisation"}[settings.test]
        lines.append(
            f"* differs from {evaluation.results[0].system.name}, p < {SIGNIFICANT} ({name}, two-sided, "
            "Holm's correction over all systems and columns tested)"
        )
        lines += comparisons(evaluation)
    checked = [result.system for result in evaluation.results if result.system.tally]
    if checked:
        lines.append(
            "support: the mean share of a line's weight in its best source sentence; flags: what the article "
            "does not support, for 100 lines; defects: what an editor would look at, for 100 lines"
        )
    for system in checked:
        for what, found in (("flags", system.tally), ("defects", system.defects)):
            if found and found.kinds:
                kinds = ", ".join(f"{kind} {count}" for kind, count in found.kinds.items())
                lines.append(f"{system.name}: {what} in {found.lines} lines: {kinds}")
    lines += [f"note: {note}" for note in evaluation.notes]
    if evaluation.problems:
        lines.append(f"note: {len(evaluation.problems)} rows were skipped; first: {evaluation.problems[0]}")
    return lines


def comparisons(evaluation: Evaluation) -> list[str]:
    """Return how each system differs from the first: a line for each type, x 100, and each further figure."""
    lines = []
    for result in evaluation.results:
        if result.comparison:
            for column, name in enumerate(evaluation.columns):
                is_rouge = column < len(evaluation.types)
                how = (label(name), 100, 2) if is_rouge else (name, 1, 3)
                lines.append(f"{result.system.name}, {_difference(result.comparison, column, *how)}")
    return lines


def _difference(one: Comparison, column: int, title: str, times: int, places: int) -> str:
    text = (
        f"{title}: {_between(one.difference, column, times, places)}, d {one.effect[column]:+.2f}, "
        f"p {one.p[column]:.3f}, corrected {one.corrected[column]:.3f}; "
        f"80 % power from {times * one.detectable[column]:.{places}f}"
    )
    if one.equal_length and column < len(one.equal_length.mean):
        text += f"; at equal length {_between(one.equal_length, column, times, places)}"
    return text


def _between(found: Interval, column: int, times: int, places: int) -> str:
    mean, low, high = (times * end[column] for end in (found.mean, found.low, found.high))
    if np.isnan(low):
        return f"{mean:+.{places}f}"
    return f"{mean:+.{places}f} [{low:+.{places}f}, {high:+.{places}f}]"


def _signatures(evaluation: Evaluation) -> list[str]:
    """Return what wrote each system's texts, where it is known."""
    systems = [result.system for result in evaluation.results if result.system.signature]
    return [*evaluation.metrics, *(f"{system.name} is {system.signature}" for system in systems)]


def _any_has(evaluation: Evaluation, name: str) -> bool:
    return any(name in result.statistics for result in evaluation.results)


def _score(result: Result, column: int, measure: int) -> str:
    if measure != _F:
        return f"{100 * result.means[column, measure]:.2f}"
    return _with_interval(result, column, 100, 2)


def _figure(result: Result, column: int) -> str:
    return _with_interval(result, column, 1, 3)


def _with_interval(result: Result, column: int, times: int, places: int) -> str:
    """Return a mean with half its interval, and a star where it differs from the baseline's."""
    text = f"{times * result.interval.mean[column]:.{places}f}"
    half = times * (result.interval.high[column] - result.interval.low[column]) / 2
    if not np.isnan(half):
        text += f" ±{half:.{places}f}"
    if result.comparison is not None:
        text += "*" if result.comparison.corrected[column] < SIGNIFICANT else " "
    return text


def _title(evaluation: Evaluation) -> str:
    return f"{evaluation.dataset}: {len(evaluation.ids)} documents"


def _text(evaluation: Evaluation, header: list[str], rows: list[list[str]], foot: list[str]) -> str:
    lines = [_title(evaluation), "", *columns(header, rows), "", *foot, evaluation.signature]
    return "\n".join(lines)


def columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table in plain text: the first column to the left, figures to the right.

    Example:
        >>> columns(["system", "R-1"], [["lead", "28.49"]])
        ['system    R-1', 'lead    28.49']
    """
    widths = [max(map(len, cells)) for cells in zip(header, *rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if number == 0 else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ).rstrip()
        for cells in (header, *rows)
    ]


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table in Markdown.

    Example:
        >>> markdown_table(["a", "b"], [["1|", "2"]])
        ['| a | b |', '| --- | ---: |', '| 1\\\\| | 2 |']
    """
    lines = [[cell.strip().replace("|", "\\|") for cell in cells] for cells in (header, *rows)]
    rule = ["---", *["---:"] * (len(header) - 1)]
    return ["| " + " | ".join(cells) + " |" for cells in (lines[0], rule, *lines[1:])]


def _markdown(evaluation: Evaluation, header: list[str], rows: list[list[str]], foot: list[str]) -> str:
    rows = [[escape(name), *cells] for name, *cells in rows]
    signature = clean(evaluation.signature).replace("`", "'")
    return "\n".join(
        [
            f"### {escape(_title(evaluation))}\n",
            *markdown_table(header, rows),
            "",
            *(f"- {escape(line)}" for line in foot),
            f"- signature: `{signature}`",
        ]
    )
