"""What a digest is made of: folders, files, rows, feeds, OPML lists and addresses -> dated documents.

Whatever fails is a `Failure` in its place and ends nothing else. An article that several feeds announce is
read once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from summarize.document import Document, is_web_address
from summarize.errors import EmptyTextError, Failure, InputError, SummarizeError
from summarize.reading import feeds
from summarize.reading.columns import Columns
from summarize.reading.dated import TELLING_COLUMNS, dated_document
from summarize.reading.feeds import Entry, Feed
from summarize.reading.inputs import TextFiles, each_row, open_inputs
from summarize.reading.read import read, read_page
from summarize.reading.rows import Row, article_of
from summarize.reading.web import ARTICLES, Page, proxy_of
from summarize.story.fetching import FRESH, Fetcher, Wanted

MOST_FEED_BYTES = 8 * 2**20
MOST_ENTRIES = 100  # of a feed, the newest
_LISTS = (".opml", ".xml", ".rss", ".atom", ".rdf")
_COLUMNS = Columns(also=TELLING_COLUMNS)
_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")


@dataclass(frozen=True)
class _Announced:
    """An entry, the feed it stands in, and that feed's address as the user reached it."""

    entry: Entry
    feed: Feed
    address: str


class Gatherer:
    """Reads sources into documents.

    Args:
        fetcher: of pages and feeds.
        since: what appeared before is left out; what has no date is kept.
        language: ISO 639-1 code of all articles, or "auto".
        entries: how many of a feed are read at most, the newest.
        tell: is told what is going on, a line each.

    Attributes:
        old: how many articles were left out as older than `since`.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        since: datetime | None = None,
        *,
        language: str = "auto",
        entries: int = MOST_ENTRIES,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._fetcher, self._since, self._language = fetcher, since, language
        self._most, self._tell = entries, tell
        self.old = 0

    def gather(self, sources: Sequence[str]) -> Iterator[Document | Failure]:
        """Yield the documents of all sources, what fails in its place."""
        addresses: list[str] = []
        announced: list[_Announced] = []
        for name in sources:
            try:
                if is_web_address(name):
                    addresses.append(name)
                elif _is_list(name):
                    yield from self._listed(Path(name).read_bytes(), name, addresses, announced)
                else:
                    yield from self._rows(name)
            except (SummarizeError, OSError) as error:
                yield Failure(name, error if isinstance(error, SummarizeError) else InputError(str(error)))
        yield from self._web(addresses, announced)

    def _listed(
        self, data: bytes, name: str, addresses: list[str], announced: list[_Announced]
    ) -> Iterator[Failure]:
        """Sort what a file or an address holds into feeds to be fetched and entries."""
        if feeds.is_opml(data):
            for address in feeds.read_opml(data, name):
                if is_web_address(address):
                    addresses.append(address)
                else:
                    yield Failure(name, InputError(f"{name}: {address!r} is no web address of a feed"))
        else:
            self._announce(feeds.read_feed(data, name), name, announced)

    def _announce(self, feed: Feed, address: str, announced: list[_Announced]) -> None:
        newest = sorted(
            feed.entries,
            key=lambda entry: entry.published or datetime.max.replace(tzinfo=UTC),
            reverse=True,
        )
        for entry in islice((entry for entry in newest if self._is_new(entry.published)), self._most):
            announced.append(_Announced(entry, feed, address))

    def _is_new(self, published: datetime | None) -> bool:
        old = self._since is not None and published is not None and published < self._since
        self.old += old
        return not old

    def _web(self, addresses: Sequence[str], announced: list[_Announced]) -> Iterator[Document | Failure]:
        """Fetch feeds, lists and pages, then what they announce."""
        asked: set[str] = set()
        waiting = list(dict.fromkeys(addresses))
        for _ in range(2):  # lists, and the feeds they name
            wanted = [
                Wanted(url, kinds={**ARTICLES, **feeds.KINDS}, most=MOST_FEED_BYTES, fresh=FRESH)
                for url in waiting
                if url not in asked
            ]
            asked.update(waiting)
            waiting = []
            if wanted:
                self._tell(f"{len(wanted)} addresses to ask")
            for one, found in self._fetcher.fetch_all(wanted):
                if isinstance(found, Failure):
                    yield found
                    continue
                try:
                    yield from self._answer(found, one.url, waiting, announced)
                except SummarizeError as error:
                    yield Failure(one.url, error)
        yield from self._pages(announced)

    def _answer(
        self, page: Page, url: str, addresses: list[str], announced: list[_Announced]
    ) -> Iterator[Document | Failure]:
        if feeds.is_opml(page.data):
            yield from self._listed(page.data, url, addresses, announced)
        elif feeds.is_feed(page.data) or page.suffix in (".xml", ".json"):
            self._announce(feeds.read_feed(page.data, page.url, page.kind), url, announced)
        else:
            document = read_page(page, url, language=self._language)
            if self._is_new(document.published):
                yield document

    def _pages(self, announced: Sequence[_Announced]) -> Iterator[Document | Failure]:
        first: dict[str, _Announced] = {}
        unlinked = [one for one in announced if not one.entry.link]
        for one in announced:
            if one.entry.link:
                first.setdefault(_plain_address(one.entry.link), one)
        told = [*unlinked, *(one for one in first.values() if one.entry.is_whole)]
        wanted = {}
        for one in first.values():
            if not one.entry.is_whole:
                link = str(one.entry.link)
                # A feed must not send us where only this machine can reach; a proxy sees to that itself.
                own = urlsplit(link).netloc.lower() == urlsplit(one.address).netloc.lower()
                public = not own and not proxy_of(link)
                wanted[link] = (Wanted(link, public=public), one)
        if announced:
            self._tell(f"{len(first) + len(unlinked)} articles announced, {len(wanted)} pages to read")
        for one in told:
            yield self._told(one)
        for request, page in self._fetcher.fetch_all([request for request, _ in wanted.values()]):
            yield self._read(page, wanted[request.url][1])

    def _read(self, page: Page | Failure, one: _Announced) -> Document | Failure:
        """Return the article of a page; where there is none, what the feed says of it."""
        try:
            if isinstance(page, Failure):
                raise page.error
            document = read_page(page, str(one.entry.link), language=self._language)
            if not document.sentences:
                raise EmptyTextError(f"{one.entry.link}: holds no sentence")
        except SummarizeError as error:
            told = self._told(one)
            if isinstance(told, Failure) or not told.sentences:
                return Failure(str(one.entry.link), error)
            reason = Failure(str(one.entry.link), error).reason
            return replace(told, notes=(f"only what the feed says of it was read: {reason}",))
        return replace(
            document,
            title=one.entry.title or document.title,
            published=one.entry.published or document.published,
            outlet=document.outlet or one.feed.title,
        )

    def _told(self, one: _Announced) -> Document | Failure:
        """Return what the feed itself says of an article as a document."""
        from summarize.parsing.parse import parse

        entry = one.entry
        source = entry.link or f"{one.address}: {entry.title or 'an entry without a title'}"
        if not entry.text:
            return Failure(source, EmptyTextError(f"{source}: the feed gives neither a link nor a text"))
        document = parse(entry.text, title=entry.title, source=source, language=self._language)
        return replace(document, published=entry.published, outlet=one.feed.title)

    def _rows(self, name: str) -> Iterator[Document | Failure]:
        for source in open_inputs([name]):
            for row in each_row(source, _COLUMNS):
                try:
                    document = self._row(row, isinstance(source, TextFiles))
                except SummarizeError as error:
                    yield Failure(row.where, error)
                    continue
                if self._is_new(document.published):
                    yield document

    def _row(self, row: Row, is_text: bool) -> Document:
        if row.error:
            raise InputError(row.error)
        if is_text:
            return read(row.file, language=self._language)
        return dated_document(article_of(row, _COLUMNS), row.where, self._language)


def _is_list(name: str) -> bool:
    """Tell whether a file is a feed or a list of feeds, by its suffix or, of JSON, by how it begins."""
    suffix = Path(name).suffix.lower()
    if suffix in _LISTS:
        return True
    if suffix != ".json" or not os.path.isfile(name):
        return False
    with open(name, "rb") as stream:
        return feeds.is_feed(stream.read(4096))


def _plain_address(link: str) -> str:
    """Return an address without what only tells where a reader came from.

    Example:
        >>> _plain_address("https://Example.org/a/?utm_source=rss&id=3#top")
        'https://example.org/a/?id=3'
    """
    try:
        parts = urlsplit(link)
        query = [
            pair
            for pair in parse_qsl(parts.query, keep_blank_values=True)
            if not pair[0].startswith(_TRACKING)
        ]
    except ValueError:
        return link
    return parts._replace(netloc=parts.netloc.lower(), query=urlencode(query), fragment="").geturl()
