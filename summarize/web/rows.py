"""Many articles in the page: a summarizer over the rows of a file, the first briefs shown as they come.

For files the page takes whole; longer ones are the command line's. How rows are read is given from
outside; what cannot be read or summarized is told by its place and stops nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from summarize.brief import Brief
from summarize.document import Document
from summarize.errors import Failure, InputError, SummarizeError
from summarize.registry import find
from summarize.web.markup import download, message, safe
from summarize.web.running import Choice, document_of, run_each
from summarize.web.server.limits import MAX_CHARACTERS, MAX_ROWS
from summarize.writing.write import render

SHOWN = 10


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
    """

    total: int
    briefs: list[Brief] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    done: bool = False


def run_rows(rows: Iterable[Given], name: str, chosen: Choice) -> Iterator[RowsDone]:
    """Yield the state after each row, the same object each time.

    Args:
        rows: at most `MAX_ROWS` are done; that there were more is told among the errors.
        name: of the summarizer.
        chosen: bullets, language and model.
    """
    given = list(islice(rows, MAX_ROWS + 1))
    progress = RowsDone(min(len(given), MAX_ROWS))
    if len(given) > MAX_ROWS:
        progress.errors.append(f"only the first {MAX_ROWS} rows are done; use the command line for more")
    waiting = iter(given[:MAX_ROWS])
    size = find(name).batch_size
    while batch := list(islice(waiting, size)):
        yield from _batch(batch, name, chosen, progress)
    progress.done = True
    yield progress


def _batch(given: list[Given], name: str, chosen: Choice, progress: RowsDone) -> Iterator[RowsDone]:
    """Summarize as many rows at once as the summarizer likes."""
    found = [_document(one, chosen) for one in given]
    documents = [document for document in found if not isinstance(document, Failure)]
    written = iter(run_each(documents, name, chosen))
    for document in found:
        result = document if isinstance(document, Failure) else next(written)
        if isinstance(result, Failure):
            progress.errors.append(f"{result.source}: {result.reason}")
        else:
            progress.briefs.append(result)
        yield progress


def _document(one: Given, chosen: Choice) -> Document | Failure:
    try:
        if one.error:
            raise InputError(one.error)
        if len(one.text) > MAX_CHARACTERS:
            raise InputError(f"has more than {MAX_CHARACTERS:,} characters")
        return replace(document_of(one.text, chosen.language), source=one.id)
    except SummarizeError as error:
        return Failure(one.id, error)


def show(progress: RowsDone) -> str:
    """Return a run over rows as HTML: a bar, the first briefs, the errors, and what to download."""
    seen = len(progress.briefs) + len(progress.errors)
    state = "done" if progress.done else '<span class="working">working…</span>'
    parts = [
        f'<p role="status">{len(progress.briefs)} briefs, {len(progress.errors)} errors, '
        f"{progress.total} rows: {state}</p>",
        f'<progress max="{max(progress.total, 1)}" value="{min(seen, progress.total)}" aria-label="Progress">'
        "</progress>",
    ]
    if progress.done and progress.briefs:
        parts.append(
            '<p class="tools">'
            + download("JSON Lines", "briefs.jsonl", "application/jsonl", render(progress.briefs, "jsonl"))
            + download("Markdown", "briefs.md", "text/markdown", render(progress.briefs, "markdown"))
            + download("HTML", "briefs.html", "text/html", render(progress.briefs, "html"))
            + "</p>"
        )
    shown = progress.briefs[:SHOWN]
    items = "".join(
        f"<li><b>{safe(brief.headline.text if brief.headline else 'no headline')}</b> "
        f"<small>{safe(brief.document.source or '')}</small></li>"
        for brief in shown
    )
    parts.append(f'<ol class="first">{items}</ol>')
    if len(progress.briefs) > SHOWN:
        parts.append(f"<p>and {len(progress.briefs) - SHOWN} more</p>")
    if progress.errors:
        listed = "".join(f"<li>{safe(error)}</li>" for error in progress.errors[:50])
        parts.append(f'<details class="errors" open><summary>Errors</summary><ol>{listed}</ol></details>')
    return f'<div class="rows">{"".join(parts)}</div>' if progress.total else message("The file has no rows")
