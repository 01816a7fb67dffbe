"""`summarize batch`: many articles in, a row of output for each, resumable; on all cores or on Ray."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from summarize.commands.brief import (
    add_style_arguments,
    add_summarizer_arguments,
    styles_asked,
    summarizer_options,
)
from summarize.errors import OptionError

if TYPE_CHECKING:
    from summarize.batch.work import BatchSettings

SUFFIXES = (".jsonl", ".jsonl.gz", ".parquet")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "sources",
        nargs="+",
        metavar="INPUT",
        help="JSONL, CSV, TSV (also .gz, .zst), Parquet, Arrow, a folder or a glob of such or of texts, "
        "hub:NAME, or - for JSONL on standard input",
    )
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="OUT",
        help=f"{', '.join(SUFFIXES)}; with --engine ray a folder",
    )
    _add_content(parser)
    _add_input(parser)
    _add_running(parser)
    _add_ray(parser)


def _add_content(parser: argparse.ArgumentParser) -> None:
    add_style_arguments(parser)
    add_summarizer_arguments(parser)
    group = parser.add_argument_group("rows of the output")
    group.add_argument(
        "--carry",
        action="append",
        default=[],
        metavar="COLUMN[=NAME]",
        help="carry a column of the input along, under another name if need be; several with commas",
    )
    group.add_argument(
        "--compact", action="store_true", help="lines as plain strings, without their evidence"
    )
    group.add_argument("--evidence", action="store_true", help="add the text of the source sentences")
    group.add_argument(
        "--strict", action="store_true", help="replace or leave out lines that the article does not bear out"
    )


def _add_input(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("input")
    group.add_argument("--text-column", metavar="COLUMN", help="the article; found by its usual names")
    group.add_argument(
        "--id-column", metavar="COLUMN", help="the id; found by its usual names, else file and line"
    )
    group.add_argument(
        "--language", default="auto", metavar="CODE", help="ISO 639-1 code, en or de; guessed by default"
    )
    group.add_argument("--split", default="test", help="part of a hub data set; test by default")
    group.add_argument("--config", metavar="NAME", help="configuration of a hub data set")
    group.add_argument("--limit", type=_count, metavar="N", help="only the first N rows")


def _add_running(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("running")
    group.add_argument(
        "-w",
        "--workers",
        type=_count,
        metavar="N",
        help="processes; as many as there are cores by default, 1 works without any",
    )
    group.add_argument(
        "--resume", action="store_true", help="go on where a run into OUT was ended, if one was"
    )
    group.add_argument("--overwrite", action="store_true", help="start over, whatever is in OUT")
    group.add_argument("--fail-fast", action="store_true", help="stop at the first row that fails")
    group.add_argument(
        "--every",
        type=float,
        default=1.0,
        metavar="SECONDS",
        help="how much work a kill may cost; 1 by default",
    )


def _add_ray(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(
        "ray", "--engine ray works on a cluster; give a model's own engine as -O engine=NAME then"
    )
    group.add_argument(
        "--address", metavar="ADDRESS", help="an existing cluster, or auto; one on this machine by default"
    )
    group.add_argument(
        "--gpus", type=float, default=0.0, metavar="N", help="GPUs of each worker; 0 by default"
    )
    group.add_argument(
        "--shard-rows", type=_count, default=1000, metavar="N", help="rows of an output file; 1000 by default"
    )
    group.add_argument(
        "--format",
        choices=("jsonl", "parquet"),
        default="jsonl",
        help="of the output files; jsonl by default",
    )


def run(options: argparse.Namespace) -> int:
    """Summarize all rows; return 1 where some failed, 130 where it was interrupted."""
    on_ray = options.engine == "ray"
    if on_ray:
        options.engine = None  # the summarizer's own is another matter
    settings = _settings(options)
    if options.resume and options.overwrite:
        raise OptionError("--resume goes on and --overwrite starts over: choose one")
    return _run_ray(options, settings) if on_ray else _run_local(options, settings)


def _run_local(options: argparse.Namespace, settings: BatchSettings) -> int:
    from summarize.batch.journal import Paths
    from summarize.batch.run import Interrupted, Job, run
    from summarize.cores import usable_cores
    from summarize.reading.inputs import open_inputs

    paths = Paths(Path(options.output))
    if not paths.output.name.endswith(SUFFIXES) or paths.output.is_dir():
        raise OptionError(
            f"{options.output}: name a file ending in {', '.join(SUFFIXES)}, or use --engine ray for a folder"
        )
    if paths.output.suffix == ".parquet":
        from summarize.reading.tables import require

        require("pyarrow", options.output)
    if options.resume and paths.output.exists() and not paths.journal.exists():
        print(f"summarize batch: {paths.output} is complete, there is nothing to resume", file=sys.stderr)
        return 1 if paths.errors.exists() else 0
    job = Job(
        inputs=open_inputs(options.sources, options.split, options.config, paths.own),
        paths=paths,
        settings=settings,
        workers=options.workers or usable_cores(),
        limit=options.limit,
        resume=options.resume,
        overwrite=options.overwrite,
        every=options.every,
        fail_fast=options.fail_fast,
    )
    try:
        tally = run(job)
    except (Interrupted, KeyboardInterrupt):
        print(
            f"summarize batch: stopped; what is done is kept. To go on:\n  {_to_resume(sys.argv)}",
            file=sys.stderr,
        )
        return 130
    errors = f"; see {paths.errors}" if paths.errors.exists() else ""
    print(f"summarize batch: {tally}{errors}", file=sys.stderr)
    return 1 if errors else 0


def _run_ray(options: argparse.Namespace, settings: BatchSettings) -> int:
    from summarize.batch.cluster import Shards, run_on_ray

    shards = Shards(
        output=options.output,
        settings=settings,
        rows=options.shard_rows,
        format=options.format,
        resume=options.resume,
        overwrite=options.overwrite,
    )
    tally = run_on_ray(
        options.sources,
        shards,
        address=options.address,
        workers=options.workers,
        gpus=options.gpus,
        limit=options.limit,
        split=options.split,
        config=options.config,
        fail_fast=options.fail_fast,
    )
    errors = f"; see {options.output}/*.errors.jsonl" if tally.failed else ""
    print(f"summarize batch: {tally}{errors}", file=sys.stderr)
    return 1 if tally.failed else 0


def _settings(options: argparse.Namespace) -> BatchSettings:
    from summarize.batch.work import BRIEF_KEYS, BatchSettings
    from summarize.registry import find, options_of

    given = summarizer_options(options)
    known = options_of(find(options.summarizer))
    if unknown := [name for name in given if name not in known]:
        raise OptionError(
            f"{options.summarizer} has no option {', '.join(unknown)}; it has {', '.join(known) or 'none'}"
        )
    carry = {}
    for pair in (pair for entry in options.carry for pair in entry.split(",") if pair.strip()):
        column, _, name = (part.strip() for part in pair.partition("="))
        carry[column] = name or column
    for column, name in carry.items():
        if name in BRIEF_KEYS:
            raise OptionError(
                f"the output has a {name!r} of its own; carry the column as --carry {column}=article_{name}"
            )
    return BatchSettings(
        summarizer=options.summarizer,
        options=given,
        styles=tuple(style.name for style in styles_asked(options.style, options.bullets)),
        bullets=options.bullets,
        language=options.language,
        text=options.text_column,
        id=options.id_column,
        carry=carry,
        evidence=options.evidence,
        compact=options.compact,
        strict=options.strict,
    )


def _to_resume(argv: list[str]) -> str:
    """Return the command that goes on with this one.

    Example:
        >>> _to_resume(["/usr/bin/summarize", "batch", "my news.jsonl", "-o", "b.jsonl", "--overwrite"])
        "summarize batch 'my news.jsonl' -o b.jsonl --resume"
    """
    words = [word for word in argv[1:] if word not in ("--overwrite", "--resume")]
    return shlex.join(["summarize", *words, "--resume"])


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a number from 1, not {text!r}")
    return int(text)
