"""Which chat servers the page asks, and who may say so: a real server on loopback, real requests."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from app_server import serving
from test_chat import ANSWER, ARTICLE, Server, server  # noqa: F401  (a fixture)

from summarize.errors import OptionError
from summarize.web.server import servers
from summarize.web.server.local import LocalOnly
from summarize.web.server.servers import Servers, canonical, servers_of, use

ELSEWHERE = "http://169.254.169.254/v1"


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (*servers.KEYS, servers.ENVIRONMENT):
        monkeypatch.delenv(name, raising=False)
    before = servers.allowed()
    yield
    use(before)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "example.org"])
def test_an_app_for_others_asks_nothing_unless_told(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for base_url in ("", ELSEWHERE, "http://127.0.0.1:11434/v1"):
        with pytest.raises(OptionError, match="--chat-server"):
            servers_of(host).allow(base_url)
    monkeypatch.setenv(servers.ENVIRONMENT, "http://10.0.0.5/v1 https://llm.example.org/v1")
    may = servers_of(host)
    assert may.allow("") == may.allow("HTTP://10.0.0.5/v1/") == "http://10.0.0.5/v1"
    assert may.allow("https://llm.example.org/v1") == "https://llm.example.org/v1"
    with pytest.raises(OptionError, match="does not ask"):
        may.allow(ELSEWHERE)


def test_an_app_for_this_machine_asks_what_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    may = servers_of("127.0.0.1")
    assert may.allow("") == "http://127.0.0.1:11434/v1"
    assert may.allow("http://10.0.0.5:8000/v1") == "http://10.0.0.5:8000/v1"
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    with pytest.raises(OptionError, match="key"):
        may.allow("http://10.0.0.5:8000/v1")
    assert may.allow("") == "http://127.0.0.1:11434/v1"


@pytest.mark.parametrize("named", [["none"], ["http://10.0.0.5/v1"]])
def test_what_is_named_is_all(named: list[str]) -> None:
    may = servers_of("127.0.0.1", named)
    assert not may.typed
    with pytest.raises(OptionError, match="does not ask"):
        may.allow("http://127.0.0.1:11434/v1")


@pytest.mark.parametrize(
    "address",
    [
        "ftp://host/v1",
        "host:11434",
        "http://user:key@host/v1",
        "http://host/v1?key=1",
        "http://[::1",
        "//host",
    ],
)
def test_addresses_that_are_none(address: str) -> None:
    with pytest.raises(OptionError, match=r"chat server"):
        canonical(address)


@pytest.fixture
def url(tmp_path: Path, server: Server) -> Iterator[str]:  # noqa: F811
    with serving(tmp_path, may_ask=Servers((server.url,))) as address:
        yield address


def test_chat_by_the_page_s_api(url: str, server: Server) -> None:  # noqa: F811
    from gradio_client import Client

    client = Client(url, verbose=False)
    found = client.predict(ARTICLE, "chat", 3, "en", "llama3.2:1b", api_name="/summarize_article")
    assert found["headline"]["text"] == ANSWER["headline"] and server.requests[0]["model"] == "llama3.2:1b"
    both = client.predict(
        ARTICLE, ["lead", "chat"], 3, "en", "", "tiny", server.url, api_name="/compare_summarizers"
    )
    assert [one["summarizer"] for one in both if one["brief"]] == ["lead", "chat"]
    asked = len(server.requests)
    other = Server()  # listens, and must hear nothing
    for base_url, model, why in (
        (other.url, "tiny", "does not ask"),
        (ELSEWHERE, "tiny", "does not ask"),
        ("", "", "name of a model"),
        ("", "x" * 300, "as its server does"),
    ):
        with pytest.raises(Exception, match=why):
            client.predict(ARTICLE, "chat", 3, "en", model, base_url, api_name="/summarize_article")
    other.http.server_close()
    assert len(server.requests) == asked and other.requests == []


def get(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        assert error.code != 403 or "--chat-server" in json.load(error)["detail"]
        return error.code


def test_a_website_cannot_have_the_page_ask(tmp_path: Path) -> None:
    """Where any address may be typed, requests by another name, origin or through a proxy are refused."""
    with serving(tmp_path, may_ask=servers_of("127.0.0.1")) as address:
        port = address.rstrip("/").rpartition(":")[2]
        assert get(f"{address}config") == get(f"{address}config", Origin=address.rstrip("/")) == 200
        assert get(f"{address}config", Host=f"localhost:{port}") == 200
        assert get(f"{address}config", Host="rebound.example.org") == 403
        assert get(f"{address}config", Host="127.0.0.1.example.org") == 403
        assert get(f"{address}config", Origin="https://example.org") == 403
        assert get(f"{address}config", Origin="null") == 403
        assert get(f"{address}config", **{"X-Forwarded-For": "93.184.215.14"}) == 403


def test_other_clients_are_refused() -> None:
    said: list[Any] = []

    async def app(*_: Any) -> None:
        said.append("let in")

    async def send(message: Any) -> None:
        said.append(message.get("status"))

    import asyncio

    for client, expected in ((("127.0.0.1", 1), "let in"), (("10.0.0.9", 1), 403), (None, "let in")):
        said.clear()
        scope = {"type": "http", "headers": [(b"host", b"127.0.0.1:7860")], "client": client}
        asyncio.run(LocalOnly(app)(scope, None, send))  # type: ignore[arg-type]
        assert said[0] == expected
