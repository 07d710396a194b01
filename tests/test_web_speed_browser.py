"""How soon the page can be used, how much it weighs, and that it talks to nobody else."""

from __future__ import annotations

import time

import pytest
from browser_script import LENGTHS, scripted
from browser_server import page_server, serving
from browser_visit import ask, browser, foreign

__all__ = ["browser"]
pytestmark = pytest.mark.browser
OURS = 500_000  # bytes before first use, beyond what Gradio itself sends
USABLE_SECONDS = 2.0
PATHS = ("", "articles", "articles/bike", "charts", "unanswered", "accuracy")


@pytest.fixture(scope="module")
def address(browser, tmp_path_factory):
    with page_server(scripted(), home=tmp_path_factory.mktemp("home")) as served:
        yield served


def usable(browser, address):
    """Seconds from asking for the page until the question field takes a question."""
    page = browser.new_page()
    began = time.monotonic()
    page.goto(address)
    page.wait_for_function("document.activeElement?.id === 'question'")
    took = time.monotonic() - began
    page.close()
    return took


def test_the_page_can_be_used_within_two_seconds(browser, address):
    assert min(usable(browser, address) for _ in range(4)) < USABLE_SECONDS


def test_the_first_evidence_stands_within_a_second(browser, address):
    page = browser.new_page()
    page.goto(address)
    page.wait_for_selector("#question")
    page.wait_for_function("document.activeElement?.id === 'question'")
    page.fill("#question", LENGTHS)
    began = time.monotonic()
    page.keyboard.press("Enter")
    page.wait_for_selector("#kai-panel mark")
    assert time.monotonic() - began < 1.0
    page.close()


def test_what_the_page_adds_to_gradio_is_light(browser, address):
    import fastapi
    import gradio as gr

    def weight(url, sign):
        done = []
        page = browser.new_page()
        page.on("requestfinished", lambda sent: done.append(sent))
        page.goto(url)
        page.wait_for_selector(sign)
        page.wait_for_timeout(1_000)
        total = sum(sent.sizes()["responseBodySize"] for sent in done)
        page.close()
        return total

    with gr.Blocks(analytics_enabled=False) as bare:
        gr.HTML("<p id='bare'>bare</p>")
    with serving(gr.mount_gradio_app(fastapi.FastAPI(), bare, path="/")) as plain:
        assert 0 < weight(address, "#question") < weight(plain, "#bare") + OURS


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_asked_of_another_host(browser, address, path):
    asked = []
    context = browser.new_context()
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(f"{address}/{path}")
    if not path:
        page.wait_for_selector("#question")
        ask(page, LENGTHS)
        page.locator("#kai-current .text .cite").first.click()
    page.wait_for_timeout(500)
    context.close()
    assert asked
    assert [url for url in asked if foreign(url)] == []
