"""Where other programs may be reached: no address of the inner network, unless the settings allow that.

Whoever writes an address down could else have this server ask its neighbours, which trust it. A name is looked up
here, every address behind it is checked, and the connection goes to the address that was checked: a name that means
something else a second later deceives nobody.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _

LONGEST_URL: Final = 2_000
_PORTS: Final = {"https": 443, "http": 80}
#: Below these, other services live, which would take what is sent for commands of theirs.
_FREE_PORTS: Final = 1024
_HIGHEST_PORT: Final = 65_535
#: What carries an address of version 4 inside, and so leads wherever that leads.
_CARRIERS: Final = tuple(
    ipaddress.ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16", "::/96", "192.88.99.0/24")
)
#: Reached by nobody, not even where the inner network is allowed: machines learn their own secrets there.
_METADATA: Final = tuple(
    ipaddress.ip_network(one)
    for one in (
        *("169.254.0.0/16", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32"),
        *("fe80::/10", "fd00:ec2::/32", "fd20:ce::/32"),
    )
)
#: Inner addresses of version 6 as they were before fc00::/7, which Python takes for public ones.
_SITE_LOCAL: Final = ipaddress.ip_network("fec0::/10")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
#: The addresses behind a name, as texts.
Resolver = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart. ``host`` is in ASCII; ``path`` has the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url: str, *, internal: bool) -> Target:
    """What the address says, without asking anybody.

    :param internal: whether addresses of the inner network are allowed, and with them ``http`` and any port
    :raise Refusal: ``address`` with the field ``url``
    """
    if not url or len(url) > LONGEST_URL or not url.isprintable() or " " in url or "\\" in url:
        raise _refused(_("Write the whole address, such as %(example)s.", example="https://example.org/hook"))
    try:
        parts = urlsplit(url)
        host, port = _ascii(parts.hostname or ""), parts.port
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        path.encode("ascii")
    except (ValueError, UnicodeError):
        raise _refused(_("Write the whole address, such as %(example)s.", example="https://example.org/hook")) from None
    if parts.scheme not in _PORTS or (parts.scheme == "http" and not internal):
        raise _refused(
            _(
                "The address begins with https://: nobody on the way should read what is sent. An operator can allow http and"
                " addresses of the inner network by webhook_internal in settings.toml and a restart."
            )
        )
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise _refused(_("Leave out the login, the password and what follows “#”: deliveries are known by their signature."))
    if not host:
        raise _refused(_("Write the whole address, such as %(example)s.", example="https://example.org/hook"))
    port = _PORTS[parts.scheme] if port is None else port
    if not 0 < port <= _HIGHEST_PORT or (not internal and port < _FREE_PORTS and port != _PORTS[parts.scheme]):
        raise _refused(_("Port %(port)s belongs to another service. Use %(usual)s, or one above 1023.", port=port, usual=443))
    return Target(parts.scheme, host, port, path)


def checked_addresses(target: Target, *, internal: bool, resolver: Resolver | None = None) -> list[str]:
    """The addresses to connect to, in the order to try them; each time it is asked, the name is looked up anew.

    :raise Refusal: ``address`` (field ``url``) if the name is unknown, or one address behind it may not be reached
    """
    try:
        found = (resolver or resolve)(target.host, target.port)
    except (OSError, UnicodeError):
        # A part of the name that is empty or too long is not even looked up.
        found = []
    if not found:
        raise _refused(_("Nobody knows the name %(host)s. Check the address.", host=target.host))
    for one in found:
        if not may_reach(one, internal=internal):
            raise _refused(
                _(
                    "%(host)s leads to %(address)s, which is an address of the inner network. An operator can allow that"
                    " by webhook_internal in settings.toml and a restart.",
                    host=target.host,
                    address=one,
                )
            )
    return found


def may_reach(address: str, *, internal: bool) -> bool:
    """Whether a connection to this address (a number, not a name) may be opened."""
    try:
        there = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(there, ipaddress.IPv6Address) and there.ipv4_mapped is not None:
        there = there.ipv4_mapped
    if there.is_multicast or there.is_unspecified or _among(there, _METADATA):
        return False
    if there.is_loopback:
        return internal
    if there.is_reserved or _among(there, _CARRIERS):
        return False
    return internal or (there.is_global and not _among(there, (_SITE_LOCAL,)))


def resolve(host: str, port: int) -> list[str]:
    """What the machine's own resolver says.

    :raise OSError: if the name is unknown
    """
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


def _ascii(host: str) -> str:
    """«пример.рф» as the network knows it.

    :raise UnicodeError: if it is no name
    """
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _among(there: Address, networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]) -> bool:
    return any(there.version == one.version and there in one for one in networks)


def _refused(sentence: str) -> Refusal:
    return Refusal("address", sentence, field="url", fields={"url": sentence})
