"""Fetch one page over HTTP with limits: size, time, redirects, kinds of content.

No crawling, no cookies, no scripts; extracting the story is done by `summarize.reading.formats.pages`.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from summarize.errors import InputError
from summarize.version import __version__

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

MAX_BYTES = 20 * 2**20
CONNECT_SECONDS, READ_SECONDS, TOTAL_SECONDS = 10.0, 20.0, 60.0
MAX_REDIRECTS = 5
USER_AGENT = f"Mozilla/5.0 (compatible; summarize-toolkit/{__version__})"

# What can hold an article; a server that knows no better says octet-stream, and the content decides.
_READABLE = {
    "": None,
    "application/octet-stream": None,
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_ADVICE = {
    401: "it asks for a login: save the page in a browser and give the file",
    402: "it asks for payment: save the page in a browser and give the file",
    403: "it turns programs away: save the page in a browser and give the file",
    404: "check the address",
    410: "the page was taken down",
    429: "it asks for fewer requests: wait a while and try again",
    451: "it may not be shown where you are",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What a server sent.

    Attributes:
        data: the body, unpacked.
        suffix: the kind of content the server declared, as a file suffix; None where it does not tell.
        charset: the encoding the server declared.
    """

    data: bytes
    suffix: str | None
    charset: str | None


def fetch(url: str, timeout: float = TOTAL_SECONDS, *, public: bool = False) -> Page:
    """Return what stands at a URL, following up to five redirects.

    Proxies are those of the environment (`https_proxy` and so on), certificates the system's and certifi's.

    Args:
        url: http or https.
        timeout: the most seconds it may take from beginning to end.
        public: reach public addresses only, also after redirects, and use no proxy; for a URL that a
            stranger gave.

    Raises:
        InputError: for another scheme, a server that does not answer or answers with an error, a kind of
            content that holds no article, and more than 20 MiB.
    """
    import urllib3

    if not _has_host(url):
        raise InputError(f"{url}: names no server; an address looks like https://example.org/article")
    deadline = _Deadline(timeout)
    try:
        page = _fetch(url, timeout, deadline.watched(_manager(url, public)))
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        reason = deadline.told() if deadline.passed else _explain(error)
        raise InputError(f"{url}: {reason}") from error
    finally:
        deadline.close()
    if deadline.passed:  # a body without a length ends as well where the connection is cut
        raise InputError(f"{url}: {deadline.told()}")
    return page


