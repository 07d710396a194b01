"""Who asks: a browser's own token, a user who logged in, or a name from a trusted proxy.

Plain ASGI before the page. What is found is handed on in one inner header that no client can set;
the page knows readers only by ``owner``, a hash that leads back to no name and no token.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from assistant.web.asgi import Message, Scope, Send

INNER = b"x-kai-reader"
TOKEN = "kai_reader"
TOKEN_DAYS = 400  # the longest that browsers keep a cookie

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Visitor:
    """One reader: ``owner`` names what is theirs, ``user`` is the name they logged in with."""

    owner: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class TrustedHeader:
    """A header in which a proxy names the user, believed from these addresses only."""

    name: str
    networks: tuple[Network, ...]

    def user(self, scope: Scope) -> str | None:
        """The name in the header; None from elsewhere, or when it comes twice or empty."""
        values = header_values(scope, self.name)
        name = values[0].strip() if len(values) == 1 else ""
        return name if name and name.isprintable() and is_from(scope, self.networks) else None


def owner_of(kind: str, secret: str) -> str:
    """The hash by which the history knows a reader; ``kind`` keeps tokens and users apart."""
    return hashlib.sha256(f"kai {kind} {secret}".encode()).hexdigest()


def new_token() -> str:
    """A browser's token, from 32 random bytes."""
    return secrets.token_urlsafe(32)


def is_from(scope: Scope, networks: Sequence[Network]) -> bool:
    """Whether the connection itself comes from one of the networks."""
    client = scope.get("client")
    try:
        address = ipaddress.ip_address(client[0]) if client else None
    except ValueError:
        return False
    return address is not None and any(address in network for network in networks)


def address_of(scope: Scope, networks: Sequence[Network] = ()) -> str:
    """The reader's address: what a trusted proxy says last, else the connection's own."""
    forwarded = header_values(scope, "x-forwarded-for")
    if forwarded and is_from(scope, networks):
        return forwarded[-1].rsplit(",", 1)[-1].strip()
    client = scope.get("client")
    return str(client[0]) if client else ""


def header_values(scope: Scope, name: str) -> list[str]:
    """All values of a header, in their order."""
    wanted = name.lower().encode("latin-1")
    return [value.decode("latin-1") for key, value in scope["headers"] if key == wanted]


def cookie(scope: Scope, name: str) -> str | None:
    """A cookie's value; None when it is not sent."""
    jar: SimpleCookie = SimpleCookie()
    try:
        for line in header_values(scope, "cookie"):
            jar.load(line)
    except CookieError:
        return None
    return jar[name].value if name in jar else None


def cookie_line(name: str, value: str, *, path: str, secure: bool, days: int) -> bytes:
    """A Set-Cookie line: out of reach of scripts, and of other sites."""
    flags = "; Secure" if secure else ""
    kept = f"; Max-Age={days * 86_400}"
    return f"{name}={value}; Path={path}; HttpOnly; SameSite=Lax{kept}{flags}".encode()


def known_as(scope: Scope, visitor: Visitor) -> Scope:
    """The connection with the visitor in its inner header, and none that a client sent."""
    kept = [(key, value) for key, value in scope["headers"] if key != INNER]
    return {**scope, "headers": [*kept, (INNER, visitor.owner.encode())]}


def setting_cookie(send: Send, line: bytes) -> Send:
    """A ``send`` that puts a cookie on the answer."""

    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], (b"set-cookie", line)]}
        await send(message)

    return wrapped
