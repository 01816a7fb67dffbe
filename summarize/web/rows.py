"""Many articles in the page: a summarizer over the rows of a file, the first briefs shown as they come.

For files the page takes whole; longer ones are the command line's. How rows are read is given from
outside; what cannot be read or summarized is told by its place and stops nothing. A few rows at a time are
one job, so that a long file keeps nobody waiting, and what is done is there when it is stopped.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import islice

from summarize.brief import Brief
from summarize.document import Document
from summarize.errors import Failure, InputError, SummarizeError
from summarize.registry import find
from summarize.web.cards import copying
from summarize.web.folded import folded_card
from summarize.web.jobs.lanes import LimitError, StoppedError
from summarize.web.jobs.runs import WebRun
from summarize.web.markup import download, message, safe
from summarize.web.running import Choice, document_of, run_each
from summarize.web.server.limits import MAX_CHARACTERS, MAX_ROWS, MAX_ROWS_CHARACTERS
from summarize.web.server.telling import for_visitors
from summarize.web.work import Plan, plan
from summarize.writing.write import render

SHOWN = 10
SECONDS = 0.5  # of rows that are one job
_A_SENTENCE = 120  # characters, about


@dataclass(frozen=True)
class Given:
    """A row as the page has it.

    Attributes:
        id: what to call it in output and messages.
        text: the article, or empty.
        error: why there is none, or empty.
    """

    id: str
    text: str = ""
    error: str = ""


@dataclass
class RowsDone:
    """How far a run over rows is.

    Attributes:
        total: rows there are.
        briefs: what has been written.
        errors: one message for each row that failed.
        done: whether all rows have been seen.
        stopped: whether it was stopped before that.
    """

    total: int
    briefs: list[Brief] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    done: bool = False
    stopped: bool = False


def read_rows(rows_of: Callable[[str], Iterable[Given]], path: str) -> list[Given]:
    """Return the rows of an upload, one more than are done; a text that is too long is an error in its place.

    Raises:
        InputError: for a file that is no table, or holds too much.
    """
    found, characters = [], 0
    for one in islice(rows_of(path), MAX_ROWS + 1):
        if len(one.text) > MAX_CHARACTERS:
            one = Given(one.id, error=f"has more than {MAX_CHARACTERS:,} characters")
        characters += len(one.text)
        if characters > MAX_ROWS_CHARACTERS:
            raise InputError(
                f"the file holds more than the {MAX_ROWS_CHARACTERS:,} characters that the page takes; "
                "use the command summarize batch for it"
            )
        found.append(one)
    return found


async def run_rows(run: WebRun, rows: Iterable[Given], name: str, chosen: Choice) -> AsyncIterator[RowsDone]:
    """Yield the state after each few rows, the same object each time; the last is done, or stopped.

    Args:
        run: whose jobs they are.
        rows: at most `MAX_ROWS` are done; that there were more is told among the errors.
        name: of the summarizer.
        chosen: bullets, language and model.
    """
    given = list(islice(rows, MAX_ROWS + 1))
    progress = RowsDone(min(len(given), MAX_ROWS))
    if len(given) > MAX_ROWS:
        progress.errors.append(f"only the first {MAX_ROWS} rows are done; use the command line for more")
    at = 0
    try:
        while at < progress.total:
            batch, planned = next_batch(given[at : progress.total], name, chosen)
            at += len(batch)
            for result in await _written(run, batch, name, chosen, planned):
                if isinstance(result, Failure):
                    progress.errors.append(f"{result.source}: {for_visitors(result.reason)}")
                else:
                    progress.briefs.append(result)
            yield progress
        progress.done = True
    except StoppedError:
        progress.stopped = True
    yield progress


def next_batch(rows: list[Given], name: str, chosen: Choice) -> tuple[list[Given], Plan]:
    """Return the rows of the next job, and how it is done."""
    count = max(find(name).batch_size, 16)
    sentences = max(len(rows[0].text) // _A_SENTENCE, 1)
    planned = plan(name, chosen, sentences)
    if planned.lane in ("quick", "long"):
        each = max(planned.cost, 0.03)
        count = max(1, min(count, int(SECONDS / each)))
    else:
        count = find(name).batch_size
    batch = [rows[0]]
    for row in rows[1:count]:
        if len(row.text) > 2 * len(rows[0].text) + 2000:  # it may cost far more
            break
        batch.append(row)
    return batch, plan(name, chosen, sentences, len(batch))


async def _written(
    run: WebRun, batch: list[Given], name: str, chosen: Choice, planned: Plan
) -> list[Brief | Failure]:
    """Return what was written about some rows; where they need too much together, each is tried alone."""
    if planned.refusal:
        return [Failure(row.id, InputError(planned.refusal)) for row in batch]
    how = {"lane": planned.lane, "key": planned.key, "cost": planned.cost}
    try:
        found: list[Brief | Failure] = await run.do(write_rows, batch, name, chosen, **how)
    except StoppedError:
        raise
    except LimitError as error:
        if len(batch) == 1:
            return [Failure(batch[0].id, error)]
        return [(await _written(run, [row], name, chosen, planned))[0] for row in batch]
    except SummarizeError as error:
        return [Failure(row.id, error) for row in batch]
    return found


def write_rows(given: list[Given], name: str, chosen: Choice) -> list[Brief | Failure]:
    """Return what a summarizer writes about rows, in order, in the process that this is called in."""
    found = [_document(one, chosen) for one in given]
    written = iter(run_each([one for one in found if not isinstance(one, Failure)], name, chosen))
    return [one if isinstance(one, Failure) else next(written) for one in found]


def _document(one: Given, chosen: Choice) -> Document | Failure:
    try:
        if one.error:
            raise InputError(one.error)
        return replace(document_of(one.text, chosen.language), source=one.id)
    except SummarizeError as error:
        return Failure(one.id, error)


def _listed(briefs: Iterable[Brief], whole: bool) -> str:
    """Return briefs as a list of their headlines; whole, each opens as a card with its evidence."""
    items = []
    for brief in briefs:
        source, headline = brief.document.source or "", brief.headline
        line = f"<b>{safe(headline.text if headline else 'no headline')}</b> <small>{safe(source)}</small>"
        if whole:
            copy = copying(render(brief, "markdown"), f"Copy the brief of {source or 'this row'}")
            foot = f'<footer class="tools">{copy}</footer>'
            card = folded_card(brief, safe(f"{brief.summarizer}: {source}"), foot)
            line = f'<details class="row"><summary>{line}</summary>{card}</details>'
        items.append(f"<li>{line}</li>")
    return "".join(items)


def show(progress: RowsDone) -> str:
    """Return a run over rows as HTML: a bar, the first briefs, the errors, and what to download."""
    if not progress.total:
        return message("The file has no rows")
    seen = len(progress.briefs) + len(progress.errors)
    state = "done" if progress.done else '<span class="working">working…</span>'
    state = "stopped; what is done is below" if progress.stopped else state
    parts = [
        f'<p role="status">{len(progress.briefs)} briefs, {len(progress.errors)} errors, '
        f"{progress.total} rows: {state}</p>",
        f'<progress max="{max(progress.total, 1)}" value="{min(seen, progress.total)}" aria-label="Progress">'
        "</progress>",
    ]
    over = progress.done or progress.stopped
    if over and progress.briefs:
        parts.append(
            '<p class="tools">'
            + download("JSON Lines", "briefs.jsonl", "application/jsonl", render(progress.briefs, "jsonl"))
            + download("Markdown", "briefs.md", "text/markdown", render(progress.briefs, "markdown"))
            + download("HTML", "briefs.html", "text/html", render(progress.briefs, "html"))
            + "</p>"
        )
    parts.append(
        f'<h2 class="unseen">Briefs</h2><ol class="first">{_listed(progress.briefs[:SHOWN], over)}</ol>'
    )
    if more := progress.briefs[SHOWN:]:
        told = f"and {len(more)} more"
        listed = f'<ol start="{SHOWN + 1}">{_listed(more, True)}</ol>' if over else ""
        parts.append(f"<details><summary>{told}</summary>{listed}</details>" if over else f"<p>{told}</p>")
    if progress.errors:
        listed = "".join(f"<li>{safe(error)}</li>" for error in progress.errors[:50])
        parts.append(f'<details class="errors" open><summary>Errors</summary><ol>{listed}</ol></details>')
    return f'<div class="rows">{"".join(parts)}</div>'
