"""Fetching for strangers: no address but a public one is ever connected to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.errors import InputError
from summarize.reading import public, web
from summarize.reading.public import NotPublicError, connect, is_public
from summarize.reading.read import read_public

STORY = b"The river rose by two metres on Monday. Nobody was hurt, the mayor said."


class Server(ThreadingHTTPServer):
    hits: list[str]
    target: str


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.hits.append(self.path)
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", self.server.target)
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(STORY)

    def log_message(self, *_: Any) -> None:
        pass


def serve(host: str) -> Iterator[Server]:
    try:
        server = Server((host, 0), Handler)
    except OSError as error:
        pytest.skip(f"this machine has no {host} to listen on: {error}")
    server.hits, server.target = [], ""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def inside() -> Iterator[Server]:
    yield from serve("127.0.0.1")


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that stands for the public web: 127.0.0.2 is let through."""
    manager = public.public_manager
    monkeypatch.setattr(
        public, "public_manager", lambda context: manager(context, lambda address: address == "127.0.0.2")
    )
    yield from serve("127.0.0.2")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "fd00:ec2::254"),
        *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "nonsense", ""),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_private_addresses_in_any_disguise(address: Any) -> None:
    number = int(address)
    for disguise in (f"::ffff:{address}", f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1"):
        assert not is_public(disguise)


def test_a_loopback_address_is_refused_before_a_connection(inside: Server) -> None:
    port = inside.server_port
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "0"):
        with pytest.raises(InputError):
            read_public(f"http://{host}:{port}/story")
    assert inside.hits == []


def test_it_says_what_is_wrong(inside: Server) -> None:
    with pytest.raises(NotPublicError, match="not a public address; paste the text"):
        read_public(f"http://127.0.0.1:{inside.server_port}/story")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "ftp://example.org/x",
        "gopher://x/",
        "-",
        "",
        "http://",
        "data:,x",
    ],
)
def test_only_the_web(url: str) -> None:
    with pytest.raises(InputError):
        read_public(url)


def test_what_is_public_is_read(outside: Server) -> None:
    document = read_public(f"http://127.0.0.2:{outside.server_port}/story")
    assert document.sentences[0].text == "The river rose by two metres on Monday."


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:{port}/secret", "file:///etc/passwd", "//127.0.0.1:{port}/x"]
)
def test_redirects_are_checked(outside: Server, inside: Server, target: str) -> None:
    outside.target = target.format(port=inside.server_port)
    with pytest.raises(InputError):
        read_public(f"http://127.0.0.2:{outside.server_port}/away")
    assert outside.hits == ["/away"] and inside.hits == []


def test_a_name_that_changes_its_answer(
    monkeypatch: pytest.MonkeyPatch, inside: Server, outside: Server
) -> None:
    """The address that was checked is the one that is connected to: a second answer is never asked for."""
    answers = iter(["127.0.0.2", "127.0.0.1", "127.0.0.1"])
    asked = []

    def rebinding(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        address = (next(answers), outside.server_port)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address)]

    monkeypatch.setattr(public.socket, "getaddrinfo", rebinding)
    assert read_public(f"http://rebinding.test:{outside.server_port}/story").sentences
    assert asked == ["rebinding.test"]
    with pytest.raises(NotPublicError):
        read_public(f"http://rebinding.test:{outside.server_port}/story")
    assert inside.hits == []


def test_one_private_answer_among_public_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("8.8.8.8", "10.0.0.1")
    ]
    monkeypatch.setattr(public.socket, "getaddrinfo", lambda *_, **__: answer)
    with pytest.raises(NotPublicError):
        connect("mixed.test", 80, 1.0)


def test_a_proxy_of_the_environment_is_not_used(
    monkeypatch: pytest.MonkeyPatch, inside: Server, outside: Server
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{inside.server_port}")
    monkeypatch.delenv("no_proxy", raising=False)
    assert web.fetch(f"http://127.0.0.2:{outside.server_port}/story", public=True).data == STORY
    assert inside.hits == []
