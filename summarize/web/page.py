"""The page: summarizers side by side, laid out. What happens on it is in `summarize.web.handlers`."""

from __future__ import annotations

import functools
from textwrap import shorten
from typing import Any

import gradio as gr
from gradio.events import api

from summarize.commands.listing import entry
from summarize.reading.seeds import seeds
from summarize.registry import table
from summarize.web import choosing, endpoints, intake, running, settings
from summarize.web.handlers import OPENING, Handlers, Scoring
from summarize.web.server import servers
from summarize.web.server.serving import reported
from summarize.web.server.sessions import describe_once
from summarize.web.tabs import PRIVATE, batch_tab, evaluate_tab, run_buttons, story_tab, wire
from summarize.web.tools.endpoint import Endpoint
from summarize.web.uploads import GRACE
from summarize.web.voting.tab import vote_tab

EXAMPLE = 26  # characters of an example's first words on its button


def restore(request: gr.Request) -> tuple[Any, ...]:
    """Return the settings that the page's link holds, where it holds any."""
    query = request.query_params
    if not settings.KEYS & query.keys():  # what was chosen in the meantime stays
        return (gr.skip(),) * (len(choosing.GROUPS) + 4)
    found = settings.from_query(query, list(table()), running.Choice(OPENING))
    names = choosing.chosen_of(choosing.grouped(map(entry, table())), found.names)
    return *names, found.bullets, found.language, found.model, found.chat_model


def build(
    scoring: Scoring, may_ask: servers.Servers | None = None, lasting: bool = False, grace: float = GRACE
) -> gr.Blocks:
    """Return the page.

    Args:
        scoring: the evaluator, `summarize_eval.web`.
        may_ask: the chat servers that it may ask; none unless given.
        lasting: whether blind votes outlive the app.
        grace: seconds that an upload stays which nobody has any more.
    """
    does = Handlers(scoring, grace)
    servers.use(may_ask or servers.Servers())
    entries = [entry(name) for name in table()]
    groups = choosing.grouped(entries)
    usable = [name for names in groups.values() for name in names]
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
                text, loaded, opened = compare_tab(does, groups, entries)
            complete = [name for name in usable if not running.needs_model(name)]
            with gr.Tab("Story"):
                story_tab(does, complete)
            with gr.Tab("Batch"):
                batch_tab(does, complete)
            with gr.Tab("Evaluate"):
                evaluate_tab(does, complete)
            with gr.Tab("Vote"):
                gr.HTML(vote_tab(lasting))
        example = seeds()[0].read_text("utf-8")
        page.load(None, text, text, js=settings.without_example(example), **PRIVATE)
        restored = page.load(restore, None, loaded, queue=False, **PRIVATE)
        restored.then(None, js=settings.RESTORED, **PRIVATE)
        page.load(does.open, None, opened, show_progress="hidden", **PRIVATE)
        page.unload(does.leave)
        for endpoint in public(scoring):
            [answer] = api(reported(endpoint), api_name=endpoint.name)["outputs"]
            page.blocks[answer]._api_info = endpoint.type_returned  # Gradio knows no types but Python's
    describe_once(page.blocks.values())
    return page


def public(scoring: Scoring) -> tuple[Endpoint, ...]:
    """Return what programs may call."""
    return (*endpoints.PUBLIC, *scoring.PUBLIC)


def compare_tab(
    does: Handlers, groups: dict[str, list[str]], entries: list[dict[str, Any]]
) -> tuple[gr.Textbox, list[gr.Component], list[gr.Component]]:
    """Lay out the comparison; return the article, what a link restores, and what a run changes."""
    said, shown, source, scored, link = (
        gr.HTML(elem_id=name, padding=name != "briefs", render=False)
        for name in ("message", "briefs", "source", "scores", "link")
    )
    with gr.Row(equal_height=False):
        with gr.Column(scale=1, min_width=320, elem_classes="given"):
            text, ways = article_inputs(source)
            buttons = run_buttons("Summarize (Ctrl+Enter)", "run")
            address_input(does, text, ways, said)
            names = name_inputs(groups)
            asked = chat_inputs(bool(groups["servers"]))
            gr.HTML(choosing.described(entries) + choosing.unavailable(entries))
            with gr.Accordion("Options and reference", open=False, elem_id="options"):
                chosen, against = option_inputs(), reference_inputs()
            gr.HTML(settings.HISTORY, elem_id="history")
            inputs = [text, *names, *chosen, *asked, *against, own_input()]
            outputs = [said, shown, source, scored, link]
            wire(does, buttons, does.compare, inputs, outputs)
        with gr.Column(scale=2, min_width=320, elem_classes="answer-column"):
            for output in (said, shown, scored, link):
                output.render()
    return text, [*names, *chosen, asked[0]], outputs