def _fetch(url: str, timeout: float, manager: PoolManager) -> Page:
    import urllib3

    response = manager.request(
        "GET",
        url,
        headers={
            "User-Agent": USER_AGENT,
            "Accept": "text/html,text/plain;q=0.9,*/*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        },
        timeout=urllib3.Timeout(connect=min(CONNECT_SECONDS, timeout), read=min(READ_SECONDS, timeout)),
        retries=urllib3.Retry(
            connect=0, read=0, other=0, status=0, redirect=MAX_REDIRECTS, respect_retry_after_header=False
        ),
        preload_content=False,
    )
    try:
        suffix = _check(url, response)
        return Page(_body(url, response), suffix, _parameter(response, "charset"))
    finally:
        response.close()


class _Deadline:
    """Cuts every connection of a fetch when its time is up, however slowly the next byte comes.

    Time-outs of sockets begin anew with each byte, so that a server which drips would never meet one.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._links: list[socket.socket] = []
        self._lock = threading.Lock()
        self.passed = False
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def watched(self, manager: PoolManager) -> PoolManager:
        """Return a manager whose connections are known here."""
        pools: dict[str, Any] = dict(manager.pool_classes_by_scheme)
        watch = self._watch

        def watching(pool: Any) -> Any:
            def connect(connection: Any) -> socket.socket:
                link: socket.socket = pool.ConnectionCls._new_conn(connection)
                watch(link)
                return link

            kind = type("Watched", (pool.ConnectionCls,), {"_new_conn": connect})
            return type("WatchedPool", (pool,), {"ConnectionCls": kind})

        manager.pool_classes_by_scheme = {scheme: watching(pool) for scheme, pool in pools.items()}
        return manager

    def _watch(self, link: socket.socket) -> None:
        # A second handle of the connection: TLS takes the first one over.
        with self._lock:
            self._links.append(link.dup())
        if self.passed:
            self._cut()

    def _cut(self) -> None:
        self.passed = True
        with self._lock:
            for link in self._links:
                with suppress(OSError):
                    link.shutdown(socket.SHUT_RDWR)

    def told(self) -> str:
        """Return what a message says once the time is up."""
        return f"not complete after {self._seconds:g} seconds; try again later"

    def close(self) -> None:
        """Forget the connections."""
        self._timer.cancel()
        with self._lock:
            for link in self._links:
                link.close()
            self._links.clear()


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _manager(url: str, public: bool) -> PoolManager:
    import ssl
    from urllib.request import getproxies, proxy_bypass

    import urllib3

    parts = urlsplit(url)
    context = ssl.create_default_context()
    try:
        import certifi

        # On top of the system's: some Pythons come without any, and a company's own stay valid.
        context.load_verify_locations(certifi.where())
    except (ImportError, OSError):
        pass
    if public:
        from summarize.reading.public import public_manager

        return public_manager(context)
    proxy = None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme.lower())
    if proxy:
        return urllib3.ProxyManager(proxy, ssl_context=context)
    return urllib3.PoolManager(ssl_context=context)


def _check(url: str, response: BaseHTTPResponse) -> str | None:
    """Return the suffix of what is coming, or say why it is of no use."""
    status = response.status
    if status != 200:
        later = (
            "the server is in trouble: try again later"
            if status >= 500
            else "open it in a browser to see why"
        )
        reason = f"{status} {response.reason or ''}".strip()
        wait = response.headers.get("Retry-After") or ""
        advice = f"it asks to wait for {wait} seconds" if wait.isdecimal() else _ADVICE.get(status, later)
        raise InputError(f"{url}: the server answered {reason}; {advice}")
    kind = (response.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    if kind not in _READABLE:
        raise InputError(
            f"{url}: this is {kind}, not an article; give the address of a page, a text, a PDF, DOCX or EPUB"
        )
    if int(response.headers.get("Content-Length") or 0) > MAX_BYTES:
        raise InputError(_too_large(url))
    return _READABLE[kind]


def _body(url: str, response: BaseHTTPResponse) -> bytes:
    chunks, size = [], 0
    for chunk in response.stream(1 << 16, decode_content=True):
        size += len(chunk)
        if size > MAX_BYTES:
            raise InputError(_too_large(url))
        chunks.append(chunk)
    return b"".join(chunks)


def _too_large(url: str) -> str:
    return f"{url}: larger than {MAX_BYTES >> 20} MiB; download it and give the file"


def _parameter(response: BaseHTTPResponse, name: str) -> str | None:
    from email.message import Message

    message = Message()
    message["Content-Type"] = response.headers.get("Content-Type") or ""
    value = message.get_param(name)
    return value if isinstance(value, str) else None


def _explain(error: Exception) -> str:
    """Say what went wrong on the way in the reader's words, with what to do."""
    from urllib3 import exceptions

    reason = getattr(error, "reason", None)
    if isinstance(error, exceptions.MaxRetryError) and isinstance(reason, Exception):
        if isinstance(reason, exceptions.ResponseError):
            return (
                f"redirects more than {MAX_REDIRECTS} times; open it in a browser and give its last address"
            )
        error = reason
    if isinstance(error, exceptions.NameResolutionError):
        return "no server of that name was found; check the address and the connection"
    if isinstance(error, exceptions.ProxyError):
        return f"the proxy could not be used ({error}); check the variables http_proxy and https_proxy"
    if isinstance(error, exceptions.NewConnectionError):  # before the time-outs, of which it is one
        cause = getattr(error.__cause__, "strerror", None) or "no answer"
        return f"no connection could be made ({cause}); check the address, its port and the network"
    if isinstance(error, exceptions.TimeoutError):
        return "the server did not answer in time; try again later"
    if isinstance(error, exceptions.SSLError):
        return f"no safe connection could be made ({error}); check the address and this machine's clock"
    if isinstance(error, exceptions.LocationValueError | exceptions.LocationParseError | ValueError):
        return (
            f"this or where it leads is no web address ({error}); one looks like https://example.org/article"
        )
    return f"the connection broke ({' '.join(str(error).split())}); try again"
