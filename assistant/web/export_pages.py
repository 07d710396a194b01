"""The files that a reader takes along: a conversation as Markdown, JSON, or a page to print."""

# FastAPI reads the annotations of its routes, so they must be real types: no `annotations` import.
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from assistant.answer import Answer
from assistant.web.export import conversation_json, conversation_markdown
from assistant.web.history import History
from assistant.web.render_print import render_print
from assistant.web.store import Store
from assistant.web.visitor import INNER

if TYPE_CHECKING:
    import fastapi

Write = Callable[[str, Sequence[Answer], str], str]
KINDS: dict[str, tuple[str, Write]] = {
    "md": ("text/markdown", conversation_markdown),
    "json": ("application/json", conversation_json),
    "html": ("text/html", render_print),
}


def add_exports(app: "fastapi.FastAPI", store: Store) -> None:
    """Put the exports on an application; each reader gets only what is theirs."""
    from fastapi import Request, Response

    history = History(store)

    @app.get("/export/{conversation}.{kind}")
    def export(conversation: str, kind: str, request: Request) -> Response:
        owner = request.headers.get(INNER.decode(), "")
        answers = history.answers(owner, conversation) if kind in KINDS else None
        if not answers:
            return Response("Not found", 404)
        entries = history.entries(owner) or []
        title = next((entry.title for entry in entries if entry.id == conversation), "kai")
        media, write = KINDS[kind]
        now = datetime.now(UTC).date().isoformat()
        headers = {"cache-control": "no-store"}
        if kind != "html":
            name = quote(f"{file_name(title)}.{kind}")
            headers["content-disposition"] = f"attachment; filename*=UTF-8''{name}"
        return Response(write(title, answers, now), headers=headers, media_type=media)


def file_name(title: str) -> str:
    """A title as the name of a file, on any system."""
    return re.sub(r"[^\w-]+", "-", title).strip("-")[:60] or "kai"
