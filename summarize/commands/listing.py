"""`summarize list`: the registered summarizers, what each is and whether it can run here."""

from __future__ import annotations

import argparse
import json
import shutil
import textwrap
from typing import Any

from summarize.options import options_of
from summarize.printing import say
from summarize.registry import DEFAULT, find, table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the listing."""
    parser.add_argument(
        "-f",
        "--format",
        choices=("text", "json"),
        default="text",
        metavar="FORMAT",
        help="text or json; text by default",
    )


def run(options: argparse.Namespace) -> int:
    """Print the list."""
    entries = [entry(name) for name in table()]
    if options.format == "json":
        print(json.dumps(entries, indent=2))
        return 0
    width = max(len(item["name"]) for item in entries) + 2
    columns = min(shutil.get_terminal_size().columns, 100)
    for item in entries:
        default = " (the default)" if item["name"] == DEFAULT else ""
        state = "" if item["runs"] else f"; cannot run here: {item['missing']}"
        body = f"{item['about']}{default}{state}"
        indent = " " * width
        say(
            textwrap.fill(
                body,
                columns,
                initial_indent=item["name"].ljust(width),
                subsequent_indent=indent,
                break_on_hyphens=False,
            )
        )
        if item["options"]:
            described = ", ".join(f"{key}={value}" for key, value in item["options"].items())
            say(
                textwrap.fill(
                    f"options: {described}",
                    columns,
                    initial_indent=indent,
                    subsequent_indent=indent,
                    break_on_hyphens=False,
                )
            )
    return 0


def entry(name: str) -> dict[str, Any]:
    """Return what is known of one summarizer: name, about, options with defaults, runs, missing."""
    try:
        implementation = find(name)
        missing, about, options = implementation.missing(), implementation.about, options_of(implementation)
    except Exception as error:  # a broken plugin must not hide the others
        return {
            "name": name,
            "about": "",
            "options": {},
            "runs": False,
            "missing": f"{type(error).__name__}: {error}",
        }
    return {"name": name, "about": about, "options": options, "runs": missing is None, "missing": missing}
