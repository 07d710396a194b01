"""How an operator puts the page before others: its path, colours, doors and pace; checked once."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from assistant.web.users import Users, UsersError
from assistant.web.visitor import Network, TrustedHeader

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_PAPER = "#fcfbf8"  # the page's background in the light
READABLE = 4.5  # contrast of text, as WCAG 2.2 asks for at level AA


class HostingError(ValueError):
    """A setting of the page that cannot be used; the message names it and the cure."""


@dataclass(frozen=True, slots=True)
class Hosting:
    """What `hosting_of` checked; the defaults are a page for this machine alone."""

    root_path: str = ""
    secure: bool = False
    color: str | None = None
    users: Users | None = None
    header: TrustedHeader | None = None
    proxies: tuple[Network, ...] = ()
    a_minute: int = 0
    at_once: int = 4
    waiting: int = 28

    @property
    def shared(self) -> bool:
        """Whether readers have names, so that many share the page."""
        return self.users is not None or self.header is not None

    @property
    def style(self) -> str:
        """The colours of this installation, as CSS; "" for the page's own."""
        if self.color is None:
            return ""
        light = f"--accent:{self.color};--accent-soft:color-mix(in srgb,{self.color} 12%,#fff)"
        dark = (
            f"--accent:color-mix(in srgb,{self.color} 45%,#fff);"
            f"--accent-soft:color-mix(in srgb,{self.color} 30%,#161614)"
        )
        return f':root{{{light}}}:root[data-theme="dark"]{{{dark}}}'


def hosting_of(
    *,
    base_url: str | None = None,
    root_path: str | None = None,
    color: str | None = None,
    users: Path | None = None,
    auth_header: str | None = None,
    auth_from: str = "",
    a_minute: int = 30,
    at_once: int = 4,
    waiting: int = 28,
) -> Hosting:
    """Check what an operator set.

    Args:
        base_url: the address under which readers open the page, behind a proxy.
        root_path: the path of it alone, when the address is not known.
        color: the accent colour, ``#rrggbb``; dark enough to be read on the page.
        users: the user file; readers log in.
        auth_header: the header in which a proxy names the user.
        auth_from: addresses or networks of that proxy, separated by commas.
        a_minute: questions that one reader may ask in a minute; 0 sets no limit.
        at_once: questions answered at the same time.
        waiting: questions that may wait; more get a polite refusal.

    Raises:
        HostingError: one of them cannot be used.
    """
    if users and auth_header:
        raise HostingError("Set KAI_USERS or KAI_AUTH_HEADER, not both")
    if at_once + waiting > 36:
        raise HostingError(f"KAI_AT_ONCE and KAI_WAITING make {at_once + waiting}, at most 36")
    secure, path = _address(base_url)
    try:
        networks = tuple(
            ipaddress.ip_network(one.strip(), strict=False)
            for one in auth_from.split(",")
            if one.strip()
        )
        if auth_header and not networks:
            raise HostingError("KAI_AUTH_HEADER needs the proxy's address: set KAI_AUTH_FROM")
        return Hosting(
            root_path=_path(path if root_path is None else root_path),
            secure=secure,
            color=_checked(color),
            users=Users(users) if users else None,
            header=TrustedHeader(auth_header, networks) if auth_header else None,
            proxies=networks,
            a_minute=a_minute,
            at_once=at_once,
            waiting=waiting,
        )
    except UsersError as error:
        raise HostingError(str(error)) from error
    except ValueError as error:
        raise (
            error if isinstance(error, HostingError) else HostingError(f"KAI_AUTH_FROM: {error}")
        ) from error


def _address(base_url: str | None) -> tuple[bool, str]:
    if not base_url:
        return False, ""
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise HostingError(f"KAI_BASE_URL {base_url!r} is no address like https://host/path")
    return parts.scheme == "https", parts.path


def _path(path: str) -> str:
    path = path.strip().rstrip("/")
    if path and not re.fullmatch(r"(?:/[\w.~-]+)+", path, re.ASCII):
        raise HostingError(f"KAI_ROOT_PATH {path!r} is no path like /kai")
    return path


def _checked(color: str | None) -> str | None:
    if color is None:
        return None
    if not _COLOR.fullmatch(color):
        raise HostingError(f"KAI_COLOR {color!r} is no colour like #1c5a4c")
    if contrast(color, _PAPER) < READABLE:
        raise HostingError(f"KAI_COLOR {color} is too pale to be read; choose a darker one")
    return color.lower()


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
