"""`summarize story`: several articles on one event in, one brief out; a bad source is reported."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from summarize.commands.brief import (
    add_output_arguments,
    add_style_arguments,
    add_summarizer_arguments,
    chosen_summarizer,
    styles_asked,
)
from summarize.errors import Failure, OptionError
from summarize.printing import complain
from summarize.writing.write import FORMATS

if TYPE_CHECKING:
    from summarize.document import Document


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `summarize story`."""
    parser.add_argument(
        "sources", nargs="+", metavar="SOURCE", help="articles on one event: files, folders, globs or URLs"
    )
    add_style_arguments(parser)
    parser.add_argument(
        "--language", default="auto", metavar="LANGUAGE", help="of the articles; guessed by default"
    )
    parser.add_argument(
        "--dates",
        metavar="DATE,...",
        help="when each source appeared, in their order, empty where nobody knows; the newest leads. "
        "By default what pages say of themselves",
    )
    parser.add_argument(
        "--since",
        metavar="BRIEF.json",
        help="an earlier brief of the story, written with --format json: what is new against it is told",
    )
    parser.add_argument(
        "--words",
        type=int,
        metavar="N",
        help="tell the story in a text of at most so many words too, 20 to 2,000",
    )
    parser.add_argument("--force", action="store_true", help="also take web pages that are not articles")
    add_summarizer_arguments(parser)
    add_output_arguments(parser, FORMATS)


def run(options: argparse.Namespace) -> int:
    """Write one brief of all sources; return 1 where one could not be read."""
    from summarize.language.names import language_code
    from summarize.reading.read import read_all
    from summarize.story.developments import read_earlier
    from summarize.story.story import brief_story
    from summarize.writing.write import write

    styles = styles_asked(options.style, options.bullets)
    summarizer = chosen_summarizer(options)
    earlier = read_earlier(options.since) if options.since else None
    given = list(read_all(options.sources, language=language_code(options.language), force=options.force))
    for found in given:
        if isinstance(found, Failure):
            complain(f"summarize story: error: {found}")
    documents = dated(given, options.dates)
    if not documents:
        raise OptionError("none of the sources could be read; see the errors above")
    brief = brief_story(documents, summarizer, styles=styles, earlier=earlier, words=options.words)
    write(brief, options.output or sys.stdout, options.format, evidence=options.evidence)
    return 0 if len(documents) == len(given) else 1


def dated(given: Sequence[Document | Failure], dates: str | None) -> list[Document]:
    """Return the documents that could be read, with the dates that `--dates` gives to each source.

    Raises:
        OptionError: for dates that are none, or not one for each source.
    """
    from summarize.reading.dates import read_date

    if dates is None:
        return [found for found in given if not isinstance(found, Failure)]
    words = [word.strip() for word in dates.split(",")]
    if len(words) != len(given):
        raise OptionError(
            f"--dates has {len(words)} dates for {len(given)} sources; give one for each, nothing between "
            "two commas where nobody knows"
        )
    documents = []
    for word, found in zip(words, given, strict=True):
        moment = read_date(word)
        if word and moment is None:
            raise OptionError(f"--dates takes dates such as 2026-03-01 or 2026-03-01T14:00Z, not {word!r}")
        if not isinstance(found, Failure):
            documents.append(replace(found, published=moment) if moment else found)
    return documents
