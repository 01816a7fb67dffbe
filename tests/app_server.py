"""The app on a free port of this machine, for tests; skipped with the reason where Gradio is absent."""

from __future__ import annotations

import importlib.util
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

INSTALL = "pip install 'summarize-toolkit[app]'"


@contextmanager
def serving(uploads: Path, **options: Any) -> Iterator[str]:
    """Serve the page until the end of the block; yield its address, which ends in a slash.

    Args:
        uploads: the folder for them.
        options: `booth`, `may_ask`, and `grace` of the uploads, of the page; all others of its serving.
    """
    if importlib.util.find_spec("gradio") is None:
        pytest.skip(f"gradio is not installed: {INSTALL}")
    if importlib.util.find_spec("mcp") is None:
        pytest.skip(f"mcp is not installed: {INSTALL}")
    before = os.environ.get("GRADIO_TEMP_DIR")
    os.environ["GRADIO_TEMP_DIR"] = str(uploads)
    for name in ("no_proxy", "NO_PROXY"):  # a proxy of the environment has no business with this machine
        os.environ[name] = "127.0.0.1,localhost"
    from summarize_eval import web

    from summarize.web.jobs.dispatcher import close_dispatcher
    from summarize.web.page import build, public
    from summarize.web.server.serving import launch
    from summarize.web.voting.booth import Booth
    from summarize.web.voting.routes import routes
    from summarize.web.voting.store import VoteStore
    from summarize.web.voting.study import default_study

    booth = options.pop("booth", None) or Booth(VoteStore(), web, default_study())
    own = {name: options.pop(name) for name in ("may_ask", "grace") if name in options}
    page = build(web, lasting=booth.store.lasting, **own)
    options |= {"server_port": free_port(), "routes": routes(booth)}
    _, url, _ = launch(page, public(web), prevent_thread_lock=True, **options)
    try:
        yield url
    finally:
        page.close(verbose=False)
        close_dispatcher()
        if before is not None:  # that of a server that goes on
            os.environ["GRADIO_TEMP_DIR"] = before


def free_port() -> int:
    with socket.socket() as link:
        link.bind(("127.0.0.1", 0))
        return int(link.getsockname()[1])


def files_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
