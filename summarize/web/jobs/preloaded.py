"""What every worker process has read before it starts: imported by the process that they are copies of.

Reads and computes, and starts no thread and no session of a runtime, which would not survive the copying.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module


def preload() -> None:
    """Import what a brief of an article needs, and read the tables of its language."""
    for name in ("numpy", "onnxruntime", "summarize.web.running", "summarize.composing.news"):
        with suppress(Exception):  # what is amiss is told where it is used
            import_module(name)
    with suppress(Exception):
        from summarize.parsing.parse import parse
        from summarize.registry import load
        from summarize.summarizers.base import WARM_UP

        load("textrank").brief([parse(WARM_UP)])


preload()
