"""What the page does when asked: compares, works on rows, evaluates. Its layout is in `web.page`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import gradio as gr

from summarize.errors import SummarizeError
from summarize.web import rows, running, settings
from summarize.web.article import article as show_article
from summarize.web.cards import cards
from summarize.web.comparing.own import as_scored, check_own
from summarize.web.markup import message, safe
from summarize.web.server.limits import check_names, check_upload
from summarize.web.uploads import Uploads


class Scoring(Protocol):
    """What the page needs of an evaluator: `summarize_eval.web` is one."""

    PUBLIC: tuple[Callable[..., Any], ...]
    """Functions that programs may call by the page's API."""

    def scored(self, document: Any, briefs: Any, reference: str, style: str) -> str:
        """Return briefs scored against a reference, as HTML; nothing where there is none."""

    def reference_of(self, document: Any, pasted: str | None) -> str:
        """Return the reference that was pasted, else the article's own box, a sentence a line; or nothing."""

    def rows_of(self, path: str) -> Any:
        """Yield the articles of a file of rows."""

    def board(self, source: str, names: Any, style: str, limit: int, *, upload: bool = False) -> Any:
        """Yield (how far it is, evaluation or None)."""

    def show_board(self, evaluation: Any) -> str:
        """Return a leaderboard as HTML."""


class Handlers:
    """The page's work, with what it keeps from one request to the next.

    Args:
        scoring: the evaluator.
    """

    def __init__(self, scoring: Scoring) -> None:
        self._scoring = scoring
        self._uploads = Uploads()

    def compare(
        self, text: str, names: list[str], bullets: float, language: str, model: str, chat_model: str,
        base_url: str, reference: str, style: str, pasted: str | None = "",
    ) -> Iterator[tuple[Any, ...]]:  # fmt: skip
        """Yield message, cards, article, scores and link as summarizers finish."""
        pasted = (pasted or "").strip()  # a box that was never opened has no text at all
        try:
            chosen = running.choice(
                names or ["lead"] * bool(pasted), bullets, language, model, chat_model, base_url
            )
            chosen = replace(chosen, names=chosen.names if names else ())
            document = running.document_of(text, chosen.language)
            own = check_own(pasted, document, chosen.bullets) if pasted else None
        except SummarizeError as error:
            yield message(str(error)), "", "", "", ""
            return
        link = f'<a class="tool" href="{safe(settings.to_query(chosen))}">Link to these settings</a>'
        waiting = sorted(chosen.names, key=running.is_slow)
        lines = self._scoring.reference_of(document, reference).splitlines()
        show = functools.partial(cards, own=own, reference=[line for line in lines if line.strip()])
        yield "", show([], waiting), show_article(document), "", link
        done: list[running.Outcome] = []
        for outcome in running.run(document, chosen):
            done.append(outcome)
            yield gr.skip(), show(done, waiting[len(done) :]), gr.skip(), gr.skip(), gr.skip()
        briefs = [as_scored(own.brief, style)] if own else []
        briefs += [outcome.brief for outcome in done if outcome.brief]
        scores = self._scoring.scored(document, briefs, reference, style) if briefs else ""
        yield gr.skip(), gr.skip(), gr.skip(), scores, gr.skip()

    def batch(self, path: str | None, name: str, bullets: float, language: str) -> Iterator[str]:
        """Yield how far the rows of an upload are."""
        if not path:
            yield message("Upload a file first: JSON Lines or CSV, an article a row")
            return
        try:
            chosen = running.choice([name], bullets, language)
            for progress in rows.run_rows(self._scoring.rows_of(check_upload(path)), name, chosen):
                yield rows.show(progress)
        except SummarizeError as error:
            yield message(str(error).replace(path, Path(path).name))

    def evaluate(
        self, path: str | None, dataset: str, names: list[str], style: str, limit: float
    ) -> Iterator[str]:
        """Yield how far an evaluation is, then its leaderboard."""
        try:
            source = check_upload(path) if path else dataset
            for state, found in self._scoring.board(
                source, check_names(names), style, int(limit), upload=bool(path)
            ):
                yield self._scoring.show_board(found) if found else message(state, "status")
        except SummarizeError as error:
            yield message(str(error).replace(path or "\0", Path(path or "").name))

    def keep(self, path: str | None, request: gr.Request) -> None:
        """Note whose an upload is."""
        if path:
            self._uploads.keep(request.session_hash, path)

    def leave(self, request: gr.Request) -> None:
        """Clear up after a visitor whose page is closed."""
        self._uploads.drop(request.session_hash)


def take(read: Callable[[str], str]) -> Callable[[str | None], tuple[Any, str]]:
    """Return a handler that puts what it reads into the article's box, or says why it cannot."""

    def handle(source: str | None) -> tuple[Any, str]:
        if source is None:
            return gr.skip(), ""
        try:
            return read(source), ""
        except SummarizeError as error:
            return gr.skip(), message(str(error))

    return handle
