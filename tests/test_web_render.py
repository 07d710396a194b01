"""The page's HTML: nothing from outside acts, every mark holds its quote, every status is told."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from browser_script import (
    ATTACK,
    BUILDER,
    FIVE,
    HOSTILE,
    LENGTHS,
    corrected,
    make_article,
    refused,
    scripted,
    told,
)
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import AnswerSentence, Verdict
from assistant.web.export import to_markdown
from assistant.web.render import esc, is_web_address, original_link
from assistant.web.render_answer import render_turn
from assistant.web.render_evidence import Mark, render_article, render_evidence
from assistant.web.render_page import render_empty, render_library, render_reading
from assistant.web.strings import STRINGS, date_in

ALLOWED_ATTRIBUTES = {
    *("class", "href", "title", "id", "lang", "type", "target", "rel", "open"),
    *("data-turn", "data-marks", "data-article", "data-do", "data-text", "data-for"),
    *("aria-labelledby", "aria-busy", "aria-hidden", "hidden"),
}


class Reader(HTMLParser):
    """Collects the tags, attributes and marked text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.marked: dict[str, str] = {}
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag == "mark":
            self._inside = (dict(attrs)["data-marks"] or "").split()

    def handle_endtag(self, tag):
        if tag == "mark":
            self._inside = []

    def handle_data(self, data):
        for name in self._inside:
            self.marked[name] = self.marked.get(name, "") + data


def hostile_pages():
    assistant = scripted()
    answer = assistant.ask(ATTACK)
    article = assistant.article("evil")
    unlinked = replace(answer, citations=tuple(replace(c, url=HOSTILE) for c in answer.citations))
    noisy = replace(
        answer,
        standalone_question=HOSTILE + "!",
        missing=HOSTILE,
        notices=(HOSTILE,),
        as_of=HOSTILE,
        language=HOSTILE,
        nearest=answer.citations,
    )
    yield "turn", render_turn(0, answer)
    yield "noisy turn", render_turn(0, noisy)
    yield "evidence", render_evidence(0, unlinked, assistant.article)
    yield "evidence of a lost article", render_evidence(0, unlinked, lambda *_: None)
    yield "library", render_library([replace(article, publisher=HOSTILE, id=HOSTILE)])
    yield "reading", render_reading(replace(article, language=HOSTILE, url=HOSTILE))
    yield "examples", render_empty([HOSTILE])


@pytest.mark.parametrize(("name", "page"), list(hostile_pages()))
def test_hostile_text_stays_text(name, page):
    reader = Reader(page)
    assert not {"script", "img", "style", "iframe", "form", "svg"} & set(reader.tags)
    assert {attribute for attribute, _ in reader.attributes} <= ALLOWED_ATTRIBUTES
    for attribute, value in reader.attributes:
        if attribute == "href":
            assert value.startswith(("#src-", "#near-", "https://news.example/"))
    assert not re.search(r"[${}`\\]", page), "template signs reach Gradio's templates"


def test_unprintable_signs_are_shown_one_for_one():
    assert esc("가\x00나\ud800\u202e다") == "가\ufffd나\ufffd\ufffd다"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//host/a",
        "http:///a",
        "https://[bad",
        "ftp://host/a",
        "https://host/\u202ea",
    ],
)
def test_only_web_addresses_become_links(url):
    assert not is_web_address(url)
    assert original_link(url) == ""


@given(st.data())
def test_every_mark_holds_exactly_its_span(data):
    article = make_article()
    size = len(article.text)
    spans = data.draw(st.lists(st.tuples(st.integers(0, size), st.integers(0, size)), max_size=5))
    marks = [
        Mark(start, end, f"src-{n}")
        for n, (start, end) in enumerate(spans)
        if article.text[start:end].strip()
    ]
    marked = Reader(render_article(article, marks)).marked
    for mark in marks:
        quote = article.text[mark.start : mark.end]
        assert marked[mark.target].replace("\n", "") == quote.replace("\n", "")


def test_text_between_blocks_is_shown_too():
    article = make_article()
    bare = replace(article, blocks=article.blocks[1:3])
    assert "언제 열리나" in render_article(bare)
    assert "달빛시, 자전거 도로" in render_article(bare)


