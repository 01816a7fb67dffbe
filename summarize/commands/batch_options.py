"""The options of `summarize batch`."""

from __future__ import annotations

import argparse
import codecs

from summarize.commands.brief import add_style_arguments, add_summarizer_arguments

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
        help=f"{', '.join(SUFFIXES)}, - for JSON Lines on standard output; with --engine ray a folder",
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
        "--cluster",
        action="store_true",
        help="a row for each story: articles on one event become one brief; reads the whole input first",
    )
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
        "--strict", action="store_true", help="replace or leave out lines that the article does not support"
    )


def _add_input(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("input")
    group.add_argument("--text-column", metavar="COLUMN", help="the article; found by its usual names")
    group.add_argument("--title-column", metavar="COLUMN", help="its headline; found by its usual names")
    group.add_argument(
        "--id-column", metavar="COLUMN", help="the id; found by its usual names, else file and line"
    )
    group.add_argument(
        "--language",
        default="auto",
        metavar="LANGUAGE",
        help="de or German; guessed by default",
    )
    group.add_argument("--split", default="test", help="part of a hub data set; test by default")
    group.add_argument("--config", metavar="NAME", help="configuration of a hub data set")
    group.add_argument(
        "--delimiter",
        type=_delimiter,
        metavar="SIGN",
        help="between the fields of CSV, such as ; or tab; recognised by default; with it, - is read as CSV",
    )
    group.add_argument(
        "--encoding",
        type=_encoding,
        metavar="NAME",
        help="of CSV and JSON, such as cp1252 or utf-16; recognised by default",
    )
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
        "--resume", action="store_true", help="continue an interrupted run into OUT, if there was one"
    )
    group.add_argument("--overwrite", action="store_true", help="start over, whatever is in OUT")
    group.add_argument("--fail-fast", action="store_true", help="stop at the first row that fails")
    group.add_argument(
        "--row-timeout",
        type=_seconds,
        default=60.0,
        metavar="SECONDS",
        help="a row that takes longer is an error, and its worker is replaced; 60 by default, 0 for any time",
    )
    group.add_argument(
        "--skip",
        action="append",
        default=[],
        metavar="ID",
        help="leave a row out as an error: its id, or FILE:LINE; may be added with --resume, and repeated",
    )
    group.add_argument(
        "--every",
        type=float,
        default=1.0,
        metavar="SECONDS",
        help="save this often: the most work that a kill can lose; 1 by default",
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
        metavar="FORMAT",
        help="of the output files: jsonl or parquet; jsonl by default",
    )


def _delimiter(text: str) -> str:
    sign = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}.get(text, text)
    if len(sign) != 1:
        raise argparse.ArgumentTypeError(f"must be one sign or tab, not {text!r}")
    return sign


def _encoding(text: str) -> str:
    try:
        return codecs.lookup(text).name
    except LookupError:
        raise argparse.ArgumentTypeError(f"no encoding is called {text!r}; try utf-8 or cp1252") from None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < 1e6:
        raise argparse.ArgumentTypeError(f"must be seconds from 0, not {text!r}")
    return seconds


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a number from 1, not {text!r}")
    return int(text)
