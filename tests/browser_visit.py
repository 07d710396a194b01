"""Fixtures and small steps that the browser tests share."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser_server import chromium, chromium_path

DONE = """question => {
  const turn = document.querySelector('#kai-current .turn');
  return turn && turn.querySelector('.question').textContent.includes(question)
    && !turn.querySelector('[aria-busy]');
}"""
# Gradio's own words when a page is left while it still waits for something.
LEAVING = ("signal is aborted", "Connection errored out")
SIZES = {"desktop": (1280, 800), "phone": (390, 844), "narrow": (320, 640), "wide": (1920, 1080)}


@pytest.fixture(scope="module")
def browser():
    """One Chromium for a module."""
    chromium_path()
    with chromium() as started:
        yield started


@pytest.fixture
def visit(browser, address, request):
    """Open the page; whatever it complains of or asks of other hosts fails the test.

    Where ``KAI_SHOTS`` names a folder, a picture of every page is left there when its test ends.
    """
    faults, contexts = [], []

    def opened(
        size="desktop", locale="ko-KR", scheme="light", path="", touch=False, motion="reduce"
    ):
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            color_scheme=scheme,
            reduced_motion=motion,
            has_touch=touch,
        )
        page = context.new_page()
        contexts.append((context, page))
        page.on("console", lambda m: m.type in ("error", "warning") and faults.append(m.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: foreign(asked.url) and faults.append(asked.url))
        page.goto(f"{address}/{path}")
        page.wait_for_selector("main" if path else "#question")
        return page

    yield opened
    for number, (context, page) in enumerate(contexts):
        keep_picture(page, f"{request.node.name}-{number}")
        context.close()
    complaints = [fault for fault in faults if not any(said in fault for said in LEAVING)]
    assert complaints == [], complaints


def keep_picture(page, name):
    """Leave a picture for whoever looks at the run, where a folder is named for it."""
    folder = os.environ.get("KAI_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        safe = "".join(sign if sign.isalnum() else "-" for sign in name)
        page.screenshot(path=Path(folder) / f"{safe[:120]}.png")


def foreign(url):
    """Whether an address belongs to another host."""
    return urlsplit(url).scheme.startswith("http") and urlsplit(url).hostname != "127.0.0.1"


def ask(page, question):
    """Ask, and wait for the whole answer."""
    page.fill("#question", question)
    page.keyboard.press("Enter")
    page.wait_for_function(DONE, arg=question)


def marked(page):
    """The text that is lit in the panel."""
    return "".join(page.locator("#kai-panel mark.now").all_text_contents())


def serious_faults(page):
    """What axe-core holds against a page, as far as it is serious."""
    from axe_playwright_python.sync_playwright import Axe

    return [
        (fault["id"], node["html"][:160])
        for fault in Axe().run(page).response["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
