"""The report in a real Chromium, from disk, and the line beside the chat that opens it."""

from dataclasses import replace

import pytest
from browser_server import chromium, page_server
from eval_cases import ARTICLE, LINES, item, quoted, refused, run_of
from fakes import ScriptedAssistant

from assistant.evaluation.headline import Headline
from assistant.evaluation.known import remember
from assistant.evaluation.report import to_html
from assistant.evaluation.runs import Found, Trace
from assistant.evaluation.summary import evaluate

pytestmark = pytest.mark.browser

ITEMS = [
    item("cost", must=(("36억",),)),
    item("when", must=(("3월 2일",),)),
    item("mayor", False, category="unanswerable"),
]


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """A report with everything on it: figures, curves, a failure."""
    sure = {"cost": 0.4, "when": 0.9}
    answers = {name: replace(quoted("?", LINES[1]), confidence=c) for name, c in sure.items()}
    answers["when"] = replace(quoted("?", LINES[2]), confidence=0.9)
    traces = {name: Trace(12.0, (Found("bus", 0, 60, 1.0),)) for name in sure}
    meta = {"set": "bus.jsonl", "corpus_hash": "f" * 64, "finished": "2026-03-02T10:00:00+00:00"}
    result = evaluate(run_of(ITEMS, {**answers, "mayor": refused("?")}, traces=traces, meta=meta))
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(to_html(result), encoding="utf-8")
    return path


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_the_report_opens_from_disk_at_every_width(browser, report, width, light):
    page = browser.new_page(
        viewport={"width": width, "height": 800}, color_scheme=light, locale="ko-KR"
    )
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text))
    page.goto(report.as_uri())
    for entry in page.query_selector_all("details"):
        entry.evaluate("entry => { entry.open = true }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.inner_text("mark.cited") == LINES[1]
    assert (asked, errors) == ([report.as_uri()], [])
    page.close()


def test_the_report_speaks_the_language_of_the_browser_and_switches(browser, report):
    page = browser.new_page(locale="en-US")
    page.goto(report.as_uri())
    assert page.inner_text("h1") == "How accurate are the answers?"
    english = page.inner_text("main")
    assert not [name for name in ("범주별", "틀린 답", "거절함", "빠진") if name in english]
    page.click(".toggle")
    assert page.inner_text("h1") == "정확도 보고서"
    assert not [name for name in ("By category", "refused", "missing") if name in
                page.inner_text("main")]  # fmt: skip
    page.close()


def test_the_line_beside_the_chat_opens_the_report_of_what_is_served(
    browser, report, tmp_path, monkeypatch
):
    from types import SimpleNamespace

    from assistant.evaluation import known

    served = SimpleNamespace(corpus_hash="abc", embedder="small")
    monkeypatch.setattr(known, "served_manifest", lambda home: served)
    shown = Headline("bus.jsonl", "abc", "small", "extractive", "2026-03-02", 3, 0.67, 0.2, 0.94)
    remember(tmp_path, replace(shown, report=str(report)))
    assistant = ScriptedAssistant([ARTICLE], {})
    assistant.writer_name = "extractive"
    with page_server(assistant, home=tmp_path) as address:
        page = browser.new_page(locale="ko-KR")
        page.goto(address)
        page.click("text=정확도 67 % [20–94], 질문 3개, 2026-03-02")
        page.wait_for_selector("text=정확도 보고서")
        assert page.url == f"{address}/accuracy/report"
        served.corpus_hash = "another"
        page.goto(address)
        page.wait_for_selector("#question")
        assert "67 %" not in page.inner_text("body")
        page.wait_for_timeout(1500)  # time for a line that should not come
        assert "67 %" not in page.inner_text("body")
        page.close()
