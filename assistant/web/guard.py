"""What stands before Gradio: which paths are open, what a browser may load, the page's own head.

Plain ASGI, because it must not buffer the event stream.
"""

from __future__ import annotations

import re
from pathlib import Path

from assistant.api.routes import HEALTH, is_api
from assistant.web.asgi import App, Message, Receive, Scope, Send, answer
from assistant.web.hosting import Hosting
from assistant.web.login import Logins
from assistant.web.render import esc
from assistant.web.store import Store
from assistant.web.strings import STRINGS
from assistant.web.visitor import (
    TOKEN,
    TOKEN_DAYS,
    Visitor,
    cookie,
    cookie_line,
    header_values,
    known_as,
    new_token,
    owner_of,
    setting_cookie,
)

HERE = Path(__file__).parent
STYLES = ("page.css", "evidence.css", "pages.css", "conversation.css")
SCRIPTS = ("page.js", "evidence.js", "conversation.js")
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
    (b"cross-origin-opener-policy", b"same-origin"),
)
# In the page itself: without one, browsers ask the root of the host for it, whatever is there.
ICON = (
    '<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27 '
    "viewBox=%270 0 32 32%27%3E%3Crect width=%2732%27 height=%2732%27 rx=%277%27 "
    "fill=%27%231c5a4c%27/%3E%3Cpath d=%27M10 7v18M22 11l-12 8 12 6%27 fill=%27none%27 "
    'stroke=%27white%27 stroke-width=%273%27/%3E%3C/svg%3E">'
)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class Guard:
    """ASGI middleware: who may come in, what is open to them, and the page's own head.

    Args:
        app: the page behind it.
        hosting: how the page is put before others.
        store: where logins are kept.
        title: the name on the login form.
        keyed: whether other programs show a key of their own, which the routes for them check.
    """

    def __init__(
        self,
        app: App,
        hosting: Hosting | None = None,
        store: Store | None = None,
        title: str = "kai",
        keyed: bool = False,
    ) -> None:
        self.app, self._keyed = app, keyed
        self._hosting = hosting or Hosting()
        self._logins = Logins(self._hosting, store or Store(), title)
        self.head = page_head(self._hosting.style)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, _with_headers(send))

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        if is_closed(scope["path"]):
            await answer(send, 404, b"Not found")
        elif _length(scope) > MAX_BODY:
            await answer(send, 413, b"Too large")
        elif scope["method"] not in ("GET", "HEAD") and is_foreign(scope):
            await answer(send, 403, b"This page is asked from its own pages only")
        elif scope["path"] in HEALTH or (self._keyed and is_api(scope["path"])):
            await self.app(scope, receive, send)
        elif self._hosting.users is not None and scope["path"] in ("/login", "/logout"):
            await self._doors(scope, receive, send)
        else:
            await self._known(scope, receive, send)

    async def _doors(self, scope: Scope, receive: Receive, send: Send) -> None:
        posted = scope["method"] == "POST"
        if scope["path"] == "/login" and posted:
            await self._logins.enter(scope, receive, send)
        elif scope["path"] == "/login":
            await self._logins.page(scope, send)
        elif posted:
            await self._logins.leave(scope, send)
        else:
            await answer(send, 405, b"Post to log out", headers=[(b"allow", b"POST")])

    async def _known(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find out who asks, and let them on."""
        visitor: Visitor | None
        if self._hosting.users is not None or self._hosting.header is not None:
            visitor = self._named(scope)
        else:
            visitor, send = self._anonymous(scope, send)
        if visitor is not None and scope["path"] == "/":
            await self._page(known_as(scope, visitor), receive, send, visitor)
        elif visitor is not None:
            await self.app(known_as(scope, visitor), receive, send)
        elif self._hosting.users is not None and scope["method"] == "GET":
            await self._logins.to_login(send)
        else:
            said = " / ".join(STRINGS["login_needed"])
            await answer(send, 401, said.encode())

    def _named(self, scope: Scope) -> Visitor | None:
        header = self._hosting.header
        user = header.user(scope) if header else self._logins.user(scope)
        return Visitor(owner_of("user", user), user) if user else None

    def _anonymous(self, scope: Scope, send: Send) -> tuple[Visitor, Send]:
        token = cookie(scope, TOKEN)
        if token and _TOKEN.fullmatch(token):
            return Visitor(owner_of("browser", token)), send
        token = new_token()
        path, secure = self._hosting.root_path or "/", self._hosting.secure
        line = cookie_line(TOKEN, token, path=path, secure=secure, days=TOKEN_DAYS)
        opened = scope["path"] == "/"
        return Visitor(owner_of("browser", token)), setting_cookie(send, line) if opened else send

    async def _page(self, scope: Scope, receive: Receive, send: Send, visitor: Visitor) -> None:
        kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        started: list[Message] = []
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await self._send_page(send, started[0], bytes(body), visitor)

        await self.app({**scope, "headers": kept}, receive, collect)

    async def _send_page(self, send: Send, start: Message, body: bytes, visitor: Visitor) -> None:
        user = f'<meta name="kai-user" content="{esc(visitor.user)}">' if visitor.user else ""
        page = body.replace(b"</head>", user.encode() + self.head + b"</head>", 1)
        headers = [(name, value) for name, value in start["headers"] if name != b"content-length"]
        headers.append((b"content-length", str(len(page)).encode()))
        headers.append((b"cache-control", b"no-store"))
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": page})


def page_head(colors: str = "") -> bytes:
    """The style and script of the page, in its head so that they hold before the first paint."""
    style = "\n".join([*((HERE / name).read_text("utf-8") for name in STYLES), colors])
    script = "\n".join((HERE / name).read_text("utf-8") for name in SCRIPTS)
    return f"{ICON}<style>{style}</style><script>{script}</script>".encode()


def is_closed(path: str) -> bool:
    """Whether a path of Gradio's is one that the page has no use for."""
    if path.startswith("/gradio_api/"):
        return not path.removeprefix("/gradio_api/").startswith(OPEN_API)
    return path.startswith(("/monitoring", "/docs", "/redoc", "/openapi"))


def is_foreign(scope: Scope) -> bool:
    """Whether a browser says that another site sends this."""
    return header_values(scope, "sec-fetch-site") in (["cross-site"], ["same-site"])


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
