"""What the page does when asked: compares, works on rows, evaluates. Its layout is in `web.page`."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from textwrap import shorten
from typing import Any, Protocol

import gradio as gr

from summarize.document import Document
from summarize.errors import InputError, SummarizeError
from summarize.reading.seeds import seeds
from summarize.registry import DEFAULT
from summarize.web import intake, rows, running, settings, story, work
from summarize.web.cards import cards
from summarize.web.comparing.article import taken_apart
from summarize.web.comparing.own import as_scored, check_own
from summarize.web.jobs import runs
from summarize.web.jobs.lanes import StoppedError
from summarize.web.markup import message
from summarize.web.server.limits import check_names, check_text, check_upload
from summarize.web.tools.endpoint import Endpoint
from summarize.web.uploads import GRACE, Uploads

_SKIPPED = (gr.skip(),) * 5
_NUMBERS = count(1)
OPENING = (DEFAULT, "lead")  # who has summarized the example that the page opens with


class Scoring(Protocol):
    """What the page needs of an evaluator: `summarize_eval.web` is one."""

    PUBLIC: tuple[Endpoint, ...]
    """Functions that programs may call by the page's API."""

    def scored(self, document: Any, briefs: Any, reference: str, style: str) -> str:
        """Return briefs scored against a reference, as HTML; nothing where there is none."""

    def reference_of(self, document: Any, pasted: str | None) -> str:
        """Return the reference that was pasted, else the article's own box, a sentence a line; or nothing."""

    def rows_of(self, path: str) -> Any:
        """Yield the articles of a file of rows."""

    def board(
        self, run: runs.WebRun, source: str, names: Any, style: str, limit: int, *, upload: bool = False
    ) -> AsyncIterator[tuple[str, Any]]:
        """Yield (how far it is, a leaderboard as HTML or ""); the last has one, also where it was stopped."""


