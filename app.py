"""The web app: summarizers side by side. Wiring only; its logic is in `summarize.page` and `eval`.

Start it by `python app.py`, at http://127.0.0.1:7860; `--host` and `--port` say otherwise.
"""

from __future__ import annotations

import argparse
import functools
import os
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import gradio as gr
from gradio.events import api

from eval import endpoints as scoring
from summarize.commands.listing import entry
from summarize.errors import SummarizeError
from summarize.page import endpoints, intake, rows, running, settings
from summarize.page.article import article as show_article
from summarize.page.body import BodyLimit
from summarize.page.cards import cards, unavailable
from summarize.page.limits import (
    AT_ONCE,
    MAX_BODY_BYTES,
    MAX_EVALUATED,
    MAX_UPLOAD_BYTES,
    QUEUE,
    check_names,
    check_upload,
)
from summarize.page.markup import message, safe
from summarize.registry import DEFAULT, table

LANGUAGES = ["auto", "en", "de", "fr", "es", "it", "pt", "nl", "ru", "ar", "hi", "ja", "ko", "zh"]
STYLES = [("What you should know", "wysk"), ("Bullets", "bullets"), ("Headline", "headline")]
SEEDS = Path(__file__).resolve().parent / "seeds"
STYLE = (files("summarize.page") / "page.css").read_text(encoding="utf-8")
SCRIPT = (files("summarize.page") / "page.js").read_text(encoding="utf-8")


