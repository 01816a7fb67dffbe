"""The options of `summarize app` about votes, and the booth they ask for."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from summarize.errors import OptionError, SummarizeError
from summarize.printing import complain
from summarize.web.voting.booth import Booth, Judging
from summarize.web.voting.store import MEMORY, VoteStore
from summarize.web.voting.study import Study, default_study, open_study

_TOLD = 5  # rows that cannot be read, one by one


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add where votes are kept and what is voted on."""
    voting = parser.add_argument_group("blind votes")
    voting.add_argument(
        "--votes", metavar="FILE", help="where votes are kept (by default in the user's data folder)"
    )
    voting.add_argument(
        "--study",
        metavar="DATA",
        help="articles to vote on, as for summarize batch: JSON Lines, CSV, Parquet, a folder of texts",
    )
    voting.add_argument(
        "--summarizers",
        metavar="NAMES",
        help="whose briefs of them: NAME or NAME:option=value, comma-separated",
    )


def open_booth(options: argparse.Namespace, judging: Judging) -> Booth:
    """Return the booth that the options ask for; what is worth knowing is said on standard error.

    Raises:
        OptionError: for a study without summarizers, or summarizers without one.
        InputError: for a study that holds no article, or a file that holds no votes.
        OutputError: where votes cannot be kept in the file that was named.
    """
    study = _study(options)
    for problem in study.problems[:_TOLD]:
        complain(f"summarize: left out: {problem}")
    if len(study.problems) > _TOLD:
        complain(f"summarize: and {len(study.problems) - _TOLD} more rows were left out")
    if options.study:
        complain(
            f"summarize: {len(study.articles)} articles to vote on, {len(study.contestants)} summarizers"
        )
    return Booth(_store(options.votes), judging, study)


def _study(options: argparse.Namespace) -> Study:
    if bool(options.study) != bool(options.summarizers):
        raise OptionError("--study DATA and --summarizers NAMES go together; give both, or neither")
    return open_study(options.study, options.summarizers.split(",")) if options.study else default_study()


def _store(path: str | None) -> VoteStore:
    if path:
        return VoteStore(path)
    where = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    where = where / "summarize-toolkit" / "votes.db"
    try:
        where.parent.mkdir(parents=True, exist_ok=True)
        store = VoteStore(str(where))
    except (OSError, SummarizeError) as error:
        complain(f"summarize: votes are lost when the app stops, since nothing can be kept: {error}")
        return VoteStore(MEMORY)
    complain(f"summarize: votes are kept in {where}")
    return store
