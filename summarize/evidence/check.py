"""Checking: every line with its evidence, its flags and the probability that it is faithful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarize.brief import Evidence, Flag, Line
from summarize.document import Document
from summarize.evidence.align import align_tokens
from summarize.evidence.source import read_source
from summarize.evidence.tokens import tokenize

THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """What checking found about one line.

    Attributes:
        text: the line.
        evidence: the sentences it rests on, best first.
        flags: what in it the source does not bear out.
        score: the estimated probability that it says nothing the source does not, 0 to 1.
    """

    text: str
    evidence: tuple[Evidence, ...]
    flags: tuple[Flag, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking found about a summary: its lines, its score, and whether it passes."""

    lines: tuple[LineVerdict, ...]
    score: float

    @property
    def faithful(self) -> bool:
        """Whether the score reaches the threshold."""
        return self.score >= THRESHOLD


def attach(lines: Sequence[str], document: Document) -> list[Line]:
    """Return the lines with the sentences they rest on and what in them those do not bear out."""
    return [Line(verdict.text, verdict.evidence, verdict.flags) for verdict in map_lines(lines, document)]


def map_lines(lines: Sequence[str], document: Document) -> list[LineVerdict]:
    """Check lines one by one."""
    source = read_source(document)
    verdicts = []
    for line in lines:
        tokens = tokenize(line, document.language)
        evidence = align_tokens(tokens, line, source)
        score = max((found.score for found in evidence), default=0.0)
        verdicts.append(LineVerdict(line, evidence, (), score))
    return verdicts


def check(summary: str, document: Document) -> Verdict:
    """Check a summary against the document it summarizes."""
    lines = tuple(map_lines([line for line in summary.splitlines() if line.strip()], document))
    score = min((line.score for line in lines), default=1.0)
    return Verdict(lines, score)
