"""The page with a slow model: evidence at once, its sentence later, and stop and leave reach it."""

from __future__ import annotations

import time

import pytest
from browser_server import page_server
from browser_visit import browser, visit
from chat_fakes import pen, said
from fakes import BigramEmbedder
from town import town

from assistant.chain import Assistant
from assistant.writers import extractive
from assistant.writers.generative import ModelWriter
from vectorstore.index import IndexStore
from vectorstore.search import Searcher

__all__ = ["browser", "visit"]
pytestmark = pytest.mark.browser

MONEY = "한빛버스에는 얼마가 지원되나요?"
TRUE = said(("한빛버스는 120억 원을 지원받습니다.", [(1, "120억 원이 지원된다")]))
ENDLESS = ["{", 0.2] * 600


@pytest.fixture(scope="module")
def writer():
    return ModelWriter(pen([3.0, TRUE], ENDLESS, seconds=60))


@pytest.fixture(scope="module")
def address(browser, writer, tmp_path_factory):
    store = IndexStore(tmp_path_factory.mktemp("home"), BigramEmbedder())
    store.build([town()])
    with page_server(Assistant(store, Searcher(store), extractive.write, writer)) as served:
        yield served


def ended(writer: ModelWriter, count: int) -> bool:
    until = time.monotonic() + 20
    while len(writer.pen._model.ended) < count and time.monotonic() < until:
        time.sleep(0.05)
    return len(writer.pen._model.ended) >= count


def put(page, question: str) -> None:
    page.fill("#question", question)
    page.keyboard.press("Enter")


def test_the_page_shows_evidence_then_the_models_sentence_and_stops_it(visit, writer):
    page = visit()
    put(page, MONEY)
    page.wait_for_selector("#kai-current .sentence.quoted")
    assert writer.pen._model.ended == []  # the model is still reading
    page.wait_for_selector("#kai-current .sentence.supported")
    assert "지원받습니다" in page.inner_text("#kai-current .text")
    assert ended(writer, 1)
    put(page, "푸른교통에는 얼마가 지원되나요?")
    page.wait_for_selector("#kai-current .sentence.quoted")
    page.locator("[data-do=stop]").first.click()
    assert ended(writer, 2)
    put(page, "나래운수에는 얼마가 지원되나요?")
    page.wait_for_selector("#kai-current .sentence.quoted")
    page.close()
    assert ended(writer, 3)
    assert writer.pen._model.ended == ["told all", "stopped", "stopped"]
