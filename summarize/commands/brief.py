"""The main job: sources in, briefs out, a bad source reported and the rest done."""

from __future__ import annotations

import argparse
import glob
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from summarize.commands.check import add_judge_arguments, chosen_judge
from summarize.errors import Failure, OptionError
from summarize.printing import complain
from summarize.registry import DEFAULT
from summarize.style import MAX_BULLETS, STYLES
from summarize.writing.write import FORMATS

if TYPE_CHECKING:
    from summarize.brief import Brief
    from summarize.style import Style
    from summarize.summarizers.base import Summarizer

# Options of single summarizers by names of their own; --option reaches all others.
NAMED_OPTIONS = (
    ("bullet-words", "N", "how many words a bullet aims at, 8 to 40 (news)"),
    ("model", "NAME", "a folder that save_pretrained wrote, a hub id, or a server's model"),
    ("base-url", "URL", "the OpenAI-compatible server that chat asks"),
    ("device", "DEVICE", "auto, cpu or cuda"),
    ("engine", "ENGINE", "auto, ctranslate2 or torch"),
    ("long", "WAY", "what to do beyond the model's window: select or merge"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the main job."""
    parser.add_argument(
        "sources",
        nargs="*",
        metavar="SOURCE",
        help="a file (text, HTML, Markdown; PDF, DOCX, EPUB with an extra), a folder, a glob, a URL, "
        "or - for standard input",
    )
    add_style_arguments(parser)
    parser.add_argument(
        "--language",
        default="auto",
        metavar="LANGUAGE",
        help="of the text: a code or a name, de or German; guessed by default",
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="also summarize a web page that is not an article (a front page, say)",
    )
    add_summarizer_arguments(parser)
    parser.add_argument(
        "--strict", action="store_true", help="replace or leave out lines that the article does not support"
    )
    add_judge_arguments(parser)
    add_output_arguments(parser, FORMATS)


def add_style_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what to write."""
    parser.add_argument(
        "-s",
        "--style",
        action="append",
        metavar="STYLE",
        help="headline, bullets, wysk, or several with commas; all by default",
    )
    parser.add_argument(
        "-n",
        "--bullets",
        type=int,
        metavar="N",
        help=f"how many bullets at most, 1 to {MAX_BULLETS}; 3 by default",
    )


def add_output_arguments(
    parser: argparse.ArgumentParser,
    formats: Sequence[str],
    evidence: str = "show the source sentences each line rests on",
) -> argparse._ArgumentGroup:
    """Add the options that say where to write and how, and return their group.

    Args:
        parser: of the command.
        formats: what it can write, the one it writes by default first.
        evidence: what --evidence does.
    """
    output = parser.add_argument_group("output")
    output.add_argument(
        "-f",
        "--format",
        choices=formats,
        metavar="FORMAT",
        help=f"{', '.join(formats)}; {formats[0]} by default, or what the suffix of --output names",
    )
    output.add_argument("-o", "--output", metavar="FILE", help="write to a file instead of standard output")
    output.add_argument("--evidence", action="store_true", help=evidence)
    return output


def add_summarizer_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose and set up a summarizer."""
    group = parser.add_argument_group("summarizer")
    group.add_argument(
        "--summarizer",
        default=DEFAULT,
        metavar="NAME",
        help=f"NAME or NAME:option=value; see `summarize list`; {DEFAULT} by default",
    )
    for name, metavar, about in NAMED_OPTIONS:
        group.add_argument(f"--{name}", metavar=metavar, help=about)
    group.add_argument(
        "-O",
        "--option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="an option of the summarizer, such as damping=0.7",
    )


def run(options: argparse.Namespace) -> int:
    """Summarize every source; return 1 where one failed."""
    from summarize.language.names import language_code
    from summarize.reading.read import read_all
    from summarize.writing.write import write

    styles = styles_asked(options.style, options.bullets)
    summarizer = chosen_summarizer(options)
    if options.judge and not options.strict:
        raise OptionError("--judge goes with --strict, which acts on what it says")
    judge = chosen_judge(options)
    sources = options.sources or _piped()
    failures: list[Failure] = []
    documents = read_all(sources, language=language_code(options.language), force=options.force)
    briefs = _reported(summarizer.brief_each(documents, styles, strict=options.strict, judge=judge), failures)
    single = len(sources) == 1 and not os.path.isdir(sources[0]) and not glob.has_magic(sources[0])
    if single:
        brief = next(briefs, None)
        if brief is not None:
            write(brief, options.output or sys.stdout, options.format, evidence=options.evidence)
    else:
        write(briefs, options.output or sys.stdout, options.format, evidence=options.evidence)
    return 1 if failures else 0


def _piped() -> list[str]:
    """Standard input, where something is piped in and no source was named."""
    if sys.stdin.isatty():
        raise OptionError(
            "nothing to summarize; name a file, a folder, a glob or a URL, or pipe a text in. "
            "See summarize --help"
        )
    return ["-"]


def _reported(results: Iterable[Brief | Failure], failures: list[Failure]) -> Iterator[Brief]:
    """Yield the briefs; report what failed at once, and keep it."""
    for result in results:
        if isinstance(result, Failure):
            failures.append(result)
            sys.stdout.flush()
            complain(f"summarize: error: {result}")
        else:
            yield result


def styles_asked(names: list[str] | None, bullets: int | None) -> tuple[Style, ...]:
    """Return the styles that `--style` and `--bullets` ask for.

    Raises:
        OptionError: for a style that does not exist, or a number of bullets out of range.
    """
    from summarize.style import resolve_styles

    split = [name.strip() for entry in names or [] for name in entry.split(",") if name.strip()]
    return resolve_styles(split if names else STYLES, bullets)


def chosen_summarizer(options: argparse.Namespace) -> Summarizer:
    """Return the summarizer that `--summarizer` and `--option` ask for.

    Raises:
        SummarizeError: where it does not exist, cannot run here, or has no such option.
    """
    from summarize.registry import load

    name, given = summarizer_asked(options)
    return load(name, **given)


def summarizer_asked(options: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """Return the name of the summarizer that the options ask for, and its keywords by name.

    Raises:
        OptionError: for an option that is no NAME=VALUE, or a number that is none.
    """
    from summarize.options import read_named, read_option

    name, behind = read_named(options.summarizer)
    named = {name.replace("-", "_"): getattr(options, name.replace("-", "_")) for name, _, _ in NAMED_OPTIONS}
    given = {name: value for name, value in named.items() if value is not None}
    if "bullet_words" in given:
        given["bullet_words"] = _number("--bullet-words", given["bullet_words"])
    return name, behind | given | dict(map(read_option, options.option))


def _number(option: str, value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise OptionError(f"{option} takes a whole number, not {value!r}") from None
