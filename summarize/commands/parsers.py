"""The commands by name, and the parser of each; a command's module is imported only when it is called."""

from __future__ import annotations

import argparse
import shutil
import textwrap
from importlib import import_module
from typing import NoReturn

from summarize.printing import clean
from summarize.version import __version__

_MAIN = "summarize.commands.brief"
COMMANDS = {
    "batch": ("summarize.commands.batch", "many articles: a row out for each, on all cores or a cluster"),
    "story": (
        "summarize.commands.story",
        "several articles on one event: one brief, each line with its sources",
    ),
    "digest": (
        "summarize.commands.digest",
        "a day of articles, from feeds or files: a brief of each story, one page or mail",
    ),
    "check": ("summarize.commands.check", "what in a summary its article supports, and what it does not"),
    "app": ("summarize.commands.app", "the web app: summarizers side by side in the browser"),
    "list": ("summarize.commands.listing", "the summarizers, what each needs, whether it can run here"),
    "doctor": ("summarize.commands.doctor", "what works on this machine, and what fixes what does not"),
    "completion": ("summarize.commands.completion", "what makes the shell complete commands and options"),
}
_OWN_HELP = "  each has its own --help; a file that is called like a command is ./list"
_EXAMPLES = """
examples:
  summarize article.txt
  summarize news/ --style headline
  summarize https://example.org/story --bullets 5
  cat article.txt | summarize - --summarizer lexrank
"""


class _Parser(argparse.ArgumentParser):
    """Reports wrong usage in one line and names the way to more; argparse repeats the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, clean(f"{self.prog}: error: {message}; see {self.prog} --help") + "\n")


def parser_of(name: str) -> argparse.ArgumentParser:
    """Return the parser of a command, or of the main job for no name; `run` is in what it parses."""
    if name:
        module, about = COMMANDS[name]
        parser = _Parser(prog=f"summarize {name}", description=sentence(about), allow_abbrev=False)
    else:
        module, parser = _MAIN, _main()
    command = import_module(module)
    command.add_arguments(parser)
    parser.set_defaults(run=command.run)
    if name:
        shorten_usage(parser)
    return parser


def sentence(about: str) -> str:
    """Return what a command is about as a sentence.

    Example:
        >>> sentence("many articles: a row out for each")
        'Many articles: a row out for each.'
    """
    return f"{about[0].upper()}{about[1:]}."


def shorten_usage(parser: argparse.ArgumentParser) -> None:
    """Have the usage name what must be given; all options fill ten lines, and are listed below it."""
    needed = [action for action in parser._actions if action.required and action.option_strings]
    places = [action for action in parser._actions if not action.option_strings]
    # What may be several stands first: behind --references FILE it would be taken for more of those.
    words = [f"{_metavar(action)}{' ...' if action.nargs == '+' else ''}" for action in places]
    words += [f"{action.option_strings[-1]} {_metavar(action)}" for action in needed]
    start = "usage: "
    parser.usage = wrapped(" ".join([f"{start}{parser.prog}", "[options]", *words]), 7).removeprefix(start)


def _metavar(action: argparse.Action) -> str:
    return str(action.metavar or action.dest.upper())


def _main() -> _Parser:
    parser = _Parser(
        prog="summarize",
        usage="summarize [options] SOURCE ...\n       summarize COMMAND ...",
        description=wrapped("Write a headline, bullets and a 'What you should know' box for news articles."),
        epilog="\n".join(["commands:", *map(_line, COMMANDS), wrapped(_OWN_HELP, 2), _EXAMPLES]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"summarize {__version__}")
    return parser


def wrapped(text: str, indent: int = 0) -> str:
    """Return a text broken into lines that fit the terminal, those after the first indented."""
    width = max(shutil.get_terminal_size().columns - 2, 40)
    return textwrap.fill(text, width, subsequent_indent=" " * indent)


def _line(command: str) -> str:
    return wrapped(f"  {command:12}{COMMANDS[command][1]}", 14)
