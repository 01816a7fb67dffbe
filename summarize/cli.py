"""The `summarize` command: finds the module that does what was asked, and turns errors into messages.

The main job needs no subcommand; `summarize list`, `doctor` and the others are modules known by name,
imported only when called, so that `summarize --help` waits for none of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from summarize.commands.parsers import COMMANDS, parser_of
from summarize.errors import OptionError, SummarizeError, panics_as_errors
from summarize.printing import complain, say
from summarize.streams import replace_closed_streams


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status: 0, 1 where something failed, 2 for wrong usage."""
    replace_closed_streams()
    # The matrices of ranking are small: a second thread would burn a core waiting for the next one.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    arguments = list(sys.argv[1:] if argv is None else argv)
    name = arguments[0] if arguments and arguments[0] in COMMANDS else ""
    parser = parser_of(name)
    program = parser.prog
    try:
        options = parser.parse_args(arguments[1:] if name else arguments)
        with panics_as_errors("a library"):
            status = int(options.run(options))
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


if __name__ == "__main__":
    sys.exit(main())
