"""A digest as Markdown: the stories as `summarize.writing.markdown` writes briefs, the singles as a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarize.brief import Brief
from summarize.document import is_web_address
from summarize.writing import markdown
from summarize.writing.digest.wording import NOT_READ, SINGLES, heading, not_read, summary, title, told
from summarize.writing.markdown import escape
from summarize.writing.wording import outlet

if TYPE_CHECKING:
    from summarize.story.digest import Digest


def pieces(digest: Digest, *, evidence: bool = False) -> Iterator[str]:
    """Yield the text, story by story."""
    yield f"# {escape(title(digest))}\n\n{escape(summary(digest))}\n"
    for brief in digest.stories:
        yield f"\n---\n\n*{escape(told(brief))}*: {', '.join(map(_linked, _names(brief)))}\n\n"
        text = "".join(markdown.pieces([brief], several=False, evidence=evidence))
        yield re.sub(r"(?m)^#", "##", text)  # below the title of the whole
    if digest.singles:
        yield f"\n---\n\n## {SINGLES}\n\n"
        for brief in digest.singles:
            line = f": {escape(brief.bullets[0].text)}" if brief.bullets else ""
            name = _linked((brief.document.source or "", heading(brief)))
            yield f"- {name} ({escape(outlet(brief.document))}){line}\n"
    if digest.failures:
        yield f"\n## {NOT_READ}\n\n"
        for failure in not_read(digest):
            yield f"- {escape(failure)}\n"


def _names(brief: Brief) -> list[tuple[str, str]]:
    return [(document.source or "", outlet(document)) for document in brief.documents]


def _linked(pair: tuple[str, str]) -> str:
    source, name = pair
    # In angle brackets an address may hold round ones; blanks and brackets of its own end it.
    if is_web_address(source) and not set(source) & set(" <>\n\\"):
        return f"[{escape(name)}](<{source}>)"
    return escape(name)
