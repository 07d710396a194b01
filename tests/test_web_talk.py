"""The conversation in a real Chromium: stop, edit, judge, come back, take along, log in, share."""

from __future__ import annotations

import threading
import time

import pytest
from browser_script import BUILDER, FIVE, LENGTHS, OPENING, make_article, scripted, told
from browser_server import page_server
from browser_visit import DONE, SIZES, browser, foreign, keep_picture, serious_faults
from fakes import ScriptedAssistant
from reverse_proxy import reverse_proxy

from assistant.export_reading import check_export
from assistant.web.feedback import FeedbackBook
from assistant.web.hosting import hosting_of
from assistant.web.store import Store
from assistant.web.users import add_user

__all__ = ["browser"]
pytestmark = pytest.mark.browser

SLOW = "천천히 쓰는 답은 어떤가요?"
SUGGESTED = "공사에는 모두 얼마가 드나요?"
PASSWORD = "달빛 자전거 42km"


class Unhurried(ScriptedAssistant):
    """Writes one answer in pieces, the next when the gate is opened; `closed` when it was left."""

    def __init__(self):
        base = scripted()
        bike = make_article()
        more = (
            told(SLOW, bike, "강변길은 6km로 가장 길다.", "시장길은 2km, 역앞길은 1km이다."),
            told(SUGGESTED, bike, "공사에는 모두 42억 원이 든다.", short="42억 원"),
        )
        super().__init__(base.shelf, {**base.script, **{one.question: one for one in more}})
        self.gate = threading.Event()
        self.closed = threading.Event()

    def stream(self, question, history=()):
        whole = self.ask(question, history)
        try:
            if question == SLOW:
                yield told(SLOW, self.shelf[0], "강변길은 6km로 가장 길다.")
                while not self.gate.wait(0.05):
                    yield told(SLOW, self.shelf[0], "강변길은 6km로 가장 길다.")
            yield whole
        finally:
            self.closed.set()

    def ask(self, question, history=()):
        self.asked.append((question, tuple(history)))
        return self.script.get(question) or self.script[BUILDER]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def assistant():
    return Unhurried()


@pytest.fixture(scope="module")
def address(browser, assistant, home):
    with page_server(assistant, home=home, hosting=hosting_of(at_once=1, a_minute=0)) as served:
        yield served


