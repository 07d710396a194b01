"""The page in a real Chromium: ask, follow a citation, be refused, in both languages."""

from __future__ import annotations

import re
import time

import pytest
from browser_script import ATTACK, BUILDER, FIVE, LENGTHS, OPENING, scripted
from browser_server import page_server
from browser_visit import SIZES, ask, browser, marked, serious_faults, visit

__all__ = ["browser", "visit"]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(browser):
    with page_server(scripted()) as served:
        yield served


@pytest.mark.parametrize("size", SIZES)
def test_a_citation_leads_to_its_exact_span(visit, size):
    page = visit(size)
    began = time.monotonic()
    ask(page, LENGTHS)
    assert time.monotonic() - began < 4  # 0.16 s alone; the bound leaves room for a busy machine
    page.locator("#kai-current .text .cite").nth(1).click()
    page.wait_for_selector("#kai-panel mark.now")
    assert marked(page) == "시장길은 2km, 역앞길은 1km이다."
    page.wait_for_function(
        "() => { const box = document.querySelector('mark.now').getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight; }"
    )


def test_a_citation_of_an_earlier_answer_brings_its_evidence_back(visit):
    page = visit()
    ask(page, LENGTHS)
    ask(page, BUILDER)
    page.locator("#kai-past .text .cite").first.click()
    page.wait_for_selector("#kai-panel mark.now")
    assert marked(page) == "강변길은 6km로 가장 길다."


def test_the_keyboard_goes_through_the_citations_and_back(visit):
    page = visit()
    ask(page, LENGTHS)
    first, second = "강변길은 6km로 가장 길다.", "시장길은 2km, 역앞길은 1km이다."
    for key, quote in (("Down", first), ("Down", second), ("Down", first), ("Up", second)):
        page.keyboard.press(f"Alt+Arrow{key}")
        assert marked(page) == quote
    page.locator("#kai-current .text .cite").first.press("Enter")
    assert marked(page) == first
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "cite"


def test_an_answer_is_copied_with_its_sources(visit):
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, LENGTHS)
    page.click("#kai-current [data-do=copy]")
    page.wait_for_function("document.querySelector('.copy').innerText === '복사했어요'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "> [2] 시장길은 2km, 역앞길은 1km이다." in copied


def test_a_refusal_is_a_calm_card_that_leads_to_the_nearest_text(visit):
    page = visit()
    ask(page, BUILDER)
    card = page.locator("#kai-current .answer.abstained")
    assert "기사에서 확인되지 않습니다" in card.inner_text()
    assert "공사를 맡은 회사" in card.locator(".missing").inner_text()
    card.locator("a.near").click()
    page.wait_for_selector("#kai-panel mark.now")
    assert marked(page) == "공사에는 모두 42억 원이 든다."


def test_a_correction_shows_how_it_was_worked_out(visit):
    page = visit()
    ask(page, FIVE)
    page.click("#kai-current .verdicts summary")
    assert "6 + 2 + 1 = 9" in page.locator("#kai-current .verdicts").inner_text()


def test_the_interface_speaks_the_browsers_language_and_switches(visit):
    page = visit(locale="en-GB")
    assert "Ask about the articles" in page.locator(".empty").inner_text()
    assert not re.search("[가-힣]", page.locator(".empty").inner_text())
    ask(page, OPENING)
    assert "The sentence is checked" in page.locator("#kai-current .verdicts").inner_text()
    page.click("[data-do=language]")
    assert "문장 1개 근거 확인" in page.locator("#kai-current .verdicts").inner_text()
    assert page.get_attribute("html", "lang") == "ko"
    page.reload()
    page.wait_for_selector("#question")
    assert page.get_attribute("html", "lang") == "ko"


def test_hostile_text_does_nothing(visit):
    page = visit()
    ask(page, ATTACK)
    page.wait_for_selector("#kai-panel .article mark")
    assert page.evaluate("window.hurt") is None
    assert page.locator("#kai-desk img, #kai-desk script, #kai-desk [style*=fixed]").count() == 0
    assert "<script>" in page.locator("#kai-current .text").inner_text()
    assert "{{constructor}}" in page.locator("#kai-current .text").inner_text()


def test_a_long_question_is_kept_and_gets_a_polite_line(visit):
    page = visit()
    page.fill("#question", "가" * 1001)
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.hint').innerText.includes('1,001자')")
    assert len(page.input_value("#question")) == 1001


def test_an_article_can_be_read_whole_before_any_question(visit):
    page = visit()
    page.click("button.read >> nth=0")
    page.wait_for_selector("#kai-panel .reading .article")
    assert "나머지 두 곳은 내년 4월에" in page.locator("#kai-panel").inner_text()
    page.click("[data-do=library]")
    page.wait_for_selector("#kai-panel .library")


def test_a_new_conversation_begins_empty(visit):
    page = visit()
    ask(page, LENGTHS)
    page.click("[data-do=new]")
    page.wait_for_selector("#kai-current .empty")
    assert page.locator(".turn").count() == 0


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_the_screen(visit, size):
    page = visit(size)
    ask(page, FIVE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_theme_follows_the_system_and_switches(visit):
    page = visit(scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("[data-do=theme]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_screen_reader_finds_no_serious_fault(visit, scheme):
    page = visit(scheme=scheme)
    ask(page, BUILDER)
    ask(page, FIVE)
    page.click("#kai-current .verdicts summary")
    assert serious_faults(page) == []
