"""What programs may call by the page's API for scoring: typed functions on plain values.

The docstrings are what callers read. Summarizing is in `summarize.web.endpoints`.
"""

from __future__ import annotations

import json
from typing import Any

from summarize.web.server.limits import check_text


def score_summary(summary: str, reference: str) -> dict[str, dict[str, float]]:
    """Score a summary against a reference by ROUGE-1, ROUGE-2, ROUGE-L and ROUGE-Lsum, as the papers do.

    Args:
        summary: the text to score, a sentence a line or not.
        reference: a summary written by people.

    Returns:
        precision, recall and fmeasure of each type, from 0 to 1.
    """
    from .evaluate import evaluate
    from .results import Settings, System

    systems = [System("summary", [check_text(summary)])]
    found = evaluate("api", systems, [(check_text(reference),)], settings=Settings(samples=1))
    names = ("precision", "recall", "fmeasure")
    means = found.results[0].means.tolist()
    return {kind: dict(zip(names, row, strict=True)) for kind, row in zip(found.types, means, strict=True)}


def evaluate_summarizers(
    dataset: str = "seeds", summarizers: list[str] | None = None, style: str = "bullets", limit: int = 50
) -> dict[str, Any]:
    """Score summarizers on a data set, with confidence intervals.

    Args:
        dataset: seeds, cnn_dailymail, xsum, multi_news, samsum, or owner/name on the hub.
        summarizers: names that list_summarizers gives, at most four; lead and textrank by default.
        style: headline, bullets or wysk.
        limit: how many documents, 1 to 200.

    Returns:
        The evaluation: signature, and for each system its scores, intervals and statistics.
    """
    from .reports.record import record
    from .side_by_side import board

    *_, (_, found) = board(dataset, summarizers or ["lead", "textrank"], style, limit)
    assert found is not None  # the last thing a board yields is the evaluation
    result: dict[str, Any] = json.loads(json.dumps(record(found), default=float))
    return result


PUBLIC = (score_summary, evaluate_summarizers)
