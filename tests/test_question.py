"""What a question asks for, read off the question alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.names import NameBook
from assistant.question import Kind, Want, analyse, normalise

BOOK = NameBook(["한빛버스", "나래운수", "Hanbit Bus", "Narae Lines"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("한빛버스에 얼마가 지원되나요?", Kind.FACT),
        ("한빛버스가 뽑혔나요?", Kind.YES_NO),
        ("나래운수는 왜 떨어졌나요?", Kind.WHY),
        ("회사별 예산은 얼마인가요?", Kind.EACH),
        ("가장 큰 예산을 받는 곳은?", Kind.SUPERLATIVE),
        ("한빛버스와 나래운수 예산을 합하면?", Kind.SUM),
        ("한빛버스와 나래운수 예산의 차이는?", Kind.DIFFERENCE),
        ("한빛버스와 나래운수 중 어디가 더 많이 받나요?", Kind.COMPARE),
        ("이 글을 요약해 줘", Kind.SUMMARY),
        ("앞으로의 일정을 알려줘", Kind.SCHEDULE),
        ("뽑힌 회사를 모두 알려줘", Kind.LIST),
        ("Is Hanbit Bus in?", Kind.YES_NO),
        ("Why was Narae Lines dropped?", Kind.WHY),
        ("What is the total of Hanbit Bus and Narae Lines?", Kind.SUM),
        ("Which company gets the most?", Kind.SUPERLATIVE),
        ("Summarise the article.", Kind.SUMMARY),
        ("When does the line open?", Kind.FACT),
    ],
)
def test_how_the_answer_has_to_be_put_together(text, kind):
    assert analyse(text, BOOK).kind is kind


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("예산은 얼마인가요?", Want.MONEY),
        ("요금은 몇 % 오르나요?", Want.PERCENT),
        ("새 노선은 언제 다니나요?", Want.DATE),
        ("사업은 몇 년 동안 하나요?", Want.DURATION),
        ("버스는 몇 대인가요?", Want.COUNT),
        ("시장은 누구인가요?", Want.PERSON),
        ("어느 회사가 뽑혔나요?", Want.ORGANISATION),
        ("왜 떨어졌나요?", Want.REASON),
        ("한빛버스의 이름은 뭔가요?", Want.NAME),
        ("How much does it cost?", Want.MONEY),
        ("By what percentage do fares rise?", Want.PERCENT),
        ("When does the line open?", Want.DATE),
        ("How long does the project run?", Want.DURATION),
        ("How many buses are there?", Want.COUNT),
        ("Who is the mayor?", Want.PERSON),
        ("Which company was picked?", Want.ORGANISATION),
        ("Where is the depot?", Want.PLACE),
    ],
)
def test_the_type_of_thing_wanted(text, want):
    assert analyse(text, BOOK).want is want


def test_the_names_of_the_articles_are_terms_with_their_key():
    question = analyse("한빛버스와 동녘여객은 몇 대를 사나요?", BOOK)
    keys = [term.key for term in question.names if term.key]
    assert keys == ["한빛버스"]
    assert all(
        question.text[term.start : term.end].lower() == "한빛버스"
        for term in question.names
        if term.key
    )


def test_what_the_type_says_already_need_not_stand_in_the_answer():
    question = analyse("한빛버스의 지원 금액은 얼마인가요?", BOOK)
    assert "금액" not in {term.form for term in question.heavy}
    assert "지원" in {term.form for term in question.heavy}


def test_a_question_of_light_words_only_keeps_them():
    assert analyse("금액은 얼마인가요?", BOOK).heavy


def test_a_figure_is_one_term():
    question = analyse("한빛버스가 1만 2,000원을 받나요?", BOOK)
    [figure] = [term for term in question.terms if term.number]
    assert question.text[figure.start : figure.end] == "1만 2,000원"


@pytest.mark.parametrize(
    ("text", "past", "now", "lowest"),
    [
        ("어느 회사가 뽑혔나요?", True, False, False),
        ("지금 요금은 얼마인가요?", False, True, False),
        ("예산이 가장 적은 회사는?", False, False, True),
        ("What is the current fare?", False, True, False),
        ("Which firm was picked for the smallest line?", True, False, True),
    ],
)
def test_tense_now_and_direction_are_read(text, past, now, lowest):
    question = analyse(text, BOOK)
    assert (question.past, question.now, question.lowest) == (past, now, lowest)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  버스는\t언제?\r\n", "버스는 언제?"),
        ("버\u0000스", "버 스"),
        ("１２０억", "120억"),
        (unicodedata.normalize("NFD", "버스"), "버스"),
        ("버스\ud800는?", "버스는?"),
        ("\u200b\ufeff", ""),
        (" \n\t ", ""),
    ],
)
def test_a_question_is_brought_into_one_form(raw, clean):
    assert normalise(raw) == clean


@given(st.text(max_size=120))
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(max_size=80))
def test_any_text_is_analysed_and_its_terms_stand_in_it(text):
    question = analyse(normalise(text), BOOK)
    size = len(question.text)
    assert all(0 <= term.start < term.end <= size for term in question.terms)
    assert set(question.heavy) <= set(question.terms)
