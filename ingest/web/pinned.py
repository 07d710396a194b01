"""A transport that connects to the very address that was checked, under the name asked for."""

from __future__ import annotations

import asyncio
import ssl
from functools import cache

import httpx

from ingest.errors import ReadError
from ingest.web.address import resolve


class PinnedTransport(httpx.AsyncBaseTransport):
    """Resolves each request's host itself, checks the addresses, and tries them in order.

    The address stands in the request's URL, so nothing resolves the name a second time; the Host
    header and the certificate keep the name. Connections are not kept: two names at one address
    must not share one. Raises ReadError for hosts that are unknown or not public.
    """

    def __init__(self, allow_loopback: bool = False) -> None:
        self._allow_loopback = allow_loopback
        self._inner = httpx.AsyncHTTPTransport(
            verify=_tls(), trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request to a checked address of its host."""
        host = request.url.host
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        try:
            addresses = await asyncio.to_thread(resolve, host, port, self._allow_loopback)
        except ReadError as error:
            raise ReadError(f"{request.url}: {error}") from None
        for number, address in enumerate(addresses, 1):
            pinned = httpx.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
            try:
                return await self._inner.handle_async_request(pinned)
            except httpx.ConnectError:
                if number == len(addresses):
                    raise
        raise AssertionError("unreachable: resolve gives at least one address")

    async def aclose(self) -> None:
        """Close what is open."""
        await self._inner.aclose()


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
