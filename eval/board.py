"""A data set as a leaderboard in the page: read, written about, scored, a piece of it at a time in a process.

Stopped, what is finished is scored. The figures are `summarize_eval.evaluate`'s own; their HTML is in
`side_by_side`.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from summarize.errors import InputError, OptionError, SummarizeError
from summarize.reading.columns import HUB_DATASETS
from summarize.registry import find
from summarize.web import running
from summarize.web.jobs import runs
from summarize.web.jobs.lanes import StoppedError
from summarize.web.server.limits import MAX_EVALUATED, MAX_ROWS, MAX_ROWS_CHARACTERS, check_names
from summarize.web.server.telling import for_visitors
from summarize.web.work import plan

from .data.dataset import Example, columns, open_dataset
from .evaluate import evaluate
from .reports.record import record
from .results import Evaluation
from .run import Writer, system_of
from .side_by_side import show_board

STYLES = ("headline", "bullets", "wysk")
_PIECE = 8  # documents of one job, where a summarizer does not ask for more
_A_SENTENCE = 120  # characters, about


@dataclass
class Board:
    """A data set and what has been written about it so far.

    Attributes:
        title: what the data set is called.
        style: that is written.
        examples: of the data set.
        problems: what could not be read, one message each.
        written: by each summarizer, in order: its signature, and a record for each example done.
    """

    title: str
    style: str
    examples: list[Example]
    problems: list[str]
    written: dict[str, tuple[str, list[dict[str, Any]]]] = field(default_factory=dict)

    def finished(self) -> Board:
        """Return what can be scored: who wrote about all of it, or what the first has written about."""
        whole = {n: found for n, found in self.written.items() if len(found[1]) == len(self.examples)}
        done = whole or dict(islice(((n, found) for n, found in self.written.items() if found[1]), 1))
        count = min((len(found[1]) for found in done.values()), default=0)
        return Board(self.title, self.style, self.examples[:count], self.problems, done)


async def board(
    run: runs.WebRun, source: str, names: Sequence[str], style: str = "bullets", limit: int = 50,
    *, upload: bool = False, as_record: bool = False,
) -> AsyncIterator[tuple[str, Any]]:  # fmt: skip
    """Have summarizers write about a data set and score them; yield how far it is, then the leaderboard.

    Args:
        run: whose jobs they are; stopped, what is finished is scored.
        source: where the server put an upload, or a name: "seeds" or one of the hub.
        names: of summarizers.
        style: "headline", "bullets" or "wysk".
        limit: how many documents at most.
        upload: whether `source` is a path; what a visitor typed never is.
        as_record: the last is the evaluation as a record, and not as HTML.

    Raises:
        InputError, OptionError: for a name that is not allowed, or data that cannot be read.
        StoppedError: where it was stopped before anything was finished.
    """
    chosen = [known for known in check_names(list(names)) if find(known)]  # names only: no options with them
    if not 1 <= limit <= MAX_EVALUATED:
        raise OptionError(f"the page evaluates 1 to {MAX_EVALUATED} documents, not {limit}")
    if style not in STYLES:
        raise OptionError(f"no style is called {style!r}; the styles are {', '.join(STYLES)}")
    source = source if upload else allowed_name(source)
    yield "reading the data…", ""
    found: Board = await run.do(_read, source, style, limit, upload, lane="remote", cost=1.0)
    state = ""
    try:
        for number, name in enumerate(chosen, 1):
            async for count in _write(run, found, name):
                of = f"{count} of {len(found.examples)} documents ({number} of {len(chosen)} summarizers)"
                yield f"{name}: has written about {of}", ""
    except StoppedError:
        found = found.finished()
        if run.replaced or not found.examples:
            raise
        state = f"Stopped. Here is what {', '.join(found.written)} had finished."
    async with runs.begin(run.session) as last:  # also of what was stopped
        yield state, await last.do(_scored, found, as_record, lane="long", cost=2.0)


def _read(source: str, style: str, limit: int, upload: bool) -> Board:
    data = open_dataset(source, asked=columns(headline=style == "headline"))
    examples = data.take(limit)
    if sum(len(example.text) for example in examples) > MAX_ROWS_CHARACTERS:
        raise InputError(
            f"these {len(examples)} documents have more than the {MAX_ROWS_CHARACTERS:,} characters that the "
            "page takes; take fewer, or use the command summarize-eval"
        )
    problems = [for_visitors(problem) for problem in islice(data.problems, MAX_ROWS)]
    return Board(Path(source).name if upload else source, style, examples, problems)


async def _write(run: runs.WebRun, found: Board, name: str) -> AsyncIterator[int]:
    """Have one summarizer write about all examples; yield how many it has."""
    records: list[dict[str, Any]] = []
    found.written[name] = "", records
    longest = max(len(example.text) for example in found.examples)
    size = max(find(name).batch_size, _PIECE)
    planned = plan(name, running.Choice((name,)), longest // _A_SENTENCE)
    if planned.refusal:
        raise InputError(f"the longest document is too much for {name}: {planned.refusal}")
    if planned.lane == "long":
        size = 1
    for at in range(0, len(found.examples), size):
        piece = found.examples[at : at + size]
        how = {"lane": planned.lane, "key": planned.key, "cost": planned.cost * len(piece)}
        signature, written = await run.do(_written, name, piece, found.style, **how)
        records += written
        found.written[name] = signature, records
        yield len(records)


_READY: set[tuple[str, str]] = set()  # who has written in this process before


def _written(name: str, examples: list[Example], style: str) -> tuple[str, list[dict[str, Any]]]:
    writer = Writer(name, running.loaded(name, running.Choice((name,))), style, None)
    if (name, style) not in _READY:  # the first time fills caches, before any clock starts
        _READY.add((name, style))
        writer.write(examples[:1])
    together = find(name).batch_size
    records: list[dict[str, Any]] = []
    for at in range(0, len(examples), together):
        found = writer.write(examples[at : at + together])
        records += [one | {"failure": for_visitors(one["failure"])} for one in found]
    return writer.summarizer.signature, records


def _scored(found: Board, as_record: bool) -> Any:
    evaluation = evaluation_of(found)
    if as_record:
        return json.loads(json.dumps(record(evaluation), default=float))
    return show_board(evaluation)


def evaluation_of(found: Board) -> Evaluation:
    """Return the scores of what has been written about all examples of a board."""
    if not found.written:
        raise SummarizeError("nothing has been written yet")
    result = evaluate(
        found.title,
        [system_of(name, signature, records) for name, (signature, records) in found.written.items()],
        [example.references for example in found.examples],
        ids=[example.id for example in found.examples],
        articles=[example.text for example in found.examples],
    )
    result.problems.extend(found.problems)
    return result


def allowed_name(name: str) -> str:
    """Return the name of a data set: "seeds", one of the known, or owner/name on the hub; no path.

    Raises:
        OptionError: for anything else.
    """
    name = name.strip()
    if name == "seeds" or name in HUB_DATASETS:
        return name
    if running.HUB_NAME.fullmatch(name) and not Path(name).exists():
        return name
    raise OptionError(
        f"no data set is called {name!r}; upload one, or name seeds, {', '.join(HUB_DATASETS)}, "
        "or owner/name on the hub"
    )
