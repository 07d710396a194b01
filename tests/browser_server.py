"""A page on a free port and a Chromium before it, for the browser tests."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> str:
    """Where Chromium is; without one the test is skipped, or fails where CI is set."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None and os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail("No Chromium found. Install it: make browser")
    if path is None:
        pytest.skip("No Chromium found. Install it: make browser")
    return path


@contextmanager
def page_server(assistant: Any, **options: Any) -> Iterator[str]:
    """Serve the page of an assistant from a thread; gives its address."""
    from assistant.web.serve import web_app

    with serving(web_app(assistant, **options)) as address:
        yield address


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """Serve an ASGI application from a thread; gives its address."""
    import socket

    import uvicorn

    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    assert server.started, "the page did not start within 30 s"
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@contextmanager
def chromium() -> Iterator[Any]:
    """A headless Chromium."""
    path = chromium_path()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
