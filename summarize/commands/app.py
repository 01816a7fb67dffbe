"""`summarize app`: the web app, summarizers side by side in the browser."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec

from summarize.errors import MissingDependencyError

# The page is laid out here; what it scores with is known by name alone, as summarizers are.
_UPLOADS = "GRADIO_TEMP_DIR"
_PAGE, _SCORING = "summarize.web.page", "summarize_eval.web"
_QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    # Gradio sums up the runs it remembers after each, which only its monitoring shows: a few are enough.
    "GRADIO_ANALYTICS_MAX_EVENTS": "100",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "100",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add where the app listens, which chat servers it may ask, and what is voted on."""
    from summarize.web.server.serving import add_arguments as add
    from summarize.web.voting.opening import add_arguments as add_votes

    add(parser)
    add_votes(parser)


def run(options: argparse.Namespace) -> int:
    """Serve the app until it is interrupted.

    Raises:
        MissingDependencyError: where Gradio is not installed.
        OptionError: for a chat server that is no address, or a study without summarizers.
        InputError, OutputError: for a study or a file of votes that cannot be used.
    """
    from summarize.web.jobs.dispatcher import close_dispatcher
    from summarize.web.server.folder import uploads_folder
    from summarize.web.server.servers import servers_of
    from summarize.web.server.serving import launch
    from summarize.web.voting.opening import open_booth
    from summarize.web.voting.routes import routes

    may_ask = servers_of(options.host, options.chat_server)
    for name in ("gradio", "datasets"):
        if find_spec(name) is None:
            raise MissingDependencyError(f"the web app needs {name}: pip install 'summarize-toolkit[app]'")
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    scoring = import_module(_SCORING)
    booth = open_booth(options, scoring)
    # A folder for each server: two on one machine would remove each other's uploads.
    with uploads_folder(os.environ.get(_UPLOADS) or None) as uploads:
        os.environ[_UPLOADS] = uploads
        with suppress(ValueError):  # not in the main thread
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        pages = import_module(_PAGE)
        page = pages.build(scoring, may_ask, booth.store.lasting)
        where = {"server_name": options.host, "server_port": options.port}
        try:
            launch(page, pages.public(scoring), **where, quiet=False, routes=routes(booth))
        finally:
            close_dispatcher()  # who waits for its work would keep the app from ending
    return 0
