"""A digest through a template of the newsroom's own: Jinja in its sandbox, escaped in HTML and XML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarize.brief import Brief, Line
from summarize.errors import InputError
from summarize.reading.storage import require
from summarize.writing.digest.wording import heading, not_read, summary, title, told
from summarize.writing.wording import box_title, outlet, quotation, sections, told_by

if TYPE_CHECKING:
    from summarize.story.digest import Digest

_MARKUP = (".html", ".htm", ".xhtml", ".xml", ".atom", ".rss")


def pieces(digest: Digest, template: str) -> Iterator[str]:
    """Yield what a template makes of a digest; docs/story.md lists what it is given.

    Args:
        digest: the stories of a day.
        template: the path of a Jinja template.

    Raises:
        InputError: where it cannot be read, is no template, or asks for what is not there.
        MissingDependencyError: where Jinja is not installed.
    """
    require("jinja2", template, "feeds")
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
    from jinja2.sandbox import SandboxedEnvironment

    # A line's own suffix decides, as in "mail.html.jinja".
    markup = any(suffix.lower() in _MARKUP for suffix in Path(template).suffixes)
    environment = SandboxedEnvironment(
        autoescape=markup, undefined=StrictUndefined, keep_trailing_newline=True
    )
    try:
        text = Path(template).read_text("utf-8")
        yield environment.from_string(text).render(_given(digest))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{template}: this template could not be read: {error}") from error
    except TemplateSyntaxError as error:
        raise InputError(f"{template}:{error.lineno}: {error.message}") from error
    except (TemplateError, TypeError, ValueError) as error:
        raise InputError(f"{template}: {error}; docs/story.md lists what a template is given") from error


def _given(digest: Digest) -> dict[str, Any]:
    return {
        "title": title(digest),
        "summary": summary(digest),
        "made": digest.made,
        "stories": list(map(_story, digest.stories)),
        "singles": list(map(_story, digest.singles)),
        "failures": not_read(digest),
    }


def _story(brief: Brief) -> dict[str, Any]:
    return {
        "headline": heading(brief),
        "told": told(brief),
        "language": brief.document.language,
        "sources": [
            {"outlet": outlet(d), "title": d.title, "source": d.source, "published": d.published}
            for d in brief.documents
        ],
        "bullets": _lines(brief, brief.bullets),
        "box_title": box_title(brief),
        "box": _lines(brief, brief.wysk),
        "sections": [{"heading": name, "lines": _lines(brief, lines)} for name, lines in sections(brief)],
        "notes": list(brief.notes),
    }


def _lines(brief: Brief, lines: tuple[Line, ...]) -> list[dict[str, Any]]:
    return [
        {
            "text": line.text,
            "told_by": told_by(brief, line),
            "evidence": [
                {"outlet": outlet(brief.documents[found.document]), "text": quotation(brief, found)}
                for found in line.evidence
            ],
        }
        for line in lines
    ]
