"""The login of users from the operator's file: its page, its cookie, its end."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
import sqlite3
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

from assistant.web.asgi import Headers, Receive, Scope, Send, answer, read_body
from assistant.web.hosting import Hosting
from assistant.web.line import Pace
from assistant.web.render import esc
from assistant.web.store import Store
from assistant.web.strings import STRINGS
from assistant.web.users import UsersError
from assistant.web.visitor import address_of, cookie, cookie_line, header_values

log = logging.getLogger(__name__)

COOKIE = "kai_login"
DAYS = 30
TRIES = 10  # a minute, from one address and for one name
MAX_FORM = 4 * 1024


class Logins:
    """Who is logged in; kept in the home, so that a restart logs nobody out."""

    def __init__(self, hosting: Hosting, store: Store, title: str) -> None:
        self._hosting = hosting
        self._store = store
        self._title = title
        self._tries = Pace(TRIES)

    def user(self, scope: Scope) -> str | None:
        """The name that a connection is logged in with; None when it is not, or no more."""
        token = cookie(scope, COOKIE)
        if not token or self._hosting.users is None:
            return None
        now = datetime.now(UTC).isoformat()
        query = "select name, proof from login where token = ? and until > ?"
        try:
            with self._store.open() as base:
                row = base.execute(query, (_hash(token), now)).fetchone()
            return row[0] if row and self._hosting.users.proof(row[0]) == row[1] else None
        except (sqlite3.Error, OSError, UsersError) as error:
            log.warning("Logins cannot be read: %s", error)
            return None

    async def page(self, scope: Scope, send: Send, said: str = "", status: int = 200) -> None:
        """The form; ``said`` is ready HTML of what went wrong."""
        language = _language(scope)
        html = _form(self._title, language, said, self._hosting.style)
        await answer(send, status, html.encode(), b"text/html", [(b"cache-control", b"no-store")])

    async def enter(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take name and password, and open the page or say politely what is wrong."""
        body = await read_body(receive, MAX_FORM)
        sent = parse_qs((body or b"").decode("utf-8", "replace"), keep_blank_values=True)
        name, password = (sent.get(field, [""])[0] for field in ("name", "password"))
        language = _language(scope)
        address = address_of(scope, self._hosting.proxies)
        delay = max(self._tries.delay(f"from {address}"), self._tries.delay(f"as {name[:64]}"))
        if delay:
            await self.page(scope, send, _said("login_slow", language, n=delay), 429)
        elif not await asyncio.to_thread(self._is_right, name, password):
            await self.page(scope, send, _said("login_wrong", language), 401)
        else:
            await self._open(send, name)

    async def leave(self, scope: Scope, send: Send) -> None:
        """Log out: the login is forgotten here, not only in the browser."""
        token = cookie(scope, COOKIE) or ""
        with self._store.open() as base:
            base.execute("delete from login where token = ?", (_hash(token),))
        await self._go(send, "/login", [self._cookie("", 0)])

    def _is_right(self, name: str, password: str) -> bool:
        return self._hosting.users is not None and self._hosting.users.check(name, password)

    async def _open(self, send: Send, name: str) -> None:
        assert self._hosting.users is not None
        token = secrets.token_urlsafe(32)
        until = (datetime.now(UTC) + timedelta(days=DAYS)).isoformat()
        proof = self._hosting.users.proof(name)
        with self._store.open() as base:
            base.execute("delete from login where until < ?", (datetime.now(UTC).isoformat(),))
            base.execute(
                "insert into login values (?, ?, ?, ?)", (_hash(token), name, proof, until)
            )
        await self._go(send, "/", [self._cookie(token, DAYS)])

    def _cookie(self, value: str, days: int) -> tuple[bytes, bytes]:
        path = self._hosting.root_path or "/"
        line = cookie_line(COOKIE, value, path=path, secure=self._hosting.secure, days=days)
        return b"set-cookie", line

    async def to_login(self, send: Send) -> None:
        """Send a browser to the form."""
        await self._go(send, "/login", [])

    async def _go(self, send: Send, place: str, headers: Headers) -> None:
        location = f"{self._hosting.root_path}{place}".encode()
        await answer(send, 303, b"", headers=[(b"location", location), *headers])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _language(scope: Scope) -> int:
    """Which of the two languages a browser prefers: 0 Korean, 1 English."""
    asked = ",".join(header_values(scope, "accept-language")).lower()
    korean, english = asked.find("ko"), asked.find("en")
    return int(english >= 0 and (korean < 0 or english < korean))


def _said(key: str, language: int, **values: object) -> str:
    return f'<p role="alert">{esc(STRINGS[key][language].format(**values))}</p>'


def _form(title: str, language: int, said: str, style: str) -> str:
    def word(key: str) -> str:
        return esc(STRINGS[key][language])

    return (
        f'<!doctype html><html lang="{("ko", "en")[language]}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,">'
        f"<title>{esc(title)}</title><style>{_STYLE}{style}</style>"
        f"<main><h1>{esc(title)}</h1><p>{word('login_lead')}</p>{said}"
        '<form method="post" action="login">'
        f'<label for="name">{word("login_name")}</label>'
        '<input id="name" name="name" autocomplete="username" autocapitalize="off" required>'
        f'<label for="password">{word("login_password")}</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" '
        f"required><button>{word('login_go')}</button></form></main></html>"
    )


_STYLE = (
    ":root{--accent:#1c5a4c;color-scheme:light dark}"
    "body{margin:0;min-height:100dvh;display:grid;place-items:center;background:#fcfbf8;"
    'color:#1d1c1a;font:1rem/1.6 "Apple SD Gothic Neo","Noto Sans KR","Malgun Gothic",sans-serif}'
    "main{width:min(20rem,calc(100vw - 2rem))}h1{margin:0;font-size:1.6rem}"
    "p{margin:.25rem 0 1rem}[role=alert]{color:#9b2c1f}form{display:grid;gap:.35rem}"
    "input{font:inherit;padding:.55rem .7rem;border:1px solid #8d877b;border-radius:8px;"
    "background:#fff;color:#1d1c1a;margin-bottom:.6rem;min-width:0}"
    "button{font:inherit;padding:.6rem;border:0;border-radius:8px;background:var(--accent);"
    "color:#fff}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}"
    "@media(prefers-color-scheme:dark){body{background:#161614;color:#eceae4}"
    "input{background:#22221f;color:#eceae4}[role=alert]{color:#f0998c}}"
)
