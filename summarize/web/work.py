"""The page's work as jobs: which lane a summarizer's work goes in, how long it takes, what came of it.

The functions that do it are in `web.running`; how jobs are run and ended is `web.jobs`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from summarize.document import Document
from summarize.errors import SummarizeError
from summarize.registry import find
from summarize.web import running
from summarize.web.jobs.lanes import StoppedError, WebJob, lanes
from summarize.web.jobs.runs import WebRun
from summarize.web.server.limits import check_text

CHEAP = 1.0  # seconds of work that stands in nobody's way
SAID = 5.0  # seconds that are told before work begins
_GROWTH = {2: "whose time grows with their square", 3: "whose time grows with their cube"}


@dataclass(frozen=True)
class Plan:
    """How one summarizer's work about one text is done.

    Attributes:
        lane: in which it is done.
        key: the model that it needs, or empty.
        cost: seconds that it takes, about.
        note: what is said before it begins, or empty.
        refusal: why it is not begun at all, or empty.
    """

    lane: str
    key: str = ""
    cost: float = 1.0
    note: str = ""
    refusal: str = ""


def plan(name: str, chosen: running.Choice, sentences: int, documents: int = 1) -> Plan:
    """Return how a summarizer's work is done.

    Args:
        name: of the summarizer.
        chosen: what its model is.
        sentences: of the longest document.
        documents: that are summarized together.
    """
    if name == running.CHAT:
        return Plan("remote", cost=2.0 * documents)
    if running.is_slow(name):
        model = str(running.options_for(name, chosen).get("model", ""))
        note = "A model is loaded the first time, which can take a minute or more."
        return Plan("model", f"{name} {model}", 5.0 * documents, note)
    try:
        factor, power = find(name).growth
    except SummarizeError:  # told by who runs it
        return Plan("quick", cost=0.0)
    each = factor * sentences**power
    cost = 0.01 + each * documents
    lane = "quick" if cost <= CHEAP else "long"
    most = lanes()["long"].seconds
    if each <= SAID:
        return Plan(lane, cost=cost)
    long = f"{sentences:,} sentences are long for {name}, {_GROWTH.get(power, 'which is slow')}: about"
    if each > most:
        return Plan(lane, cost=cost, refusal=f"{long} {_span(each)}, and the page gives it {_span(most)}. "
                    "Take textrank or news, a shorter text, or the command summarize")  # fmt: skip
    return Plan(lane, cost=cost, note=f"{long} {_span(each)}.")


def _span(seconds: float) -> str:
    """Return a time in words.

    Example:
        >>> [_span(seconds) for seconds in (7.4, 120, 9000)]
        ['7 seconds', '2 minutes', '2.5 hours']
    """
    for size, name in ((3600, "hours"), (60, "minutes")):
        if seconds >= 1.5 * size:
            return f"{seconds / size:.2g} {name}"
    return f"{seconds:.0f} seconds"


async def document_of(run: WebRun, text: str | None, language: str = "auto") -> Document:
    """Return an article that may be summarized, taken apart; as `running.document_of` does."""
    text = check_text(text)
    document: Document = await run.do(running.document_of, text, language, cost=0.001 + 4e-7 * len(text))
    return document


def start(
    run: WebRun,
    document: Document,
    name: str,
    chosen: running.Choice,
    planned: Plan,
    write: Callable[..., running.Outcome] = running.run_one,
) -> WebJob:
    """Have a summarizer write about a document; `running.run_told` also tells what it has so far."""
    how = {"lane": planned.lane, "key": planned.key, "cost": planned.cost}
    return run.start(write, document, name, chosen, **how)


async def outcome_of(run: WebRun, job: WebJob, name: str) -> running.Outcome:
    """Wait for what a summarizer wrote, or why it did not.

    Raises:
        StoppedError: where the run was stopped.
    """
    try:
        found: running.Outcome = await run.result(job)
    except StoppedError:
        raise
    except SummarizeError as error:
        return running.Outcome(name, error=str(error))
    return found


async def outcomes(run: WebRun, document: Document, chosen: running.Choice) -> AsyncIterator[running.Outcome]:
    """Yield what each summarizer wrote, the quickest first; a failing one stops no other.

    Raises:
        StoppedError: where the run was stopped.
    """
    for name, planned in order(document, chosen):
        if planned.refusal:
            yield running.Outcome(name, error=planned.refusal)
        else:
            yield await outcome_of(run, start(run, document, name, chosen, planned), name)


def order(document: Document, chosen: running.Choice) -> list[tuple[str, Plan]]:
    """Return the summarizers, the quickest first, with how each is run."""
    found = [(name, plan(name, chosen, len(document.sentences))) for name in chosen.names]
    return sorted(found, key=lambda one: (one[1].lane == "model", one[1].cost > CHEAP and one[1].cost))
