"""A digest as an Atom feed (RFC 4287): an entry for each story and each single, its brief as HTML."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

from summarize.brief import Brief
from summarize.document import is_web_address
from summarize.writing.digest.mail import story
from summarize.writing.digest.wording import heading, summary, title
from summarize.writing.wording import newest, outlet

if TYPE_CHECKING:
    from datetime import datetime

    from summarize.story.digest import Digest

_ATOM = "http://www.w3.org/2005/Atom"
# XML 1.0 has no place for these.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def pieces(digest: Digest) -> Iterator[str]:
    """Yield the feed."""
    Xml.register_namespace("", _ATOM)
    feed = Xml.Element(f"{{{_ATOM}}}feed")
    _add(feed, "title", title(digest))
    _add(feed, "subtitle", summary(digest))
    _add(feed, "id", "urn:summarize-toolkit:digest")
    _add(feed, "updated", _moment(digest.made))
    _add(_add(feed, "author"), "name", "summarize")
    for brief in (*digest.stories, *digest.singles):
        _entry(feed, brief, digest.made)
    Xml.indent(feed)
    yield f'<?xml version="1.0" encoding="utf-8"?>\n{Xml.tostring(feed, "unicode")}\n'


def _entry(feed: Xml.Element, brief: Brief, made: datetime) -> None:
    entry = _add(feed, "entry")
    _add(entry, "title", heading(brief))
    first = brief.document
    # Where the story goes on, its newest article is another, and readers show it anew.
    _add(entry, "id", f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, first.source or first.text)}")
    _add(entry, "updated", _moment(newest(brief) or made))
    for document in brief.documents:
        _add(_add(entry, "author"), "name", outlet(document))
    relation = "alternate"
    for document in brief.documents:
        if is_web_address(document.source or ""):
            _add(entry, "link", rel=relation, href=document.source or "", title=outlet(document))
            relation = "related"
    _add(entry, "content", story(brief, headline=False), type="html")


def _add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> Xml.Element:
    clean = {key: _FORBIDDEN.sub("", value) for key, value in attributes.items()}
    child = Xml.SubElement(parent, f"{{{_ATOM}}}{name}", clean)
    child.text = _FORBIDDEN.sub("", text) or None
    return child


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds")
