"""What stands before Gradio: which paths are open, what a browser may load, the page's own head.

Plain ASGI, because it must not buffer the event stream.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

HERE = Path(__file__).parent
STYLES = ("page.css", "evidence.css", "pages.css")
SCRIPTS = ("page.js", "evidence.js")
MAX_BODY = 64 * 1024

# The paths of Gradio's own interface that the page uses; uploads, files, proxies and the rest of
# it stay shut.
OPEN_API = ("queue/join", "queue/data", "heartbeat/", "cancel", "run/", "startup-events", "reset")

# Gradio builds functions from strings and writes styles inline, hence the two unsafe words.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


class Guard:
    """ASGI middleware: refuses closed paths and large bodies, adds headers and the page's head."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.head = page_head()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif is_closed(scope["path"]):
            await _refuse(send, 404, b"Not found")
        elif _length(scope) > MAX_BODY:
            await _refuse(send, 413, b"Too large")
        elif scope["path"] == "/":
            await self._page(scope, receive, send)
        else:
            await self.app(scope, receive, _with_headers(send))

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        started: list[Message] = []
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                await self._send_page(send, started[0], bytes(body))

        await self.app({**scope, "headers": kept}, receive, collect)

    async def _send_page(self, send: Send, start: Message, body: bytes) -> None:
        page = body.replace(b"</head>", self.head + b"</head>", 1)
        headers = [(name, value) for name, value in start["headers"] if name != b"content-length"]
        headers.append((b"content-length", str(len(page)).encode()))
        await send({**start, "headers": [*headers, *HEADERS]})
        await send({"type": "http.response.body", "body": page})


def page_head() -> bytes:
    """The style and script of the page, in its head so that they hold before the first paint."""
    style = "\n".join((HERE / name).read_text("utf-8") for name in STYLES)
    script = "\n".join((HERE / name).read_text("utf-8") for name in SCRIPTS)
    return f"<style>{style}</style><script>{script}</script>".encode()


def is_closed(path: str) -> bool:
    """Whether a path of Gradio's is one that the page has no use for."""
    if path.startswith("/gradio_api/"):
        return not path.removeprefix("/gradio_api/").startswith(OPEN_API)
    return path.startswith(("/monitoring", "/docs", "/redoc", "/openapi"))


def _length(scope: Scope) -> int:
    """The announced length of a body in bytes; a body of unknown length counts as too large."""
    headers = dict(scope["headers"])
    if b"transfer-encoding" in headers:
        return MAX_BODY + 1
    announced = headers.get(b"content-length", b"0")
    return int(announced) if announced.isdigit() else MAX_BODY + 1


def _with_headers(send: Send) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *HEADERS]}
        await send(message)

    return wrapped


async def _refuse(send: Send, status: int, text: bytes) -> None:
    headers = [(b"content-type", b"text/plain"), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})
