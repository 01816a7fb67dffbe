"""`summarize-eval votes FILE`: what is printed of a file of votes. Its options are in `options`."""

from __future__ import annotations

import argparse


def run(options: argparse.Namespace) -> str:
    """Return the standings, or the votes as CSV or JSON Lines.

    Raises:
        InputError: for a file that holds no votes.
    """
    from summarize.web.voting.ballots import as_csv, as_jsonl
    from summarize.web.voting.store import read_votes

    from .report import as_json, text

    votes = read_votes(options.file)
    if options.format in ("csv", "jsonl"):
        rows = as_csv(votes) if options.format == "csv" else as_jsonl(votes)
        return "".join(rows).removesuffix("\n")
    show = as_json if options.format == "json" else text
    return show(votes, options.bootstrap, options.seed)
