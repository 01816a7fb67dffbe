"""A digest as an e-mail: text and HTML of the same, in one message without an address.

Programs for mail know no variables of CSS and open what a page folds away, so that its HTML is plainer.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from summarize.brief import Brief, Line
from summarize.writing import plain
from summarize.writing.digest.wording import NOT_READ, SINGLES, heading, not_read, summary, title, told
from summarize.writing.html import link, marked, safe, sources
from summarize.writing.plain import wrap
from summarize.writing.wording import box_title, outlet, sections, told_by

if TYPE_CHECKING:
    from summarize.story.digest import Digest

_WIDTH = 72
_SOFT = "color:#6b675f;font-size:13px;margin:0 0 8px"
_BODY = "max-width:640px;margin:0 auto;font:16px/1.5 Georgia,serif"


def pieces(digest: Digest) -> Iterator[str]:
    """Yield the message as it travels, in ASCII."""
    message = EmailMessage(SMTP.clone(cte_type="7bit"))
    message["Subject"] = title(digest)
    message["Date"] = format_datetime(digest.made)
    message.set_content("".join(_text(digest)))
    message.add_alternative("".join(_html(digest)), subtype="html")
    yield message.as_bytes().decode("ascii")


def _text(digest: Digest) -> Iterator[str]:
    yield f"{title(digest)}\n{summary(digest)}\n"
    for brief in digest.stories:
        addresses = [document.source for document in brief.documents if document.source]
        yield "\n" + "=" * _WIDTH + f"\n{told(brief)}\n\n"
        yield from plain.pieces([brief], several=False, evidence=False, width=_WIDTH)
        yield "\n" + "".join(f"{address}\n" for address in addresses)
    if digest.singles:
        yield "\n" + "=" * _WIDTH + f"\n{SINGLES}\n"
    for brief in digest.singles:
        yield (
            "\n" + "\n".join(wrap(f"{heading(brief)} ({outlet(brief.document)})", _WIDTH, "• ", "  ")) + "\n"
        )
        for line in brief.bullets:
            yield "\n".join(wrap(line.text, _WIDTH, "  ", "  ")) + "\n"
        yield f"  {brief.document.source}\n" if brief.document.source else ""
    if digest.failures:
        yield f"\n{NOT_READ}\n"
        yield "".join(f"- {line}\n" for line in not_read(digest))


def _html(digest: Digest) -> Iterator[str]:
    yield f'<!DOCTYPE html><html lang="en"><body style="{_BODY}">\n<h1>{safe(title(digest))}</h1>\n'
    yield f'<p style="{_SOFT}">{safe(summary(digest))}</p>\n'
    for brief in digest.stories:
        yield f'<hr>\n<p style="{_SOFT}">{safe(told(brief))}</p>\n{story(brief)}'
    if digest.singles:
        yield f"<hr>\n<h2>{SINGLES}</h2>\n"
    for brief in digest.singles:
        name = link(brief.document.source or "", safe(heading(brief)))
        lines = " ".join(map(marked, brief.bullets))
        yield f'<p><b>{name}</b><br>{lines}</p><p style="{_SOFT}">{safe(outlet(brief.document))}</p>\n'
    if digest.failures:
        items = "".join(f"<li>{safe(failure)}</li>" for failure in not_read(digest))
        yield f"<hr>\n<h3>{NOT_READ}</h3>\n<ul>{items}</ul>\n"
    yield "</body></html>\n"


def story(brief: Brief, *, headline: bool = True) -> str:
    """Return a brief as plain HTML, as mail and feeds show it."""
    parts = [f"<h2>{safe(heading(brief))}</h2>"] if headline else []
    parts.append(f'<p style="{_SOFT}">{sources(brief)}</p>')
    parts.append(_list(brief, brief.bullets))
    if brief.wysk:
        parts.append(f"<h3>{box_title(brief)}</h3>{_list(brief, brief.wysk)}")
    parts += [f"<h3>{safe(name)}</h3>{_list(brief, lines)}" for name, lines in sections(brief)]
    return "\n".join(part for part in parts if part) + "\n"


def _list(brief: Brief, lines: tuple[Line, ...]) -> str:
    items = (f"<li>{marked(line)}{_told(brief, line)}</li>" for line in lines)
    return f"<ul>{''.join(items)}</ul>" if lines else ""


def _told(brief: Brief, line: Line) -> str:
    by = told_by(brief, line)
    return f'<br><span style="{_SOFT}">{safe(by)}</span>' if by else ""
