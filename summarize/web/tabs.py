"""The tabs Story, Batch and Evaluate, laid out, and what every tab has: a button and one that stops it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from summarize.registry import DEFAULT
from summarize.web import intake, settings
from summarize.web.handlers import Handlers
from summarize.web.server.limits import MAX_EVALUATED

PRIVATE: dict[str, Any] = {"api_visibility": "private"}
ROWS = [".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".gz", ".zst", ".parquet"]


def run_buttons(label: str, name: str) -> tuple[gr.Button, gr.Button]:
    """Lay out a button that runs something, and one that stops it."""
    with gr.Row():
        start = gr.Button(label, variant="primary", scale=3, elem_id=name, elem_classes="run")
        stop = gr.Button("Stop", scale=1, min_width=60, elem_classes="halt")
    return start, stop


def wire(
    does: Handlers,
    buttons: tuple[gr.Button, gr.Button],
    run: Callable[..., Any],
    inputs: list[Any],
    outputs: Any,
) -> None:
    """Have one button run something, in the place of what it ran before, and the other stop it."""
    start, stop = buttons
    start.click(run, inputs, outputs, show_progress="hidden", trigger_mode="multiple", **PRIVATE)
    halt = does.stopper(run.__name__)
    stop.click(halt, None, None, queue=False, show_progress="hidden", trigger_mode="multiple", **PRIVATE)


def rows_input(does: Handlers, label: str) -> gr.File:
    """Lay out the upload of rows, which is kept while its visitor stays."""
    file = gr.File(label=label, file_types=ROWS)
    file.upload(does.keep, file, None, queue=False, show_progress="hidden", **PRIVATE)
    return file


def story_tab(does: Handlers, usable: list[str]) -> None:
    """Lay out several articles on one event, and the brief of their story."""
    text = gr.Textbox(
        label="Articles on one event, a line such as --- Reuters before each",
        lines=10,
        max_lines=20,
        elem_id="story",
        placeholder="Paste an article\n---\nand another one",
    )
    upload = gr.UploadButton(
        "Upload several files",
        size="sm",
        file_count="multiple",
        file_types=list(intake.SUFFIXES),
        elem_id="upload-story",
    )
    with gr.Row():
        name = gr.Dropdown(usable, value=DEFAULT, label="Summarizer")
        bullets = gr.Slider(1, 10, value=3, step=1, label="Bullets")
        language = gr.Dropdown(settings.LANGUAGES, value="auto", label="Language", allow_custom_value=True)
        words = gr.Slider(0, 1000, value=0, step=50, label="Words of a text besides (0 for none)")
    shown = gr.HTML(elem_id="story-brief", render=False)
    upload.upload(does.upload_several, [text, upload], [text, shown], **PRIVATE)
    inputs = [text, name, bullets, language, words]
    wire(does, run_buttons("Summarize the story (Ctrl+Enter)", "run-story"), does.story, inputs, shown)
    shown.render()


def batch_tab(does: Handlers, usable: list[str]) -> None:
    """Lay out the work on many rows."""
    file = rows_input(does, "JSON, CSV, TSV or Parquet with an article a row")
    with gr.Row():
        name = gr.Dropdown(usable, value=DEFAULT, label="Summarizer")
        bullets = gr.Slider(1, 10, value=3, step=1, label="Bullets")
        language = gr.Dropdown(settings.LANGUAGES, value="auto", label="Language", allow_custom_value=True)
    shown = gr.HTML(elem_id="rows", render=False)
    inputs = [file, name, bullets, language]
    wire(does, run_buttons("Summarize all rows (Ctrl+Enter)", "run-batch"), does.batch, inputs, shown)
    shown.render()


def evaluate_tab(does: Handlers, usable: list[str]) -> None:
    """Lay out the leaderboard."""
    with gr.Row():
        file = rows_input(does, "JSON, CSV or Parquet with articles and summaries")
        with gr.Column():
            dataset = gr.Textbox(label="or the name of a data set", value="seeds", max_lines=1)
            style = gr.Radio(settings.STYLES, value="wysk", label="What is scored")
            limit = gr.Slider(1, MAX_EVALUATED, value=50, step=1, label="Documents at most")
    names = gr.CheckboxGroup(
        usable, value=["lead", DEFAULT], label="Summarizers (up to four)", elem_id="evaluated"
    )
    shown = gr.HTML(elem_id="board", render=False)
    inputs = [file, dataset, names, style, limit]
    wire(does, run_buttons("Evaluate (Ctrl+Enter)", "run-evaluate"), does.evaluate, inputs, shown)
    shown.render()
