"""The `summarize` command: finds the module that does what was asked, and turns errors into messages.

The main job needs no subcommand; `summarize list`, `doctor` and the others are modules known by name,
imported only when called, so that `summarize --help` waits for none of them.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from summarize.errors import OptionError, SummarizeError, panics_as_errors
from summarize.printing import clean, complain, say
from summarize.streams import replace_closed_streams
from summarize.version import __version__

MAIN = "summarize.commands.brief"
COMMANDS = {
    "batch": ("summarize.commands.batch", "many articles: a row out for each, on all cores or a cluster"),
    "story": (
        "summarize.commands.story",
        "several articles on one event: one brief, each line with its sources",
    ),
    "check": ("summarize.commands.check", "what in a summary its article supports, and what it does not"),
    "app": ("summarize.commands.app", "the web app: summarizers side by side in the browser"),
    "list": ("summarize.commands.listing", "the summarizers, what each needs, whether it can run here"),
    "doctor": ("summarize.commands.doctor", "what works on this machine, and what fixes what does not"),
}
_EPILOG = """commands:
{commands}
  each has its own --help; a file that is called like a command is ./list

examples:
  summarize article.txt
  summarize news/ --style headline
  summarize https://example.org/story --style bullets --bullets 5
  cat article.txt | summarize - --summarizer lexrank --format json
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status: 0, 1 where something failed, 2 for wrong usage."""
    replace_closed_streams()
    # The matrices of ranking are small: a second thread would burn a core waiting for the next one.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    arguments = list(sys.argv[1:] if argv is None else argv)
    name = arguments[0] if arguments and arguments[0] in COMMANDS else None
    module = import_module(COMMANDS[name][0] if name else MAIN)
    parser = _parser(name)
    module.add_arguments(parser)
    program = parser.prog
    try:
        options = parser.parse_args(arguments[1:] if name else arguments)
        with panics_as_errors("a library"):
            status = int(module.run(options))
        sys.stdout.flush()
        return status
    except OptionError as error:
        complain(f"{program}: error: {error}")
        return 2
    except SummarizeError as error:
        complain(f"{program}: error: {error}")
        return 1
    except KeyboardInterrupt:
        say(f"\n{program}: interrupted", sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone; Python must not complain of it again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


class _Parser(argparse.ArgumentParser):
    """Reports wrong usage in one line and names the way to more; argparse repeats the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, clean(f"{self.prog}: error: {message}; see {self.prog} --help") + "\n")


def _parser(name: str | None) -> argparse.ArgumentParser:
    if name:
        return _Parser(prog=f"summarize {name}", description=COMMANDS[name][1] + ".", allow_abbrev=False)
    commands = "\n".join(f"  {command:10}{about}" for command, (_, about) in COMMANDS.items())
    parser = _Parser(
        prog="summarize",
        usage="summarize [options] SOURCE ...\n       summarize COMMAND ...",
        description="Write a headline, bullets and a 'What you should know' box for news articles.",
        epilog=_EPILOG.format(commands=commands),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"summarize {__version__}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
