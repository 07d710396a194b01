"""Which network addresses may be fetched from: those of the public internet, and no other."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from ingest.errors import ReadError

Address = IPv4Address | IPv6Address
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
_UNICAST = IPv6Network("2000::/3")
# Special blocks that older Python versions take for public; 192.0.0.192 serves cloud secrets.
_SPECIAL = tuple(
    map(ip_network, "192.0.0.0/24 192.88.99.0/24 100.64.0.0/10 2001::/23 3fff::/20".split())
)


def is_public(address: Address) -> bool:
    """Whether an address is an ordinary one of the public internet.

    An IPv4 address inside an IPv6 one (mapped, compatible, 6to4, Teredo, NAT64) counts as itself.
    """
    if isinstance(address, IPv6Address):
        inside = _embedded(address)
        if inside:
            return all(map(is_public, inside))
    private = address.is_private or address.is_loopback or address.is_link_local
    special = address.is_multicast or address.is_reserved or address.is_unspecified
    outside = any(address in block for block in _SPECIAL) or (
        isinstance(address, IPv6Address) and address not in _UNICAST
    )
    return address.is_global and not (private or special or outside)


def resolve(host: str, port: int, allow_loopback: bool = False) -> list[str]:
    """The addresses of ``host``, each of them public; to be connected to as they are.

    Names and every spelling of a number (decimal, octal, hexadecimal) go through the system's
    resolver, so that what is checked is what would be connected to. Raises ReadError when the
    host is unknown or when one of its addresses is not public; ``allow_loopback`` is for tests.
    """
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError):
        raise ReadError(f"there is no host {host}; check the link and the network") from None
    found = list(dict.fromkeys(str(row[4][0]) for row in rows))
    for text in found:
        address = ip_address(text.split("%")[0])
        if not (is_public(address) or (allow_loopback and address.is_loopback)):
            raise ReadError(
                f"{address} is no public address; only the public internet is fetched from"
            )
    return found


def _embedded(address: IPv6Address) -> list[IPv4Address]:
    low = IPv4Address(int(address) & 0xFFFFFFFF)
    if address.ipv4_mapped or address in _NAT64:
        return [low]
    if address in _COMPATIBLE and int(address) > 1:
        return [low]
    if address.sixtofour:
        return [address.sixtofour]
    return list(address.teredo or ())