def reported(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let programs see the message of an error that is meant for them."""

    @functools.wraps(function)
    def wrapped(*values: Any, **named: Any) -> Any:
        try:
            return function(*values, **named)
        except SummarizeError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return wrapped


def compare(
    text: str, names: list[str], bullets: float, language: str, model: str, reference: str, style: str
) -> Iterator[tuple[Any, ...]]:
    """Yield message, cards, article, scores and link as summarizers finish."""
    try:
        chosen = running.choice(names, bullets, language, model)
        document = running.document_of(text, chosen.language)
    except SummarizeError as error:
        yield message(str(error)), "", "", "", ""
        return
    link = f'<a class="tool" href="{safe(settings.to_query(chosen))}">Link to these settings</a>'
    waiting = sorted(chosen.names, key=running.is_slow)
    yield "", cards([], waiting), show_article(document), "", link
    done: list[running.Outcome] = []
    for outcome in running.run(document, chosen):
        done.append(outcome)
        yield gr.skip(), cards(done, waiting[len(done) :]), gr.skip(), gr.skip(), gr.skip()
    yield gr.skip(), gr.skip(), gr.skip(), scores(document, done, reference, style), gr.skip()


def scores(document: Any, done: list[running.Outcome], reference: str, style: str) -> str:
    """Return the scores against the reference that was pasted or the article has; nothing without one."""
    from eval.side_by_side import reference_of, score, show_scores

    wanted = reference_of(document, reference)
    briefs = [outcome.brief for outcome in done if outcome.brief]
    return show_scores(score(briefs, wanted, style)) if wanted and briefs else ""


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


def batch(path: str | None, name: str, bullets: float, language: str) -> Iterator[str]:
    """Yield how far the rows of an upload are."""
    from eval.side_by_side import rows_of

    if not path:
        yield message("Upload a file first: JSON Lines or CSV, an article a row")
        return
    try:
        chosen = running.choice([name], bullets, language)
        for progress in rows.run_rows(rows_of(check_upload(path)), name, chosen):
            yield rows.show(progress)
    except SummarizeError as error:
        yield message(str(error).replace(path, Path(path).name))


def evaluate(path: str | None, dataset: str, names: list[str], style: str, limit: float) -> Iterator[str]:
    """Yield how far an evaluation is, then its leaderboard."""
    from eval.side_by_side import board, show_board

    try:
        source = check_upload(path) if path else dataset
        for state, found in board(source, check_names(names), style, int(limit), upload=bool(path)):
            yield show_board(found) if found else message(state, "status")
    except SummarizeError as error:
        yield message(str(error).replace(path or "\0", Path(path or "").name))


def restore(request: gr.Request) -> tuple[Any, ...]:
    """Return the settings that the page's link holds."""
    found = settings.from_query(request.query_params, list(table()), running.Choice((DEFAULT, "lead")))
    return list(found.names), found.bullets, found.language, found.model


def build() -> gr.Blocks:
    """Return the page."""
    entries = [entry(name) for name in table()]
    usable = [one["name"] for one in entries if one["runs"]]
    page = gr.Blocks(
        title="Summarizers side by side", analytics_enabled=False, delete_cache=(3600, 3600), fill_width=True
    )
    with page:
        gr.HTML(
            "<h1>Summarizers side by side</h1><p>Every line with its sources in the article.</p>",
            elem_id="title",
        )
        with gr.Tabs():
            with gr.Tab("Compare"):
                loaded = compare_tab(usable, unavailable(entries))
            with gr.Tab("Batch"):
                batch_tab(usable)
            with gr.Tab("Evaluate"):
                evaluate_tab(usable)
        page.load(restore, None, loaded, api_visibility="private", queue=False)
        for function in (*endpoints.PUBLIC, *scoring.PUBLIC):
            api(reported(function), api_name=function.__name__)
    return page


def compare_tab(usable: list[str], missing: str) -> list[gr.Component]:
    """Lay out the comparison; return what a link restores."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=1, min_width=320, elem_classes="given"):
            text = gr.Textbox(
                label="Article", lines=10, max_lines=16, elem_id="article", placeholder="Paste an article"
            )
            with gr.Row(elem_classes="seeds"):
                examples = [
                    gr.Button(f"Example {number}", size="sm", min_width=70, elem_id=f"example-{number}")
                    for number in (1, 2)
                ]
                upload = gr.UploadButton(
                    "Upload a file",
                    size="sm",
                    min_width=90,
                    file_types=list(intake.SUFFIXES),
                    elem_id="upload",
                )
            url = gr.Textbox(
                label="URL", placeholder="https://example.org/story, then Enter", max_lines=1, elem_id="url"
            )
            names = gr.CheckboxGroup(
                usable, value=[DEFAULT, "lead"], label="Summarizers (up to four)", elem_id="names"
            )
            gr.HTML(missing)
            with gr.Accordion("Options and reference", open=False, elem_id="options"):
                bullets = gr.Slider(1, 10, value=3, step=1, label="Bullets")
                language = gr.Dropdown(LANGUAGES, value="auto", label="Language", allow_custom_value=True)
                model = gr.Textbox(label="Model of the hub, for those that take one", max_lines=1)
                reference = gr.Textbox(
                    label="Reference (the article's own box where this is empty)",
                    lines=3,
                    elem_id="reference",
                )
                style = gr.Radio(STYLES, value="wysk", label="What is scored")
            with gr.Row():
                start = gr.Button(
                    "Summarize (Ctrl+Enter)", variant="primary", scale=3, elem_id="run", elem_classes="run"
                )
                stop = gr.Button("Stop", scale=1, min_width=60, elem_id="stop")
            source = gr.HTML(elem_id="source")
        with gr.Column(scale=2, min_width=320):
            said = gr.HTML(elem_id="message")
            shown = gr.HTML(elem_id="briefs", padding=False)
            scored = gr.HTML(elem_id="scores")
            link = gr.HTML(elem_id="link")
    inputs = [text, names, bullets, language, model, reference, style]
    private: dict[str, Any] = {"api_visibility": "private"}
    running_now = start.click(
        compare, inputs, [said, shown, source, scored, link], show_progress="hidden", **private
    )
    stop.click(None, None, None, cancels=[running_now], **private)
    upload.upload(take(intake.from_upload), upload, [text, said], **private)
    url.submit(take(intake.from_url), url, [text, said], **private)
    for button, path in zip(examples, sorted(SEEDS.glob("*.txt")), strict=False):
        button.click(functools.partial(path.read_text, "utf-8"), None, text, queue=False, **private)
    return [names, bullets, language, model]


def batch_tab(usable: list[str]) -> None:
    """Lay out the work on many rows."""
    file = gr.File(
        label="JSON Lines, CSV or TSV with an article a row", file_types=[".jsonl", ".csv", ".tsv"]
    )
    with gr.Row():
        name = gr.Dropdown(usable, value=DEFAULT, label="Summarizer")
        bullets = gr.Slider(1, 10, value=3, step=1, label="Bullets")
        language = gr.Dropdown(LANGUAGES, value="auto", label="Language", allow_custom_value=True)
    with gr.Row():
        start = gr.Button(
            "Summarize all rows (Ctrl+Enter)", variant="primary", elem_id="run-batch", elem_classes="run"
        )
        stop = gr.Button("Stop")
    shown = gr.HTML(elem_id="rows")
    now = start.click(
        batch, [file, name, bullets, language], shown, api_visibility="private", show_progress="hidden"
    )
    stop.click(None, None, None, cancels=[now], api_visibility="private")


def evaluate_tab(usable: list[str]) -> None:
    """Lay out the leaderboard."""
    with gr.Row():
        file = gr.File(
            label="JSON Lines or CSV with articles and summaries", file_types=[".jsonl", ".csv", ".tsv"]
        )
        with gr.Column():
            dataset = gr.Textbox(label="or the name of a data set", value="seeds", max_lines=1)
            style = gr.Radio(STYLES, value="wysk", label="What is scored")
            limit = gr.Slider(1, MAX_EVALUATED, value=50, step=1, label="Documents at most")
    names = gr.CheckboxGroup(usable, value=["lead", DEFAULT], label="Summarizers (up to four)")
    with gr.Row():
        start = gr.Button(
            "Evaluate (Ctrl+Enter)", variant="primary", elem_id="run-evaluate", elem_classes="run"
        )
        stop = gr.Button("Stop")
    shown = gr.HTML(elem_id="board")
    inputs = [file, dataset, names, style, limit]
    now = start.click(evaluate, inputs, shown, api_visibility="private", show_progress="hidden")
    stop.click(None, None, None, cancels=[now], api_visibility="private")


def launch(page: gr.Blocks, **options: Any) -> tuple[Any, str, str]:
    """Serve the page: on this machine only unless asked, never shared, with a bounded queue."""
    from starlette.middleware import Middleware

    fonts = ["system-ui", "sans-serif"]
    theme = gr.themes.Default(primary_hue="red", font=fonts, font_mono=["ui-monospace", "monospace"])
    theme.set(body_text_color_subdued="*neutral_600", body_text_color_subdued_dark="*neutral_300")
    page.queue(max_size=options.pop("queue", QUEUE), default_concurrency_limit=AT_ONCE)
    return page.launch(
        **{"server_name": "127.0.0.1", "quiet": True, **options},
        share=False,
        mcp_server=True,
        ssr_mode=False,
        theme=theme,
        css=STYLE,
        head=f"<script>{SCRIPT}</script>",
        max_file_size=MAX_UPLOAD_BYTES,
        footer_links=["api"],
        app_kwargs={"middleware": [Middleware(BodyLimit, most=MAX_BODY_BYTES)]},
    )


def main() -> None:
    """Start the app."""
    parser = argparse.ArgumentParser(description="The web app: summarizers side by side.")
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this machine only)"
    )
    parser.add_argument("--port", type=int, default=None, help="port (the first free one from 7860)")
    chosen = parser.parse_args()
    launch(build(), server_name=chosen.host, server_port=chosen.port, quiet=False)


if __name__ == "__main__":
    main()
