"""RSS, Atom and JSON feeds and OPML lists, from bytes to entries; nothing is fetched here.

RSS and Atom are read by feedparser, which forgives what publishers do to XML; JSON Feed is jsonfeed.org's.
"""

from __future__ import annotations

import calendar
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from summarize.document import is_web_address
from summarize.errors import InputError
from summarize.reading.dates import read_date
from summarize.reading.storage import require

KINDS: dict[str, str | None] = {
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/rdf+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/json": ".json",
    "application/feed+json": ".json",
    "text/x-opml": ".opml",
    "text/x-opml+xml": ".opml",
}
_HEAD = 4096
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_OPML = re.compile(rb"<opml[\s>]", re.IGNORECASE)
_JSON_FEED = re.compile(rb'"https?:\\?/\\?/jsonfeed\.org\\?/version')
_WHOLE = 200  # words from which on the text in a feed is taken for the article
_CUT = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|(?:continue|keep) reading\W*|read (?:more|on)\W*)$", re.IGNORECASE)
_BLOCKS = ("p", "div", "br", "li", "ul", "ol", "blockquote", "tr", "table", "h1", "h2", "h3", "h4", "hr")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a feed announces it.

    Attributes:
        link: its address, absolute; None where the feed gives none.
        title: without markup.
        published: when it appeared, where the feed gives a date that can be one.
        text: what the feed says of it, as plain paragraphs: a line, or the article itself.
    """

    link: str | None
    title: str | None
    published: datetime | None
    text: str

    @property
    def is_whole(self) -> bool:
        """Whether the feed holds the article itself, so that its page need not be fetched."""
        return len(self.text.split()) >= _WHOLE and not _CUT.search(self.text)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its title, and its entries in the order it gives them."""

    title: str | None
    entries: tuple[Entry, ...]


def is_feed(data: bytes) -> bool:
    """Tell whether bytes begin as a feed."""
    head = _head(data)
    return bool(_JSON_FEED.search(head) if head.startswith(b"{") else _FEED.search(head))


def is_opml(data: bytes) -> bool:
    """Tell whether bytes begin as a list of feeds."""
    return _OPML.search(_head(data)) is not None


def _head(data: bytes) -> bytes:
    # UTF-16 has a zero in every other byte of markup.
    return data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")


def read_opml(data: bytes, name: str) -> list[str]:
    """Return the addresses of the feeds in an OPML list, each once, in order.

    Raises:
        InputError: where it names none.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{name}: this list of feeds is no XML: {error}") from error
    outlines = root.iter("{*}outline") if root is not None else ()
    found = [
        str(value).strip()
        for outline in outlines
        for key, value in outline.attrib.items()
        if str(key).lower() == "xmlurl" and str(value).strip()
    ]
    if not found:
        raise InputError(f"{name}: this list names no feed; each is an outline with an xmlUrl")
    return list(dict.fromkeys(found))


def read_feed(data: bytes, name: str, kind: str = "") -> Feed:
    """Return the entries of a feed.

    Args:
        data: RSS, Atom or JSON Feed.
        name: its address, against which relative links are resolved, or a path.
        kind: the content type that a server declared, with the encoding.

    Raises:
        InputError: for what is no feed.
        MissingDependencyError: where feedparser is not installed.
    """
    if _head(data).startswith(b"{"):
        return _json_feed(data, name)
    require("feedparser", f"{name}: a feed", "feeds")
    import feedparser

    headers = {"content-location": name} | ({"content-type": kind} if kind else {})
    try:
        # From memory: a text it would take for an address, and fetch.
        found = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
    except Exception as error:  # whatever it and expat raise on a broken feed
        raise InputError(f"{name}: this feed could not be read: {error}") from error
    if not found.entries and not found.version:
        raise InputError(f"{name}: this is no feed; give the address of an RSS, Atom or JSON feed")
    entries = tuple(_entry(entry, name) for entry in found.entries)
    return Feed(_line(found.feed.get("title")), entries)


def _entry(entry: Any, base: str) -> Entry:
    bodies = [part.get("value") or "" for part in entry.get("content", ())]
    body = max([*bodies, entry.get("summary") or ""], key=len)
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        date = read_date(datetime.fromtimestamp(calendar.timegm(moment), UTC)) if moment else None
    except (ValueError, OverflowError, OSError, TypeError):
        date = None
    date = date or read_date(entry.get("published") or entry.get("updated"))
    return Entry(_address(entry.get("link"), base), _line(entry.get("title")), date, plain(body))


def _json_feed(data: bytes, name: str) -> Feed:
    try:
        feed = json.loads(data.decode("utf-8-sig"))
        items = feed["items"]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise InputError(f"{name}: this is no JSON feed, which has items: {error!r}") from error
    entries = tuple(
        Entry(
            _address(item.get("url") or item.get("external_url"), name),
            _line(item.get("title")),
            read_date(item.get("date_published")) or read_date(item.get("date_modified")),
            _text(item.get("content_text")) or plain(_text(item.get("content_html") or item.get("summary"))),
        )
        for item in items
        if isinstance(item, dict)
    )
    return Feed(_line(feed.get("title")), entries)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _line(value: Any) -> str | None:
    return " ".join(plain(_text(value)).split()) or None


def _address(link: Any, base: str) -> str | None:
    try:
        found = urljoin(base, _text(link).strip())
    except ValueError:
        return None
    return found if link and is_web_address(found) else None


def plain(html: str) -> str:
    """Return a piece of HTML as plain paragraphs.

    Example:
        >>> plain("<p>Rain &amp; <b>wind</b></p><p>in Leeds</p>")
        'Rain & wind\\n\\nin Leeds'
    """
    if "<" not in html and "&" not in html:
        return html.strip()
    from lxml import etree
    from lxml.html import fragment_fromstring

    try:
        # Characters that no XML may hold would make a text of nothing.
        root = fragment_fromstring(re.sub(r"[\0-\x08\x0b\x0c\x0e-\x1f]", " ", html), create_parent="div")
    except (etree.ParserError, ValueError):
        return ""
    etree.strip_elements(root, "script", "style", etree.Comment, with_tail=False)
    for element in root.iter(*_BLOCKS):
        element.tail = f"\n\n{element.tail or ''}"
    return "\n\n".join(_paragraphs("".join(root.itertext())))


def _paragraphs(text: str) -> Iterator[str]:
    for part in re.split(r"\n\s*\n", text):
        if line := " ".join(part.split()):
            yield line
