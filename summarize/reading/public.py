"""Connections that reach public addresses only, for fetching what a stranger names.

The check is of the address that a connection is made to, at the moment it is made and for every redirect,
so that neither a redirect nor a name that changes its answer leads inside. Proxies are not used: behind
one nobody here sees where a connection ends. Says nothing of what is fetched.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any

from summarize.errors import InputError

if TYPE_CHECKING:
    from urllib3 import PoolManager

# IPv6 addresses that stand for an IPv4 one behind a translator.
_TRANSLATED = ip_network("64:ff9b::/96")


class NotPublicError(InputError):
    """The address leads to this machine or its network, which the page must not read."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet.

    Loopback, private, link-local (cloud metadata among them), shared, multicast and reserved addresses are
    not, nor are IPv6 addresses that carry one of those inside.

    Example:
        >>> [is_public(a) for a in ("93.184.215.14", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1")]
        [True, False, False, False]
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inside = _embedded(ip) if isinstance(ip, IPv6Address) else None
    if inside is not None:
        return is_public(str(inside))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _embedded(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 one stands for, or None."""
    if ip in _TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip.teredo is not None:
        return ip.teredo[1]
    return ip.ipv4_mapped or ip.sixtofour


def connect(
    host: str, port: int, timeout: float | None, allowed: Callable[[str], bool] = is_public
) -> socket.socket:
    """Return a socket connected to a host, if every address of that name is allowed.

    The name is looked up once, and the connection is made to what was checked.

    Args:
        host: name or IP address.
        port: of TCP.
        timeout: seconds for each address; None waits.
        allowed: tells of an IP address whether it may be reached.

    Raises:
        NotPublicError: where an address is not allowed; nothing has been sent then.
        OSError: where no connection could be made.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not found or not all(allowed(str(address[0])) for *_, address in found):
        raise NotPublicError(
            f"{host} is not a public address; paste the text, or give the address of a page on the public web"
        )
    last: OSError | None = None
    for family, kind, protocol, _, address in found:
        link = socket.socket(family, kind, protocol)
        try:
            link.settimeout(timeout)
            link.connect(address)
        except OSError as error:
            link.close()
            last = error
        else:
            return link
    raise last or OSError(f"{host}: no address")


def public_manager(ssl_context: Any, allowed: Callable[[str], bool] = is_public) -> PoolManager:
    """Return a pool manager of urllib3 whose every connection goes through `connect`.

    Args:
        ssl_context: of https connections.
        allowed: tells of an IP address whether it may be reached.
    """
    import urllib3
    from urllib3.connection import HTTPConnection, HTTPSConnection

    def guarded(connection: Any) -> socket.socket:
        timeout = connection.timeout if isinstance(connection.timeout, int | float) else None
        try:
            return connect(connection._dns_host, connection.port, timeout, allowed)
        except NotPublicError:
            raise
        except socket.gaierror as error:
            raise urllib3.exceptions.NameResolutionError(connection.host, connection, error) from error
        except TimeoutError as error:
            raise urllib3.exceptions.ConnectTimeoutError(connection, "no answer in time") from error
        except OSError as error:
            raise urllib3.exceptions.NewConnectionError(connection, "no connection") from error

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return guarded(self)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return guarded(self)

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Secure

    manager = urllib3.PoolManager(ssl_context=ssl_context)
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return manager
