"""HTML and Markdown to plain text with a title: the story without its markup.

HTML goes through trafilatura, Markdown through markdown-it; nothing is fetched and nothing summarized.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from summarize.errors import InputError, MissingDependencyError, NotAnArticleError
from summarize.reading.dates import read_date
from summarize.reading.formats.article import article_body, article_date, why_no_article

_HTML = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|(?:html|head|body|article|main|section|div|p|h1)[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_ROOT = re.compile(r"<(?:!doctype|html)[\s>]", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title:[ \t]*(.+?)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Content:
    """What a source holds.

    Attributes:
        text: the story.
        title: the headline that its format declares, if any.
        notes: what was left out of the text, one sentence each.
        published: when it appeared, where the source tells.
        outlet: who published it, where the source tells.
    """

    text: str
    title: str | None = None
    notes: tuple[str, ...] = ()
    published: datetime | None = None
    outlet: str | None = None


def is_html(text: str) -> bool:
    """Tell whether a text begins as an HTML page or as a piece of one.

    Example:
        >>> is_html("<!DOCTYPE html><title>x</title>"), is_html("<3 is a heart")
        (True, False)
    """
    return _HTML.match(text[:4096]) is not None


def declared_charset(data: bytes) -> str | None:
    """Return the encoding that a page declares within itself.

    Example:
        >>> declared_charset(b'<meta charset="windows-1252">')
        'windows-1252'
    """
    head = data[:4096]
    found = _META_CHARSET.search(head) or _XML_CHARSET.match(head.lstrip())
    return found.group(1).decode("ascii") if found else None


def from_html(html: str, name: str, *, force: bool = False) -> Content:
    """Return the story of a page, without its navigation, tables, comments and footers.

    Args:
        html: the page.
        name: what to call it in messages.
        force: take what text there is, also of a page that is no article.

    Raises:
        InputError: where no story is found in it.
        NotAnArticleError: for a front page, a consent notice and the like.
    """
    # The text is decoded already, and lxml refuses one that still declares an encoding of its own.
    html = _XML_DECLARATION.sub("", html)
    if not _ROOT.search(html[:4096]):
        html = f"<html><body>{html}</body></html>"
    page = _extract(html, name)
    body = article_body(html)
    if body and (page is None or len(body) >= len(page.text)):
        page = replace(page, text=body) if page else Content(body)
    if page and not force and (kind := why_no_article(html, page.text)):
        raise NotAnArticleError(
            f"{name}: this is {kind}, not an article; save the story itself as text, or --force it"
        )
    if page is None:
        raise InputError(
            f"{name}: no article was found in this HTML page; it may be built by scripts or behind a login: "
            "save the text itself and give that"
        )
    return replace(page, published=read_date(article_date(html)) or page.published)


def _extract(html: str, name: str) -> Content | None:
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        # Older pips miss the extra of lxml through which it asks for lxml_html_clean.
        raise MissingDependencyError(
            f"{name}: reading HTML needs trafilatura, which does not load ({' '.join(str(error).split())}): "
            "pip install trafilatura lxml_html_clean"
        ) from error
    try:
        found = bare_extraction(html, with_metadata=True, include_comments=False, include_tables=False)
    except Exception as error:  # whatever lxml and its users raise on a broken page
        raise InputError(f"{name}: trafilatura could not read this HTML page: {error}") from error
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        return None
    text = str(found.text)
    # It hands the markup back where it could make nothing of a page.
    if is_html(text):
        return None
    title, outlet = (" ".join((name or "").split()) or None for name in (found.title, found.sitename))
    return Content(text, title, published=read_date(found.date), outlet=outlet)


def from_markdown(text: str) -> Content:
    """Return Markdown as plain paragraphs: no marks, links, images, code or HTML; tables cell by cell.

    The title is that of the front matter, or the heading that opens the text, which then leaves it.

    Example:
        >>> found = from_markdown("# Rain\\n\\nIt **rained** in [Rome](x).\\n\\n- And *how*.")
        >>> found.title, found.text
        ('Rain', 'It rained in Rome.\\n\\n- And how.')
    """
    from markdown_it import MarkdownIt

    title = None
    if front := _FRONT_MATTER.match(text):
        text = text[front.end() :]
        if named := _FRONT_TITLE.search(front.group(1)):
            title = named.group(1).strip("\"'")
    blocks: list[str] = []
    mark = kind = ""
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        if token.type == "list_item_open":
            mark = "- "
        elif token.type == "heading_open":
            kind = token.tag
        elif token.type == "inline":
            line = _inline(token.children or [])
            if kind == "h1" and title is None and not blocks:
                title, line = line, ""
            if line:
                blocks.append(mark + line)
            mark = kind = ""
    return Content("\n\n".join(blocks), title)


def _inline(tokens: list) -> str:  # type: ignore[type-arg]  # markdown-it is imported where it is used
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts).strip()
