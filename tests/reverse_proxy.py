"""A small real reverse proxy: takes a prefix off the path, adds headers, streams both ways."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit


class ReverseProxy:
    """Listens on a free port; ``seen`` holds every path that was asked for."""

    def __init__(self, behind: str, prefix: str, headers: dict[str, str]) -> None:
        self._behind = urlsplit(behind)
        self._prefix = prefix
        self._headers = headers
        self.seen: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request; the connection is closed after it."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.split("\r\n")[:-2]
            method, path, version = first.split(" ")
            self.seen.append(path)
            if not path.startswith(self._prefix):
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                return
            inner = path.removeprefix(self._prefix) or "/"
            await self._pass_on(f"{method} {inner} {version}", lines, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _pass_on(
        self,
        first: str,
        lines: list[str],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        kept = [line for line in lines if not line.lower().startswith("connection:")]
        added = [f"{name}: {value}" for name, value in self._headers.items()]
        head = "\r\n".join([first, *kept, *added, "Connection: close", "", ""])
        up_reader, up_writer = await asyncio.open_connection(
            self._behind.hostname, self._behind.port
        )
        up_writer.write(head.encode("latin-1"))
        there = asyncio.create_task(_pump(reader, up_writer))
        await _pump(up_reader, writer)
        there.cancel()
        up_writer.close()


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while chunk := await source.read(65_536):
        target.write(chunk)
        await target.drain()


@contextmanager
def reverse_proxy(
    behind: str, prefix: str, headers: dict[str, str] | None = None
) -> Iterator[tuple[str, ReverseProxy]]:
    """Run a proxy from a thread; gives its address with the prefix, and itself."""
    proxy = ReverseProxy(behind, prefix, headers or {})
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    starting = asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    server = asyncio.run_coroutine_threadsafe(starting, loop).result(5)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}{prefix}/", proxy
    # The loop goes on in its thread: what a browser still holds open ends when the browser leaves.
    loop.call_soon_threadsafe(server.close)
