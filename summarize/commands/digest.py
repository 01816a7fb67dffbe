"""`summarize digest`: feeds, folders and rows in, a brief of each story out; a bad source is reported."""

from __future__ import annotations

import argparse
import os
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from summarize.commands.brief import (
    add_output_arguments,
    add_style_arguments,
    add_summarizer_arguments,
    styles_asked,
    summarizer_asked,
)
from summarize.errors import MissingDependencyError, OptionError
from summarize.printing import complain, say
from summarize.writing.write import DIGEST_FORMATS

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SPAN = re.compile(r"(\d+(?:\.\d+)?)([mhdw])")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `summarize digest`."""
    parser.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="addresses or files of feeds (RSS, Atom, JSON) and OPML lists; pages, articles, rows, folders",
    )
    parser.add_argument(
        "--since",
        metavar="WHEN",
        help="leave out what is older: 24h, 7d, 90m, 2w, or a date; undated articles stay",
    )
    parser.add_argument(
        "--entries", type=int, default=100, metavar="N", help="of each feed the newest N; 100 by default"
    )
    add_style_arguments(parser)
    parser.add_argument(
        "--language", default="auto", metavar="LANGUAGE", help="of the articles; guessed by default"
    )
    add_summarizer_arguments(parser)
    _add_fetching(parser)
    parser.add_argument("--workers", type=int, metavar="N", help="processes that write; all cores by default")
    output = add_output_arguments(parser, DIGEST_FORMATS, "show source sentences in Markdown and JSON too")
    output.add_argument(
        "--template", metavar="FILE", help="a Jinja template of your own, in place of a format"
    )


def _add_fetching(parser: argparse.ArgumentParser) -> None:
    fetching = parser.add_argument_group("fetching")
    fetching.add_argument(
        "--cache",
        metavar="FOLDER",
        help="where pages and briefs are kept, so that nothing is fetched or written twice; "
        "by default a folder of the user's cache",
    )
    fetching.add_argument(
        "--timeout", type=float, default=30.0, metavar="SECONDS", help="for each address; 30 by default"
    )
    fetching.add_argument(
        "--per-host", type=int, default=2, metavar="N", help="requests to one server at a time; 2 by default"
    )


def run(options: argparse.Namespace) -> int:
    """Write a digest of all sources; return 1 where one could not be read."""
    from summarize.cores import usable_cores
    from summarize.language.names import language_code
    from summarize.story.cache import Cache
    from summarize.story.digest import digest
    from summarize.story.fetching import Fetcher
    from summarize.story.gathering import Gatherer
    from summarize.writing.digest.write import digest_format, write_digest

    styles = styles_asked(options.style, options.bullets)
    name, given = summarizer_asked(options)
    if options.output and not options.format and not options.template:
        digest_format(options.output)  # a wrong one is told before the work
    _check(options)
    cache = Cache(options.cache or _usual_cache())
    fetcher = Fetcher(cache, options.timeout, options.per_host)
    language = language_code(options.language)
    gatherer = Gatherer(
        fetcher, since_of(options.since), language=language, entries=options.entries, tell=_say
    )
    found = digest(
        gatherer.gather(options.sources),
        name,
        styles=styles,
        bullets=options.bullets,
        options=given,
        cache=cache,
        workers=options.workers or usable_cores(),
        tell=_say,
    )
    for failure in found.failures:
        complain(f"summarize digest: error: {failure}")
    if gatherer.old:
        _say(f"{gatherer.old} articles are older than --since {options.since} and left out")
    if not found.stories and not found.singles and found.failures:
        raise OptionError("none of the sources could be read; see the errors above")
    shown = options.evidence or None
    to = options.output or sys.stdout
    write_digest(found, to, options.format, evidence=shown, template=options.template)
    cache.prune()
    return 1 if found.failures else 0


def _check(options: argparse.Namespace) -> None:
    for name, least in (("entries", 1), ("per_host", 1), ("workers", 1)):
        value = getattr(options, name)
        if value is not None and value < least:
            raise OptionError(f"--{name.replace('_', '-')} must be at least {least}, not {value}")
    if not options.timeout > 0:
        raise OptionError(f"--timeout must be above 0 seconds, not {options.timeout:g}")
    if options.template and options.format:
        raise OptionError("--template takes the place of --format: name one of them")


def since_of(text: str | None, now: datetime | None = None) -> datetime | None:
    """Return the moment that `--since` names.

    Raises:
        OptionError: for what is neither a span nor a date.

    Example:
        >>> since_of("24h", datetime(2026, 3, 2, tzinfo=UTC)).isoformat()
        '2026-03-01T00:00:00+00:00'
    """
    from summarize.reading.dates import read_date

    if text is None:
        return None
    if span := _SPAN.fullmatch(text.strip().lower()):
        try:
            return (now or datetime.now(UTC)) - timedelta(**{_UNITS[span[2]]: float(span[1])})
        except OverflowError:
            raise OptionError(f"--since {text} is longer ago than dates go; name a date") from None
    if (moment := read_date(text)) is None:
        raise OptionError(f"--since takes a span (24h, 7d, 90m, 2w) or a date (2026-03-01), not {text!r}")
    return moment


def _usual_cache() -> Path:
    from summarize.models.checkpoints import cache_root

    try:
        return cache_root() / "digest"
    except MissingDependencyError:  # it asks platformdirs, which not everybody has
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "summarize-toolkit/digest"


def _say(message: str) -> None:
    say(f"summarize digest: {message}", sys.stderr)
