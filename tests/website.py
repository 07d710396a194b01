"""A small web site on loopback, for tests: pages by path, and what was asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Page:
    """An answer; ``status`` is popped from the front while there are several."""

    body: bytes = b""
    kind: str = "text/html"
    status: list[int] = field(default_factory=lambda: [200])
    headers: dict[str, str] = field(default_factory=dict)
    stall: Callable[[Any], None] | None = None


@dataclass
class Site:
    """Where the site is, and the paths and headers it was asked for."""

    url: str
    pages: dict[str, Page]
    asked: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)


@contextmanager
def site(pages: dict[str, Page]) -> Iterator[Site]:
    """Serve ``pages`` until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            served.headers.append(dict(self.headers.items()))
            page = pages.get(self.path) or Page(status=[404])
            status = page.status.pop(0) if len(page.status) > 1 else page.status[0]
            if status == 200 and _is_current(page, served.headers[-1]):
                status = 304
            self.send_response(status)
            for name, value in {"Content-Type": page.kind, **page.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if page.stall:
                page.stall(self.wfile)
            if status != 304:
                self.wfile.write(page.body)

        def log_message(self, *args: object) -> None: ...

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            """A client that went away is what some tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    served = Site(f"http://127.0.0.1:{server.server_port}", pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _is_current(page: Page, asked: Mapping[str, str]) -> bool:
    """Whether the page is as the one asking knows it; the tag decides where there is one."""
    known = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
    for name, condition in known.items():
        if name in page.headers and condition in asked:
            return page.headers[name] == asked[condition]
    return False
