"""A web server on loopback with feeds as publishers write them: right, odd, broken, too large, without an end."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from types import MappingProxyType
from typing import Any, NamedTuple

NOW = datetime.now(UTC).replace(microsecond=0)
PAPERS, EVENTS = 200, 40
_SOUNDS = "bar den fol gim hul kep lam mor nis pol rud sten tir vek wol zan".split()


# One event in the words of five papers.
_TOLD = (
    (
        "The ferry {ship} ran aground off {town} on its last crossing of the day.",
        "{head}, who runs {firm}, promised an inquiry and asked passengers of the {ship} for patience.",
        "Divers from {town} went down to the hull as soon as the storm allowed it.",
    ),
    (
        "Passengers of the {ship} spent the night in a school in {town} after their ferry struck a rock.",
        "The {firm} line, owner of the {ship}, did not say why it had left in bad weather.",
        "Asked about blame, {head} of {firm} said it was too early to speak of {town} and its pilots.",
    ),
    (
        "{firm} has stopped all its ferries until it knows what happened to the {ship} near {town}.",
        "Its director {head} called the grounding of the {ship} the worst day of the firm.",
        "Fishermen from {town} brought most people ashore before the coast guard arrived.",
    ),
    (
        "Why did the {ship} sail at all? In {town} nobody had an answer when the storm was over.",
        "Hours before, harbour masters had warned {firm}, and {head} had been told by telephone.",
        "The ferry {ship} now lies on its side, a mile from {town}, and leaks oil.",
    ),
    (
        "Oil from the ferry {ship} has reached the beaches north of {town}, the council reports.",
        "{head} said that {firm} would pay for cleaning whatever the {ship} had lost.",
        "Birds covered in oil were brought to a shelter in {town} by volunteers.",
    ),
)


class Answer(NamedTuple):
    """What a path gives."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = MappingProxyType({})


def _name(event: int, which: int) -> str:
    index = 4 * event + which
    parts = (index % 16, (index // 16 + 5) % 16, index * 7 % 16)
    return "".join(_SOUNDS[part] for part in parts).capitalize()


def story(number: int) -> tuple[str, list[str]]:
    """Return headline and paragraphs of an article; `number % EVENTS` is its event, the rest its wording."""
    event, version = number % EVENTS, number // EVENTS
    town, ship, firm, head = (_name(event, which) for which in range(4))
    found = [text.format(town=town, ship=ship, firm=firm, head=head) for text in _TOLD[version % len(_TOLD)]]
    found.append(
        f"Our reporter number {number} counted {number + 3} ambulances beside the quay that evening."
    )
    return f"Ferry {ship} aground off {town}", found


def page(number: int) -> bytes:
    """Return the page of an article."""
    title, paragraphs = story(number)
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def feed(number: int, link: str) -> tuple[bytes, str]:
    """Return one of 200 small feeds, no two kinds of oddity alike in a row, and its content type."""
    title, _ = story(number)
    date = NOW - timedelta(minutes=number)
    item = f"<item><title>{title}</title><link>{link}</link><pubDate>{format_datetime(date)}</pubDate></item>"
    rss = f"<rss version='2.0'><channel><title>Paper {number}</title><link>/</link>{item}</channel></rss>"
    declared = "<?xml version='1.0' encoding='{}'?>"
    odd = number % 20
    if odd == 0:
        return (declared.format("utf-8") + rss).encode(), "application/rss+xml"
    if odd == 1:  # no date that can be one
        return rss.replace(format_datetime(date), "the day before, Feb 31 25:61").encode(), "text/xml"
    if odd == 2:  # a date in the far future
        return rss.replace(format_datetime(date), "Fri, 01 Jan 2199 00:00:00 GMT").encode(), "text/xml"
    if odd == 3:  # declared as one encoding and written in another
        return (declared.format("utf-8") + rss.replace("Paper", "Péper")).encode("latin-1"), "text/xml"
    if odd == 4:
        return (declared.format("windows-1252") + rss).encode("windows-1252"), "application/xml"
    if odd == 5:
        return ("﻿" + declared.format("utf-16") + rss).encode("utf-16-le"), "application/xml"
    if odd == 6:  # markup in a title, escaped and not
        told = f"&lt;b&gt;{title}&lt;/b&gt; &amp;amp; more"
        return rss.replace(f"<title>{title}<", f"<title>{told}<").encode(), "text/xml"
    if odd == 7:
        told = f"<![CDATA[<em>{title}</em>]]>"
        return rss.replace(f"<title>{title}<", f"<title>{told}<").encode(), "text/xml"
    if odd == 8:  # a bare ampersand and an unknown entity
        return rss.replace("<title>Paper", "<title>This & That &nosuch; Paper").encode(), "text/xml"
    if odd == 9:  # breaks off in the middle
        return rss[: rss.index("</channel>")].encode(), "application/rss+xml"
    if odd == 10:  # blanks before the declaration
        return ("\n\n  " + declared.format("utf-8") + rss).encode(), "application/rss+xml"
    if odd == 11:  # called a web page
        return rss.encode(), "text/html"
    if odd == 12:  # called nothing
        return rss.encode(), ""
    if odd in (13, 14):
        atom = (
            f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Paper {number}</title><entry><title>{title}"
            f"</title><link href='{link}'/><updated>{date.isoformat()}</updated></entry></feed>"
        )
        return atom.encode(), "application/atom+xml"
    if odd in (15, 16):
        items = [{"id": "1", "url": link, "title": title, "date_published": date.isoformat()}, "junk", {}]
        told = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": f"Paper {number}",
            "items": items[: 1 + odd % 2],
        }
        return json.dumps(told).encode(), "application/feed+json" if odd == 15 else "application/json"
    if odd == 17:  # RSS 1.0
        rdf = (
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
            f"<channel><title>Paper {number}</title></channel><item><title>{title}</title><link>{link}</link>"
            "</item></rdf:RDF>"
        )
        return rdf.encode(), "application/rdf+xml"
    if odd == 18:  # each entry twice
        return rss.replace(item, item * 2).encode(), "text/xml"
    # The article itself, in the feed.
    text = "".join(f"&lt;p&gt;{part}&lt;/p&gt;" for part in story(number)[1])
    return rss.replace("</item>", f"<description>{text}</description></item>").encode(), "text/xml"


class Server(ThreadingHTTPServer):
    """Does not ask for its own name, which takes seconds where nobody knows it."""

    daemon_threads = True

    def server_bind(self) -> None:
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]


