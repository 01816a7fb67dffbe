"""Prints how metrics agree with human marks: `summarize-eval meta`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from summarize.errors import OptionError

from ..data.marks import Marked, read_marks
from .base import Floats
from .meta import CORRELATIONS, LEVELS, agreement_table, agreements
from .registry import installed_metrics, load_metric

SCHEMA = "summarize-agreement/1"  # agreement.schema.json, beside this file


def report(
    path: str,
    names: Sequence[str] | None = None,
    marks: Sequence[str] = (),
    correlation: str = "kendall",
    format: str = "text",
    samples: int = 1000,
    seed: int = 12345,
) -> str:
    """Return the agreement of metrics with the marks of a file, as text, Markdown or JSON.

    Args:
        path: as `read_marks` takes it.
        names: metrics as `load_metric` takes them; None for all that can run here.
        marks: columns of the marks.
        correlation: which one text and Markdown show; JSON has all.
        format: "text", "markdown" or "json".
        samples, seed: of the bootstrap.
    """
    from ..reports.tables import columns, markdown_table

    marked = read_marks(path, marks)
    metrics = [load_metric(name) for name in names or installed_metrics()]
    figures: dict[str, Floats] = {}
    for metric in metrics:
        found = _in_grid(metric.score(marked.samples), marked)
        if twice := figures.keys() & found.keys():
            raise OptionError(f"two metrics give the figure {min(twice)!r}; ask for one of them at a time")
        figures |= found
    shape = f"{len(marked.samples) // len(marked.systems)} articles, {len(marked.systems)} systems"
    signatures = [metric.signature for metric in metrics]
    if format == "json":
        correlations = {
            level: {
                kind: agreements(figures, marked.marks, level, kind, samples, seed) for kind in CORRELATIONS
            }
            for level in LEVELS
        }
        plain = json.loads(json.dumps(correlations, default=asdict))
        return json.dumps(
            {"schema": SCHEMA, "data": path, "size": shape, "signatures": signatures, "agreement": plain},
            indent=2,
        )
    parts = [f"{path}: {shape}, {correlation} with human marks"]
    for level in LEVELS:
        table = agreement_table(
            agreements(figures, marked.marks, level, correlation, samples, seed), list(marked.marks)
        )
        lines = markdown_table(*table) if format == "markdown" else columns(*table)
        parts.append("\n".join([f"{level} level", "", *lines]))
    left = [f"{marked.left_out} articles were left out: a system or a mark is missing"] * bool(
        marked.left_out
    )
    note = (
        f"95 % interval of {samples} resamples of the articles, seed {seed}; * no worse than the best (5 %)"
    )
    return "\n\n".join([*parts, "\n".join([note, *left, *signatures])])


def _in_grid(figures: dict[str, Floats], marked: Marked) -> dict[str, Floats]:
    return {name: values.reshape(-1, len(marked.systems)) for name, values in figures.items()}
