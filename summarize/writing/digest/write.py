"""write_digest: a digest -> HTML, Markdown, JSON, Atom, e-mail or a template's own, to a stream or file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from summarize.errors import OptionError
from summarize.writing.digest.wording import summary, title
from summarize.writing.record import dumps, to_record
from summarize.writing.write import DIGEST_FORMATS, format_of, write_file, write_stream

if TYPE_CHECKING:
    from summarize.story.digest import Digest

SCHEMA = "summarize-digest/1"
_SUFFIXES = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".atom": "atom",
    ".xml": "atom",
    ".eml": "eml",
}


def render_digest(
    digest: Digest, format: str = "html", *, evidence: bool | None = None, template: str | None = None
) -> str:
    """Return a digest in one of `DIGEST_FORMATS`, or as a template has it.

    Args:
        digest: the stories of a day.
        format: "html", "markdown", "json", "atom" or "eml".
        evidence: with the source sentences that each line rests on, in HTML, Markdown and JSON; None shows
            them in HTML alone, which folds them away.
        template: the path of a Jinja template, in place of a format.

    Raises:
        OptionError: for a format that does not exist.
        InputError: for a template that cannot be read or does not work.
    """
    return "".join(_pieces(digest, format, evidence, template))


def write_digest(
    digest: Digest,
    to: IO[str] | str | os.PathLike[str],
    format: str | None = None,
    *,
    evidence: bool | None = None,
    template: str | None = None,
) -> None:
    """Write a digest to a stream, or to a file, whole or not at all.

    Args:
        digest, evidence, template: as in `render_digest`.
        to: a text stream, or a path.
        format: one of `DIGEST_FORMATS`; None takes it from the path's suffix, and "html" for a stream.

    Raises:
        OptionError: for a format that does not exist, or a path whose suffix names none.
        OutputError: where it cannot be written.
    """
    if isinstance(to, str | os.PathLike):
        path = Path(to)
        named = format or ("html" if template else digest_format(path))
        write_file(path, _pieces(digest, named, evidence, template))
    else:
        write_stream(to, _pieces(digest, format or "html", evidence, template))


def digest_format(path: str | os.PathLike[str]) -> str:
    """Return the format that a path's suffix names.

    Raises:
        OptionError: for a suffix that names none.
    """
    return format_of(path, _SUFFIXES, "format of a digest")


def _pieces(digest: Digest, format: str, evidence: bool | None, template: str | None) -> Iterator[str]:
    if template:
        from summarize.writing.digest import template as newsroom

        return newsroom.pieces(digest, template)
    if format not in DIGEST_FORMATS:
        raise OptionError(
            f"no format of a digest is called {format!r}; there are {', '.join(DIGEST_FORMATS)}"
        )
    from summarize.writing.digest import atom, mail, markdown, page

    if format == "html":
        return page.pieces(digest, evidence=evidence is not False)
    if format == "markdown":
        return markdown.pieces(digest, evidence=bool(evidence))
    if format == "json":
        return _record(digest, bool(evidence))
    return atom.pieces(digest) if format == "atom" else mail.pieces(digest)


def _record(digest: Digest, evidence: bool) -> Iterator[str]:
    record = {
        "schema": SCHEMA,
        "title": title(digest),
        "summary": summary(digest),
        "made": digest.made.isoformat(timespec="seconds"),
        "stories": [to_record(brief, evidence=evidence) for brief in digest.stories],
        "singles": [to_record(brief, evidence=evidence) for brief in digest.singles],
        "failures": [{"source": failure.source, "reason": failure.reason} for failure in digest.failures],
    }
    yield dumps(record, indent=2) + "\n"
