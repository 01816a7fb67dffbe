"""`summarize batch`: many articles in, a row of output for each, resumable; on all cores or on Ray."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from summarize.commands.batch_options import SUFFIXES, add_arguments
from summarize.commands.brief import styles_asked, summarizer_asked
from summarize.errors import OptionError
from summarize.printing import say

if TYPE_CHECKING:
    from summarize.batch.work import BatchSettings

__all__ = ["add_arguments", "run"]


def run(options: argparse.Namespace) -> int:
    """Summarize all rows; return 1 where some failed, 130 where it was interrupted."""
    on_ray = options.engine == "ray"
    if on_ray:
        options.engine = None  # the summarizer's own is another matter
    settings = _settings(options)
    if on_ray and options.cluster:
        raise OptionError(
            "--cluster compares every article with every other, on one machine; leave out --engine ray, "
            "or cluster the articles of each day by themselves"
        )
    if options.resume and options.overwrite:
        raise OptionError("--resume continues and --overwrite starts over: choose one")
    return _run_ray(options, settings) if on_ray else _run_local(options, settings)


def _run_local(options: argparse.Namespace, settings: BatchSettings) -> int:
    from summarize.batch.finished import Paths, check_finished
    from summarize.batch.journal import has_begun
    from summarize.batch.run import STANDARD_OUTPUT, Interrupted, Job, run
    from summarize.cores import usable_cores
    from summarize.reading.inputs import Inputs, open_inputs
    from summarize.reading.lines import Dialect
    from summarize.reading.storage import is_stream

    paths = Paths(Path(options.output))
    piped = paths.output == STANDARD_OUTPUT
    _check_output(options, piped)
    dialect = Dialect(options.delimiter, options.encoding)
    sources = open_inputs(options.sources, options.split, options.config, paths.own, dialect)
    job = Job(
        inputs=Inputs(sources, settings.columns, _say),
        paths=paths,
        settings=settings,
        workers=options.workers or usable_cores(),
        limit=options.limit,
        resume=options.resume,
        overwrite=options.overwrite,
        every=options.every,
        fail_fast=options.fail_fast,
        row_timeout=options.row_timeout,
    )
    streams = ", ".join(filter(is_stream, options.sources))
    if options.resume and paths.output.exists() and not has_begun(paths):
        check_finished(paths, job.identity, streams)
        _say(f"{paths.output} is complete, there is nothing to resume")
        return 1 if paths.errors.exists() else 0
    try:
        tally = run(job)
    except (Interrupted, KeyboardInterrupt):
        _say("stopped" if piped else f"stopped; what is done is kept. {_advice(streams)}")
        return 130
    errors = f"; see {paths.errors}" if paths.errors.exists() else ""
    _say(f"{tally}{errors}")
    return 1 if errors or tally.failed else 0


def _check_output(options: argparse.Namespace, piped: bool) -> None:
    """Refuse an output that a run on one machine cannot write."""
    from summarize.reading.storage import require

    output = str(options.output)
    if piped:
        if options.resume:
            raise OptionError("-o - keeps nothing that --resume could continue; name a file")
    elif "://" in output:
        raise OptionError(
            f"{output}: a run on one machine writes a local file, which you can copy there; or add "
            "--engine ray, which writes a folder of shards to an object store"
        )
    elif not output.endswith(SUFFIXES) or Path(output).is_dir():
        raise OptionError(
            f"{output}: name a file ending in {', '.join(SUFFIXES)}, or - for JSON Lines on standard "
            "output, or use --engine ray for a folder"
        )
    elif output.endswith(".parquet"):
        require("pyarrow", output)


def _run_ray(options: argparse.Namespace, settings: BatchSettings) -> int:
    from summarize.batch.cluster import run_on_ray
    from summarize.batch.shards import ERRORS, Shards
    from summarize.reading.lines import Dialect
    from summarize.reading.storage import Folder

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
        dialect=Dialect(options.delimiter, options.encoding),
        fail_fast=options.fail_fast,
        tell=_say,
    )
    # Those of shards that an earlier start wrote count too.
    failed = any(name.endswith(ERRORS) for name in Folder(options.output).names())
    errors = f"; see {options.output}/*{ERRORS}" if failed else ""
    _say(f"{tally}{errors}")
    return 1 if failed else 0


def _settings(options: argparse.Namespace) -> BatchSettings:
    from summarize.batch.work import BRIEF_KEYS, BatchSettings
    from summarize.language.names import language_code
    from summarize.options import check_options, options_of
    from summarize.registry import find

    name, given = summarizer_asked(options)
    check_options(name, options_of(find(name)), given)
    carry = {}
    for pair in (pair for entry in options.carry for pair in entry.split(",") if pair.strip()):
        column, _, key = (part.strip() for part in pair.partition("="))
        carry[column] = key or column
    for column, key in carry.items():
        if key in BRIEF_KEYS:
            raise OptionError(
                f"the output has a {key!r} of its own; carry the column as --carry {column}=article_{key}"
            )
    return BatchSettings(
        summarizer=name,
        options=given,
        styles=tuple(style.name for style in styles_asked(options.style, options.bullets)),
        bullets=options.bullets,
        language=language_code(options.language),
        text=options.text_column,
        title=options.title_column,
        id=options.id_column,
        carry=carry,
        evidence=options.evidence,
        compact=options.compact,
        strict=options.strict,
        skip=frozenset(options.skip),
        cluster=options.cluster,
    )


def _advice(streams: str) -> str:
    """Return how to go on with this run; what came through a pipe must come again."""
    again = f" with the same rows in {streams} again" if streams else ""
    return f"To go on{again}:\n  {_to_resume(sys.argv)}"


def _to_resume(argv: list[str]) -> str:
    """Return the command that goes on with this one.

    Example:
        >>> _to_resume(["/usr/bin/summarize", "batch", "my news.jsonl", "-o", "b.jsonl", "--overwrite"])
        "summarize batch 'my news.jsonl' -o b.jsonl --resume"
    """
    words = [word for word in argv[1:] if word not in ("--overwrite", "--resume")]
    return shlex.join(["summarize", *words, "--resume"])


def _say(message: str) -> None:
    say(f"summarize batch: {message}", sys.stderr)
