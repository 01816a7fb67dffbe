"""How the page is served: by which arguments, with what theme, scripts and queue, and what stands before it.

No page here: that is `summarize.web.page`. Gradio is imported when the app starts.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import inspect
import json
import sys
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from summarize.errors import SummarizeError
from summarize.web.server.body import BodyLimit
from summarize.web.server.limits import (
    AT_ONCE,
    MAX_BODY_BYTES,
    MAX_CHARACTERS,
    MAX_SUMMARIZERS,
    MAX_UPLOAD_BYTES,
    QUEUE,
)
from summarize.web.server.local import LocalOnly
from summarize.web.server.servers import ENVIRONMENT, NONE, allowed
from summarize.web.tools.mcp import Tools

if TYPE_CHECKING:
    from gradio import Blocks

    from summarize.web.tools.endpoint import Endpoint

# Seconds after which a thread at work lets the one go on that talks to visitors, which has to ask at every
# step; at Python's own 5 ms answers that are ready wait until all work is done.
SWITCH = 0.0005
_RED, _DARK_RED = "#b3261e", "#8c1d18"
_SCRIPTS = ("page", "keeping", "comparing/folding", "comparing/comparing", "board", "voting/voting")
_STYLES = ("page", "comparing/comparing", "voting/voting")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add where the app listens and which chat servers it may ask."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this machine only)"
    )
    parser.add_argument("--port", type=int, default=None, help="port (the first free one from 7860)")
    parser.add_argument(
        "--chat-server",
        action="append",
        metavar="URL",
        help="an OpenAI-compatible server that chat may ask, and with it no others; may be repeated; "
        f"{NONE} allows none (also {ENVIRONMENT}; otherwise on this machine only: any that is typed)",
    )


def launch(page: Blocks, endpoints: Sequence[Endpoint], **options: Any) -> tuple[Any, str, str]:
    """Serve the page: on this machine only unless asked, never shared, with a bounded queue.

    Args:
        page: what `summarize.web.page.build` made.
        endpoints: what models may call, as tools of an MCP server.
        options: of Gradio's `launch`; `queue`, how many jobs of a kind may wait; `at_once`, how many requests
            are talked to side by side; and `routes` beside Gradio's own.
    """
    from starlette.middleware import Middleware

    from summarize.web.jobs.dispatcher import open_dispatcher
    from summarize.web.jobs.lanes import Rules

    sys.setswitchinterval(SWITCH)
    script = "\n".join(_text(f"{name}.js") for name in _SCRIPTS)
    style = "\n".join(_text(f"{name}.css") for name in _STYLES)
    before = [Middleware(BodyLimit, most=MAX_BODY_BYTES)]
    if allowed().typed:
        # Whoever may have any address asked must be the person at this machine, not a website they visit.
        before.insert(0, Middleware(LocalOnly))
    waiting, at_once = options.pop("queue", QUEUE), options.pop("at_once", AT_ONCE)
    routes, tools = options.pop("routes", []), Tools(endpoints)
    open_dispatcher(Rules(queue=waiting))
    limits = json.dumps({"characters": MAX_CHARACTERS, "queue": at_once, "summarizers": MAX_SUMMARIZERS})
    # Who is served when is settled where the work is done; here nobody waits, up to a flood.
    page.queue(max_size=at_once, default_concurrency_limit=None)
    found: tuple[Any, str, str] = page.launch(
        **{"server_name": "127.0.0.1", "quiet": True, **options},
        share=False,
        ssr_mode=False,
        theme=_theme(),
        css=style,
        head=f"<script>window.summarizeLimits = {limits};\n{script}</script>",
        max_file_size=MAX_UPLOAD_BYTES,
        max_threads=at_once,
        footer_links=["api"],
        app_kwargs={"middleware": before, "routes": routes + tools.routes(), "lifespan": tools.lifespan},
    )
    return found


def session() -> str | None:
    """Return the session of the request that is being answered, or None outside of one."""
    from gradio.context import LocalContext

    return getattr(LocalContext.request.get(None), "session_hash", None)


def reported(endpoint: Endpoint) -> Callable[..., Any]:
    """Return an endpoint's function that lets programs see the message of an error that is meant for them."""
    import gradio as gr

    function = endpoint.function

    @functools.wraps(function)
    async def wrapped(*values: Any, **named: Any) -> Any:
        try:
            if inspect.iscoroutinefunction(function):
                return await function(*values, **named)
            return await asyncio.to_thread(function, *values, **named)
        except SummarizeError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return wrapped


def _theme() -> Any:
    import gradio as gr

    fonts = ["system-ui", "sans-serif"]
    theme = gr.themes.Default(primary_hue="red", font=fonts, font_mono=["ui-monospace", "monospace"])
    # Gradio's red has too little contrast with white: 3.8 to 1, where 4.5 are asked for.
    button = {"background_fill": _RED, "background_fill_hover": _DARK_RED, "text_color": "white"}
    colors = {f"button_primary_{key}{mode}": value for key, value in button.items() for mode in ("", "_dark")}
    return theme.set(
        body_text_color_subdued="*neutral_600", body_text_color_subdued_dark="*neutral_300", **colors
    )


def _text(name: str) -> str:
    return (files("summarize.web") / name).read_text(encoding="utf-8")
