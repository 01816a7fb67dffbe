"""Reading URLs from a real server on loopback: redirects, encodings, limits, and every way to fail."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from summarize.errors import EmptyTextError, Failure, InputError
from summarize.reading import web
from summarize.reading.read import read, read_all

STORY = "The mayor said on Monday: “No one was hurt.” The cause of the fire in Málaga is not known.\n"
CZECH = "Starosta řekl, že příliš žluťoučký kůň neúpěl."
PAGE = f"""<html><head><title>Fire in the old town</title></head><body><nav>Home</nav><article>
<p>{STORY}</p><p>Police asked witnesses to come forward.</p></article></body></html>"""

# path: (status, headers, body)
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode()),
    "/latin": (200, {"Content-Type": 'text/html; charset="iso-8859-1"'}, PAGE.encode("cp1252")),
    "/unlabelled": (200, {"Content-Type": "text/html"}, PAGE.encode("cp1252")),
    "/mislabelled": (200, {"Content-Type": "text/html; charset=iso-8859-1"}, PAGE.encode()),
    "/czech": (200, {"Content-Type": "text/plain; charset=iso-8859-2"}, CZECH.encode("iso8859-2")),
    "/untyped": (200, {}, PAGE.encode()),
    "/octets": (200, {"Content-Type": "application/octet-stream"}, PAGE.encode()),
    "/zipped": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())),
    "/bomb": (200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, gzip.compress(b"a " * 2**21)),
    "/torn": (200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, b"no gzip at all"),
    "/text": (200, {"Content-Type": "text/plain"}, STORY.encode("utf-16")),
    "/markdown": (200, {"Content-Type": "text/markdown"}, f"# Fire\n\n**{STORY.strip()}**".encode()),
    "/empty": (200, {"Content-Type": "text/html"}, b""),
    "/image": (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n"),
    "/hidden-image": (200, {"Content-Type": "text/html"}, b"\x89PNG\r\n\x1a\n"),
    "/json": (200, {"Content-Type": "application/json; charset=utf-8"}, b"{}"),
    "/moved": (301, {"Location": "/relative/../page"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/to-ftp": (302, {"Location": "ftp://127.0.0.1/a"}, b""),
    "/nowhere": (302, {}, b""),
    "/login": (401, {}, b""),
    "/forbidden": (403, {}, b""),
    "/gone": (410, {}, b""),
    "/busy": (429, {}, b""),
    "/wait": (429, {"Retry-After": "30"}, b""),
    "/broken": (500, {}, b""),
    "/nothing": (204, {}, b""),
    "/declared-large": (200, {"Content-Type": "text/plain", "Content-Length": str(2**40)}, b"a"),
    "/large": (200, {"Content-Type": "text/plain"}, b"a " * 2**21),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.agents.append(self.headers["User-Agent"])  # type: ignore[attr-defined]
        path = self.path.replace("/relative/..", "")
        if path == "/slow":
            time.sleep(3)
        if path == "/drip":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            for _ in range(30):
                self.wfile.write(b"x" * 2**16)
                self.wfile.flush()
                time.sleep(0.1)
            return
        status, headers, body = ANSWERS.get(path, (404, {}, b"not here"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *arguments: object) -> None:
        pass  # clients that hang up at a limit are what is tested here


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    server.agents = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def url(server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    return f"http://127.0.0.1:{server.server_address[1]}"


@pytest.mark.parametrize(
    "path",
    [
        "/page",
        "/latin",
        "/unlabelled",
        "/mislabelled",
        "/untyped",
        "/octets",
        "/zipped",
        "/moved",
        "/page#part",
    ],
)
def test_a_page_is_read_whatever_its_label(url: str, path: str) -> None:
    document = read(url + path)
    assert document.title == "Fire in the old town"
    assert document.source == url + path
    assert "“No one was hurt.”" in document.text and "Málaga" in document.text
    assert "Home" not in document.text


def test_texts_and_markdown_are_read(url: str) -> None:
    assert read(url + "/text").text == STORY
    assert read(url + "/czech").text == CZECH
    document = read(url + "/markdown")
    assert (document.title, document.text) == ("Fire", STORY.strip())


def test_the_server_is_told_who_asks(server: Server, url: str) -> None:
    read(url + "/page")
    assert "summarize-toolkit/" in server.agents[-1]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/absent", "404 Not Found; check the address"),
        ("/login", "401 Unauthorized; it asks for a login"),
        ("/forbidden", "403 Forbidden; it turns programs away: save the page"),
        ("/gone", "410 Gone"),
        ("/busy", "429 Too Many Requests; it asks for fewer requests"),
        ("/broken", "500 Internal Server Error; the server is in trouble"),
        ("/nothing", "204 No Content"),
        ("/nowhere", "302 Found"),
        ("/image", "this is image/png, not an article"),
        ("/hidden-image", "this is a PNG image"),
        ("/json", "this is application/json, not an article"),
        ("/loop", "redirects more than 5 times"),
        ("/to-file", "where it leads is no web address"),
        ("/to-ftp", "where it leads is no web address"),
        ("/torn", "the connection broke"),
    ],
)
def test_each_failure_says_what_was_tried_and_what_to_do(url: str, path: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read(url + path)
    assert str(caught.value).startswith(url + path + ": ")
    assert not isinstance(caught.value, EmptyTextError)


def test_an_empty_page_is_an_empty_text(url: str) -> None:
    with pytest.raises(EmptyTextError, match="holds no text"):
        read(url + "/empty")


@pytest.mark.parametrize("path", ["/declared-large", "/large", "/bomb"])
def test_a_page_over_the_limit_is_refused_also_when_it_is_packed(
    url: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "MAX_BYTES", 2**20)
    with pytest.raises(InputError, match="larger than 1 MiB; download it"):
        read(url + path)


def test_a_server_that_is_silent_or_drips_meets_a_limit(url: str) -> None:
    with pytest.raises(InputError, match="not complete after 0.3 seconds"):
        web.fetch(url + "/slow", timeout=0.3)
    with pytest.raises(InputError, match="not complete after 0.5 seconds"):
        web.fetch(url + "/drip", timeout=0.5)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nIt rained.",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9999\r\n\r\n",
    ],
    ids=["status line", "headers", "body without a length", "body"],
)
def test_a_server_that_drips_byte_by_byte_meets_the_one_deadline(sent: bytes) -> None:
    """Each byte comes long before a time-out of the socket, and the last never."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            link, _ = listener.accept()
            with link, contextlib.suppress(OSError):
                link.sendall(sent)
                while not done.wait(0.05):
                    link.sendall(b"a")

        server = threading.Thread(target=drip)
        server.start()
        start = time.monotonic()
        try:
            with pytest.raises(InputError, match="not complete after 0.5 seconds"):
                web.fetch(f"http://127.0.0.1:{listener.getsockname()[1]}/", timeout=0.5)
            assert time.monotonic() - start < 2
        finally:
            done.set()
            server.join()


