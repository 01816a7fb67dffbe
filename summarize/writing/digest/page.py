"""A digest as one self-contained HTML page, in the style of `summarize.writing.html`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarize.brief import Brief
from summarize.writing import html
from summarize.writing.digest.wording import NOT_READ, SINGLES, heading, not_read, summary, title, told
from summarize.writing.html import safe
from summarize.writing.wording import outlet

if TYPE_CHECKING:
    from summarize.story.digest import Digest


def pieces(digest: Digest, *, evidence: bool = True) -> Iterator[str]:
    """Yield the page: a head, an article for each story, a list of the singles, what could not be read."""
    name = safe(title(digest))
    yield html.head(name, "en")
    yield f'<header><h1>{name}</h1>\n<p class="source">{safe(summary(digest))}</p></header>\n'
    for brief in digest.stories:
        yield html.article(brief, True, evidence, f'<p class="told">{safe(told(brief))}</p>')
    if digest.singles:
        items = "\n".join(map(_single, digest.singles))
        yield f'<article>\n<h2 class="headline">{SINGLES}</h2>\n'
        yield f'<ul class="bullets">\n{items}\n</ul>\n</article>\n'
    if digest.failures:
        items = "\n".join(f"<li>{safe(line)}</li>" for line in not_read(digest))
        count = len(digest.failures)
        yield f"<details><summary>{NOT_READ}: {count}</summary><ol>\n{items}\n</ol></details>\n"
    yield html.FOOT


def _single(brief: Brief) -> str:
    document = brief.document
    name = html.link(document.source or "", safe(heading(brief)))
    line = f"<br>{html.marked(brief.bullets[0])}" if brief.bullets else ""
    below = f'<p class="told">{safe(outlet(document))}</p>'
    return f'<li dir="auto" lang="{safe(document.language)}"><strong>{name}</strong>{line}{below}</li>'
