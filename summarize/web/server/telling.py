"""What visitors are told of an error: not where things lie on the server, nor options of the command line."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from functools import cache
from pathlib import Path

_NAME = r"[^\s/\\'\"`,;:()<>]"
_START = r"(?<![\w:/.~=?&-])(?:~|\.\.?)?"  # not in the middle of an address or of "and/or"
_QUOTED = re.compile(r"(?<=['\"`])(?:~|\.\.?)?/[^'\"`\n]*/")  # with blanks in it, too
_PATH = re.compile(rf"{_START}/(?:{_NAME}+/)+|(?<!\w)[A-Za-z]:\\(?:{_NAME}+\\)*")
_OPTION = r"(?:--[a-z][\w-]*|SUMMARIZE_[A-Z]+|HF_[A-Z_]+)"
_ADVICE = [
    re.compile(pattern)
    for pattern in (
        rf" \([^()]*{_OPTION}[^()]*\)",
        rf",? (?:or|and) [^,;.]*?{_OPTION}[^,;]*",
        rf"(?:;|:(?= --))[^;]*{_OPTION}[^;]*",
    )
]


def for_visitors(text: str) -> str:
    """Return a message without the folders of this machine and without advice that needs a command line.

    Example:
        >>> for_visitors("/srv/app/tmp/a1/rows.csv: is not UTF-8; name its encoding with --encoding")
        'rows.csv: is not UTF-8'
        >>> for_visitors("no column of articles; call it article, or name it with --text-column")
        'no column of articles; call it article'
        >>> for_visitors("https://example.org/a/story.html: and/or 3/4")
        'https://example.org/a/story.html: and/or 3/4'
    """
    for folder in _folders():  # whose names may hold blanks
        text = folder.sub("/", text)
    text = _PATH.sub("", _QUOTED.sub("", text))
    for advice in _ADVICE:
        text = advice.sub("", text)
    return text


@cache
def _folders() -> list[re.Pattern[str]]:
    """The folders of this machine that messages are about, the longest first."""
    names = "GRADIO_TEMP_DIR", "HF_HOME", "HF_HUB_CACHE"
    found = {tempfile.gettempdir(), str(Path.home()), os.getcwd(), sys.prefix}
    found |= {os.environ[name] for name in names if os.environ.get(name)}
    longest = sorted((one for one in found if len(one) > 1), key=len, reverse=True)
    return [re.compile(_START + re.escape(one + os.sep)) for one in longest]
