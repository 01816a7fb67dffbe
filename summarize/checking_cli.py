"""`summarize check SUMMARY --source ARTICLE`: checks a foreign summary against its article.

Arguments and output only; the checking is `summarize.evidence`. Exit status 0 where the summary passes, 3
where it does not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from summarize.document import Document
from summarize.errors import EmptyTextError, InputError, OptionError
from summarize.evidence import LineVerdict, Verdict, check
from summarize.parse import parse

UNFAITHFUL = 3
_MARKS = ("[", "]")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `summarize check`."""
    parser.add_argument("summary", metavar="SUMMARY", help="file with the summary; - for standard input")
    parser.add_argument(
        "--source", metavar="ARTICLE", required=True, help="file with the article it summarizes"
    )
    parser.add_argument(
        "--threshold", type=float, help="least score to pass, 0 to 1 (default: the fitted one)"
    )
    parser.add_argument(
        "--language", default="auto", help="language of the article, ISO 639-1 (default: %(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")


def read_text(path: str) -> str:
    """Return the text of a file, or of standard input for "-".

    Raises:
        InputError: where it cannot be read, or is no UTF-8 text.
    """
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot read {path}: {error.strerror or error}; give a file that exists, or -"
        ) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is no UTF-8 text (byte {error.start}); save it as UTF-8") from error


def main(
    arguments: argparse.Namespace, out: TextIO | None = None, read: Callable[[str], str] = read_text
) -> int:
    """Check a summary, print the verdict, and return the exit status.

    Args:
        arguments: what `add_arguments` parsed.
        out: where to print; standard output by default.
        read: how a path becomes text; a reader of URLs and HTML can take its place.

    Raises:
        InputError: where the summary or the article cannot be read.
        EmptyTextError: where either holds no sentence.
        OptionError: for a threshold out of range.
    """
    threshold = arguments.threshold
    if threshold is not None and not 0.0 <= threshold <= 1.0:
        raise OptionError(f"--threshold must be from 0 to 1, not {threshold}")
    if arguments.summary == arguments.source == "-":
        raise OptionError("only one of SUMMARY and --source can be standard input")
    document = parse(read(arguments.source), source=arguments.source, language=arguments.language)
    if not document.sentences:
        raise EmptyTextError(f"{arguments.source}: the article holds no sentence to check against")
    verdict = check(read(arguments.summary), document)
    if not verdict.lines:
        raise EmptyTextError(f"{arguments.summary}: the summary holds no sentence to check")
    passed = verdict.faithful if threshold is None else verdict.score >= threshold
    text = json.dumps(to_record(verdict, passed, document), ensure_ascii=False, indent=1)
    print(text if arguments.json else report(verdict, passed, document), file=out or sys.stdout)
    return 0 if passed else UNFAITHFUL


def report(verdict: Verdict, passed: bool, document: Document) -> str:
    """Return a verdict for reading: each line with its flagged spans in brackets, its flags and evidence."""
    parts = []
    for number, line in enumerate(verdict.lines, 1):
        parts.append(f"{number}. {line.score:4.0%}  {mark(line)}")
        for flag in line.flags:
            near = f"; nearest: {document.sentences[flag.sentence].line}" if flag.sentence is not None else ""
            parts.append(f"      not borne out ({flag.kind}): {line.text[flag.start : flag.end]}{near}")
        for found in line.evidence:
            source = document.sentences[found.sentence].line
            parts.append(f"      from sentence {found.sentence + 1} ({found.score:.0%}): {source}")
        if not line.evidence:
            parts.append("      from no sentence of the article")
    verb = "is borne out" if passed else "is not borne out"
    parts.append(
        f"\nThe summary {verb} by its source: score {verdict.score:.2f}, {len(verdict.flags)} flag(s)."
    )
    return "\n".join([*parts, *(f"Note: {note}." for note in verdict.notes)])


def mark(line: LineVerdict, marks: tuple[str, str] = _MARKS) -> str:
    """Return a line with its flagged spans between marks.

    Example:
        >>> from summarize.brief import Flag
        >>> mark(LineVerdict("Some 2,000 came.", (), (Flag(5, 10, "number"),), 0.2))
        'Some [2,000] came.'
    """
    text = line.text
    for flag in sorted(line.flags, key=lambda flag: -flag.start):
        text = text[: flag.start] + marks[0] + text[flag.start : flag.end] + marks[1] + text[flag.end :]
    return text


def to_record(verdict: Verdict, passed: bool, document: Document) -> dict[str, Any]:
    """Return a verdict as plain data, source sentences spelled out."""
    return {
        "faithful": passed,
        "score": round(verdict.score, 4),
        "notes": list(verdict.notes),
        "lines": [
            {
                "text": line.text,
                "score": round(line.score, 4),
                "evidence": [
                    asdict(e) | {"text": document.sentences[e.sentence].line} for e in line.evidence
                ],
                "flags": [asdict(f) | {"text": line.text[f.start : f.end]} for f in line.flags],
            }
            for line in verdict.lines
        ],
    }