class Handlers:
    """The page's work, with what it keeps from one request to the next.

    Args:
        scoring: the evaluator.
        grace: seconds that an upload stays which nobody has any more.
    """

    def __init__(self, scoring: Scoring, grace: float = GRACE) -> None:
        self._scoring = scoring
        self._uploads = Uploads(grace)
        self._opened: tuple[str, ...] = ()

    async def compare(
        self, text: str, learned: list[str], classic: list[str], models: list[str], fetched: list[str],
        servers: list[str], bullets: float, language: str, model: str, chat_model: str,
        base_url: str, reference: str, style: str, pasted: str | None, request: gr.Request,
    ) -> AsyncIterator[tuple[Any, ...]]:  # fmt: skip
        """Yield message, cards, article, scores and link as summarizers finish; names come group by group."""
        number, names = next(_NUMBERS), [*learned, *classic, *models, *fetched, *servers]
        pasted = (pasted or "").strip()  # a box that was never opened has no text at all
        async with runs.begin(request.session_hash, "compare") as run:
            try:
                chosen = running.choice(
                    names or ["lead"] * bool(pasted), bullets, language, model, chat_model, base_url
                )
                chosen = replace(chosen, names=chosen.names if names else ())
                async for state in self._compared(run, text, chosen, (reference, style), pasted):
                    said, shown, *rest = state
                    yield _of(said, number), _of(shown, number), *rest
            except StoppedError:
                if run.replaced:
                    yield _SKIPPED
                else:
                    yield _of(message("Stopped.", "status"), number), "", "", "", ""
            except SummarizeError as error:  # what is there stays
                yield _of(message(str(error)), number), *_SKIPPED[1:]

    async def open(self, request: gr.Request) -> AsyncIterator[tuple[Any, ...]]:
        """Yield the example that the page opens with, as `compare` does; once written, it is kept.

        Who was sent settings brings an article, and sees none.
        """
        if settings.KEYS & request.query_params.keys():
            return
        if self._opened:
            yield self._opened
            return
        example, kept = seeds()[0].read_text("utf-8"), [""] * len(_SKIPPED)
        run = functools.partial(self.compare, example, list(OPENING), [], [], [], [])
        async for state in run(3, "auto", "", "", "", "", "wysk", "", request):
            kept = [new if isinstance(new, str) else old for new, old in zip(state, kept, strict=True)]
            yield state
        if 'aria-busy="false"' in kept[1]:  # and no other run of this visitor took its place
            told = f"An example: “{shorten(example, 60, placeholder='…')}” Paste an article of your own."
            self._opened = (message(told, "status"), *kept[1:])
            yield self._opened

    async def _compared(
        self, run: runs.WebRun, text: str, chosen: running.Choice, against: tuple[str, str], pasted: str
    ) -> AsyncIterator[tuple[Any, ...]]:
        text, (reference, style) = check_text(text), against
        cost = 0.001 + 4e-7 * len(text)
        document, shown = await run.do(taken_apart, text, chosen.language, cost=cost)
        checking = check_own, pasted, document, chosen.bullets
        own = await run.do(*checking, cost=0.05 + cost) if pasted else None
        lines = self._scoring.reference_of(document, reference).splitlines()
        show = functools.partial(cards, own=own, reference=[line for line in lines if line.strip()])
        link = settings.links(chosen)
        plans = work.order(document, chosen)
        waiting, done = [name for name, _ in plans], list[running.Outcome]()
        yield "", show([], waiting, {name: planned.note for name, planned in plans}), shown, "", link
        try:
            async for state in _written(run, document, chosen, plans, done):
                yield _cards(show(done, waiting[len(done) :], *state))
            briefs = [as_scored(own.brief, style)] if own else []
            briefs += [outcome.brief for outcome in done if outcome.brief]
            scores = ""
            if briefs and lines:
                scores = await run.do(self._scoring.scored, document, briefs, reference, style, cost=0.02)
        except StoppedError:
            if run.replaced:
                raise
            yield _cards(show(done, stopped=waiting[len(done) :]))
            return
        yield gr.skip(), gr.skip(), gr.skip(), scores, gr.skip()

    async def batch(
        self, path: str | None, name: str, bullets: float, language: str, request: gr.Request
    ) -> AsyncIterator[Any]:
        """Yield how far the rows of an upload are; stopped, what is done."""
        number = next(_NUMBERS)
        if not path:
            yield _of(message("Upload a file first: JSON Lines or CSV, an article a row"), number)
            return
        async with runs.begin(request.session_hash, "batch") as run:
            try:
                chosen = running.choice([name], bullets, language)
                reading = self._scoring.rows_of, check_upload(path)
                given = await run.do(rows.read_rows, *reading, cost=0.5)
                async for progress in rows.run_rows(run, given, name, chosen):
                    if not (progress.done or progress.stopped):
                        yield _of(rows.show(progress), number)
                if run.replaced:
                    yield gr.skip()
                    return
                # What is done is shown when it is stopped, too.
                async with runs.begin(request.session_hash) as last:
                    yield _of(await last.do(rows.show, progress, cost=0.5), number)
            except StoppedError:
                yield gr.skip() if run.replaced else _of(message("Stopped.", "status"), number)
            except SummarizeError as error:
                yield _of(message(str(error).replace(path, Path(path).name)), number)

    async def story(
        self, text: str, name: str, bullets: float, language: str, words: float, request: gr.Request
    ) -> AsyncIterator[Any]:
        """Yield that it works, then the brief of what several articles tell."""
        number = next(_NUMBERS)
        async with runs.begin(request.session_hash, "story") as run:
            try:
                chosen = running.choice([name], bullets, language)
                articles = story.split(text)
                if len(articles) < 2:
                    raise InputError("This is one article: put a line of --- before each further one")
                yield _of(message("Reading what they share…", "status"), number)
                yield _of(await story.write(run, articles, chosen, int(words), story.as_card), number)
            except StoppedError:
                yield gr.skip() if run.replaced else _of(message("Stopped.", "status"), number)
            except SummarizeError as error:
                yield _of(message(str(error)), number)

    async def upload_several(
        self, text: str | None, paths: list[str] | None, request: gr.Request
    ) -> AsyncIterator[tuple[Any, Any]]:
        """Yield the box of a story with each uploaded article added to it, and why one could not be read."""
        wrong = []
        for path in paths or ():
            found, said = await self.upload(path, request)
            try:
                text = story.added(text, found, Path(path).stem) if isinstance(found, str) else text
            except SummarizeError as error:
                said = message(str(error))
            wrong += [said] * bool(said)
            yield text, "".join(wrong)

    async def evaluate(
        self, path: str | None, dataset: str, names: list[str], style: str, limit: float, request: gr.Request
    ) -> AsyncIterator[Any]:
        """Yield how far an evaluation is, then its leaderboard; stopped, that of what is done."""
        number = next(_NUMBERS)
        async with runs.begin(request.session_hash, "evaluate") as run:
            try:
                source = check_upload(path) if path else dataset
                async for state, shown in self._scoring.board(
                    run, source, check_names(names), style, int(limit), upload=bool(path)
                ):
                    yield _of((message(state, "status") if state else "") + shown, number)
            except StoppedError:
                yield gr.skip() if run.replaced else _of(message("Stopped.", "status"), number)
            except SummarizeError as error:
                yield _of(message(str(error).replace(path or "\0", Path(path or "").name)), number)

    async def upload(self, path: str | None, request: gr.Request) -> tuple[Any, str]:
        """Return the text of an uploaded article for its box, or why there is none; the file goes soon."""
        if path is None:
            return gr.skip(), ""
        reading = f"reading {next(_NUMBERS)}"  # which may take longer than others need to be done with it
        self._uploads.keep(reading, path)
        try:
            return await _taken(request, intake.from_upload, path, lane=intake.lane_of(path), cost=0.2)
        finally:
            self._uploads.drop(reading)

    async def fetch(self, address: str | None, request: gr.Request) -> tuple[Any, str]:
        """Return the text of an article on the web for its box, or why there is none."""
        return await _taken(request, intake.from_url, address, lane="remote")

    def stopper(self, place: str) -> Callable[..., None]:
        """Return a handler that stops what a visitor has under way in one tab."""

        def stop(request: gr.Request) -> None:
            runs.stop(request.session_hash, place)

        return stop

    def keep(self, path: str | None, request: gr.Request) -> None:
        """Note whose an upload is."""
        if path:
            self._uploads.keep(request.session_hash, path)

    def leave(self, request: gr.Request) -> None:
        """End the work of a visitor whose page is closed, and clear up."""
        runs.stop(request.session_hash)
        self._uploads.drop(request.session_hash)


