"""The options of `summarize-eval`, command by command, and the checks of their values."""

from __future__ import annotations

import argparse

from .rouge.sentences import LSUM_SPLITS

_STYLES = ("headline", "bullets", "wysk")


def add_score(parser: argparse.ArgumentParser) -> None:
    """Add the options of `summarize-eval score`."""
    parser.add_argument(
        "systems", nargs="+", metavar="OUTPUTS", help=".txt (a text a line), JSON, CSV, Parquet, also packed"
    )
    parser.add_argument(
        "--references",
        nargs="+",
        required=True,
        metavar="FILE",
        help="several files: several references each",
    )
    parser.add_argument(
        "--sources",
        metavar="FILE",
        help="the articles: support, flags, novelty, coverage, density and compression beside ROUGE",
    )
    for option, whose in (("", "outputs'"), ("source-", "articles'"), ("reference-", "references'")):
        parser.add_argument(f"--{option}column", metavar="NAME", help=f"the {whose} column")
    _add_choice(parser, "--style", _STYLES, "whose rules defects are counted by, with --sources", "bullets")
    _add_metric(parser)


def add_run(parser: argparse.ArgumentParser) -> None:
    """Add the options of `summarize-eval run`."""
    parser.add_argument(
        "--dataset",
        required=True,
        metavar="DATA",
        help="a file, a folder of articles, 'seeds', or a hub name",
    )
    parser.add_argument(
        "--split", default="test", metavar="NAME", help="of a hub dataset (default: %(default)s)"
    )
    parser.add_argument("--config", metavar="NAME", help="of a hub dataset")
    parser.add_argument("--limit", type=_count, metavar="N", help="only the first N examples")
    parser.add_argument(
        "--summarizers",
        default="lead,textrank",
        metavar="NAMES",
        help="NAME or NAME:option=value, comma-separated, or 'all' (default: %(default)s)",
    )
    parser.add_argument(
        "-O",
        "--option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="an option of every summarizer named, such as damping=0.7",
    )
    _add_choice(parser, "--style", _STYLES, "what they write; bullets by default, wysk for seeds")
    parser.add_argument("--bullets", type=_count, metavar="N", help="how many bullets at most")
    parser.add_argument(
        "--batch", type=_count, default=1, metavar="N", help="documents summarized together (default: 1)"
    )
    for column in ("text", "summary", "id"):
        parser.add_argument(
            f"--{column}-column", metavar="NAME", help=f"the {column}'s column, if its name is unusual"
        )
    parser.add_argument("--outputs", metavar="FILE", help="write what the summarizers wrote as JSON Lines")
    parser.add_argument(
        "--fresh", action="store_true", help="start over instead of continuing an interrupted run"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress")
    _add_metric(parser)


def _add_metric(parser: argparse.ArgumentParser) -> None:
    metric = parser.add_argument_group("metric")
    _add_choice(
        metric, "--rouge", ("rouge-score", "perl", "unicode"), "whose rules ROUGE follows", "rouge-score"
    )
    metric.add_argument(
        "-f",
        "--formula",
        choices=("best-f", "A", "B"),
        metavar="WAY",
        help="what counts of several references: best-f, the best F, or ROUGE-1.5.5's A (average) or B (best"
        " recall) (default: A with --rouge perl, else best-f)",
    )
    metric.add_argument(
        "--types",
        default="rouge1,rouge2,rougeL,rougeLsum",
        metavar="TYPES",
        help="which ROUGE, comma-separated (default: %(default)s)",
    )
    metric.add_argument(
        "--no-stemmer", dest="stemmer", action="store_false", help="compare words as they are"
    )
    metric.add_argument(
        "--lsum-split",
        default="auto",
        choices=LSUM_SPLITS,
        metavar="WAY",
        help="where rougeLsum's sentences end: at line breaks (lines), where they are found to end"
        " (sentences), or at line breaks only where most texts have them (auto) (default: auto)",
    )
    metric.add_argument(
        "--metrics",
        default="",
        metavar="NAMES",
        help="further metrics beside ROUGE, comma-separated, NAME or NAME:option=value (docs/evaluation.md)",
    )
    metric.add_argument(
        "--language", default="en", metavar="CODE", help="of the texts, ISO 639-1 (default: %(default)s)"
    )
    _add_tests(parser)
    _add_report(parser)


def _add_report(parser: argparse.ArgumentParser) -> None:
    report = parser.add_argument_group("report")
    _add_format(report, "text", "json", "markdown", "latex")
    measures = ("precision", "recall", "fmeasure")
    _add_choice(report, "--measure", measures, "what the tables show", "fmeasure")
    report.add_argument("--report", metavar="FILE.html", help="write one self-contained page")


def _add_tests(parser: argparse.ArgumentParser) -> None:
    metric = parser.add_argument_group("intervals and tests")
    _add_resampling(metric)
    metric.add_argument(
        "--confidence", type=_share, default=0.95, metavar="P", help="of intervals (default: %(default)s)"
    )
    tests = metric.add_mutually_exclusive_group()
    for name, what in (("paired-bs", "paired bootstrap"), ("paired-ar", "approximate randomisation")):
        help = f"{what} against the first system"
        tests.add_argument(f"--{name}", dest="test", action="store_const", const=name, help=help)
    metric.add_argument(
        "--equal-length",
        action="store_true",
        help="with a test: compare each system with the first at equal length too, the longer text of each"
        " document cut to the words of the shorter",
    )


def add_benchmark(parser: argparse.ArgumentParser) -> None:
    """Add the options of `summarize-eval benchmark`."""
    parser.add_argument("--data", metavar="FOLDER", help="folder of the sets (docs/benchmarks.md)")
    parser.add_argument("--parts", metavar="PARTS", help="see --list; comma-separated; all by default")
    parser.add_argument(
        "--dataset", metavar="NAME", help="what the part 'systems' runs on (default: cnndm_validation)"
    )
    parser.add_argument("--limit", type=_count, metavar="N", help="how many of its examples (default: 100)")
    parser.add_argument(
        "--summarizers",
        default="all",
        metavar="NAMES",
        help="which of our summarizers it runs (default: %(default)s)",
    )
    parser.add_argument("--list", action="store_true", help="list the parts and stop")
    parser.add_argument(
        "--quick", action="store_true", help="smaller inputs: a check, not a figure to publish"
    )
    _add_format(parser, "text", "json", "markdown")


def add_meta(parser: argparse.ArgumentParser) -> None:
    """Add the options of `summarize-eval meta`."""
    parser.add_argument(
        "--data",
        required=True,
        metavar="FILE",
        help="rows with id, system, summary, article, reference(s) and marks, as SummEval has them",
    )
    parser.add_argument(
        "--metrics",
        metavar="NAMES",
        help="comma-separated, NAME or NAME:option=value (default: all installed)",
    )
    parser.add_argument("--marks", metavar="NAMES", help="columns of the marks (default: SummEval's four)")
    coefficients = ("kendall", "spearman", "pearson")
    _add_choice(parser, "--correlation", coefficients, "how agreement is measured", "kendall")
    _add_resampling(parser)
    _add_format(parser, "text", "json", "markdown")


def add_votes(parser: argparse.ArgumentParser) -> None:
    """Add the options of `summarize-eval votes`."""
    parser.add_argument("file", metavar="FILE", help="of `summarize app --votes FILE`; it may be in use")
    _add_resampling(parser)
    what = "the table, the same as JSON, or the votes, a row each"
    _add_choice(parser, "--format", ("text", "json", "csv", "jsonl"), what, "text")


def add_trust(parser: argparse.ArgumentParser) -> None:
    """Add the options of `summarize-eval trust`."""
    parser.add_argument(
        "--data", required=True, metavar="FOLDER", help="folder of the sets (docs/benchmarks.md)"
    )
    parser.add_argument(
        "--parts",
        default="sets",
        metavar="PARTS",
        help="sets (annotated summaries), corruptions (lines made wrong by rule), judge, or several with "
        "commas (default: sets)",
    )
    parser.add_argument(
        "--judge",
        metavar="MODEL",
        help="also measure an entailment model: what it costs and what it adds: a folder or a hub id; "
        "--parts judge for it alone",
    )
    parser.add_argument("--judge-label", metavar="LABEL", help="its label that means supported")
    parser.add_argument(
        "--resamples", type=_count, default=1000, metavar="N", help="of the bootstrap (default: 1000)"
    )
    _add_format(parser, "text", "json")
    parser.add_argument("--write", metavar="FILE", help="write the newly fitted weights to a file")


def _add_resampling(group: argparse._ActionsContainer) -> None:
    group.add_argument(
        "--bootstrap", type=_samples, default=1000, metavar="N", help="resamples (default: 1000)"
    )
    group.add_argument(
        "--seed", type=int, default=12345, metavar="N", help="of the resampling (default: %(default)s)"
    )


def _add_choice(
    group: argparse._ActionsContainer,
    option: str,
    choices: tuple[str, ...],
    about: str,
    default: str | None = None,
) -> None:
    """Add an option of a few values; they stand in its help, where argparse would repeat them before it."""
    names = f"{', '.join(choices[:-1])} or {choices[-1]}"
    known = f" (default: {default})" if default else ""
    group.add_argument(
        option,
        choices=choices,
        default=default,
        metavar=option.strip("-").upper(),
        help=f"{names}: {about}{known}",
    )


def _add_format(group: argparse._ActionsContainer, *formats: str) -> None:
    _add_choice(group, "--format", formats, "of what is printed", "text")


def _count(text: str) -> int:
    return int(_checked(text, text.isdecimal() and int(text) >= 1, "a number from 1"))


def _samples(text: str) -> int:
    return int(_checked(text, text.isdecimal(), "a number from 0"))


def _share(text: str) -> float:
    try:
        holds = 0 < float(text) < 1
    except ValueError:
        holds = False
    return float(_checked(text, holds, "between 0 and 1"))


def _checked(text: str, holds: bool, wanted: str) -> str:
    if not holds:
        raise argparse.ArgumentTypeError(f"must be {wanted}, not {text!r}")
    return text
