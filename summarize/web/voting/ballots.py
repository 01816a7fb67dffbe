"""Ballot and Vote: which two briefs a voter was shown, and what was chosen. Nothing is kept or counted."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, astuple, dataclass, fields

PARTS = ("headline", "bullets", "wysk")
CHOICES = ("left", "right", "both", "neither")


@dataclass(frozen=True, slots=True)
class Ballot:
    """Two briefs of one article, as they were laid out for one voter.

    Attributes:
        id: of the ballot; nobody can guess it.
        article: what the study calls the article.
        text_hash: of the article's text, SHA-256 in hexadecimal: one text is one article under any id.
        left, left_signature: which summarizer's brief stands on the left, and how it was made.
        right, right_signature: the same of the right.
        parts: the parts to judge, those of `PARTS` that either brief has.
        voter: a random name that says nothing of the person.
        shown: when it was handed out, ISO 8601, UTC.
    """

    id: str
    article: str
    text_hash: str
    left: str
    left_signature: str
    right: str
    right_signature: str
    parts: tuple[str, ...]
    voter: str
    shown: str


@dataclass(frozen=True, slots=True)
class Vote:
    """What one voter chose for one part of one pair: a row of what is kept, and of what is exported.

    Attributes:
        ballot: the id of the ballot; its parts are judged apart, a vote each.
        part: one of `PARTS`.
        choice: one of `CHOICES`.
        cast: when, ISO 8601, UTC.
        article, text_hash, left, left_signature, right, right_signature, voter: as `Ballot` has them.
    """

    ballot: str
    article: str
    text_hash: str
    part: str
    left: str
    left_signature: str
    right: str
    right_signature: str
    choice: str
    voter: str
    cast: str


FIELDS = tuple(field.name for field in fields(Vote))


def as_jsonl(votes: Iterable[Vote]) -> Iterator[str]:
    """Yield votes as JSON Lines, with line breaks."""
    for vote in votes:
        yield json.dumps(asdict(vote), ensure_ascii=False) + "\n"


def as_csv(votes: Iterable[Vote]) -> Iterator[str]:
    """Yield votes as CSV with a header, a line at a time, with line breaks."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    for row in (FIELDS, *map(astuple, votes)):
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()
