"""Answers of several points: a summary, a section, one row for each."""

from __future__ import annotations

import pytest
from town import news, reading

from assistant.draft import Draft
from assistant.question import Kind, analyse
from assistant.writers.lists import asked_lines, write_list
from assistant.writers.scene import set_scene

BODY = """가온시 버스를 맡을 한빛버스, 푸른교통, 나래운수의 모습을 살폈다.

## 회사별 계획

한빛버스는 전기버스 40대를 들여온다. 차고지는 강가에 짓는다.

푸른교통은 수소버스 12대를 들여온다. 푸른교통은 솔빛정비와 함께 정비소를 연다.

나래운수는 새벽 노선을 늘린다.

## 요금

요금은 1,400원에서 5.5% 오른다. 어린이는 내지 않는다.

## 날짜

새 버스는 7월 1일에 나온다. 시험 운행은 6월 3일에 한다.
"""
TOWN = news(BODY, title="가온시 버스 소식")
FLEET = ["한빛버스는 전기버스 40대를 들여온다.", "푸른교통은 수소버스 12대를 들여온다."]
LEAD = "가온시 버스를 맡을 한빛버스, 푸른교통, 나래운수의 모습을 살폈다."
PARTNER = "푸른교통은 솔빛정비와 함께 정비소를 연다."


def draft_for(question: str) -> Draft | None:
    lines, book = reading(TOWN)
    return write_list(set_scene(analyse(question, book), lines, book))


def points(question: str) -> list[str]:
    draft = draft_for(question)
    return [point.text for point in draft.points] if draft else []


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("기사를 세 줄로 요약해 줘", 3),
        ("기사를 2문장으로 요약해 줘", 2),
        ("기사를 한 문장으로 요약해 줘", 1),
        ("기사를 네 가지로 정리해 줘", 4),
    ],
)
def test_a_summary_has_as_many_lines_as_were_asked_for(question, number):
    assert len(points(question)) == number


def test_a_summary_opens_with_the_title_and_the_lead():
    assert points("기사를 두 줄로 요약해 줘") == ["가온시 버스 소식", LEAD]


def test_a_summary_takes_what_tells_most_and_keeps_the_order_of_the_article():
    told = points("기사를 네 줄로 요약해 줘")
    assert "요금은 1,400원에서 5.5% 오른다." in told
    assert "어린이는 내지 않는다." not in told
    assert told == sorted(told, key=TOWN.text.index)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("세 줄로 요약해 줘", 3),
        ("3줄 요약", 3),
        ("Summarize it in five bullets.", 5),
        ("Summarize it in two sentences.", 2),
        ("99문장으로 요약해 줘", 8),
        ("0줄로 요약해 줘", 1),
        ("요약해 줘", 6),
    ],
)
def test_a_question_says_how_many_lines_it_wants(text, number):
    assert asked_lines(text) == number


def test_the_summary_of_a_topic_is_its_section():
    assert points("요금에 대해 요약해 줘") == [
        "요금은 1,400원에서 5.5% 오른다.",
        "어린이는 내지 않는다.",
    ]


def test_a_topic_that_the_article_does_not_speak_of_has_no_summary():
    assert draft_for("지하철에 대해 요약해 줘") is None


def test_each_has_one_row_for_every_subject_that_the_article_says_it_of():
    assert points("회사별로 버스는 각각 몇 대 들여오나요?") == FLEET


def test_each_without_a_row_is_no_list():
    assert draft_for("회사별 지하철은 각각 몇 대인가요?") is None


def test_a_subject_without_a_row_is_given_the_sentence_that_says_what_is_asked():
    assert points("회사별 버스와 노선을 알려줘") == [*FLEET, "나래운수는 새벽 노선을 늘린다."]
    assert "나래운수는 새벽 노선을 늘린다." not in points("회사마다 들여오는 버스는?")


def test_an_asked_thing_that_no_row_of_a_subject_says_adds_the_sentence_that_does():
    assert points("회사별 버스와 파트너를 알려줘") == [*FLEET, PARTNER]
    assert PARTNER not in points("회사마다 들여오는 버스는?")


def test_a_schedule_has_the_dated_sentences_only_in_the_order_of_the_article():
    assert points("버스 일정을 알려줘") == [
        "새 버스는 7월 1일에 나온다.",
        "시험 운행은 6월 3일에 한다.",
    ]


def test_the_points_of_a_list_stand_in_lines_of_their_own():
    draft = draft_for("기사를 세 줄로 요약해 줘")
    assert draft is not None
    assert draft.separator == "\n"
    assert all(point.spans[0].quote == point.text for point in draft.points)


def test_without_evidence_there_is_no_list():
    _, book = reading(TOWN)
    questions = {
        "기사를 요약해 줘": Kind.SUMMARY,
        "팀별 예산은?": Kind.EACH,
        "버스 일정을 알려줘": Kind.SCHEDULE,
    }
    for question, kind in questions.items():
        asked = analyse(question, book)
        assert asked.kind is kind
        assert write_list(set_scene(asked, [], book)) is None