def test_the_short_answer_is_bold_once_and_the_cite_names_its_source():
    page = render_turn(0, told(LENGTHS, make_article(), "강변길은 6km로 가장 길다.", short="6km"))
    assert page.count("<strong>6km</strong>") == 1
    card = page[page.index('class="peek" data-for="src-1"') :]
    for told_there in ("달빛일보", "2026년 3월 3일", "3 March 2026", "강변길은 6km로 가장 길다."):
        assert told_there in card


def test_a_refusal_shows_what_is_missing_and_the_nearest_text():
    page = render_turn(0, refused(BUILDER, make_article()))
    assert 'class="answer abstained"' in page
    assert "공사를 맡은 회사</dd>" in page
    assert 'href="#near-1"><q>공사에는 모두 42억 원이 든다.</q>' in page


def test_a_correction_shows_its_derivation_and_how_the_question_was_understood():
    page = render_turn(0, corrected(FIVE, make_article()))
    assert 'class="answer corrected"' in page
    assert "6 + 2 + 1 = 9" in page
    assert "이렇게 이해했어요: 달빛시의 자전거 도로 다섯 곳은" in page
    assert "문장 2개 모두 근거 확인" in page


def test_a_sentence_without_evidence_is_not_counted_as_checked():
    answer = told(LENGTHS, make_article(), "강변길은 6km로 가장 길다.")
    bare = AnswerSentence("근거 없는 말.", (), Verdict.SUPPORTED)
    page = render_turn(0, replace(answer, sentences=(*answer.sentences, bare)))
    assert "문장 2개 중 1개 근거 확인" in page


def test_a_marker_without_a_citation_is_dropped():
    answer = told(LENGTHS, make_article(), "강변길은 6km로 가장 길다.")
    stray = AnswerSentence("강변길은 6km로 가장 길다.", (0, 99), Verdict.QUOTED)
    assert 'class="cite"' not in render_turn(0, replace(answer, sentences=(stray,)))


def test_found_but_not_cited_stands_folded_below():
    article = make_article()
    answer = replace(
        told(LENGTHS, article, "강변길은 6km로 가장 길다."), nearest=refused("", article).nearest
    )
    page = render_evidence(0, answer, lambda *_: article)
    assert '<details class="found"><summary>' in page
    assert page.index('class="source"') < page.index('class="found"')


def test_a_lost_or_altered_article_shows_only_the_quotes():
    answer = told(LENGTHS, make_article(), "강변길은 6km로 가장 길다.")
    other = make_article("bike", make_lines("전혀 다른 글"))
    for found in (None, other):
        page = render_evidence(0, answer, lambda *_, found=found: found)
        assert STRINGS["gone"][0] in page
        assert Reader(page).marked == {"src-1": "강변길은 6km로 가장 길다."}


def make_lines(text):
    from ingest.article import BlockKind

    return ((BlockKind.TITLE, text), (BlockKind.PARAGRAPH, text))


def test_every_string_has_the_same_fields_in_both_languages():
    for key, (korean, english) in STRINGS.items():
        assert set(re.findall(r"{\w+}", korean)) == set(re.findall(r"{\w+}", english)), key


def test_an_answer_is_copied_with_its_quotes_and_their_places():
    article = make_article()
    answer = told(LENGTHS, article, "강변길은 6km로 가장 길다.")
    start = article.text.index("강변길은 6km")
    assert to_markdown(answer) == (
        f"**{LENGTHS}**\n\n강변길은 6km로 가장 길다. [1]\n\n> [1] 강변길은 6km로 가장 길다.\n"
        f"> — {article.title}, 달빛일보, 2026-03-03 ({start}–{start + 16})\n"
    )
    assert "> [1] 공사에는 모두 42억 원이 든다." in to_markdown(refused(BUILDER, article))


def test_dates_are_written_as_each_language_writes_them():
    assert date_in("ko", "2025-08-04") == "2025년 8월 4일"
    assert date_in("en", "2025-08-04") == "4 August 2025"
    assert date_in("en", "soon") == "soon"
