"""Which chat servers the page may ask. An address from a visitor is one that this machine then contacts,
with the key of its environment: so who starts the app names them. Asks nothing itself.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from summarize.errors import OptionError
from summarize.models.chat_client import KEYS

ENVIRONMENT = "SUMMARIZE_CHAT_SERVERS"
NONE = "none"


@dataclass(frozen=True)
class Servers:
    """The chat servers that may be asked; none by default.

    Attributes:
        named: base URLs that who started the app allows; the first is asked where a visitor names none.
        typed: whether a visitor may name any other: only for the person at this very machine.
    """

    named: tuple[str, ...] = ()
    typed: bool = False

    def allow(self, base_url: str) -> str:
        """Return the address to ask for what a visitor named, or named not.

        Raises:
            OptionError: for an address that may not be asked, saying what would allow it.
        """
        wanted = canonical(base_url) if base_url.strip() else next(iter(self.named), "")
        if wanted in self.named and wanted:
            return wanted
        fix = f"start the app with --chat-server {wanted or 'URL'}, or name it in {ENVIRONMENT}"
        if not wanted:
            raise OptionError(f"this page asks no chat server; {fix}")
        if not self.typed:
            raise OptionError(f"this page does not ask {wanted}; {fix}")
        if any(os.environ.get(key, "").strip() for key in KEYS):
            raise OptionError(f"the environment holds a key, which would be sent to {wanted}; {fix}")
        return wanted


def servers_of(host: str, named: Sequence[str] | None = None) -> Servers:
    """Return what may be asked by an app that listens on `host`.

    Args:
        host: the address that the app listens on.
        named: what the command line allows, or "none"; without any, what the environment does. Where
            neither says anything, an app for this machine only takes any address that is typed.

    Raises:
        OptionError: for a name that is no address of a server.

    Example:
        >>> servers_of("0.0.0.0").typed, servers_of("127.0.0.1", ["http://10.0.0.5:8000/v1/"]).named
        (False, ('http://10.0.0.5:8000/v1',))
    """
    from summarize.summarizers.chat import OLLAMA

    wanted = list(named or os.environ.get(ENVIRONMENT, "").split())
    if wanted:
        return Servers(tuple(canonical(one) for one in wanted if one != NONE))
    return Servers((OLLAMA,), typed=True) if is_local(host) else Servers()


def canonical(base_url: str) -> str:
    """Return an address in the one form that is compared.

    Raises:
        OptionError: for what is no http or https address, or holds a secret.

    Example:
        >>> canonical(" HTTP://LocalHost:8000/v1/ ")
        'http://localhost:8000/v1'
    """
    text = base_url.strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise OptionError(f"{text!r} is no address of a chat server: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise OptionError(f"a chat server is named like http://127.0.0.1:11434/v1, not {text!r}")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise OptionError(f"the address of a chat server holds no key; put it into {KEYS[0]}")
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"


def is_local(host: str) -> bool:
    """Tell whether an address or name is this machine's loopback.

    Example:
        >>> [is_local(host) for host in ("localhost", "127.0.0.1", "::1", "0.0.0.0", "127.0.0.1.example.org")]
        [True, True, True, False, False]
    """
    try:
        return host.lower() == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


_allowed = [Servers()]


def use(servers: Servers) -> None:
    """Let this process's page ask these servers, and no others, from now on."""
    _allowed[0] = servers


def allowed() -> Servers:
    """Return the servers that this process's page may ask."""
    return _allowed[0]
