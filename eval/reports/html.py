"""An evaluation as one self-contained HTML page: table, charts, and examples side by side.

No script, style or picture comes from elsewhere. The page's frame is `data/report.html`.
"""

from __future__ import annotations

import re
from html import escape
from importlib.resources import files

import numpy as np

from ..evaluate import leaders
from ..results import Evaluation
from . import charts
from .examples import EXAMPLES, as_script
from .examples import examples as chosen
from .tables import footnotes, label, table


def page(evaluation: Evaluation, examples: int = EXAMPLES) -> str:
    """Return the page.

    Args:
        evaluation: what to show.
        examples: how many documents to put on it at most.
    """
    frame = (files(__package__) / "report.html").read_text(encoding="utf-8")
    fields = {
        "title": escape(f"{evaluation.dataset}: {len(evaluation.ids)} documents"),
        "table": _table(evaluation),
        "footnotes": "".join(
            f"<li>{escape(line)}</li>" for line in (*footnotes(evaluation), *evaluation.metrics)
        ),
        "signature": escape(evaluation.signature),
        "charts": chart_sections(evaluation),
        "examples": as_script(chosen(evaluation, examples)),
        "count": str(min(examples, len(evaluation.ids))),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: fields[found[1]], frame)


def _table(evaluation: Evaluation) -> str:
    header, rows = table(evaluation)
    best = leaders(evaluation)
    heads = (f'<th scope="col"><button type="button">{escape(cell)}</button></th>' for cell in header)
    lines = ["<thead><tr>", *heads, "</tr></thead><tbody>"]
    for number, row in enumerate(rows):
        lines.append(f'<tr><th scope="row">{escape(row[0])}</th>')
        for column, cell in enumerate(row[1:]):
            leads = column < len(best) and best[column] == number
            value, _, more = escape(cell.strip()).partition(" ")
            shown = f"{value} <small>{more}</small>" if more else value
            kind = ' class="best"' if leads else ""
            lines.append(f'<td{kind} data-label="{escape(header[column + 1])}">{shown}</td>')
        lines.append("</tr>")
    return "".join([*lines, "</tbody>"])


def chart_sections(evaluation: Evaluation) -> str:
    """Draw the charts that the figures allow, each with its heading."""
    results, kind = evaluation.results, label(evaluation.types[0])
    names = [result.system.name for result in results]
    scores = [result.scores[:, 0, 2] for result in results]
    drawn: list[tuple[str, str]] = []
    timed = [result for result in results if result.rate]
    if len(timed) > 1:
        rates = [result.rate or 0.0 for result in timed]
        mean, low, high = (
            np.array([100 * getattr(result.interval, end)[0] for result in timed])
            for end in ("mean", "low", "high")
        )
        low, high = (np.where(np.isnan(end), mean, end) for end in (low, high))  # no interval: the dot alone
        chart = charts.quality_speed([result.system.name for result in timed], rates, mean, low, high, kind)
        drawn.append(("Quality against speed", chart))
    drawn.append((f"Distribution of {kind}", charts.distributions(names, scores, kind)))
    words = [np.array([float(len(text.split())) for text in result.system.texts]) for result in results]
    drawn.append((f"{kind} against length", charts.length_score(names, words, scores, kind)))
    if len(results) > 1:
        counts = [_wins(scores[0], other) for other in scores[1:]]
        chart = charts.wins(names[1:], names[0], counts, kind)
        drawn.append((f"Documents won and lost against {names[0]}", chart))
    return "".join(f"<section><h2>{escape(title)}</h2>{chart}</section>" for title, chart in drawn)


def _wins(baseline: charts.Floats, scores: charts.Floats) -> tuple[int, int, int]:
    """Count losses, ties and wins over documents.

    Example:
        >>> _wins(np.array([0.1, 0.2, 0.3]), np.array([0.2, 0.2, 0.5]))
        (0, 1, 2)
    """
    gap = scores - baseline
    return int((gap < -1e-12).sum()), int((abs(gap) <= 1e-12).sum()), int((gap > 1e-12).sum())
