"""An evaluation as a JSON object, and its schema, which ships in `results.schema.json` beside this file.

The number in `SCHEMA` rises when a field comes, goes or changes its meaning.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import numpy as np

from summarize.evidence import Tally

from ..comparison import Comparison
from ..metrics.editing import Defects
from ..results import Evaluation, Result
from ..rouge.rouge import MEASURES

SCHEMA = "summarize-evaluation/1"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what `record` returns."""
    found: dict[str, Any] = json.loads(
        (files(__package__) / "results.schema.json").read_text(encoding="utf-8")
    )
    return found


def record(evaluation: Evaluation) -> dict[str, Any]:
    """Return the whole evaluation in plain types; scores from 0 to 1, without the articles."""
    return {
        "schema": SCHEMA,
        "dataset": evaluation.dataset,
        "documents": len(evaluation.ids),
        "signature": evaluation.signature,
        "metrics": list(evaluation.metrics),
        "notes": evaluation.notes,
        "problems": evaluation.problems,
        "systems": [_system(evaluation, result) for result in evaluation.results],
    }


def _system(evaluation: Evaluation, result: Result) -> dict[str, Any]:
    scores: dict[str, Any] = {}
    figures: dict[str, Any] = {}
    for column, name in enumerate(evaluation.columns):
        found = {end: _number(getattr(result.interval, end)[column]) for end in ("low", "high")}
        if result.comparison is not None:
            found |= _compared(result.comparison, column)
        if column < len(evaluation.types):
            measures = map(float, result.means[column])
            scores[name] = {**dict(zip(MEASURES, measures, strict=True)), **found}
        else:
            figures[name] = {"mean": float(result.interval.mean[column]), **found}
    return {
        "name": result.system.name,
        "signature": result.system.signature,
        "scores": scores,
        "figures": figures,
        "statistics": result.statistics,
        "support": _checked(result.system.tally),
        "editing": _edited(result.system.defects),
        "documents_per_second": result.rate,
        "seconds_per_document": 1 / result.rate if result.rate else None,
        "empty": result.empty,
        "failures": list(result.system.failures),
        "documents": [
            {
                "id": number,
                "text": text,
                **dict(zip(evaluation.columns, row, strict=True)),
            }
            for number, text, row in zip(
                evaluation.ids, result.system.texts, result.columns.tolist(), strict=True
            )
        ],
    }


def _compared(one: Comparison, column: int) -> dict[str, Any]:
    means = {"difference": one.difference, "equal_length": one.equal_length}
    ends = ("mean", "low", "high")
    return {
        **{
            name: {end: _number(getattr(found, end)[column]) for end in ends}
            for name, found in means.items()
            if found and column < len(found.mean)
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


def _edited(defects: Defects | None) -> dict[str, Any] | None:
    if defects is None:
        return None
    found = {"lines": defects.lines, "flawed": defects.flawed, "defects_per_100": defects.per_100}
    return {**found, "defects": dict(defects.kinds)}


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
