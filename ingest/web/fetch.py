"""Fetch a link safely: public addresses only, robots.txt, and limits on size, time and redirects.

The address that was checked is the address connected to: the transport puts it into the request
and keeps the name for the Host header and the certificate. Every hop of a redirect goes the same
way, so a name that changes its address between two looks (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from ingest.errors import ReadError
from ingest.web.condition import Condition
from ingest.web.robots import Rule, may_fetch, rules_for

if TYPE_CHECKING:
    import httpx

AGENT = "kai-assistant"
USER_AGENT = f"{AGENT}/0.1 (reads news articles for question answering)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_ACCEPT = "text/html,application/xhtml+xml,application/pdf,application/rss+xml,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one link may cost: bytes (also unpacked), seconds in all, redirects, tries.

    ``pause`` seconds lie between two requests to one host, and before the second try.
    """

    size: int = 20 * 2**20
    seconds: float = 30.0
    redirects: int = 5
    tries: int = 3
    pause: float = 0.5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a link gave: ``url`` is where it ended, ``kind`` the media type without parameters.

    ``condition`` asks next time whether it has changed; ``unchanged`` is the answer no to that, and
    comes without data.
    """

    url: str
    kind: str
    charset: str | None
    data: bytes
    condition: Condition | None = None
    unchanged: bool = False


class _Passing(Exception):  # noqa: N818 - a state that may pass, not an error yet
    """Trouble that another try may not meet."""


class Fetcher:
    """Fetches links, remembers each site's robots.txt, and pauses between requests to a host.

    ``allow_loopback`` opens this machine's own addresses and is for tests only.
    """

    def __init__(self, limits: Limits | None = None, *, allow_loopback: bool = False) -> None:
        self._limits = limits or Limits()
        self._allow_loopback = allow_loopback
        self._rules: dict[str, tuple[Rule, ...]] = {}
        self._last: dict[str, float] = {}

    def fetch(self, url: str, condition: Condition | None = None) -> Fetched:
        """Get a link; raises ReadError with the reason when it may not or cannot be fetched.

        With a ``condition``, the server may answer that nothing has changed since it gave that.
        """
        return asyncio.run(self._fetch(checked(url), condition))

    async def _fetch(self, url: str, condition: Condition | None) -> Fetched:
        """Try again after what may pass; a second try gets its own time."""
        from tenacity import (
            AsyncRetrying,
            retry_if_exception_type,
            stop_after_attempt,
            wait_exponential,
        )

        tries = AsyncRetrying(
            stop=stop_after_attempt(self._limits.tries),
            wait=wait_exponential(self._limits.pause, max=8),
            retry=retry_if_exception_type(_Passing),
            reraise=True,
        )
        try:
            async for attempt in tries:
                with attempt:
                    return await self._within_time(url, condition)
        except _Passing as error:
            raise ReadError(f"{url}: {error}; try again later") from error
        raise AssertionError("unreachable: the last try returns or raises")

    async def _within_time(self, url: str, condition: Condition | None) -> Fetched:
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._hops(url, ask=True, condition=condition)
        except TimeoutError:
            raise _Passing(f"no answer within {self._limits.seconds:g} seconds") from None

    async def _hops(self, url: str, ask: bool, condition: Condition | None = None) -> Fetched:
        """Follow redirects; with ``ask``, each hop asks robots.txt of its site first."""
        first = url
        for _ in range(self._limits.redirects + 1):
            if ask and not may_fetch(await self._robots(url), url):
                raise ReadError(f"{url}: the site's robots.txt does not allow it; leave it out")
            answer = await self._one(url, condition.headers(url) if condition else {})
            if isinstance(answer, Fetched):
                return answer
            url = checked(urljoin(url, answer))
        raise ReadError(f"{first}: over {self._limits.redirects} redirects; give the last link")

    async def _robots(self, url: str) -> tuple[Rule, ...]:
        site = "://".join(urlsplit(url)[:2])
        if site not in self._rules:
            try:
                found = await self._hops(f"{site}/robots.txt", ask=False)
                rules = rules_for(found.data.decode("utf-8", "replace"), AGENT)
            except ReadError:
                rules = ()  # no robots.txt, or none that can be had for good: all is allowed
            self._rules[site] = rules
        return self._rules[site]

    async def _one(self, url: str, asked: dict[str, str]) -> Fetched | str:
        """One request, with the condition ``asked``: what it gave, or where it sends us."""
        import httpx

        from ingest.web.pinned import PinnedTransport

        await self._pause(urlsplit(url).netloc)
        headers = {"User-Agent": USER_AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip", **asked}
        transport = PinnedTransport(self._allow_loopback)
        try:
            async with (
                httpx.AsyncClient(transport=transport, timeout=self._limits.seconds) as client,
                client.stream("GET", url, headers=headers) as response,
            ):
                if response.status_code in _REDIRECTS and response.headers.get("location"):
                    return str(response.headers["location"])
                if response.status_code == 304 and asked:
                    return Fetched(url, "", None, b"", unchanged=True)
                return await self._body(url, response)
        except httpx.TransportError as error:
            reason = " ".join(str(error).split())[:120] or type(error).__name__
            raise _Passing(f"the connection failed ({reason})") from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise ReadError(f"{url}: not a link that can be fetched; check it") from error

    async def _body(self, url: str, response: httpx.Response) -> Fetched:
        if response.status_code in _PASSING:
            raise _Passing(f"the site answers {response.status_code}")
        if response.status_code != 200:
            raise ReadError(f"{url}: the site answers {response.status_code}; check the link")
        unpack = _unpacker(url, response.headers.get("content-encoding", ""))
        parts: list[bytes] = []
        room = self._limits.size
        async for raw in response.aiter_raw():
            for part in unpack(raw, room + 1):
                parts.append(part)
                room -= len(part)
                if room < 0:
                    raise ReadError(
                        f"{url}: over the limit of {self._limits.size:,} bytes; save a part of it"
                    )
        kind = response.headers.get("content-type", "").partition(";")[0]
        return Fetched(
            url,
            kind.strip().lower(),
            response.charset_encoding,
            b"".join(parts),
            Condition.of(url, response.headers),
        )

    async def _pause(self, host: str) -> None:
        wait = self._last.get(host, float("-inf")) + self._limits.pause - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        self._last[host] = time.monotonic()


def checked(url: str) -> str:
    """The link without its fragment; raises ReadError unless it is http(s) with a plain host."""
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        raise ReadError(f"{url}: not a link that can be fetched; check it") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ReadError(f"{url}: only http:// and https:// links are fetched; give one of them")
    if "@" in parts.netloc or any(char <= " " or char == "\\" for char in url.strip()):
        raise ReadError(f"{url}: a link with a name, a space or a backslash in it is not fetched")
    return urlunsplit(parts._replace(fragment=""))


def _unpacker(url: str, encoding: str) -> Callable[[bytes, int], Iterator[bytes]]:
    """Unpack piece by piece, never more than the room that is left: a bomb stays small."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return lambda raw, room: iter((raw,))
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise ReadError(
            f"{url}: packed as {encoding[:20]!r}, which was not asked for; save the page"
        )
    packed = zlib.decompressobj(zlib.MAX_WBITS | 32)

    def unpack(raw: bytes, room: int) -> Iterator[bytes]:
        try:
            yield packed.decompress(raw, room)
        except zlib.error:
            raise ReadError(f"{url}: the packed answer is broken; save the page") from None

    return unpack
