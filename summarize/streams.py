"""Standard streams that whoever started a command had closed: a message where one is used, and no harm else.

Python leaves None in their place and their numbers free. The next file to be opened, an output perhaps,
would get such a number, and then whatever a library prints there.
"""

from __future__ import annotations

import io
import os
import sys
from typing import Any, NoReturn

from summarize.errors import InputError, OutputError, SummarizeError


class _ClosedStream(io.TextIOBase):
    """Stands where a stream would, and raises an error when it is used."""

    def __init__(self, error: SummarizeError) -> None:
        self._error = error

    def _refuse(self, *_: Any) -> NoReturn:
        raise self._error

    read = readline = write = _refuse
    buffer = property(_refuse)


def replace_closed_streams() -> None:
    """Put in the place of closed streams what says so; messages for a closed standard error are dropped.

    The input is then an InputError and the output an OutputError to whoever uses it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest number that is free: this
    if sys.stdin is None:
        sys.stdin = _ClosedStream(InputError("standard input is closed; name a file, or pipe a text in"))
    if sys.stdout is None:
        sys.stdout = _ClosedStream(
            OutputError("standard output is closed; send it to a file, or to /dev/null")
        )
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