def test_a_server_that_asks_to_wait_is_told_as_such(url: str) -> None:
    with pytest.raises(InputError, match="answered 429 Too Many Requests; it asks to wait for 30 seconds"):
        web.fetch(url + "/wait")


def test_a_refused_connection_says_so() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: nobody else can answer there
        with pytest.raises(InputError, match="Connection refused"):
            read(f"http://127.0.0.1:{taken.getsockname()[1]}/")


def test_a_server_that_hangs_up_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up() -> None:
            connection, _ = listener.accept()
            connection.recv(1000)
            connection.close()

        thread = threading.Thread(target=hang_up, daemon=True)
        thread.start()
        with pytest.raises(InputError, match="the connection broke"):
            read(f"http://127.0.0.1:{listener.getsockname()[1]}/")
        thread.join(5)


def test_an_unknown_name_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    # The resolver is the one thing that a loopback test cannot run: its real answer stands in for it.
    def fail(*arguments: object, **options: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(InputError, match="no server of that name was found; check the address"):
        read("http://absent.invalid/story")


def test_a_plain_server_behind_https_says_so(url: str) -> None:
    with pytest.raises(InputError, match="no safe connection could be made"):
        read(url.replace("http:", "https:"))


@pytest.mark.parametrize(
    "bad", ["http://", "https:///a", "http://a b.example", "http://[::1", "http://127.0.0.1:99999/"]
)
def test_what_is_no_address_says_so(bad: str) -> None:
    with pytest.raises(InputError, match="looks like https://example.org"):
        read(bad)


def test_the_proxy_of_the_environment_is_used(
    server: Server, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", url)
    monkeypatch.delenv("no_proxy")
    # A proxy gets the whole address as its path: our server answers that with its 404.
    with pytest.raises(InputError, match="404"):
        read("http://absent.invalid/page")


def test_a_bad_address_among_many_is_reported(url: str) -> None:
    results = list(read_all([url + "/page", url + "/absent", url + "/text"]))
    assert [isinstance(result, Failure) for result in results] == [False, True, False]
