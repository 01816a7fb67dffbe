"""What programs may call by the page's API for scoring: typed functions on plain values.

The docstrings are what callers read. Summarizing is in `summarize.web.endpoints`.
"""

from __future__ import annotations

from typing import Any

from summarize.web.jobs import runs
from summarize.web.server.limits import as_list, check_text
from summarize.web.server.serving import session
from summarize.web.tools.endpoint import Endpoint, Schema, holding

from .reports.record import schema
from .rouge.rouge import MEASURES, TYPES


async def score_summary(summary: str, reference: str) -> dict[str, dict[str, float]]:
    """Score a summary against a reference by ROUGE-1, ROUGE-2, ROUGE-L and ROUGE-Lsum, as the papers do.

    Args:
        summary: the text to score, a sentence a line or not.
        reference: a summary written by people.

    Returns:
        precision, recall and fmeasure of each type, from 0 to 1.
    """
    given = check_text(summary, "There is no summary to score: give a text as `summary`")
    wanted = check_text(reference, "There is no reference to score against: give a text as `reference`")
    cost = 0.02 + 1e-10 * len(given) * len(wanted)
    async with runs.begin(session()) as run:
        scores: dict[str, dict[str, float]] = await run.do(_scores, summary, reference, cost=cost)
        return scores


def _scores(summary: str, reference: str) -> dict[str, dict[str, float]]:
    from .evaluate import evaluate
    from .results import Settings, System

    systems = [System("summary", [summary])]
    found = evaluate("api", systems, [(reference,)], settings=Settings(samples=1))
    means = found.results[0].means.tolist()
    return {kind: dict(zip(MEASURES, row, strict=True)) for kind, row in zip(found.types, means, strict=True)}


async def evaluate_summarizers(
    dataset: str = "seeds",
    summarizers: list[str] | str = "lead,textrank",
    style: str = "wysk",
    limit: int = 50,
) -> dict[str, Any]:
    """Score summarizers on a data set, with confidence intervals.

    Args:
        dataset: seeds, cnn_dailymail, xsum, multi_news, samsum, or owner/name on the hub.
        summarizers: names that list_summarizers gives, at most four, as a list or with commas between them.
        style: headline, bullets or wysk.
        limit: how many documents, 1 to 200.

    Returns:
        The evaluation: signature, and for each system its scores, intervals and statistics.
    """
    from .board import board

    async with runs.begin(session()) as run:
        asked = board(run, dataset, as_list(summarizers), style, limit, as_record=True)
        *_, (_, found) = [state async for state in asked]
    result: dict[str, Any] = found  # the last thing a board yields
    return result


def _rouge() -> Schema:
    measure = {"type": "number", "minimum": 0, "maximum": 1}
    one = holding(**dict.fromkeys(MEASURES, measure))
    return holding(**dict.fromkeys(TYPES, one))


PUBLIC = (
    Endpoint(score_summary, _rouge),
    Endpoint(evaluate_summarizers, schema, reaches_out=True),
)
