"""What a start of the page waits for, and what it leaves for later."""

from __future__ import annotations

import sys
import threading
import time
from types import SimpleNamespace

import pytest
from browser_script import scripted
from fastapi.testclient import TestClient

from ingest import korean


def test_threads_that_ask_at_once_share_one_kiwi(monkeypatch):
    made = []

    def slow_kiwi():
        time.sleep(0.02)
        made.append(object())
        return made[-1]

    korean._loaded.cache_clear()
    monkeypatch.setitem(sys.modules, "kiwipiepy", SimpleNamespace(Kiwi=slow_kiwi))
    got = []
    threads = [threading.Thread(target=lambda: got.append(korean.kiwi())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    korean._loaded.cache_clear()
    assert got == made * 4


@pytest.mark.slow
def test_questions_to_start_with_are_looked_for_once_the_page_is_up(monkeypatch):
    from assistant.web.serve import web_app

    looked = []
    monkeypatch.setattr("assistant.web.starters.Starters.groups", lambda _: looked.append(1) or {})
    app = web_app(scripted())
    assert not looked
    with TestClient(app):
        assert looked
