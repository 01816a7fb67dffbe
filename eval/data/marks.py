"""Reads summaries with human marks: a row for each article and system, as SummEval has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.errors import InputError
from summarize.reading.columns import ID_COLUMNS, TEXT_COLUMNS
from summarize.reading.inputs import open_inputs

from ..metrics.base import Sample
from .outputs import OUTPUT_COLUMNS

MARKS = ("coherence", "consistency", "fluency", "relevance")
_REFERENCES = ("references", "reference")


@dataclass(frozen=True)
class Marked:
    """Summaries with marks, article after article and in each the systems in one order.

    Attributes:
        samples: of length articles x systems.
        systems: their names.
        marks: by name, shape (articles, systems).
        left_out: how many articles were left out, since a system or a mark is missing.
    """

    samples: list[Sample]
    systems: list[str]
    marks: dict[str, NDArray[np.float64]]
    left_out: int


def read_marks(path: str, names: Sequence[str] = (), system: str = "system") -> Marked:
    """Read a file of summaries with marks.

    Args:
        path: JSON Lines or a table with columns for id, system, summary, article, reference(s) and marks.
        names: the columns of the marks; by default those of SummEval that are there.
        system: the column of the system.

    Raises:
        InputError: where the file or a column is not there, or no article has all systems.
    """
    if not Path(path).is_file():
        raise InputError(f"{path}: there is no such file")
    [source] = open_inputs([path])
    rows = [row.values() for row in source.rows()]
    if not rows:
        raise InputError(f"{path} holds no row")
    first = rows[0]
    names = list(names) or [name for name in MARKS if name in first]
    if not names:
        raise InputError(f"{path} has no column of marks; name some of {', '.join(first)} with --marks")
    if lacking := [name for name in (*names, system) if name not in first]:
        raise InputError(f"{path} has no column {', '.join(lacking)}; there are {', '.join(first)}")
    key = _column(path, first, ID_COLUMNS)
    by_article: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        by_article.setdefault(str(row[key]), {})[str(row[system])] = row
    systems = sorted({str(row[system]) for row in rows})
    whole = [found for found in by_article.values() if _is_whole(found, systems, names)]
    if len(systems) < 3 or not whole:
        raise InputError(f"{path}: needs three systems or more and an article that all of them summarized")
    ordered = [found[name] for found in whole for name in systems]
    summary, article = _column(path, first, ("summary", *OUTPUT_COLUMNS)), _column(path, first, TEXT_COLUMNS)
    references = _column(path, first, _REFERENCES)
    samples = [Sample(str(r[summary]), _texts(r[references]), str(r[article])) for r in ordered]
    shape = (len(whole), len(systems))
    marks = {name: np.array([float(row[name]) for row in ordered]).reshape(shape) for name in names}
    return Marked(samples, systems, marks, len(by_article) - len(whole))


def _column(path: str, row: dict[str, Any], names: Sequence[str]) -> str:
    found = next((name for name in names if name in row), None)
    if found is None:
        raise InputError(f"{path} has no column {' or '.join(names[:3])}; there are {', '.join(row)}")
    return found


def _is_whole(found: dict[str, dict[str, Any]], systems: Sequence[str], names: Sequence[str]) -> bool:
    return all(name in found and all(found[name].get(mark) is not None for mark in names) for name in systems)


def _texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(map(str, value))
