"""The pages beside the conversation: filter, article, charts, the unanswered, and what is kept."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import date

import pytest
from browser_script import BUILDER, HOSTILE, LENGTHS, make_article, refused, scripted, told
from fakes import ScriptedAssistant
from fastapi import FastAPI
from fastapi.testclient import TestClient
from test_web_render import Reader
from web_articles import budget, conflicting, english

from assistant.web.conversation import Conversation
from assistant.web.counts import FILE, MOST_QUESTIONS, Counts, question_key
from assistant.web.desk import Desk
from assistant.web.pages import add_pages
from assistant.web.render_answer import render_turn
from assistant.web.render_articles import Filter
from assistant.web.render_conflict import render_conflict
from assistant.web.render_foot import months_since

PAGES = ("articles", "articles/bike", "charts", "unanswered", "accuracy")


def client(assistant=None, **options):
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    shelf = assistant or ScriptedAssistant([make_article(), budget(), english()], {})
    add_pages(app, shelf, title="가온", **options)
    return TestClient(app)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_in_both_languages_and_leads_to_the_others(page):
    got = client().get(f"/{page}")
    assert got.status_code == 200
    up = "../" if "/" in page else ""
    for other in ("articles", "charts", "unanswered", "accuracy"):
        assert f'href="{up}{other}"' in got.text
    korean = re.findall(r'class="ko" lang="ko">([^<]+)', got.text)
    english_words = re.findall(r'class="en" lang="en">([^<]+)', got.text)
    assert len(korean) == len(english_words) > 8
    assert 'href="http' not in got.text.replace('href="https://news.example/bike"', "")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"bike", "budget", "budget-en"}),
        ("publisher=Garam Post", {"budget-en"}),
        ("since=2026-03-04&until=2026-03-05", {"budget"}),
        ("words=도서관 가람시", {"budget"}),
        ("words=garam", {"budget-en"}),
        ("publisher=없는 곳", set()),
    ],
)
def test_articles_are_filtered_by_publisher_day_and_title(query, shown):
    page = client().get(f"/articles?{query}").text
    assert set(re.findall(r'class="read" href="articles/([\w-]+)"', page)) == shown
    assert ("No article fits" in page) == (not shown)


def test_an_article_without_a_day_fits_no_condition_on_days():
    undated = replace(make_article(), published=None)
    assert Filter().fits(undated)
    assert not Filter(since="2026-01-01").fits(undated)
    assert not Filter(until="2026-12-31").fits(undated)


def test_an_article_page_marks_what_was_cited_and_the_place_asked_for(tmp_path):
    counts = Counts(tmp_path)
    article = make_article()
    quoted = "강변길은 6km로 가장 길다."
    counts.note(told(LENGTHS, article, quoted))
    counts.note(told(LENGTHS, article, quoted))
    start = article.text.index("공사에는")
    got = client(counts=counts).get(f"/articles/bike?at={start}-{start + 18}").text
    assert Reader(got).marked == {"src-1": quoted, "at": article.text[start : start + 18]}
    assert "<b>2</b><span>강변길은 6km로" in got
    listed = client(counts=counts).get("/articles").text
    assert "인용 2번" in listed


@pytest.mark.parametrize("at", ["", "9-3", "0-99999", "-1-5", "x", "1e9-2", "５-９"])
def test_a_place_that_is_none_marks_nothing(at):
    got = client().get("/articles/bike", params={"at": at})
    assert got.status_code == 200
    assert Reader(got.text).marked == {}


def test_a_page_of_an_unknown_article_says_so():
    got = client().get("/articles/nowhere")
    assert got.status_code == 404
    assert "이 기사는 더 이상 없습니다" in got.text


def test_hostile_articles_and_questions_stay_text_on_every_page(tmp_path):
    evil = replace(scripted().article("evil"), publisher=HOSTILE, title=HOSTILE)
    counts = Counts(tmp_path)
    counts.note(refused(HOSTILE, evil.__class__(**_fields(make_article()))))
    pages = client(ScriptedAssistant([evil], {}), counts=counts)
    for page in ("articles", "articles/evil", "charts?article=evil", "unanswered"):
        body = pages.get(f"/{page}").text.partition("<body")[2]
        assert not {"script", "img", "iframe"} & set(Reader("<body" + body).tags), page
        assert "onerror" not in {name for name, _ in Reader("<body" + body).attributes}


def _fields(article):
    return {name: getattr(article, name) for name in type(article).__dataclass_fields__}


def test_charts_choose_an_article_that_has_some_and_show_the_one_asked_for():
    assert 'id="chart-shares"' in client().get("/charts").text
    plain = client(ScriptedAssistant([make_article()], {})).get("/charts").text
    assert 'id="chart-shares"' not in plain
    assert 'id="chart-timeline"' in client().get("/charts?article=bike").text
    assert "There are no articles yet" in client(ScriptedAssistant([], {})).get("/charts").text


@pytest.mark.parametrize(("header", "title"), [("ko-KR", "90억원의"), ("en-GB,ko", "9 billion")])
def test_the_chart_shown_first_is_of_an_article_in_the_readers_language(header, title):
    page = client().get("/charts", headers={"accept-language": header}).text
    assert title in page.partition('id="chart-shares"')[2][:200]


def test_unanswered_questions_are_counted_without_case_spaces_and_marks(tmp_path):
    counts = Counts(tmp_path)
    article = make_article()
    for question in (BUILDER, "공사는  어느 회사가 맡나요", "왜 세 곳인가요?"):
        counts.note(refused(question, article))
    assert [(row.question, row.asked) for row in counts.unanswered()] == [
        (BUILDER, 2),
        ("왜 세 곳인가요?", 1),
    ]
    page = client(counts=counts).get("/unanswered").text
    assert page.index(BUILDER) < page.index("왜 세 곳인가요?")


def test_where_many_share_the_page_a_question_asked_once_is_only_counted(tmp_path):
    counts = Counts(tmp_path)
    counts.note(refused("왜 세 곳인가요?", make_article()))
    page = client(counts=counts, shown_from=2).get("/unanswered").text
    assert "왜 세 곳인가요" not in page
    assert "질문 1개는 보이지 않습니다" in page


def test_a_question_that_found_its_answer_is_unanswered_no_more(tmp_path):
    counts = Counts(tmp_path)
    article = make_article()
    counts.note(refused(LENGTHS, article))
    counts.note(told(LENGTHS, article, "강변길은 6km로 가장 길다."))
    assert counts.unanswered() == []


def test_switched_off_no_question_is_kept(tmp_path):
    Counts(tmp_path).note(refused(LENGTHS, make_article()))
    counts = Counts(tmp_path, unanswered=False)
    counts.note(refused(BUILDER, make_article()))
    assert counts.unanswered() == []
    assert "모으지 않습니다" in client(counts=counts).get("/unanswered").text
    assert "모으지 않습니다" in client().get("/unanswered").text


def test_the_file_holds_no_asker_and_no_time_of_day(tmp_path):
    counts = Counts(tmp_path)
    counts.note(refused(BUILDER, make_article()))
    (row,) = counts.unanswered()
    assert row.last == date.today().isoformat()
    assert set(row.__dataclass_fields__) == {"question", "language", "asked", "last"}
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_the_rarest_questions_are_forgotten_beyond_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.web.counts.MOST_QUESTIONS", 3)
    counts = Counts(tmp_path)
    article = make_article()
    counts.note(refused("자주 묻는 것?", article))
    for number in range(5):
        counts.note(refused("자주 묻는 것?", article))
        counts.note(refused(f"{number}번째 질문?", article))
    assert len(counts.unanswered()) == 3
    assert counts.unanswered()[0].asked == 6
    assert MOST_QUESTIONS == 1_000


def test_counting_from_several_threads_loses_nothing(tmp_path):
    counts = Counts(tmp_path)
    answer = refused(BUILDER, make_article())
    threads = [
        threading.Thread(target=lambda: [counts.note(answer) for _ in range(10)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts.unanswered()[0].asked == 40


def test_a_count_that_cannot_be_kept_holds_no_answer_up(tmp_path, caplog):
    counts = Counts(tmp_path / "not there")
    screens = list(Desk(scripted(), None, counts).ask(BUILDER, Conversation()))
    assert "기사에서 확인되지 않습니다" in screens[-1].current
    assert "was not counted" in caplog.text


def test_questions_differ_by_their_letters_only():
    assert question_key("Ｇｐｕ 는?") == question_key("GPU는")
    assert question_key("5팀?") != question_key("6팀?")


def test_figures_that_differ_stand_side_by_side_with_their_sources():
    table = render_conflict(conflicting())
    assert table.count("<tr>") == 3
    assert '<th scope="row">42억 원</th>' in table
    assert '<th scope="row">30억원</th>' in table
    assert 'href="#src-2"' in table
    assert ">conflict<" not in render_turn(0, conflicting())


def test_without_a_conflict_there_is_no_table():
    answer = conflicting()
    alone = replace(answer, citations=answer.citations[:1])
    calm = replace(answer, sentences=(replace(answer.sentences[0], how="1 + 1 = 2"),))
    assert render_conflict(alone) == render_conflict(calm) == ""


def test_a_sum_is_shown_with_its_sentence_and_a_rule_by_its_meaning_only():
    answer = conflicting()
    summed = replace(answer, sentences=(replace(answer.sentences[0], how="42 + 30 = 72"),))
    assert '<span class="how">' in render_turn(0, summed)
    ruled = replace(answer, sentences=(replace(answer.sentences[0], how="premise_excludes"),))
    assert "premise_excludes" not in render_turn(0, ruled)


def test_after_a_refusal_other_questions_are_offered():
    refusal = refused(BUILDER, make_article())
    page = render_turn(0, refusal, suggestions=(LENGTHS,))
    assert "대신 이런 질문에는 답할 수 있어요" in page
    assert f'class="ask">{LENGTHS}</button>' in page
    answered = told(LENGTHS, make_article(), "강변길은 6km로 가장 길다.")
    assert "이어서 물어보기" in render_turn(0, answered, suggestions=(BUILDER,))


@pytest.mark.parametrize(
    ("day", "months"),
    [("2026-03-05", 0), ("2026-02-05", 1), ("2026-02-06", 0), ("2025-03-05", 12), ("soon", 0)],
)
def test_the_age_of_an_answer_is_told_in_whole_months(day, months):
    assert months_since(day, date(2026, 3, 5)) == months