async def _written(
    run: runs.WebRun, document: Document, chosen: running.Choice, plans: list[tuple[str, work.Plan]],
    done: list[running.Outcome],
) -> AsyncIterator[tuple[dict[str, str], bool, dict[str, list[str]]]]:  # fmt: skip
    """Add what each summarizer wrote to `done`; yield notes on the others, if one is at work, and its lines.

    Raises:
        StoppedError: where the run was stopped.
    """
    notes = {name: planned.note for name, planned in plans}
    for name, planned in plans:
        if planned.refusal:
            done.append(running.Outcome(name, error=planned.refusal))
        else:
            job = work.start(run, document, name, chosen, planned, running.run_told)
            if not await runs.has_begun(job, 0.3):
                yield notes, False, {}
                await runs.has_begun(job)
                yield notes, True, {}
            if name == running.CHAT:
                async for said in run.told(job):
                    yield notes, True, said or {}
            done.append(await work.outcome_of(run, job, name))
        yield notes, True, {}


async def _taken(request: gr.Request, read: Callable[..., str], source: Any, **how: Any) -> tuple[Any, str]:
    try:
        async with runs.begin(request.session_hash) as run:
            return await run.do(read, source, **how), ""
    except StoppedError:
        return gr.skip(), ""
    except SummarizeError as error:
        return gr.skip(), message(str(error))


def _cards(shown: str) -> tuple[Any, ...]:
    return (gr.skip(), shown, gr.skip(), gr.skip(), gr.skip())


def _of(shown: Any, number: int) -> Any:
    """Return an output with the number of its run, so that the page sees that it is new, whatever it says."""
    return f'<div data-run="{number}">{shown}</div>' if isinstance(shown, str) and shown else shown
