"""What is printed steers no terminal: the one way of every command to standard output and standard error.

Texts, addresses, file names and what servers answer come from strangers, and an escape sequence among them
could colour, move, or write the clipboard. Briefs are laid out in `summarize.writing`, with the same `clean`.
"""

from __future__ import annotations

import sys
from typing import TextIO

# Blanks and line breaks become spaces. Other control characters could steer a terminal, and half a
# surrogate pair cannot be written at all: both become the replacement character.
_CLEAN: dict[int, str] = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)], "\ufffd")
_CLEAN |= dict.fromkeys([*range(0x09, 0x0E), *range(0x1C, 0x20), 0x85, 0x2028, 0x2029], " ")


def clean(text: str) -> str:
    r"""Return a text that stays on one line and steers nothing, character for character as long.

    Example:
        >>> clean("one\ntwo \x1b[31m")
        'one two �[31m'
    """
    return text.translate(_CLEAN)


def say(text: str, stream: TextIO | None = None) -> None:
    """Print a text of several lines, each of them clean; on standard output where no stream is named."""
    lines = "\n".join(map(clean, text.split("\n")))
    print(lines, file=sys.stdout if stream is None else stream, flush=stream is not None)


def complain(text: str) -> None:
    """Print a message on standard error, on one line."""
    print(clean(text), file=sys.stderr, flush=True)
