"""The shapes of ASGI, and the few answers that are given without Gradio."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = Sequence[tuple[bytes, bytes]]


async def answer(
    send: Send, status: int, body: bytes, kind: bytes = b"text/plain", headers: Headers = ()
) -> None:
    """Answer a request whole."""
    named = [(b"content-type", kind + b"; charset=utf-8"), *headers]
    named.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": named})
    await send({"type": "http.response.body", "body": body})


async def read_body(receive: Receive, most: int) -> bytes | None:
    """The body of a request; None when it is longer than ``most`` bytes."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body.extend(message.get("body", b""))
        if len(body) > most:
            return None
        if not message.get("more_body"):
            return bytes(body)
