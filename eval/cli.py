"""The `summarize-eval` command: score, run, benchmark, trust. Parses options and prints; decides nothing."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarize.commands.completion import add_arguments as add_completion
from summarize.commands.completion import script
from summarize.commands.parsers import sentence, shorten_usage, wrapped
from summarize.errors import InputError, OptionError, OutputError, SummarizeError
from summarize.printing import complain, say
from summarize.streams import replace_closed_streams
from summarize.version import __version__

from .options import add_benchmark, add_meta, add_run, add_score, add_trust, add_votes
from .votes import command as votes

if TYPE_CHECKING:
    from .data.dataset import Example
    from .metrics.base import Metric
    from .results import Evaluation, Settings, System
    from .rouge.rouge import Rouge

_EXAMPLES = """examples:
  summarize-eval score outputs.jsonl --references refs.jsonl
  summarize-eval score a.txt b.txt --references refs.txt
  summarize-eval run --dataset seeds
  summarize-eval run --dataset cnn_dailymail --limit 500
  summarize-eval run --dataset data.jsonl --summarizers all
  summarize-eval benchmark --data FOLDER
  summarize-eval trust --data FOLDER
  summarize-eval votes votes.db
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status: 0, 1 for an error, 2 for wrong usage."""
    replace_closed_streams()
    try:
        options = _parser().parse_args(argv)
        text = str(options.command(options))
        if text:
            say(text)
    except SummarizeError as error:
        complain(f"summarize-eval: error: {error}")
        return 2 if isinstance(error, OptionError) else 1
    except KeyboardInterrupt:
        print("summarize-eval: stopped; run the same command again to continue", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stderr.close()
        return 0
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="summarize-eval",
        description=wrapped(
            "Measure summaries: ROUGE as the papers ran it, with intervals, tests and benchmarks."
        ),
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"summarize-eval {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    parsers = {"": parser}
    for name, add_options, command, about in (
        ("score", add_score, _score, "score texts that any system wrote"),
        ("run", add_run, _run, "have summarizers write, and score them"),
        ("benchmark", add_benchmark, _benchmark, "quality, speed and memory beside the peers"),
        ("meta", add_meta, _meta, "which metric agrees with human marks"),
        ("trust", add_trust, _trust, "how well `summarize check` tells faithful from unfaithful"),
        ("votes", add_votes, votes.run, "who wins blind votes, and the votes themselves"),
        ("completion", add_completion, _completion, "what makes the shell complete commands and options"),
    ):
        parsers[name] = commands.add_parser(name, help=about, description=sentence(about))
        parsers[name].set_defaults(command=command, parsers=parsers)
        add_options(parsers[name])
        shorten_usage(parsers[name])
    return parser


def _score(options: argparse.Namespace) -> str:
    from .data.outputs import align, read_texts
    from .evaluate import evaluate
    from .run import written_elsewhere

    systems = [read_texts(path, options.column) for path in options.systems]
    references = [read_texts(path, options.reference_column, "reference") for path in options.references]
    sources = [read_texts(path, options.source_column, "source") for path in [options.sources] if path]
    ordered, texts = align([*systems, *sources], references)
    articles = next((file.articles for file in (references[0], *ordered) if file.articles), None)
    if sources:
        articles = [text for text, *_ in ordered.pop().texts]
    evaluation = evaluate(
        " + ".join(options.references),
        [
            written_elsewhere(name, [t[0] for t in file.texts], articles if sources else None, options.style)
            for name, file in zip(_names(options.systems), ordered, strict=True)
        ],
        texts,
        _rouge(options),
        _settings(options),
        ids=references[0].ids,
        articles=articles,
        metrics=_metrics(options),
    )
    evaluation.problems.extend(
        problem for file in [*systems, *references, *sources] for problem in file.problems
    )
    return _report(evaluation, options)


def _run(options: argparse.Namespace) -> str:
    from .data.dataset import columns, open_dataset
    from .evaluate import evaluate
    from .journal import RunJournal, journal_path
    from .run import names_of, run

    metrics = _metrics(options)  # first, so that a wrong name is told before the work
    style = options.style or ("wysk" if options.dataset == "seeds" else "bullets")
    asked = columns(
        options.text_column, options.summary_column, options.id_column, headline=style == "headline"
    )
    dataset = open_dataset(options.dataset, options.split, asked, options.config)
    examples = dataset.take(options.limit)
    journal = RunJournal(journal_path(options.dataset, style), options.fresh)
    if len(journal):
        print(
            f"continuing an interrupted run that has {len(journal)} texts (--fresh starts over)",
            file=sys.stderr,
        )
    names = names_of(options.summarizers, options.option)
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
        metrics,
    )
    evaluation.problems.extend(dataset.problems)
    if dataset.empty_references:
        evaluation.notes.append(f"{dataset.empty_references} references are empty and score 0")
    text = _report(evaluation, options)
    journal.finish()
    return text


def _trust(options: argparse.Namespace) -> str:
    from dataclasses import asdict

    from .trust import corruptions, judging, trust

    parts = options.parts.split(",")
    if unknown := [part for part in parts if part not in ("sets", "corruptions", "judge")]:
        raise OptionError(
            f"no part is called {', '.join(map(repr, unknown))}; there are sets, corruptions, judge"
        )
    if "judge" in parts and not options.judge:
        raise OptionError("--parts judge needs --judge MODEL, an entailment model")
    data = _folder(options.data)
    found: dict[str, Any] = {}
    texts = []
    if "sets" in parts:
        written = Path(options.write) if options.write else None
        report = trust.run(data, options.resamples, written)
        found |= asdict(report)
        texts.append(str(report))
    if "corruptions" in parts:
        caught = corruptions.run(data)
        found["corruptions"] = [asdict(one) for one in caught]
        texts.append(corruptions.show(caught))
    if options.judge:
        from summarize.models.judge import Judge

        judged = judging.run(data, Judge(options.judge, label=options.judge_label))
        found["judge"] = asdict(judged)
        texts.append(str(judged))
    return json.dumps(found, indent=1) if options.format == "json" else "\n\n".join(texts)


def _meta(options: argparse.Namespace) -> str:
    from .metrics.report import report

    names = options.metrics.split(",") if options.metrics else None
    marks = options.marks.split(",") if options.marks else ()
    sampling = (options.bootstrap, options.seed)
    return report(options.data, names, marks, options.correlation, options.format, *sampling)


def _completion(options: argparse.Namespace) -> str:
    from .benchmarks.parts import PARTS
    from .metrics.registry import metric_table

    more = {"--metrics": metric_table(), "--parts": [part.name for part in PARTS]}
    return script("summarize-eval", options.parsers, options.shell, more)


def _folder(name: str) -> Path:
    """Return the folder of the evaluation sets.

    Raises:
        InputError: where there is none of that name.
    """
    if not Path(name).is_dir():
        raise InputError(f"{name}: there is no such folder; name the one with the evaluation sets by --data")
    return Path(name)


def _benchmark(options: argparse.Namespace) -> str:
    from .benchmarks.parts import PARTS, Bench, run_parts, show

    if options.list:
        return "\n".join(f"{part.name:12} {part.about}" for part in PARTS)
    if not options.data:
        raise OptionError("name the folder of the sets with --data; docs/benchmarks.md says what is in it")
    data = _folder(options.data)
    bench = Bench(data, options.quick, options.dataset, options.limit, options.summarizers)
    names = options.parts.split(",") if options.parts else [part.name for part in PARTS]
    return show(run_parts(names, bench), options.format)


def _rouge(options: argparse.Namespace) -> Rouge:
    from .rouge.rouge import Rouge

    return Rouge(options.types.split(","), options.rouge, options.stemmer, options.language, options.formula)


def _metrics(options: argparse.Namespace) -> list[Metric]:
    from .metrics.registry import load_metric

    return [load_metric(name) for name in options.metrics.split(",") if name]


def _settings(options: argparse.Namespace) -> Settings:
    from .results import Settings

    return Settings(
        options.bootstrap,
        options.seed,
        options.confidence,
        options.test,
        options.language,
        options.lsum_split,
        options.equal_length,
    )


def _report(evaluation: Evaluation, options: argparse.Namespace) -> str:
    from .reports.tables import render

    if options.report:
        from .reports.html import page

        _write(options.report, page(evaluation))
        print(f"wrote {options.report}", file=sys.stderr)
    return render(evaluation, options.format, options.measure)


def _write_outputs(path: str, examples: Sequence[Example], systems: Sequence[System]) -> None:
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


if __name__ == "__main__":
    sys.exit(main())