def name_inputs(groups: dict[str, list[str]]) -> list[gr.CheckboxGroup]:
    """Lay out the summarizers, a group of boxes for each kind."""
    with gr.Group(elem_id="names"):
        gr.HTML('<p class="about">Summarizers, up to four</p>')
        return [
            gr.CheckboxGroup(
                groups[group],
                value=[name for name in OPENING if name in groups[group]],
                label=label,
                info=info,
                visible=bool(groups[group]),
                elem_classes="kind",
            )
            for group, (label, info) in choosing.GROUPS.items()
        ]


def article_inputs(source: gr.HTML) -> tuple[gr.Textbox, gr.UploadButton]:
    """Lay out the article, what it folds into once it is summarized, the examples and the upload."""
    text = gr.Textbox(
        seeds()[0].read_text("utf-8"),
        label="Article",
        lines=8,
        max_lines=8,
        elem_id="article",
        placeholder="Paste an article",
    )
    source.render()
    text.change(None, None, None, js=settings.EDITED, **PRIVATE)  # what came by an upload is seen, too
    with gr.Row(elem_classes="seeds"):
        for number, path in enumerate(seeds(), 1):
            named = shorten(path.read_text("utf-8"), EXAMPLE, placeholder="…")
            button = gr.Button(f"Example: {named}", size="sm", min_width=110, elem_id=f"example-{number}")
            read = functools.partial(path.read_text, "utf-8")
            button.click(read, None, text, queue=False, **PRIVATE)
        upload = gr.UploadButton(
            "Upload a file", size="sm", min_width=90, file_types=list(intake.SUFFIXES), elem_id="upload"
        )
    return text, upload


def address_input(does: Handlers, text: gr.Textbox, upload: gr.UploadButton, said: gr.HTML) -> None:
    """Lay out the address; what it and the upload bring goes to `text`, what is wrong with them to `said`."""
    url = gr.Textbox(
        label="URL", placeholder="https://example.org/story, then Enter", max_lines=1, elem_id="url"
    )
    upload.upload(does.upload, upload, [text, said], **PRIVATE)
    url.submit(does.fetch, url, [text, said], **PRIVATE)


def option_inputs() -> list[gr.Component]:
    """Lay out the options of summarizers."""
    return [
        gr.Slider(1, 10, value=3, step=1, label="Bullets"),
        gr.Dropdown(settings.LANGUAGES, value="auto", label="Language", allow_custom_value=True),
        gr.Textbox(label="Model of the hub, for those that take one", max_lines=1, elem_id="model"),
    ]


def chat_inputs(runs: bool) -> list[gr.Component]:
    """Lay out what chat asks, which is shown while chat is chosen."""
    may = servers.allowed()
    with gr.Group(visible=runs, elem_id="chat"):
        return [
            gr.Textbox(label="Chat: model, as its server calls it", max_lines=1, elem_id="chat-model"),
            gr.Dropdown(
                list(may.named),
                value=next(iter(may.named), None),
                label="Chat: server",
                info="A key comes from the environment of the app only, never from this page.",
                allow_custom_value=may.typed,
                elem_id="chat-server",
            ),
        ]


def reference_inputs() -> list[gr.Component]:
    """Lay out what briefs are scored against."""
    label = "Reference (the article's own box where this is empty)"
    return [
        gr.Textbox(label=label, lines=3, elem_id="reference"),
        gr.Radio(settings.STYLES, value="wysk", label="What is scored"),
    ]


def own_input() -> gr.Textbox:
    """Lay out where an editor pastes a summary to have it checked beside the others."""
    with gr.Accordion("Your own summary", open=False, elem_id="own"):
        return gr.Textbox(
            label="A summary from anywhere, checked and scored beside the others",
            placeholder="A headline, bullets and a “What you should know” box, or free text",
            lines=5,
            max_lines=12,
        )
