"""An evaluation as a LaTeX table (booktabs), its stars and bold figures after Holm's correction."""

from __future__ import annotations

from ..evaluate import leaders
from ..results import Evaluation


def latex(evaluation: Evaluation, header: list[str], rows: list[list[str]], foot: list[str]) -> str:
    """Return a table for booktabs; the best score of a type is bold where its lead is significant."""
    best = leaders(evaluation)
    lines = [
        "% needs \\usepackage{booktabs}",
        f"\\begin{{tabular}}{{l{'r' * (len(header) - 1)}}}",
        "\\toprule",
    ]
    lines.append(" & ".join(map(_escape, header)) + " \\\\")
    lines.append("\\midrule")
    for number, row in enumerate(rows):
        cells = [_escape(cell).replace("±", "$\\pm$").replace("*", "$^*$") for cell in row]
        for column in range(len(evaluation.types)):
            if best[column] == number:
                cells[column + 1] = f"\\textbf{{{cells[column + 1].strip()}}}"
        lines.append(" & ".join(cells) + " \\\\")
    lines += ["\\bottomrule", "\\end{tabular}"]
    lines += [f"% {line}" for line in [*foot, evaluation.signature]]
    return "\n".join(lines)


def _escape(text: str) -> str:
    special = {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}
    return "".join(special.get(c, f"\\{c}" if c in "&%$#_{}" else c) for c in text)