class FeedServer:
    """The server.

    Attributes:
        url: its address.
        asked: how often each path was asked for.
        unchanged: how often each path was answered with 304.
        pages: what the paths give; a function is called with the handler and writes for itself.
    """

    def __init__(self, address: str = "127.0.0.1") -> None:
        self.asked: Counter[str] = Counter()
        self.unchanged: Counter[str] = Counter()
        self.pages: dict[str, Any] = {}
        self.busy: Counter[str] = Counter()
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: Any) -> None:
                pass

            def do_GET(self) -> None:
                with outer._lock:
                    outer.asked[self.path] += 1
                    outer.busy["now"] += 1
                    outer.busy["most"] = max(outer.busy["most"], outer.busy["now"])
                try:
                    outer._answer(self)
                except OSError:
                    pass  # the client has seen enough
                finally:
                    with outer._lock:
                        outer.busy["now"] -= 1

        self._server = Server((address, 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.url = f"http://{address}:{self._server.server_port}"

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        found = self.pages.get(handler.path, Answer(b"nothing", status=404))
        if callable(found) and not isinstance(found, Answer):
            found(handler)
            return
        tag = f'"{hash(found.body)}"'
        if handler.headers.get("If-None-Match") == tag:
            self.unchanged[handler.path] += 1
            handler.send_response(304)
            handler.end_headers()
            return
        body = gzip.compress(found.body) if found.headers.get("Content-Encoding") else found.body
        handler.send_response(found.status)
        if found.kind:
            handler.send_header("Content-Type", found.kind)
        for name, value in {"ETag": tag, "Content-Length": str(len(body)), **found.headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    def close(self) -> None:
        """Stop it."""
        self._server.shutdown()
        self._server.server_close()


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Begin a feed and go on with it for ever, a little at a time."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/rss+xml")
    handler.end_headers()
    handler.wfile.write(b"<rss version='2.0'><channel><title>Never</title>")
    while True:
        handler.wfile.write(b"<item><title>and so on</title></item>")
        handler.wfile.flush()
        time.sleep(0.05)


def enormous(handler: BaseHTTPRequestHandler) -> None:
    """Send a feed of 50 MB without saying how long it is."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/rss+xml")
    handler.end_headers()
    handler.wfile.write(b"<rss version='2.0'><channel><title>Large</title>")
    for _ in range(50):
        handler.wfile.write(b"<!-- more -->\n" * 75_000)


@contextmanager
def serving(address: str = "127.0.0.1") -> Iterator[FeedServer]:
    """Give a server, and stop it."""
    server = FeedServer(address)
    try:
        yield server
    finally:
        server.close()


def fill(server: FeedServer, papers: int = PAPERS) -> dict[str, str]:
    """Give a server its feeds, good and bad, and a list of all; return what is wrong with each bad one."""
    for number in range(papers):
        relative = ("article/{}", "/article/{}", "../article/{}", server.url + "/article/{}?utm_source=rss")
        place = "/" if number % 4 == 0 else "/feeds/"
        server.pages[f"/article/{number}"] = server.pages[f"/article/{number}?utm_source=rss"] = Answer(
            page(number)
        )
        body, kind = feed(number, relative[number % 4].format(number))
        headers = {"Content-Encoding": "gzip"} if number % 5 == 0 else {}
        server.pages[f"{place}{number}.xml"] = Answer(body, kind, headers=headers)
        server.pages[f"/old/{number}"] = Answer(status=301, headers={"Location": f"{place}{number}.xml"})
    bad = {
        "/gone.xml": "404",
        "/broken.xml": "500",
        "/page.xml": "no article was found",
        "/noise.xml": "no feed",
        "/empty.xml": "no text",
        "/loop.xml": "redirects more than 5 times",
        "/picture.xml": "image/png",
        "/enormous.xml": "larger than 8 MiB",
        "/endless.xml": "not complete after",
    }
    server.pages |= {
        "/broken.xml": Answer(b"oh", status=500),
        "/page.xml": Answer(b"<html><body></body></html>"),
        "/noise.xml": Answer(bytes(range(256)) * 8, "application/xml"),
        "/empty.xml": Answer(b""),
        "/loop.xml": Answer(status=302, headers={"Location": "/loop.xml"}),
        "/picture.xml": Answer(b"x", "image/png"),
        "/enormous.xml": enormous,
        "/endless.xml": endless,
    }
    addresses = [
        f"{server.url}/old/{n}" if n % 7 == 0 else f"{server.url}{'/' if n % 4 == 0 else '/feeds/'}{n}.xml"
        for n in range(papers)
    ]
    server.pages["/good.opml"] = _opml(addresses)
    server.pages["/all.opml"] = _opml([*addresses, *(server.url + path for path in bad)])
    return bad


def _opml(addresses: list[str]) -> Answer:
    outlines = "".join(f"<outline xmlUrl='{url}'/>" for url in addresses)
    return Answer(f"<opml version='2.0'><body>{outlines}</body></opml>".encode(), "text/x-opml")