@pytest.fixture
def visit(browser, address, assistant, request):
    """Open the page as a new reader; what it complains of or asks of other hosts fails the test."""
    faults, contexts = [], []
    assistant.gate.clear()
    assistant.closed.clear()

    def opened(size="desktop", locale="ko-KR", at=None, state=None):
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            reduced_motion="reduce",
            storage_state=state,
        )
        page = context.new_page()
        contexts.append((context, page))
        page.on("console", lambda m: m.type in ("error", "warning") and faults.append(m.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: foreign(request.url) and faults.append(request.url))
        page.goto(at or address)
        return page

    yield opened
    assistant.gate.set()
    for number, (context, page) in enumerate(contexts):
        if not page.is_closed():
            keep_picture(page, f"{request.node.name}-{number}")
        context.close()
    assert faults == []


def send(page, question):
    page.wait_for_selector("#question")
    page.fill("#question", question)
    page.keyboard.press("Enter")


def ask(page, question):
    send(page, question)
    page.wait_for_function(DONE, arg=question)


def questions(page):
    return page.locator(".turn .question").evaluate_all(
        "all => all.map(one => one.lastChild.textContent)"
    )


def drawer(page):
    page.click(".top [data-do=drawer]")
    page.wait_for_selector("#kai-entries :is(li, .nothing)")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_an_answer_is_shown_while_it_is_written_and_can_be_stopped(visit, assistant, size):
    page = visit(size)
    send(page, SLOW)
    page.wait_for_selector("#kai-current [aria-busy] .text:has-text('6km')")
    page.click("[data-do=stop]")
    page.wait_for_selector("#kai-current :text('여기서 멈췄습니다')")
    assert assistant.closed.wait(10)
    assistant.gate.set()
    page.click("#kai-current [data-do=retry]")
    page.wait_for_selector("#kai-current .text:has-text('역앞길은 1km')")
    assert questions(page) == [SLOW]


def test_a_reader_who_leaves_frees_the_place(visit, assistant):
    leaving, staying = visit(), visit()
    send(leaving, SLOW)
    leaving.wait_for_selector("#kai-current [aria-busy] .text")
    leaving.close()
    assert assistant.closed.wait(10)
    ask(staying, LENGTHS)


def test_asking_again_takes_the_place_of_the_answer(visit):
    page = visit()
    ask(page, LENGTHS)
    ask(page, BUILDER)
    page.locator("#kai-past [data-do=retry]").first.click()
    page.wait_for_function(DONE, arg=LENGTHS)
    assert questions(page) == [LENGTHS]


@pytest.mark.parametrize(("size", "locale"), [("desktop", "ko-KR"), ("phone", "en-GB")])
def test_a_question_is_edited_and_sent_again(visit, size, locale):
    page = visit(size, locale)
    ask(page, LENGTHS)
    ask(page, BUILDER)
    page.click("#kai-current [data-do=edit]")
    assert page.input_value("#question") == BUILDER
    assert page.locator(".editing").is_visible()
    page.keyboard.press("Escape")
    assert page.input_value("#question") == ""
    assert not page.locator(".editing").is_visible()
    page.click("#kai-current [data-do=edit]")
    ask(page, OPENING)
    assert questions(page) == [LENGTHS, OPENING]


def test_questions_to_go_on_with_are_answered_when_they_are_clicked(visit):
    page = visit()
    ask(page, LENGTHS)
    offered = page.locator(f".suggestions button:has-text('{SUGGESTED}')")
    bottom = offered.bounding_box()["y"] + offered.bounding_box()["height"]
    assert bottom <= page.locator("#kai-form").bounding_box()["y"], "below a short answer, in view"
    offered.click()
    page.wait_for_function(DONE, arg=SUGGESTED)
    assert "42억 원" in page.inner_text("#kai-current .text")


def test_the_empty_page_has_questions_by_topic(visit):
    page = visit()
    page.wait_for_selector(".topics.ko h4", timeout=20_000)
    assert page.locator(".topics.ko button.ask").all_inner_texts() == [SUGGESTED]


def test_a_conversation_survives_the_server_and_the_browser(browser, tmp_path, visit):
    with page_server(Unhurried(), home=tmp_path) as first:
        page = visit(at=first)
        ask(page, LENGTHS)
        ask(page, BUILDER)
        state = page.context.storage_state()
        page.close()
    with page_server(Unhurried(), home=tmp_path) as second:
        for cookie in state["cookies"]:
            assert cookie["httpOnly"]
            assert cookie["sameSite"] == "Lax"
        page = visit(at=second, state=state)
        page.wait_for_selector("#question")
        drawer(page)
        page.click("#kai-entries .open")
        page.wait_for_function(DONE, arg=BUILDER)
        assert questions(page) == [LENGTHS, BUILDER]
        page.locator("#kai-past .text .cite").nth(1).click()
        page.wait_for_selector("#kai-panel mark.now")
        assert page.inner_text("#kai-panel mark.now") == "시장길은 2km, 역앞길은 1km이다."
        ask(page, FIVE)
        page.wait_for_selector("#kai-onward .suggestions")
        page.reload()
        page.wait_for_function(DONE, arg=FIVE)
        assert questions(page) == [LENGTHS, BUILDER, FIVE]
        page.wait_for_selector("#kai-onward .suggestions")
        page.close()  # the page goes before its server, or it complains of a cut line


@pytest.mark.parametrize(("size", "locale"), [("desktop", "ko-KR"), ("phone", "en-GB")])
def test_conversations_are_searched_renamed_and_erased(visit, size, locale):
    page = visit(size, locale)
    ask(page, LENGTHS)
    drawer(page)
    page.click("#kai-history .begin")
    page.wait_for_selector("#kai-current .empty")
    ask(page, BUILDER)
    drawer(page)
    page.wait_for_function("document.querySelectorAll('#kai-entries .entry-title').length == 2")
    assert page.locator("#kai-entries .entry-title").all_inner_texts() == [BUILDER, LENGTHS]
    page.fill("#history-words", "강변길")
    page.wait_for_function("document.querySelectorAll('#kai-entries .entry-title').length == 1")
    page.click("#kai-entries .more summary")
    page.fill("#kai-entries .rename input", "길의 길이")
    page.keyboard.press("Enter")
    page.wait_for_selector(".entry-title:text-is('길의 길이')")
    page.click("#kai-entries .more summary")
    page.click("#kai-entries .delete")
    assert page.locator("#kai-entries .delete.sure").count() == 1
    page.click("#kai-entries .delete")
    page.wait_for_selector("#kai-entries .nothing")
    page.fill("#history-words", "")
    page.wait_for_selector(f".entry-title:text-is('{BUILDER}')")
    page.keyboard.press("Escape")
    assert not page.locator("#kai-drawer").is_visible()
    assert page.evaluate("document.activeElement.dataset.do") == "drawer"


def test_readers_see_nothing_of_each_other(visit):
    mine, other = visit(), visit(locale="en-GB")
    ask(mine, LENGTHS)
    talk = mine.get_attribute("#kai-at", "data-conversation")
    other.wait_for_selector("#question")
    drawer(other)
    assert "No conversations yet" in other.inner_text("#kai-entries")
    other.evaluate("id => window.kai.send('option_select', { conversation: id })", talk)
    other.wait_for_selector(".hint:has-text('That conversation is not here')")
    assert other.locator(".turn").count() == 0
    other.evaluate("id => window.kai.send('delete', { conversation: id })", talk)
    other.evaluate("id => window.kai.send('edit', { conversation: id, title: 'x' })", talk)
    other.wait_for_timeout(300)
    drawer(mine)
    assert mine.inner_text("#kai-entries .entry-title") == LENGTHS


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_wrong_sentence_is_told_and_kept_beside_the_answer(visit, home, size):
    page = visit(size)
    ask(page, LENGTHS)
    talk = page.get_attribute("#kai-at", "data-conversation")
    page.click("#kai-current .judge summary")
    page.check("#kai-current input[value=wrong]")
    page.check("#kai-current .said >> nth=1 >> input")
    page.fill("#kai-current .judge-form textarea", "역앞길은 2km")
    page.click("#kai-current .judge-form button")
    page.wait_for_selector(".hint:has-text('고맙습니다')")
    told_of = FeedbackBook(Store(home)).of(talk)[0]
    assert (told_of.rating, told_of.reason, told_of.sentences) == ("down", "wrong", (1,))
    assert told_of.note == "역앞길은 2km"
    page.click("#kai-current [data-do=good]")
    deadline = time.monotonic() + 10
    while FeedbackBook(Store(home)).of(talk)[0].rating != "up" and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    page.reload()
    page.wait_for_selector("#kai-current [data-do=good][aria-pressed=true]")


@pytest.mark.parametrize("kind", ["md", "json"])
def test_a_conversation_is_taken_along_and_can_be_checked(visit, kind):
    page = visit()
    ask(page, LENGTHS)
    ask(page, BUILDER)
    drawer(page)
    page.click("#kai-entries .more summary")
    with page.expect_download() as started:
        page.click(f"#kai-entries a[href$='.{kind}']")
    assert started.value.suggested_filename == f"새-자전거-도로는-얼마나-긴가요.{kind}"
    text = started.value.path().read_text(encoding="utf-8")
    bike = make_article()
    checked = check_export(text, lambda article, revision: bike if article == "bike" else None)
    assert (checked.answers, checked.quotes) == (2, 3)
    assert not [one for one in checked.problems if ": quote: " in one]


def test_a_conversation_is_printed_from_a_page_of_its_own(visit):
    page = visit()
    ask(page, FIVE)
    drawer(page)
    page.click("#kai-entries .more summary")
    with page.context.expect_page() as opened:
        page.click("#kai-entries a[href$='.html']")
    printed = opened.value
    printed.wait_for_selector("blockquote")
    assert "6 + 2 + 1 = 9" in printed.inner_text("body")
    assert printed.locator("script").count() == 0


def test_one_who_waits_is_told_the_place_in_line(visit, assistant):
    first, second = visit(), visit(locale="en-GB")
    send(first, SLOW)
    first.wait_for_selector("#kai-current [aria-busy] .text")
    send(second, LENGTHS)
    second.wait_for_selector("#kai-current :text('1 before you')")
    assistant.gate.set()
    second.wait_for_function(DONE, arg=LENGTHS)
    first.wait_for_function(DONE, arg=SLOW)
    assert questions(first) == [SLOW]


def test_one_who_is_too_fast_keeps_the_question(visit, tmp_path):
    with page_server(Unhurried(), home=tmp_path, hosting=hosting_of(a_minute=1)) as served:
        page = visit(at=served)
        ask(page, LENGTHS)
        send(page, BUILDER)
        page.wait_for_selector(".hint:has-text('조금 천천히')")
        page.wait_for_function(f"document.querySelector('#question').value === '{BUILDER}'")
        assert questions(page) == [LENGTHS]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_readers_log_in_and_out_behind_a_proxy_with_a_path(visit, tmp_path, size):
    add_user(tmp_path / "users.txt", "mina", PASSWORD)
    hosting = hosting_of(root_path="/news/kai", users=tmp_path / "users.txt", color="#7a1f3d")
    with (
        page_server(Unhurried(), home=tmp_path, hosting=hosting, title="달빛 기사") as served,
        reverse_proxy(served, "/news/kai") as (front, proxy),
    ):
        page = visit(size, at=front)
        assert page.url == f"{front}login"
        page.fill("#name", "mina")
        page.fill("#password", PASSWORD)
        page.click("button")
        ask(page, LENGTHS)
        assert page.title() == "달빛 기사"
        accent = "getComputedStyle(document.documentElement).getPropertyValue('--accent')"
        assert page.evaluate(accent) == "#7a1f3d"
        drawer(page)
        page.click("#kai-entries .more summary")
        with page.expect_download() as started:
            page.click("#kai-entries a[href$='.json']")
        assert LENGTHS in started.value.path().read_text(encoding="utf-8")
        assert page.inner_text("#kai-drawer .who") == "mina"
        page.click("#kai-drawer .logout button")
        page.wait_for_url(f"{front}login")
        assert [path for path in proxy.seen if not path.startswith("/news/kai/")] == []


def test_a_proxys_user_keeps_conversations_over_browsers(visit, tmp_path):
    hosting = hosting_of(root_path="/kai", auth_header="X-Forwarded-User", auth_from="127.0.0.1")
    with (
        page_server(Unhurried(), home=tmp_path, hosting=hosting) as served,
        reverse_proxy(served, "/kai", {"X-Forwarded-User": "mina"}) as (front, _),
    ):
        page = visit(at=front)
        ask(page, LENGTHS)
        another = visit("phone", at=front)
        another.wait_for_selector("#question")
        drawer(another)
        assert another.inner_text("#kai-entries .entry-title") == LENGTHS
        assert not another.locator("#kai-entries .note").count()


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_the_screen_and_no_reader_is_left_out(visit, size):
    page = visit(size, "en-GB" if size == "phone" else "ko-KR")
    ask(page, LENGTHS)
    page.click("#kai-current .judge summary")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    faults = serious_faults(page)
    page.keyboard.press("Escape")
    drawer(page)
    page.click("#kai-entries .more summary")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults + serious_faults(page) == []


def test_the_keyboard_stays_in_the_open_drawer(visit):
    page = visit()
    ask(page, LENGTHS)
    drawer(page)
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("Boolean(document.activeElement.closest('#kai-drawer'))")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('#kai-drawer'))")
    assert page.evaluate("document.querySelector('#kai-desk').inert")
