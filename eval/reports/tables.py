"""An evaluation as a table for the terminal, Markdown, LaTeX or JSON; HTML is in `reports.html`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from summarize.errors import OptionError
from summarize.evidence import Tally
from summarize.printing import clean
from summarize.writing.markdown import escape

from ..comparison import SIGNIFICANT, Comparison
from ..evaluate import Evaluation, Result
from ..rouge.rouge import MEASURES
from ..significance import Interval
from .latex import latex

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
        return json.dumps(as_dict(evaluation), indent=2, ensure_ascii=False)
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
    header = ["system", *map(label, evaluation.types), *(head for _, head, _ in shown)]
    header += ["support %", "flags/100"] * checked + ["s/doc", "docs/s"] * timed
    rows = []
    for result in evaluation.results:
        row = [
            result.system.name,
            *(_score(result, column, measure) for column in range(len(evaluation.types))),
        ]
        for name, _, times in shown:
            value = result.statistics.get(name)
            row.append("-" if value is None else f"{value * times:.{2 if times == 1 else 1}f}")
        if checked:
            row += _support(result.system.tally)
        if timed:
            row += [f"{1 / result.rate:.3g}", f"{result.rate:.4g}"] if result.rate else ["-", "-"]
        rows.append(row)
    return header, rows


def _support(tally: Tally | None) -> list[str]:
    if tally is None or not tally.lines:
        return ["-", "-"]
    return [f"{100 * tally.mean_support:.1f}", f"{tally.flags_per_100:.1f}"]


def as_dict(evaluation: Evaluation) -> dict[str, Any]:
    """Return the whole evaluation in plain types; scores from 0 to 1, without the articles."""
    return {
        "dataset": evaluation.dataset,
        "documents": len(evaluation.ids),
        "signature": evaluation.signature,
        "notes": evaluation.notes,
        "problems": evaluation.problems,
        "systems": [_system(evaluation, result) for result in evaluation.results],
    }


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
            "Holm's correction over systems and types)"
        )
        lines += comparisons(evaluation)
    checked = [result.system for result in evaluation.results if result.system.tally]
    if checked:
        lines.append(
            "support: the mean share of a line's weight in its best source sentence; flags: what the article "
            "does not support, for 100 lines"
        )
    for system in checked:
        if system.tally and system.tally.kinds:
            kinds = ", ".join(f"{kind} {count}" for kind, count in system.tally.kinds.items())
            lines.append(f"{system.name}: flags in {system.tally.lines} lines: {kinds}")
    lines += [f"note: {note}" for note in evaluation.notes]
    if evaluation.problems:
        lines.append(f"note: {len(evaluation.problems)} rows were skipped; first: {evaluation.problems[0]}")
    return lines


def comparisons(evaluation: Evaluation) -> list[str]:
    """Return how each system differs from the first, a line for each type, scores x 100."""
    lines = []
    for result in evaluation.results:
        if one := result.comparison:
            for column, name in enumerate(evaluation.types):
                text = (
                    f"{result.system.name}, {label(name)}: {_between(one.difference, column)}, "
                    f"d {one.effect[column]:+.2f}, p {one.p[column]:.3f}, corrected "
                    f"{one.corrected[column]:.3f}; 80 % power from {100 * one.detectable[column]:.2f}"
                )
                if one.equal_length:
                    text += f"; at equal length {_between(one.equal_length, column)}"
                lines.append(text)
    return lines


def _between(found: Interval, column: int) -> str:
    mean, low, high = (100 * end[column] for end in (found.mean, found.low, found.high))
    return f"{mean:+.2f}" if np.isnan(low) else f"{mean:+.2f} [{low:+.2f}, {high:+.2f}]"


def _signatures(evaluation: Evaluation) -> list[str]:
    """Return what wrote each system's texts, where it is known."""
    systems = [result.system for result in evaluation.results if result.system.signature]
    return [f"{system.name} is {system.signature}" for system in systems]


def _any_has(evaluation: Evaluation, name: str) -> bool:
    return any(name in result.statistics for result in evaluation.results)


def _score(result: Result, column: int, measure: int) -> str:
    text = f"{100 * result.means[column, measure]:.2f}"
    if measure != _F:
        return text
    half = 50 * (result.interval.high[column] - result.interval.low[column])
    if not np.isnan(half):
        text += f" ±{half:.2f}"
    if result.comparison is not None:
        text += "*" if result.comparison.corrected[column] < SIGNIFICANT else " "
    return text


def _system(evaluation: Evaluation, result: Result) -> dict[str, Any]:
    scores: dict[str, Any] = {}
    for column, name in enumerate(evaluation.types):
        scores[name] = {
            **dict(zip(MEASURES, map(float, result.means[column]), strict=True)),
            "low": _number(result.interval.low[column]),
            "high": _number(result.interval.high[column]),
        }
        if result.comparison is not None:
            scores[name] |= _compared(result.comparison, column)
    return {
        "name": result.system.name,
        "signature": result.system.signature,
        "scores": scores,
        "statistics": result.statistics,
        "support": _checked(result.system.tally),
        "documents_per_second": result.rate,
        "seconds_per_document": 1 / result.rate if result.rate else None,
        "empty": result.empty,
        "failures": list(result.system.failures),
        "documents": [
            {
                "id": number,
                "text": text,
                **{name: float(row[column, _F]) for column, name in enumerate(evaluation.types)},
            }
            for number, text, row in zip(evaluation.ids, result.system.texts, result.scores, strict=True)
        ],
    }


def _compared(one: Comparison, column: int) -> dict[str, Any]:
    means = {"difference": one.difference, "equal_length": one.equal_length}
    ends = ("mean", "low", "high")
    return {
        **{
            name: {end: _number(getattr(found, end)[column]) for end in ends}
            for name, found in means.items()
            if found
        },
        "effect": float(one.effect[column]),
        "p_value": float(one.p[column]),
        "p_value_holm": float(one.corrected[column]),
        "detectable": _number(one.detectable[column]),
    }


def _checked(tally: Tally | None) -> dict[str, Any] | None:
    if tally is None:
        return None
    return {
        "lines": tally.lines,
        "mean_support": tally.mean_support,
        "flags_per_100": tally.flags_per_100,
        "flags": dict(tally.kinds),
    }


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


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
