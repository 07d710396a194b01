"""Put the page on a port, and take it down calmly."""

from __future__ import annotations

import errno
import gc
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.web.desk import Desk
from assistant.web.drawer import Drawer
from assistant.web.hosting import Hosting
from assistant.web.line import Line, Pace
from assistant.web.protocol import Assistant
from assistant.web.shelf import shelf
from assistant.web.starters import Starters
from assistant.web.store import Store

if TYPE_CHECKING:
    import fastapi
    import uvicorn

GRACE_SECONDS = 3


class PortInUse(OSError):  # noqa: N818 - says what is the case, like FileExists
    """The port is taken by another program."""


def serve(
    assistant: Assistant,
    host: str = "127.0.0.1",
    port: int = 7860,
    *,
    title: str = "kai",
    examples: Sequence[str] | None = None,
    home: Path | None = None,
    keep_unanswered: bool = True,
    hosting: Hosting | None = None,
    api_key: str | None = None,
    on_ready: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the page until the process is told to stop (SIGINT or SIGTERM).

    Args:
        assistant: answers the questions.
        host: the address to listen on.
        port: the port; 0 takes any free one.
        title: the name on the page.
        examples: questions to click on; None finds some that the articles answer.
        home: where conversations, feedback and counts are kept; None keeps them in memory.
        keep_unanswered: whether questions that were not answered are among the counts.
        hosting: how the page is put before others; None is a page for this machine.
        api_key: what other programs must send to ask; None lets in whom the page lets in.
        on_ready: told the page's address once it answers.

    Raises:
        PortInUse: another program listens there; the message names the cure.
    """
    listener = _listen(host, port)
    try:
        import uvicorn

        with _nothing_collected():
            app = web_app(
                assistant,
                title=title,
                examples=examples,
                home=home,
                keep_unanswered=keep_unanswered,
                hosting=hosting,
                api_key=api_key,
            )
        address = f"http://{_shown(host)}:{listener.getsockname()[1]}"
        config = uvicorn.Config(
            app,
            log_level="warning",
            timeout_graceful_shutdown=GRACE_SECONDS,
            server_header=False,
            proxy_headers=False,  # the guard itself decides which proxy to believe
        )
        _announcing(config, lambda: on_ready(address)).run(sockets=[listener])
    finally:
        listener.close()


def web_app(
    assistant: Assistant,
    *,
    title: str = "kai",
    examples: Sequence[str] | None = None,
    home: Path | None = None,
    keep_unanswered: bool = True,
    hosting: Hosting | None = None,
    api_key: str | None = None,
) -> fastapi.FastAPI:
    """The page as an ASGI application, with its guard, style and script; for other servers.

    A question that went unanswered once is shown to everybody only where the page is one person's;
    where readers log in it must have been asked twice.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import fastapi
    import gradio as gr

    from assistant.api import add_api
    from assistant.web.accuracy import Accuracy, add_report
    from assistant.web.app import build_app
    from assistant.web.counts import Counts
    from assistant.web.export_pages import add_exports
    from assistant.web.guard import Guard
    from assistant.web.pages import add_pages

    hosting = hosting or Hosting()
    store = Store(home)

    @asynccontextmanager
    async def up(app: fastapi.FastAPI) -> AsyncIterator[None]:
        desk.empty()  # begin to look for questions to start with: sooner would delay the page
        yield

    app = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=up)
    app.add_middleware(Guard, hosting=hosting, store=store, title=title, keyed=bool(api_key))
    line, pace = Line(hosting.at_once, hosting.waiting), Pace(hosting.a_minute)
    add_api(app, assistant, line=line, pace=pace, key=api_key)
    counts = Counts(home, unanswered=keep_unanswered) if home else None
    accuracy = Accuracy(home, getattr(assistant, "writer_name", None)) if home else None
    if accuracy:
        add_report(app, accuracy.report)
    add_exports(app, store)
    add_pages(
        app,
        assistant,
        title=title,
        counts=counts,
        shown_from=2 if hosting.shared else 1,
        accuracy=accuracy.page if accuracy else lambda: None,
        colors=hosting.style,
    )
    desk = Desk(
        assistant,
        examples,
        counts,
        store=store,
        line=line,
        pace=pace,
        find=shelf(assistant, home),
        starters=Starters(assistant) if examples is None else None,
        suggests=True,
    )
    return gr.mount_gradio_app(  # type: ignore[no-any-return]
        app,
        build_app(
            desk,
            Drawer(desk.history, anonymous=not hosting.shared),
            title=title,
            accuracy=accuracy,
        ),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=1,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        root_path=hosting.root_path or None,
    )


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """What is loaded here stays: looking for garbage among it takes half a second of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno != errno.EADDRINUSE:
            raise
        raise PortInUse(f"Port {port} is in use. Choose another: kai chat --port {port + 1}") from (
            error
        )
    return listener


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _announcing(config: uvicorn.Config, on_ready: Callable[[], None]) -> uvicorn.Server:
    import uvicorn

    class Announcing(uvicorn.Server):
        """A server that says when it answers."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                on_ready()

    return Announcing(config)
