"""A follow-up that speaks of a person is about the person whom the last answer names."""

from __future__ import annotations

import pytest
from town import news, reading, town

from assistant.answer import Turn
from assistant.dialogue import standalone

_, KOREAN = reading(town(), news("한빛버스 김하늘 대표는 고맙다고 말했다."))
_, ENGLISH = reading(town("en"))
ASKED = "한빛버스 대표는 누구인가요?"
ASKED_EN = "Who leads Hanbit Bus?"
TOLD_EN = "Hanbit Bus president Mina Seo thanked the town."


def first(question: str, asked: str, told: str) -> str:
    """The likeliest reading of a follow-up to one question and its answer."""
    book = ENGLISH if question.isascii() else KOREAN
    return standalone(question, [Turn("user", asked), Turn("assistant", told)], book)[0]


@pytest.mark.parametrize(
    "told",
    [
        "한빛버스 김하늘 대표는 고맙다고 말했다.",
        "김하늘 대표이사는 고맙다고 말했다.",
        "김하늘 한빛버스 대표이사는 고맙다고 말했다.",
    ],
)
@pytest.mark.parametrize(
    ("question", "reading_of_it"),
    [
        ("그 사람은 언제 취임했나요?", "김하늘은 언제 취임했나요?"),
        ("그분의 나이는?", "김하늘의 나이는?"),
    ],
)
def test_that_person_is_the_holder_of_the_office_named_last(told, question, reading_of_it):
    assert first(question, ASKED, told) == reading_of_it


@pytest.mark.parametrize(
    ("question", "reading_of_it"),
    [
        ("What did she say?", "What did Mina Seo say?"),
        ("When was he born?", "When was Mina Seo born?"),
        ("What is her plan?", "What is Mina Seo's plan?"),
    ],
)
def test_an_english_pronoun_of_a_person_is_the_person(question, reading_of_it):
    assert first(question, ASKED_EN, TOLD_EN) == reading_of_it


def test_a_follow_up_that_speaks_of_no_person_is_about_the_company():
    told = "한빛버스 김하늘 대표는 고맙다고 말했다."
    assert first("예산은 얼마인가요?", ASKED, told).startswith("한빛버스")
    assert "Mina Seo" not in first("When does it start?", ASKED_EN, TOLD_EN)


def test_where_the_answer_names_nobody_no_person_is_made_up():
    reading_of_it = first("그 사람은 언제 취임했나요?", ASKED, "한빛버스가 뽑혔다.")
    assert "김하늘" not in reading_of_it
    assert "취임했나요?" in reading_of_it
