"""From a follow-up to a standalone question, by rules."""

from __future__ import annotations

import pytest
from town import reading, town

from assistant.answer import Turn
from assistant.dialogue import standalone

_, KOREAN = reading()
_, ENGLISH = reading(town("en"))


def said(*contents: str) -> list[Turn]:
    """Turns of user and assistant, one after the other."""
    return [Turn("assistant" if at % 2 else "user", text) for at, text in enumerate(contents)]


def test_a_first_question_stands_alone():
    assert standalone("예산은 얼마인가요?", [], KOREAN) == ["예산은 얼마인가요?"]


def test_an_answer_without_a_question_before_it_is_no_past():
    past = [Turn("assistant", "한빛버스에는 120억 원이 지원된다.")]
    assert standalone("언제 다니나요?", past, KOREAN) == ["언제 다니나요?"]


def test_a_left_out_subject_is_taken_from_before():
    past = said("푸른교통은 뽑혔나요?", "네.")
    first, *rest = standalone("예산은 얼마인가요?", past, KOREAN)
    assert "푸른교통" in first
    assert "예산은 얼마인가요?" in first
    assert rest[-1] == "예산은 얼마인가요?"


@pytest.mark.parametrize("pointing", ["그 회사는", "거기는", "그곳은"])
def test_a_pointing_word_is_replaced_by_its_subject(pointing):
    past = said("푸른교통은 뽑혔나요?", "네.")
    first = standalone(f"{pointing} 예산이 얼마인가요?", past, KOREAN)[0]
    assert first.startswith("푸른교통")
    assert first.endswith("예산이 얼마인가요?")
    assert pointing not in first


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("How much does it receive?", "How much does Hanbit Bus receive?"),
        ("What is its budget?", "What is Hanbit Bus's budget?"),
    ],
)
def test_an_english_pronoun_is_replaced(question, start):
    past = said("Is Hanbit Bus picked?", "Yes.")
    assert standalone(question, past, ENGLISH)[0] == start


def test_a_new_subject_is_not_dragged_into_the_old_one():
    past = said("푸른교통에는 얼마가 지원되나요?", "95억 원.")
    for text in standalone("한빛버스는 언제 뽑혔나요?", past, KOREAN):
        assert "푸른교통" not in text


@pytest.mark.parametrize(
    ("question", "opening"), [("그럼 한빛버스는?", "그럼"), ("나래운수는요?", "")]
)
def test_only_a_new_name_asks_the_old_question_of_it(question, opening):
    past = said("푸른교통에는 얼마가 지원되나요?", "95억 원.")
    first = standalone(question, past, KOREAN)[0]
    assert first.startswith(("한빛버스", "나래운수"))
    assert "푸른교통" not in first
    if opening:
        assert "얼마" in first
        assert opening not in first


def test_the_last_question_counts_not_an_older_one():
    past = said("한빛버스는 뽑혔나요?", "네.", "푸른교통은 뽑혔나요?", "네.")
    first = standalone("예산은 얼마인가요?", past, KOREAN)[0]
    assert "푸른교통" in first
    assert "한빛버스" not in first


@pytest.mark.parametrize(
    ("question", "member"),
    [("두 번째 회사의 예산은?", "푸른교통"), ("세 번째는 얼마 받나요?", "나래운수")],
)
def test_an_ordinal_picks_from_the_list_in_the_last_answer(question, member):
    past = said("뽑힌 회사는?", "한빛버스, 푸른교통, 나래운수 3곳을 뽑았다. [1]")
    assert member in standalone(question, past, KOREAN)[0]


def test_an_ordinal_beyond_the_list_picks_nobody():
    past = said("뽑힌 회사는?", "한빛버스, 푸른교통을 뽑았다.")
    readings = standalone("다섯 번째 회사의 예산은?", past, KOREAN)
    assert not any("한빛버스" in text or "푸른교통" in text for text in readings)


@pytest.mark.parametrize("before", ["", "???", "\u0000", "가" * 3000])
def test_a_strange_past_still_gives_a_question(before):
    readings = standalone("예산은 얼마인가요?", said(before, "…"), KOREAN)
    assert readings[-1] == "예산은 얼마인가요?"


def test_a_name_the_articles_do_not_know_is_a_new_subject():
    past = said("푸른교통은 뽑혔나요?", "네. [1]")
    assert standalone("삼성전자도 뽑혔나요?", past, KOREAN) == ["삼성전자도 뽑혔나요?"]


def test_a_question_outside_drags_no_subject_along():
    past = said("푸른교통은 뽑혔나요?", "네. [1]")
    assert standalone("오늘 서울 날씨는?", past, KOREAN) == ["오늘 서울 날씨는?"]


def test_a_pointing_word_has_no_bare_reading():
    past = said("푸른교통은 뽑혔나요?", "네. [1]")
    assert standalone("거기 대표는 누구야?", past, KOREAN) == ["푸른교통 대표는 누구야?"]


