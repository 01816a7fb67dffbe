"""ASGI middleware that answers only who sits at this machine, not a website in their browser.

A page may reach a loopback address by a name of its own (DNS rebinding), or by a request from elsewhere;
both show in Host, Origin or the client's address. A proxy on this machine that hides them is not seen.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from summarize.web.server.body import App, Message, Receive, Send, refuse
from summarize.web.server.servers import is_local

_WHY = (
    "This page answers this machine only. To serve others through a proxy, start the app with "
    "--chat-server none, or with the chat servers it may ask"
)


class LocalOnly:
    """Answers 403 to a request that does not come from this machine, by this machine's name."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _is_ours(scope):
            await self._app(scope, receive, send)
        else:
            await refuse(send, 403, _WHY)


def _is_ours(scope: Message) -> bool:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    hosts = [_name(f"//{headers.get(b'host', '')}")]
    if b"origin" in headers:
        hosts.append(_name(headers[b"origin"]))
    client = scope.get("client")
    return all(map(is_local, [*hosts, client[0] if client else "localhost"]))


def _name(address: str) -> str:
    """Return the host in an address, or nothing."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
