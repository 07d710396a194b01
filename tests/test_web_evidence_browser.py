"""Evidence in a real Chromium: the card over [n], the panel, other pages, the original's words."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from browser_script import BUILDER, FIVE, LENGTHS, make_article, refused, scripted, told
from browser_server import page_server
from browser_visit import ask, browser, marked, serious_faults, visit
from web_articles import COSTS, budget, conflicting, english

from assistant.web.counts import Counts
from assistant.web.fragment import text_fragment
from assistant.web.guard import HERE
from assistant.web.render_page import render_form

__all__ = ["browser", "visit"]
pytestmark = pytest.mark.browser
PAGES = ("articles", "articles/budget", "charts", "unanswered", "accuracy")
QUOTE = "강변길은 6km로 가장 길다."


@pytest.fixture(scope="module")
def address(browser, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    counts, assistant = Counts(home), scripted()
    counts.note(refused("왜 세 곳만 만드나요?", make_article()))
    counts.note(told(LENGTHS, make_article(), QUOTE))
    assistant.shelf += [budget(), english()]
    assistant.script[COSTS] = conflicting()
    with page_server(assistant, home=home) as served:
        yield served


def cite(page, place=0):
    return page.locator("#kai-current .text .cite").nth(place)


def corners(page):
    return page.evaluate(
        "[...document.querySelectorAll('.turn p, #kai-form')]"
        ".map(part => { const box = part.getBoundingClientRect(); return [box.x, box.y]; })"
    )


@pytest.mark.parametrize(
    ("locale", "day"), [("ko-KR", "2026년 3월 3일"), ("en-GB", "3 March 2026")]
)
def test_hovering_a_marker_shows_its_source_and_moves_nothing(visit, locale, day):
    page = visit(locale=locale)
    ask(page, LENGTHS)
    before = corners(page)
    cite(page).hover()
    card = page.wait_for_selector("#kai-card")
    for told_there in ("달빛일보", day, QUOTE):
        assert told_there in card.inner_text()
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= 1280
    assert corners(page) == before
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.wait_for_timeout(300)
    assert page.locator("#kai-card").count() == 1, "the card may be read with the mouse on it"
    page.mouse.move(5, 5)
    page.wait_for_selector("#kai-card", state="detached")


def test_the_keyboard_opens_the_card_and_escape_closes_it(visit):
    page = visit()
    ask(page, LENGTHS)
    page.focus("#question")
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.className") == "cite":
            break
    card = page.wait_for_selector("#kai-card")
    assert card.get_attribute("role") == "tooltip"
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "kai-card"
    page.keyboard.press("Escape")
    page.wait_for_selector("#kai-card", state="detached")
    assert page.evaluate("document.activeElement.className") == "cite"


def test_a_finger_goes_straight_to_the_article(visit):
    page = visit("phone", touch=True)
    ask(page, LENGTHS)
    cite(page).tap()
    page.wait_for_selector("#kai-panel mark.now")
    assert marked(page) == QUOTE
    assert page.locator("#kai-card").count() == 0


def test_the_lit_paragraph_stands_out_and_buttons_lead_through_the_citations(visit):
    page = visit()
    ask(page, LENGTHS)
    cite(page).click()
    page.wait_for_selector("#kai-panel p.here mark.now")
    assert "쉼터 네 곳" in page.locator("#kai-panel p.here").inner_text()
    page.click("#kai-panel [data-do=next]")
    assert marked(page) == "시장길은 2km, 역앞길은 1km이다."
    assert page.inner_text("#kai-panel .steps output") == "2 / 2"
    page.click("#kai-panel [data-do=previous]")
    assert page.inner_text("#kai-panel .steps output") == "1 / 2"


def test_found_but_not_cited_is_folded_and_leads_to_its_place(visit):
    page = visit()
    ask(page, LENGTHS)
    fold = page.locator("#kai-panel .found.passages")
    assert "검색되었지만 인용되지 않음" in fold.inner_text()
    assert fold.get_attribute("open") is None
    fold.locator("summary").click()
    assert QUOTE not in fold.inner_text()
    fold.locator("a.in-article").first.click()
    page.wait_for_selector("mark[data-marks~=at]")
    assert page.evaluate("document.querySelector('#at').getBoundingClientRect().top < innerHeight")


@pytest.mark.parametrize("size", ["desktop", "narrow"])
def test_figures_that_differ_are_a_small_table(visit, size):
    page = visit(size)
    ask(page, COSTS)
    table = page.locator("#kai-current .conflict table")
    assert "42억 원" in table.inner_text()
    assert "30억원" in table.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious_faults(page) == []
    table.locator(".cite").last.click()
    page.wait_for_selector("#kai-panel mark.now")
    assert marked(page) == "책 구입비는 30억원이다."


def test_the_derivation_is_shown_in_the_answer(visit):
    page = visit()
    ask(page, FIVE)
    assert "6 + 2 + 1 = 9" in page.inner_text("#kai-current .text")


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("locale", ["ko-KR", "en-GB"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_speaks_the_language_fits_the_screen_and_has_no_serious_fault(
    visit, path, locale, size
):
    page = visit(size, locale, path=path)
    assert page.get_attribute("html", "lang") == locale[:2]
    hidden = "en" if locale.startswith("ko") else "ko"
    assert page.locator(f"header .{hidden}:visible").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious_faults(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_no_serious_fault_in_the_dark(visit, path):
    assert serious_faults(visit(scheme="dark", path=path)) == []


@pytest.mark.parametrize("size", ["narrow", "desktop"])
@pytest.mark.parametrize("path", ["", *PAGES])
def test_no_page_is_wider_than_its_screen_at_twice_the_text_size(visit, path, size):
    page = visit(size, path=path)
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_articles_are_filtered_without_a_mouse(visit):
    page = visit(path="articles")
    page.focus("#words")
    page.keyboard.type("도서관")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('a.read').length === 1")
    page.focus("a.read")
    page.keyboard.press("Enter")
    page.wait_for_selector(".article h3")
    assert "90억원" in page.inner_text(".article")


def test_a_bar_leads_to_its_sentence(visit):
    page = visit(path="charts?article=budget")
    assert page.locator(".chart").count() == 3
    page.click(".shares tbody .cite >> nth=1")
    page.wait_for_selector("mark[data-marks~=at]")
    assert page.inner_text("mark[data-marks~=at]") == "책 구입비는 30억원이다."


def test_a_question_in_vain_is_on_the_page_of_the_unanswered(visit):
    page = visit()
    ask(page, BUILDER)
    page.click(".pages a[href=unanswered]")
    page.wait_for_selector("table.unanswered")
    assert BUILDER in page.inner_text("table.unanswered")


def test_what_was_cited_is_marked_on_the_page_of_its_article(visit):
    page = visit(path="articles/bike")
    page.click("a.hop >> nth=0")
    assert QUOTE in page.locator("mark.cited").all_text_contents()
    top = page.evaluate("document.querySelector('mark.cited').getBoundingClientRect().top")
    assert 0 <= top < 800


def test_a_panel_opens_on_an_article_with_a_first_chart(visit):
    page = visit()
    page.wait_for_selector("#kai-panel .teaser")
    assert page.locator("#kai-panel .teaser:visible .strip span").count() == 3
    assert page.locator("#kai-panel .library li").count() == 4


@pytest.mark.parametrize("width", [900, 960, 1024, 1199, 1440])
@pytest.mark.parametrize("locale", ["ko-KR", "en-GB"])
def test_the_head_line_stays_one_line_at_every_width(visit, locale, width):
    page = visit(locale=locale)
    page.set_viewport_size({"width": width, "height": 800})
    outside = page.evaluate(
        "[...document.querySelectorAll('.top .name, .top nav :is(a, button)')]"
        ".filter(part => part.checkVisibility())"
        ".map(part => [part.textContent, part.getBoundingClientRect()])"
        ".filter(([, box]) => box.top < 0 || box.bottom > 56 || box.right > innerWidth)"
        ".map(([text, box]) => `${text} ${box.top} ${box.bottom} ${box.right}`)"
    )
    assert outside == []


def test_an_answer_and_its_notes_are_wholly_in_view_above_the_form(visit):
    page = visit()
    for question in (LENGTHS, BUILDER, FIVE):
        ask(page, question)
    page.wait_for_timeout(400)
    bottom = page.locator("#kai-current .foot").bounding_box()
    form = page.locator("#kai-form").bounding_box()
    assert bottom["y"] + bottom["height"] <= form["y"]


def test_waiting_moves_nothing_that_is_there(visit):
    page = visit(motion="no-preference")
    page.evaluate(
        "() => { window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "entry => { if (!entry.hadRecentInput) window.moved += entry.value; }))"
        ".observe({ type: 'layout-shift' }); }"
    )
    ask(page, LENGTHS)
    page.wait_for_timeout(900)
    assert page.evaluate("window.moved") < 0.1  # what web.dev calls good


def test_a_question_that_is_sent_before_the_page_is_connected_is_not_lost(browser):
    page = browser.new_page()
    page.goto("about:blank")
    page.set_content(f"<body>{render_form()}</body>")
    page.add_script_tag(path=HERE / "page.js")
    page.fill("#question", "  길은 몇 곳인가요?")
    page.keyboard.press("Enter")
    assert page.input_value("#question") == ""
    sent = page.evaluate(
        "() => { const sent = []; kai.connect((name, data) => sent.push([name, data]));"
        " kai.connect(() => sent.push('again')); return sent; }"
    )
    assert sent == [["submit", {"question": "  길은 몇 곳인가요?"}]]
    page.close()


@pytest.fixture(scope="module")
def newspaper():
    """A published page that says the same words in several places."""
    lines = ["어제 소식", *["다른 이야기가 이어진다."] * 60, *make_article().text.split("\n\n")]
    lines += ["또 다른 이야기다."] * 60 + ["공사에는 모두 42억 원이 든다. 시민들은 반겼다."]
    text = "\n\n".join(lines)
    body = "".join(f"<p>{line}</p>" for line in lines)

    class Paper(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><html lang=ko><body>{body}</body></html>".encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Paper)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", text
    server.shutdown()


@pytest.mark.parametrize(
    ("quote", "last"),
    [
        ("강변길은 6km로 가장 길다. 시장길은 2km, 역앞길은 1km이다.", False),
        ("나머지 두 곳은 내년 4월에", False),
        ("공사에는 모두 42억 원이 든다.", False),
        ("공사에는 모두 42억 원이 든다.", True),
    ],
    ids=["a range", "part of a line", "the first of two", "the second of two"],
)
def test_the_link_to_the_original_opens_at_the_quoted_words(browser, newspaper, quote, last):
    url, text = newspaper
    start = text.rindex(quote) if last else text.index(quote)
    fragment = text_fragment(text, start, start + len(quote))
    page = browser.new_page(viewport={"width": 800, "height": 400})
    page.goto(f"{url}#:~:text={fragment}")
    page.wait_for_function("scrollY > 0", timeout=5_000)
    shown = page.evaluate(
        "quote => [...document.querySelectorAll('p')].map((line, n) => {"
        " const box = line.getBoundingClientRect();"
        " return line.textContent.includes(quote) && box.top >= 0 && box.bottom <= innerHeight"
        " ? n : -1; }).filter(n => n >= 0)",
        quote.split(".")[0],
    )
    paragraphs = text.split("\n\n")
    wanted = [n for n, line in enumerate(paragraphs) if quote.split(".")[0] in line]
    assert shown == [wanted[-1] if last else wanted[0]]
    page.close()
