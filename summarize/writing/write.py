"""render and write: briefs -> text, Markdown, JSON, JSON Lines or HTML, as a string, to a stream or a file.

Nothing is summarized or scored here. Each format is a module of `summarize.writing`; what the JSON holds
is documented in docs/output.md and in `schema()`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from summarize.errors import OptionError, OutputError

if TYPE_CHECKING:
    from summarize.brief import Brief

FORMATS = ("text", "markdown", "json", "jsonl", "html")
DIGEST_FORMATS = ("html", "markdown", "json", "atom", "eml")  # of `summarize.writing.digest`
SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".html": "html",
    ".htm": "html",
}
MAX_WIDTH = 100  # wider lines are hard to read, however wide the window


def render(
    briefs: Brief | Iterable[Brief],
    format: str = "text",
    *,
    evidence: bool = False,
    width: int = 80,
    color: bool = False,
) -> str:
    """Return briefs in one of `FORMATS`.

    Whether there is one brief or several is told by what is given, not by how many come: a Brief gives a
    JSON object and a text without a heading, an iterable gives an array and a heading each, also for one.

    Args:
        briefs: a Brief, or an iterable of them.
        format: "text", "markdown", "json", "jsonl" or "html".
        evidence: show for each line the source sentences it rests on: number from 0, offsets and text.
        width: columns that the text may fill; the other formats have none.
        color: colour the text for a terminal.

    Raises:
        OptionError: for a format that does not exist.
    """
    return "".join(_pieces(briefs, format, evidence, width, color))


def write(
    briefs: Brief | Iterable[Brief],
    to: IO[str] | str | os.PathLike[str],
    format: str | None = None,
    *,
    evidence: bool = False,
    width: int | None = None,
    color: bool | None = None,
) -> None:
    """Write briefs to a stream, each as soon as it is there, or to a file, whole or not at all.

    Args:
        briefs: a Brief, or an iterable of them; as in `render`.
        to: a text stream, or a path; a file that stands there is replaced when the last brief is written.
        format: one of `FORMATS`; None takes it from the path's suffix, and "text" for a stream.
        evidence: as in `render`.
        width: columns of the text; None takes the terminal's, at most 100.
        color: None colours the text where the stream is a terminal.

    Raises:
        OptionError: for a format that does not exist, or a path whose suffix names none.
        OutputError: where it cannot be written.
        BrokenPipeError: where the reader of a stream has gone; a command ends quietly then.
    """
    columns = width or min(shutil.get_terminal_size().columns, MAX_WIDTH)
    if isinstance(to, str | os.PathLike):
        path = Path(to)
        pieces = _pieces(briefs, format or format_of(path), evidence, columns, bool(color))
        write_file(path, pieces)
        return
    coloured = to.isatty() if color is None else color
    write_stream(to, _pieces(briefs, format or "text", evidence, columns, coloured))


def format_of(
    path: str | os.PathLike[str], suffixes: Mapping[str, str] = SUFFIXES, what: str = "format"
) -> str:
    """Return the format that a path's suffix names.

    Args:
        path: of a file to be written.
        suffixes: the format of each suffix.
        what: what a format is called where there is none.

    Raises:
        OptionError: for a suffix that names none.

    Example:
        >>> format_of("briefs.html")
        'html'
    """
    suffix = Path(path).suffix.lower()
    if suffix not in suffixes:
        raise OptionError(
            f"{os.fspath(path)}: the suffix {suffix!r} names no {what}; use one of {', '.join(suffixes)}, "
            "or name the format"
        )
    return suffixes[suffix]


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every JSON record of a brief keeps."""
    import json
    from importlib.resources import files

    found: dict[str, Any] = json.loads((files("summarize") / "data" / "brief.schema.json").read_text("utf-8"))
    return found


def _pieces(
    briefs: Brief | Iterable[Brief], format: str, evidence: bool, width: int, color: bool
) -> Iterator[str]:
    from summarize.brief import Brief

    if format not in FORMATS:
        raise OptionError(f"no format is called {format!r}; the formats are {', '.join(FORMATS)}")
    several = not isinstance(briefs, Brief)
    found: Iterable[Brief] = [briefs] if isinstance(briefs, Brief) else briefs
    return _writer(format, width, color)(found, several, evidence)


def _writer(format: str, width: int, color: bool) -> Callable[[Iterable[Brief], bool, bool], Iterator[str]]:
    from summarize.writing import html as page
    from summarize.writing import markdown, plain, record, terminal

    text = terminal if color else plain
    writers: dict[str, Callable[[Iterable[Brief], bool, bool], Iterator[str]]] = {
        "text": lambda b, several, e: text.pieces(b, several=several, evidence=e, width=width),
        "markdown": lambda b, several, e: markdown.pieces(b, several=several, evidence=e),
        "json": lambda b, several, e: record.pieces(b, several=several, evidence=e),
        "jsonl": lambda b, several, e: record.line_pieces(b, evidence=e),
        "html": lambda b, several, e: page.pieces(b, several=several, evidence=e),
    }
    return writers[format]


def write_stream(stream: IO[str], pieces: Iterator[str]) -> None:
    """Write pieces to a stream, each as soon as it is there; see `write`."""
    name = getattr(stream, "name", "the stream")
    for piece in pieces:  # what fails while a brief is made is not an error of writing
        try:
            stream.write(piece)
            stream.flush()
        except BrokenPipeError:
            raise
        except UnicodeEncodeError as error:
            raise OutputError(
                f"{name}: its encoding, {error.encoding}, has no {error.object[error.start]!r}; "
                "set PYTHONUTF8=1, or write to a file"
            ) from error
        except (OSError, ValueError) as error:
            raise OutputError(f"{name}: could not be written: {error}") from error


def write_file(path: Path, pieces: Iterator[str]) -> None:
    """Write pieces to a file, whole or not at all; see `write`."""
    target = part = path
    if path.is_file() or not path.exists():
        target = Path(os.path.realpath(path))
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
    # Else a device or a pipe, which can only be written to; a folder fails below and says so.
    try:
        stream = open(part, "w", encoding="utf-8", newline="\n")  # noqa: SIM115 - closed before it is moved
    except OSError as error:
        raise OutputError(
            f"{path}: could not be written: {error.strerror or error}; check the folder"
        ) from error
    try:
        with stream:
            write_stream(stream, pieces)
        if part != target:
            if target.exists():
                shutil.copymode(target, part)
            os.replace(part, target)
    except OSError as error:
        raise OutputError(f"{path}: could not be written: {error.strerror or error}") from error
    finally:
        if part != target:
            part.unlink(missing_ok=True)
