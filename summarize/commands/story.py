"""`summarize story`: several articles on one event in, one brief out; a bad source is reported."""

from __future__ import annotations

import argparse
import sys

from summarize.commands.brief import (
    add_style_arguments,
    add_summarizer_arguments,
    chosen_summarizer,
    styles_asked,
)
from summarize.errors import Failure, OptionError
from summarize.printing import complain
from summarize.writing.write import FORMATS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `summarize story`."""
    parser.add_argument(
        "sources", nargs="+", metavar="SOURCE", help="articles on one event: files, folders, globs or URLs"
    )
    add_style_arguments(parser)
    parser.add_argument(
        "--language", default="auto", metavar="LANGUAGE", help="of the articles; guessed by default"
    )
    parser.add_argument("--force", action="store_true", help="also take web pages that are not articles")
    add_summarizer_arguments(parser)
    output = parser.add_argument_group("output")
    output.add_argument(
        "-f",
        "--format",
        choices=FORMATS,
        metavar="FORMAT",
        help=f"{', '.join(FORMATS)}; text by default, or what the suffix of --output names",
    )
    output.add_argument("-o", "--output", metavar="FILE", help="write to a file instead of standard output")
    output.add_argument(
        "--evidence", action="store_true", help="show the source sentences each line rests on"
    )


def run(options: argparse.Namespace) -> int:
    """Write one brief of all sources; return 1 where one could not be read."""
    from summarize.language.names import language_code
    from summarize.reading.read import read_all
    from summarize.story.story import brief_story
    from summarize.writing.write import write

    styles = styles_asked(options.style, options.bullets)
    summarizer = chosen_summarizer(options)
    documents, failed = [], False
    for found in read_all(options.sources, language=language_code(options.language), force=options.force):
        if isinstance(found, Failure):
            failed = True
            complain(f"summarize story: error: {found}")
        else:
            documents.append(found)
    if not documents:
        raise OptionError("none of the sources could be read; see the errors above")
    brief = brief_story(documents, summarizer, styles=styles)
    write(brief, options.output or sys.stdout, options.format, evidence=options.evidence)
    return 1 if failed else 0
