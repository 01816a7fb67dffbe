"""Fetch one page over HTTP with limits: size, time, redirects, kinds of content.

No crawling, no cookies, no scripts; extracting the story is done by `summarize.reading.formats.pages`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from summarize.errors import InputError
from summarize.reading.deadline import Deadline
from summarize.version import __version__

if TYPE_CHECKING:
    import ssl

    from urllib3 import BaseHTTPResponse, PoolManager

MAX_BYTES = 20 * 2**20
CONNECT_SECONDS, READ_SECONDS, TOTAL_SECONDS = 10.0, 20.0, 60.0
MAX_REDIRECTS = 5
USER_AGENT = f"Mozilla/5.0 (compatible; summarize-toolkit/{__version__})"

# What can hold an article; a server that knows no better says octet-stream, and the content decides.
ARTICLES: Mapping[str, str | None] = {
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
_ACCEPT = "text/html,text/plain;q=0.9,*/*;q=0.5"
# What a server tells of a version, and how it is asked whether that is still the one.
_CONDITIONS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
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
        url: where it stood after all redirects.
        kind: the content type as the server declared it.
        validators: what a later fetch asks with whether it has changed, by the name of the header.
        unchanged: it has not changed since; there is no data then.
    """

    data: bytes
    suffix: str | None
    charset: str | None
    url: str = ""
    kind: str = ""
    validators: Mapping[str, str] = field(default_factory=dict)
    unchanged: bool = False


def fetch(
    url: str,
    timeout: float = TOTAL_SECONDS,
    *,
    public: bool = False,
    kinds: Mapping[str, str | None] = ARTICLES,
    most: int | None = None,
    validators: Mapping[str, str] | None = None,
) -> Page:
    """Return what stands at a URL, following up to five redirects.

    Proxies are those of the environment (`https_proxy` and so on), certificates the system's and certifi's.

    Args:
        url: http or https.
        timeout: the most seconds it may take from beginning to end.
        public: reach public addresses only, also after redirects, and use no proxy; for a URL that a
            stranger gave.
        kinds: the content types that are taken, with the suffix of each.
        most: bytes that are taken; None for 20 MiB.
        validators: those of an earlier page; one that has not changed since is not sent again.

    Raises:
        InputError: for another scheme, a server that does not answer or answers with an error, a kind of
            content that is not taken, and more bytes than are.
    """
    import urllib3

    if not _has_host(url):
        raise InputError(f"{url}: names no server; an address looks like https://example.org/article")
    deadline = Deadline(timeout)
    try:
        page = _Request(url, timeout, kinds, most or MAX_BYTES, validators or {}).send(
            deadline.watched(_manager(url, public))
        )
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        reason = deadline.told() if deadline.passed else _explain(error)
        raise InputError(f"{url}: {reason}") from error
    finally:
        deadline.close()
    if deadline.passed:  # a body without a length ends as well where the connection is cut
        raise InputError(f"{url}: {deadline.told()}")
    return page


@dataclass(frozen=True, slots=True)
class _Request:
    url: str
    timeout: float
    kinds: Mapping[str, str | None]
    most: int
    validators: Mapping[str, str]

    def send(self, manager: PoolManager) -> Page:
        import urllib3

        response = manager.request(
            "GET",
            self.url,
            headers={
                "User-Agent": USER_AGENT,
                "Accept": _ACCEPT if self.kinds is ARTICLES else "*/*",
                "Accept-Encoding": "gzip, deflate",
                **{_CONDITIONS[name]: value for name, value in self.validators.items()},
            },
            # Of two limits that end together the deadline is the one to be told of.
            timeout=urllib3.Timeout(
                connect=min(CONNECT_SECONDS, self.timeout + 1), read=min(READ_SECONDS, self.timeout + 1)
            ),
            retries=urllib3.Retry(
                connect=0, read=0, other=0, status=0, redirect=MAX_REDIRECTS, respect_retry_after_header=False
            ),
            preload_content=False,
        )
        try:
            return self._page(response)
        finally:
            response.close()

    def _page(self, response: BaseHTTPResponse) -> Page:
        if self.validators and response.status == 304:
            return Page(b"", None, None, self.url, validators=self.validators, unchanged=True)
        _check_status(self.url, response)
        kind = (response.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        if kind not in self.kinds:
            raise InputError(
                f"{self.url}: this is {kind}, not an article; give the address of a page, a text, a PDF, "
                "DOCX or EPUB"
            )
        data = self._body(response)
        return Page(
            data,
            self.kinds[kind],
            _parameter(response, "charset"),
            _last_address(self.url, response),
            response.headers.get("Content-Type") or "",
            {name: value for name in _CONDITIONS if (value := response.headers.get(name))},
        )

    def _body(self, response: BaseHTTPResponse) -> bytes:
        length = response.headers.get("Content-Length") or ""
        chunks, size = [], int(length) if length.isdecimal() else 0
        if size <= self.most:
            size = 0
            for chunk in response.stream(1 << 16, decode_content=True):
                size += len(chunk)
                if size > self.most:
                    break
                chunks.append(chunk)
        if size > self.most:
            raise InputError(f"{self.url}: larger than {self.most >> 20} MiB; download it and give the file")
        return b"".join(chunks)


def _last_address(url: str, response: BaseHTTPResponse) -> str:
    """Return where the redirects ended; each may be relative to the one before it."""
    for step in response.retries.history if response.retries else ():
        url = urljoin(url, step.redirect_location or "")
    return url


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def proxy_of(url: str) -> str | None:
    """Return the proxy that the environment names for an address, or None."""
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(url)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme.lower())


def _manager(url: str, public: bool) -> PoolManager:
    import urllib3

    if public:
        from summarize.reading.public import public_manager

        return public_manager(_certificates())
    if proxy := proxy_of(url):
        return urllib3.ProxyManager(proxy, ssl_context=_certificates())
    return urllib3.PoolManager(ssl_context=_certificates())


@cache
def _certificates() -> ssl.SSLContext:
    """Return whom https trusts; to read them takes longer than to fetch a page."""
    import ssl

    context = ssl.create_default_context()
    try:
        import certifi

        # On top of the system's: some Pythons come without any, and a company's own stay valid.
        context.load_verify_locations(certifi.where())
    except (ImportError, OSError):
        pass
    return context


def _check_status(url: str, response: BaseHTTPResponse) -> None:
    """Say why what is coming is of no use, where it is not what was asked for."""
    status = response.status
    if status == 200:
        return
    later = (
        "the server is in trouble: try again later" if status >= 500 else "open it in a browser to see why"
    )
    reason = f"{status} {response.reason or ''}".strip()
    wait = response.headers.get("Retry-After") or ""
    advice = f"it asks to wait for {wait} seconds" if wait.isdecimal() else _ADVICE.get(status, later)
    raise InputError(f"{url}: the server answered {reason}; {advice}")


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
