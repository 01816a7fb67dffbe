"""PDF, DOCX and EPUB -> text in a child process with limits: a small file may hold a bomb.

`from_document` is the one way in, for command, library and app. A document that needs too much memory or time
is an error of that file, and the caller's process never grows with it. How a format becomes text is
`reading.formats.documents`. Windows knows no limits of memory and processor; there the wall time holds.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from summarize.errors import InputError, MissingDependencyError
from summarize.reading.formats.documents import INSTALL, NEEDS, convert
from summarize.reading.formats.pages import Content

_CHILD = "import sys; sys.path[:] = {path!r}; from summarize.reading.formats.conversion import serve; serve()"
_IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".ttf", ".otf", ".mp3", ".mp4")
# Bytes of markup. What reads a DOCX builds a tree of it, and 32 MiB of common markup fill the memory that it
# may have: what holds far more is refused before half a minute is spent on that.
MOST_UNPACKED = {".docx": 1 << 27, ".epub": 1 << 28}
_HOLDS_BOMB = "open it and save it as text if you trust it"


@dataclass(frozen=True)
class ConversionLimits:
    """What the conversion of one document may use.

    Attributes:
        memory: bytes of address space; the libraries alone take a third of what is usual.
        processor: seconds of processor time.
        wall: seconds from beginning to end.
        text: characters of text it may give.
    """

    memory: int = 3 << 29
    processor: int = 60
    wall: int = 120
    text: int = 1 << 25


USUAL = ConversionLimits()


def from_document(data: bytes, suffix: str, name: str, limits: ConversionLimits = USUAL) -> Content:
    """Return the text of a document and its title.

    Args:
        data: the whole file.
        suffix: one of `summarize.reading.formats.documents.SUFFIXES`.
        name: what to call it in messages.
        limits: what it may use.

    Raises:
        MissingDependencyError: where what reads it is not installed.
        InputError: for a broken or encrypted document, one without text, and one that passes a limit.
    """
    if absent := [module for module in NEEDS[suffix] if find_spec(module) is None]:
        raise MissingDependencyError(f"{name}: reading {suffix} needs {', '.join(absent)}: {INSTALL}")
    if (unpacked := _unpacked(data, suffix)) > MOST_UNPACKED.get(suffix, 0):
        raise InputError(f"{name}: unpacks to {unpacked >> 20:,} MiB of markup; {_HOLDS_BOMB}")
    header = json.dumps({"suffix": suffix, **asdict(limits)}).encode()
    command = [sys.executable, "-c", _CHILD.format(path=sys.path)]
    try:
        child = subprocess.run(
            command, input=header + b"\n" + data, capture_output=True, timeout=limits.wall, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise InputError(f"{name}: took more than {limits.wall} seconds to read; {_HOLDS_BOMB}") from error
    try:
        told: dict[str, Any] = json.loads(child.stdout)
    except ValueError as error:
        raise InputError(f"{name}: {_death(child.returncode, limits)}; {_HOLDS_BOMB}") from error
    if "error" in told:
        raise InputError(f"{name}: {told['error']}")
    return Content(told["text"], told["title"], tuple(told["notes"]))


def _unpacked(data: bytes, suffix: str) -> int:
    """Return how many bytes of markup an archive says it holds; Python reads no more than it says."""
    if suffix == ".pdf":
        return 0
    with zipfile.ZipFile(BytesIO(data)) as archive:
        markup = (info.file_size for info in archive.infolist() if not info.filename.endswith(_IMAGES))
        return sum(markup)


def _death(status: int, limits: ConversionLimits) -> str:
    import signal

    if status in (-getattr(signal, "SIGXCPU", 24), -9):
        return f"took more than {limits.processor} seconds of processor time to read"
    return f"its reader needed too much memory, or broke down (status {status})"


def serve() -> None:
    """Convert the document on standard input, within the limits of its first line, and print it as JSON."""
    asked = json.loads(sys.stdin.buffer.readline())
    suffix = asked.pop("suffix")
    limits = ConversionLimits(**asked)
    _limit(limits)
    # What a library prints must not stand in the answer.
    answer, sys.stdout = sys.stdout, sys.stderr
    try:
        content = convert(sys.stdin.buffer.read(), suffix)
        if len(content.text) > limits.text:
            raise InputError(f"gives more than {limits.text:,} characters; split it and give the parts")
        told: dict[str, Any] = asdict(content)
    except MemoryError:
        told = {"error": f"needs more than {limits.memory >> 20:,} MiB of memory to read; {_HOLDS_BOMB}"}
    except InputError as error:
        told = {"error": str(error)}
    answer.write(json.dumps(told))
    answer.flush()


def _limit(limits: ConversionLimits) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    wanted = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: limits.processor,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: limits.memory,
    }
    for kind, most in wanted.items():
        hard = resource.getrlimit(kind)[1]
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (soft, hard))
        except (OSError, ValueError):  # macOS refuses to limit memory
            continue
