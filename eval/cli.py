"""The `summarize-eval` command: score, run, benchmark, trust. Parses options and prints; decides nothing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from summarize.errors import InputError, OptionError, OutputError, SummarizeError
from summarize.version import __version__

if TYPE_CHECKING:
    from eval.dataset import Example
    from eval.evaluate import Evaluation, Settings, System
    from eval.rouge import Rouge

_EXAMPLES = """examples:
  summarize-eval score outputs.jsonl --references refs.jsonl
  summarize-eval score sysA.txt sysB.txt --references ref.txt --paired-bs
  summarize-eval run --dataset cnn_dailymail --split test --limit 500 --summarizers lead,textrank
  summarize-eval run --dataset data.jsonl --summarizers all --style bullets --report report.html
  summarize-eval run --dataset seeds
  summarize-eval benchmark --data ../shared/data
  summarize-eval trust --data ../shared/data
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status: 0, 1 for an error, 2 for wrong usage."""
    options = _parser().parse_args(argv)
    try:
        text = str(options.command(options))
        if text:
            print(text)
    except SummarizeError as error:
        print(f"summarize-eval: error: {error}", file=sys.stderr)
        return 2 if isinstance(error, OptionError) else 1
    except KeyboardInterrupt:
        print("summarize-eval: stopped; the same command goes on where this one was", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stderr.close()
        return 0
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="summarize-eval",
        description="Measure summaries: ROUGE as the papers ran it, with intervals, tests and benchmarks.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"summarize-eval {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_score(commands.add_parser("score", help="score texts that any system wrote"))
    _add_run(commands.add_parser("run", help="have summarizers write, and score them"))
    _add_benchmark(commands.add_parser("benchmark", help="quality, speed and memory beside the peers"))
    _add_trust(commands.add_parser("trust", help="how well checking agrees with people"))
    return parser


def _add_score(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_score)
    parser.add_argument(
        "systems", nargs="+", metavar="OUTPUTS", help=".txt (a text a line), .jsonl, .csv, .parquet"
    )
    parser.add_argument(
        "--references",
        nargs="+",
        required=True,
        metavar="FILE",
        help="several files: several references each",
    )
    parser.add_argument("--column", help="the outputs' column")
    parser.add_argument("--reference-column", help="the references' column")
    _add_metric(parser)


def _add_run(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_run)
    parser.add_argument(
        "--dataset", required=True, help="a file, a folder of articles, 'seeds', or a hub name"
    )
    parser.add_argument("--split", default="test", help="of a hub dataset (default: %(default)s)")
    parser.add_argument("--config", help="of a hub dataset")
    parser.add_argument("--limit", type=_count, help="only the first N examples")
    parser.add_argument(
        "--summarizers", default="lead,textrank", help="names, or 'all' (default: %(default)s)"
    )
    parser.add_argument(
        "--style", choices=("headline", "bullets", "wysk"), help="(default: bullets; wysk for seeds)"
    )
    parser.add_argument("--bullets", type=_count, help="how many bullets at most")
    parser.add_argument("--batch", type=_count, default=1, help="documents summarized together (default: 1)")
    for column in ("text", "summary", "id"):
        parser.add_argument(f"--{column}-column", help=f"the {column}'s column, if its name is unusual")
    parser.add_argument("--outputs", metavar="FILE", help="write what the summarizers wrote as JSON Lines")
    parser.add_argument("--fresh", action="store_true", help="do not go on with a run that broke off")
    parser.add_argument("--quiet", action="store_true", help="no progress")
    _add_metric(parser)


def _add_metric(parser: argparse.ArgumentParser) -> None:
    metric = parser.add_argument_group("metric")
    metric.add_argument("--rouge", default="rouge-score", choices=("rouge-score", "perl", "unicode"))
    metric.add_argument("--types", default="rouge1,rouge2,rougeL,rougeLsum", help="(default: %(default)s)")
    metric.add_argument(
        "--no-stemmer", dest="stemmer", action="store_false", help="compare words as they are"
    )
    metric.add_argument("--language", default="en", help="ISO 639-1 code (default: %(default)s)")
    metric.add_argument(
        "--bootstrap", type=_samples, default=1000, metavar="N", help="resamples (default: 1000)"
    )
    metric.add_argument("--seed", type=int, default=12345, help="(default: %(default)s)")
    metric.add_argument("--confidence", type=_share, default=0.95, help="of intervals (default: %(default)s)")
    tests = metric.add_mutually_exclusive_group()
    for name, what in (("paired-bs", "paired bootstrap"), ("paired-ar", "approximate randomisation")):
        help = f"{what} against the first system"
        tests.add_argument(f"--{name}", dest="test", action="store_const", const=name, help=help)
    report = parser.add_argument_group("report")
    report.add_argument("--format", default="text", choices=("text", "json", "markdown", "latex"))
    report.add_argument("--measure", default="fmeasure", choices=("precision", "recall", "fmeasure"))
    report.add_argument("--report", metavar="FILE.html", help="write one self-contained page")


def _add_trust(parser: argparse.ArgumentParser) -> None:
    from eval.trust import add_arguments, measure

    add_arguments(parser)
    parser.set_defaults(command=measure)


def _add_benchmark(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_benchmark)
    parser.add_argument("--data", default="../shared/data", help="folder of the sets (default: %(default)s)")
    parser.add_argument("--parts", help="comma-separated; all by default")
    parser.add_argument("--dataset", help="what the part 'systems' runs on (default: cnndm_validation)")
    parser.add_argument("--limit", type=_count, help="how many of its examples (default: 100)")
    parser.add_argument("--summarizers", default="all", help="which of ours it runs (default: %(default)s)")
    parser.add_argument("--list", action="store_true", help="list the parts and stop")
    parser.add_argument(
        "--quick", action="store_true", help="smaller inputs: a check, not a figure to publish"
    )
    parser.add_argument("--format", default="text", choices=("text", "json", "markdown"))


def _score(options: argparse.Namespace) -> str:
    from eval.evaluate import System, evaluate
    from eval.outputs import align, read_texts

    systems = [read_texts(path, options.column) for path in options.systems]
    references = [read_texts(path, options.reference_column, reference=True) for path in options.references]
    ordered, texts = align(systems, references)
    evaluation = evaluate(
        " + ".join(options.references),
        [
            System(name, [t[0] for t in file.texts])
            for name, file in zip(_names(options.systems), ordered, strict=True)
        ],
        texts,
        _rouge(options),
        _settings(options),
        ids=references[0].ids,
        articles=next((file.articles for file in (references[0], *ordered) if file.articles), None),
    )
    evaluation.problems.extend(problem for file in [*systems, *references] for problem in file.problems)
    return _report(evaluation, options)


def _run(options: argparse.Namespace) -> str:
    from eval.dataset import Columns, open_dataset
    from eval.evaluate import evaluate
    from eval.run import Journal, journal_path, names_of, run

    style = options.style or ("wysk" if options.dataset == "seeds" else "bullets")
    columns = Columns(
        options.text_column, options.summary_column, options.id_column, headline=style == "headline"
    )
    dataset = open_dataset(options.dataset, options.split, columns, options.config)
    examples = dataset.take(options.limit)
    journal = Journal(journal_path(options.dataset, style), options.fresh)
    if len(journal):
        print(
            f"going on with {len(journal)} texts of a run that broke off (--fresh starts over)",
            file=sys.stderr,
        )
    names = names_of(options.summarizers)
    systems = run(names, examples, style, options.bullets, options.batch, journal, options.quiet)
    if options.outputs:
        _write_outputs(options.outputs, examples, systems)
    evaluation = evaluate(
        f"{options.dataset} ({style})",
        systems,
        [example.references for example in examples],
        _rouge(options),
        _settings(options),
        [example.id for example in examples],
        [example.text for example in examples],
    )
    evaluation.problems.extend(dataset.problems)
    if dataset.empty_references:
        evaluation.notes.append(f"{dataset.empty_references} references are empty and score 0")
    text = _report(evaluation, options)
    journal.finish()
    return text


def _benchmark(options: argparse.Namespace) -> str:
    from eval.benchmark import PARTS, Bench, run_parts, show

    if options.list:
        return "\n".join(f"{part.name:12} {part.about}" for part in PARTS)
    bench = Bench(Path(options.data), options.quick, options.dataset, options.limit, options.summarizers)
    if not bench.data.is_dir():
        raise InputError(
            f"{bench.data}: there is no such folder; name the one with the evaluation sets by --data"
        )
    names = options.parts.split(",") if options.parts else [part.name for part in PARTS]
    return show(run_parts(names, bench), options.format)


def _rouge(options: argparse.Namespace) -> Rouge:
    from eval.rouge import Rouge

    return Rouge(options.types.split(","), options.rouge, options.stemmer, options.language)


def _settings(options: argparse.Namespace) -> Settings:
    from eval.evaluate import Settings

    return Settings(options.bootstrap, options.seed, options.confidence, options.test, options.language)


def _report(evaluation: Evaluation, options: argparse.Namespace) -> str:
    from eval.report import render

    if options.report:
        from eval.html import page

        _write(options.report, page(evaluation))
        print(f"wrote {options.report}", file=sys.stderr)
    return render(evaluation, options.format, options.measure)


def _write_outputs(path: str, examples: Sequence[Example], systems: Sequence[System]) -> None:
    import json

    lines = [
        json.dumps(
            {"id": example.id, **{system.name: system.texts[n] for system in systems}}, ensure_ascii=False
        )
        for n, example in enumerate(examples)
    ]
    _write(path, "\n".join(lines) + "\n")


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written: {error}; name a file in a folder that exists"
        ) from error


def _names(paths: Sequence[str]) -> list[str]:
    """Return short names of files, the whole path where two would be called the same."""
    short = [Path(path.removesuffix(".gz")).stem for path in paths]
    return [name if short.count(name) == 1 else path for name, path in zip(short, paths, strict=True)]


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


if __name__ == "__main__":
    sys.exit(main())
