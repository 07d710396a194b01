"""Whether a sentence holds a value of the type that a question asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from town import news, reading

from assistant.held import HARDLY, LIKELY, asked_number, holds
from assistant.question import Question, Want, analyse


def held(question: str, sentence: str, want: Want | None = None) -> float:
    """How far a sentence holds what is asked for, in an article that is nothing else."""
    lines, book = reading(news(sentence))
    asked: Question = analyse(question, book)
    line = next(line for line in lines if line.text == sentence)
    return holds(replace(asked, want=want) if want else asked, line, book)


MONEY = "한빛버스에는 120억 원이 지원된다."
FLEET = "한빛버스는 전기버스 40대를 들여온다."
PICKED = "한빛버스, 푸른교통, 나래운수가 뽑혔다."


@pytest.mark.parametrize(
    ("question", "has", "has_not"),
    [
        ("한빛버스에는 얼마가 지원되나요?", MONEY, FLEET),
        ("요금은 몇 % 오르나요?", "요금은 5.5% 오른다.", "요금은 77원 오른다."),
        ("공사는 몇 년 동안 하나요?", "공사는 3년 동안 한다.", "공사에 3억 원이 든다."),
        ("새 노선은 언제 다니나요?", "새 노선은 7월 1일부터 다닌다.", "새 노선은 40대로 다닌다."),
        ("노선 길이는 얼마인가요?", "노선은 12km다.", "노선은 강가를 지난다."),
        (
            "동녘여객은 왜 떨어졌나요?",
            "동녘여객은 차고지가 부족했기 때문에 떨어졌다.",
            "동녘여객은 심사에서 떨어졌다.",
        ),
        ("운전사는 몇 명인가요?", "한빛버스는 운전사 85명을 뽑는다.", FLEET),
        ("운전사는 몇 명인가요?", "한빛버스는 운전사 85명을 뽑는다.", MONEY),
        (
            "How much does Hanbit Bus receive?",
            "Hanbit Bus receives 12 billion won.",
            "Hanbit Bus runs 40 electric buses.",
        ),
        (
            "When do the new lines open?",
            "The new lines open on July 1.",
            "The new lines open with 40 buses.",
        ),
    ],
)
def test_a_value_is_held_by_a_sentence_with_one_of_its_type_only(question, has, has_not):
    assert held(question, has) == 1.0
    assert held(question, has_not) == 0.0


def test_a_question_of_no_type_takes_every_sentence():
    assert held("버스는 어떻게 달리나요?", "버스는 전기로 달린다.") == 1.0


def test_a_place_is_not_looked_for_by_its_type():
    assert held("차고지는 어디에 짓나요?", "차고지는 강가에 짓는다.", Want.PLACE) == 1.0


@pytest.mark.parametrize(
    "question", ["한빛버스 대표는 누구인가요?", "한빛버스 대표의 이름은 무엇인가요?"]
)
def test_the_holder_of_an_office_is_a_person_beside_its_title(question):
    assert held(question, "한빛버스 김하늘 대표는 고맙다고 말했다.") == 1.0
    assert held(question, "한빛버스는 푸른교통과 함께 달린다.") == 0.0


def test_an_english_holder_of_an_office_is_a_person_too():
    question = "Who is the president of Hanbit Bus?"
    assert held(question, "Hanbit Bus president Mina Seo thanked the town of Gaon.") == 1.0
    assert held(question, "Hanbit Bus beat Pureun Transit in the town of Gaon.") == 0.0


def test_a_company_beside_the_title_is_no_person():
    sentence = "네이버 대표는 고맙다고 말했다."
    assert held("모임의 대표는 누구인가요?", sentence) == 0.0


def test_the_one_asked_about_does_not_answer_for_itself():
    question = "한빛버스가 이긴 회사는 어디인가요?"
    assert held(question, "한빛버스는 푸른교통을 이겼다.") == 1.0
    assert held(question, "한빛버스는 내기에서 이겼다.") == 0.0


def test_two_companies_are_two_names():
    question = "노선을 맡은 두 회사는 어디인가요?"
    assert held(question, "한빛버스와 푸른교통이 노선을 맡는다.") == 1.0
    assert held(question, "한빛버스가 노선을 맡는다.") == 0.0


def test_a_partner_is_told_by_a_word_for_being_together():
    question = "한빛버스와 함께하는 곳은 어디인가요?"
    assert held(question, "한빛버스는 푸른교통과 함께 달린다.") == 1.0
    assert held(question, "한빛버스는 푸른교통보다 크다.") == 0.0


def test_a_list_holds_two_names_or_more():
    assert held("뽑힌 회사 명단을 알려줘", PICKED) == 1.0
    assert held("뽑힌 회사 명단을 알려줘", "한빛버스가 뽑혔다.") == 0.0


def test_a_list_without_the_word_may_be_meant_by_a_sentence_without_names():
    question = "어떤 버스들이 다니나요?"
    assert held(question, "작은 버스가 다닌다.", Want.ANY) == HARDLY
    assert held(question, "작은 버스, 큰 버스, 빠른 버스가 다닌다.", Want.ANY) == 1.0


def test_as_many_names_as_were_asked_for():
    one = "가온시는 앱 ‘새벽첫차’를 낸다."
    assert held("앱 이름은?", one, Want.NAME) == 1.0
    assert held("앱 이름은?", "요금이 오른다.", Want.NAME) == HARDLY
    assert held("회사 3곳의 이름은?", PICKED, Want.NAME) == 1.0
    assert held("회사 3곳의 이름은?", "한빛버스가 뽑혔다.", Want.NAME) == 0.0


@pytest.mark.parametrize(
    ("question", "sentence", "value"),
    [
        ("뽑힌 회사는 몇 곳인가요?", "가온시는 회사 3곳을 뽑았다.", 1.0),
        ("전기버스는 몇 대인가요?", FLEET, 1.0),
        ("전기버스는 몇 대인가요?", "강가 공원에 자전거 40대를 놓았다.", LIKELY),
        ("뽑힌 회사는 몇 곳인가요?", PICKED, HARDLY),
        ("뽑힌 회사는 몇 곳인가요?", "한빛버스가 뽑혔다.", 0.0),
        ("뽑힌 회사는 몇 곳인가요?", "심사에는 3년이 걸렸다.", 0.0),
        ("How many buses will Hanbit Bus run?", "Hanbit Bus will run 40 buses.", 1.0),
    ],
)
def test_a_count_is_of_the_thing_counted_in_its_unit(question, sentence, value):
    assert held(question, sentence) == value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Which two companies were picked?", 2),
        ("세 팀은 어디인가요?", 3),
        ("40개 기업은 어디인가요?", 40),
        ("1차 심사에 오른 회사는?", 1),
        ("120억 원을 받는 회사는?", 1),
        ("회사는 어디인가요?", 1),
    ],
)
def test_a_question_says_how_many_it_asks_for(text, number):
    assert asked_number(analyse(text)) == number


def test_the_holder_of_an_office_is_read_in_a_sentence_of_the_other_language():
    from assistant.held import holder
    from assistant.question import analyse

    asked = analyse("Who is the mayor of Dodam?")
    assert holder(asked, "김나래 도담시장은 “배를 띄우겠다”고 말했다.") == "김나래"
    assert holder(asked, "김나래 도담군수는 “배를 띄우겠다”고 말했다.") is None