@pytest.mark.parametrize(
    ("question", "reading"),
    [
        ("왜요?", "푸른교통은 왜 뽑혔나요?"),
        ("언제?", "푸른교통은 언제 뽑혔나요?"),
        ("정말?", "푸른교통은 뽑혔나요?"),
        ("더 자세히", "푸른교통에 대해 자세히 알려줘"),
        ("그럼 대한교통은?", "대한교통은 뽑혔나요?"),
        ("언제 다니나요?", "푸른교통은 언제 다니나요?"),
    ],
)
def test_what_is_left_out_is_put_in_its_place(question, reading):
    past = said("푸른교통은 뽑혔나요?", "네. [1]")
    assert standalone(question, past, KOREAN)[0] == reading


def test_why_after_a_denial_asks_why_not():
    past = said("동녘여객은 뽑혔나요?", "아니요, 기사에 따르면 그렇지 않습니다. [1]")
    assert standalone("왜?", past, KOREAN) == ["동녘여객은 왜 안 뽑혔나요?"]


def test_the_two_are_the_last_two_asked_about():
    past = said("한빛버스 예산은?", "120억 원. [1]", "그럼 푸른교통은?", "95억 원. [1]")
    reading = "한빛버스와 푸른교통 중 어디가 더 커?"
    assert standalone("둘 중 어디가 더 커?", past, KOREAN) == [reading]


def test_who_was_found_becomes_the_subject():
    past = said("어느 회사가 가장 많이 받나요?", "한빛버스에는 120억 원이 지원된다. [1]")
    assert standalone("그 회사는 언제 다녀?", past, KOREAN)[0] == "한빛버스는 언제 다녀?"


def test_a_refusal_names_nobody():
    past = said("어느 회사가 배를 띄우나요?", "기사에는 한빛버스에 관한 내용이 없습니다.")
    assert not any("한빛버스" in text for text in standalone("그 회사는?", past, KOREAN))


def test_an_english_name_takes_the_place_of_the_last():
    past = said("Was Hanbit Bus picked?", "Yes. [1]")
    assert standalone("And Narae Lines?", past, ENGLISH)[0] == "Was Narae Lines picked?"
    assert standalone("Why?", past, ENGLISH) == ["Why was Hanbit Bus picked?"]


def test_by_the_way_changes_the_subject():
    past = said("푸른교통은 뽑혔나요?", "네. [1]")
    assert standalone("그건 그렇고 요금은 얼마야?", past, KOREAN) == ["요금은 얼마야?"]


def test_the_two_are_added_up():
    past = said("버스 구입에서 충전기는 얼마?", "3억 원.", "정류장은?", "2억 원.")
    assert standalone("둘을 합치면?", past, KOREAN) == ["충전기와 정류장을 합치면 얼마인가요?"]


def test_another_of_the_same_kind_takes_the_topics_place():
    past = said("버스 구입에서 충전기는 얼마?", "3억 원.")
    assert standalone("정류장은?", past, KOREAN)[0] == "버스 구입에서 정류장은 얼마?"


def test_the_gap_between_the_two_is_asked_for():
    past = said("한빛버스 지원금은?", "120억 원.", "푸른교통은?", "95억 원.")
    found = standalone("둘 차이는 얼마야?", past, KOREAN)
    assert found == ["한빛버스 지원금과 푸른교통 지원금의 차이는 얼마인가요?"]


def test_a_subject_that_is_put_aside_is_not_dragged_along():
    past = said("푸른교통은 뽑혔나요?", "네.")
    assert standalone("그건 됐고, 시장은 누구야?", past, KOREAN) == ["시장은 누구야?"]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("표 얘기는 됐고, 시장은 누구야?", "시장은 누구야?"),
        ("다른 얘긴데 시장은 누구야?", "시장은 누구야?"),
    ],
)
def test_a_change_of_subject_is_left_out_and_its_words_point_to_nobody(text, alone):
    past = said("한빛버스는 언제 다니나요?", "한빛버스는 7월에 다닌다. [1]")
    assert standalone(text, past, KOREAN) == [alone]


@pytest.mark.parametrize(
    ("before", "told", "text", "alone"),
    [
        (
            "7월 1일에는 뭘 하나요?",
            "새 노선이 다닌다. [1]",
            "그때 빠지는 회사는?",
            "7월 1일에 빠지는 회사는?",
        ),
        (
            "노선 평가는 언제 해?",
            "12월에 한다. [1]",
            "그때 몇 곳이 남아?",
            "노선 평가 때 몇 곳이 남아?",
        ),
        (
            "누가 뽑혔어?",
            "한빛버스와 푸른교통이다. [1]",
            "그 둘은 얼마를 받아?",
            "한빛버스와 푸른교통은 얼마를 받아?",
        ),
    ],
)
def test_a_time_and_two_parties_that_were_said_before_are_said_again(before, told, text, alone):
    assert standalone(text, said(before, told), KOREAN)[0] == alone
