"""`summarize check SUMMARY --source ARTICLE`: what in a summary its article supports, and what not.

Arguments and output only; the checking is `summarize.evidence`. Exit status 0 where the answer is "supported"
or "unsure", 3 where it is "unsupported".
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from summarize.errors import EmptyTextError, OptionError
from summarize.printing import say

if TYPE_CHECKING:
    from summarize.document import Document
    from summarize.evidence import Answer, LineVerdict, Verdict
    from summarize.models.judge import Judge

UNFAITHFUL = 3
_SAID = {
    "supported": "supported by its source",
    "unsure": "neither supported nor unsupported for sure",
    "unsupported": "not supported by its source",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the check."""
    parser.add_argument("summary", metavar="SUMMARY", help="the summary: a file, a URL, or -")
    parser.add_argument("--source", metavar="ARTICLE", required=True, help="the article: a file, a URL, or -")
    parser.add_argument(
        "--threshold", type=float, metavar="P", help="lowest score that passes, 0 to 1; fitted by default"
    )
    parser.add_argument(
        "--language",
        default="auto",
        metavar="LANGUAGE",
        help="the article's: de, German; guessed by default",
    )
    parser.add_argument(
        "--embeddings",
        metavar="MODEL",
        help="find further evidence by meaning with a sentence encoder: a folder or a hub id",
    )
    add_judge_arguments(parser)
    parser.add_argument(
        "-f",
        "--format",
        choices=("text", "json"),
        default="text",
        metavar="FORMAT",
        help="text or json; text by default",
    )


def add_judge_arguments(parser: argparse._ActionsContainer) -> None:
    """Add the options that name a judge."""
    parser.add_argument(
        "--judge",
        metavar="MODEL",
        help="also ask an entailment model, whose answer counts in the score: a folder or a hub id",
    )
    parser.add_argument(
        "--judge-label",
        metavar="LABEL",
        help="the judge's label that means supported; read from its config by default",
    )


def chosen_judge(options: argparse.Namespace) -> Judge | None:
    """Return the judge that the options name, or None.

    Raises:
        OptionError: for a label of no judge.
        ModelError, MissingDependencyError: where it cannot be loaded.
    """
    if not options.judge:
        if options.judge_label:
            raise OptionError("--judge-label goes with --judge MODEL")
        return None
    from summarize.models.judge import Judge

    return Judge(options.judge, label=options.judge_label)


def run(options: argparse.Namespace) -> int:
    """Check a summary, print the verdict, and return the exit status.

    Raises:
        InputError: where the summary or the article cannot be read.
        EmptyTextError: where either holds no sentence.
        OptionError: for a threshold out of range, or standard input asked for twice.
        ModelError, MissingDependencyError: where the model of --embeddings or --judge cannot be loaded.
    """
    from summarize.evidence import Answer, check
    from summarize.evidence.check import answer
    from summarize.language.names import language_code
    from summarize.reading.read import read
    from summarize.writing.record import dumps

    threshold = options.threshold
    if threshold is not None and not 0.0 <= threshold <= 1.0:
        raise OptionError(f"--threshold must be from 0 to 1, not {threshold}")
    if options.summary == options.source == "-":
        raise OptionError("SUMMARY and --source cannot both be -; give one of them as a file")
    document = read(options.source, language=language_code(options.language))
    if not document.sentences:
        raise EmptyTextError(f"{options.source}: the article holds no sentence to check against")
    encoder = None
    if options.embeddings:
        from summarize.evidence.embeddings import Encoder

        encoder = Encoder(options.embeddings)
    judge = chosen_judge(options)
    verdict = check(read(options.summary, language=document.language).text, document, encoder, judge)
    if not verdict.lines:
        raise EmptyTextError(f"{options.summary}: the summary holds no sentence to check")
    given = answer(verdict.score, verdict.flags, threshold)
    if options.format == "json":
        print(dumps(to_record(verdict, given, document), indent=2))
    else:
        say(report(verdict, given, document))
    return UNFAITHFUL if given is Answer.UNSUPPORTED else 0


def report(verdict: Verdict, given: Answer, document: Document) -> str:
    """Return a verdict for reading: each line with its flagged spans in brackets, its flags and evidence."""
    from summarize.brief import Line
    from summarize.writing.wording import doubt

    parts = []
    for number, line in enumerate(verdict.lines, 1):
        said = "" if line.judged is None else f"; judge {line.judged:.0%}"
        parts.append(f"{number}. {line.answer} ({line.score:.0%}{said})  {mark(line)}")
        for flag in line.flags:
            near = f"; nearest: {document.sentences[flag.sentence].line}" if flag.sentence is not None else ""
            parts.append(f"      {doubt(Line(line.text), flag)}{near}")
        for found in line.evidence:
            source = document.sentences[found.sentence].line
            parts.append(f"      from sentence {found.sentence + 1} ({found.score:.0%}): {source}")
        if not line.evidence:
            parts.append("      from no sentence of the article")
    flags = len(verdict.flags)
    against = f"{flags} flag{'s' * (flags != 1)}" if flags else "nothing found against it"
    parts.append(f"\nThe summary is {_SAID[given]}: score {verdict.score:.2f}, {against}.")
    return "\n".join([*parts, *(f"Note: {note}." for note in verdict.notes)])


def mark(line: LineVerdict, marks: tuple[str, str] = ("[", "]")) -> str:
    """Return a line with its flagged spans between marks.

    Example:
        >>> from summarize.brief import Flag
        >>> from summarize.evidence import LineVerdict
        >>> mark(LineVerdict("Some 2,000 came.", (), (Flag(5, 10, "number"),), 0.2))
        'Some [2,000] came.'
    """
    text = line.text
    for flag in sorted(line.flags, key=lambda flag: -flag.start):
        text = text[: flag.start] + marks[0] + text[flag.start : flag.end] + marks[1] + text[flag.end :]
    return text


def to_record(verdict: Verdict, given: Answer, document: Document) -> dict[str, Any]:
    """Return a verdict as plain data, source sentences spelled out."""
    return {
        "answer": given,
        "faithful": given != "unsupported",
        "score": round(verdict.score, 4),
        "notes": list(verdict.notes),
        "lines": [
            {
                "text": line.text,
                "answer": line.answer,
                "score": round(line.score, 4),
                "judged": None if line.judged is None else round(line.judged, 4),
                "evidence": [
                    asdict(e) | {"text": document.sentences[e.sentence].line} for e in line.evidence
                ],
                "flags": [asdict(f) | {"text": line.text[f.start : f.end]} for f in line.flags],
            }
            for line in verdict.lines
        ],
    }
