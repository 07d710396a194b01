"""What a question asks for, read off the question alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.held import asked_number
from assistant.lexicon_spelling import retyped
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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("첫 운행은 언재 하나요?", "첫 운행은 언제 하나요?"),
        ("예산이 얼마나 드러가나요?", "예산이 얼마나 들어가나요?"),
        ("한빛버스와 가치 하는 회사는?", "한빛버스와 같이 하는 회사는?"),
        ("한빛버스의 예산은 얼마인가요?", "한빛버스의 예산은 얼마인가요?"),
    ],
)
def test_a_slip_by_sound_is_read_as_what_is_meant(typed, meant):
    assert retyped(typed, lambda _: False) == meant


def test_no_slip_is_undone_in_a_name():
    assert retyped("한바름이 넣은 골은?", lambda word: word == "한바름") == "한바름이 넣은 골은?"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("어떤 두 회사가 빠졌나요?", 2),
        ("다섯 팀이 무슨 이름을 받나요?", 1),
        ("Which two companies were left out?", 2),
        ("Which ministry picked the five teams?", 1),
    ],
)
def test_a_number_counts_what_is_asked_for_and_nothing_else(text, number):
    assert asked_number(analyse(text, BOOK)) == number


def test_a_quoted_name_asks_for_no_list():
    assert analyse("‘모두의 길’을 지은 회사는 언제 생겼나?", BOOK).kind is Kind.FACT


@pytest.mark.parametrize(
    ("text", "word"),
    [("On which day of the month does it open?", "day"), ("어느 달에 여나요?", "달")],
)
def test_the_word_for_a_day_needs_no_repeating_where_a_date_is_asked_for(text, word):
    question = analyse(text, BOOK)
    assert question.want is Want.DATE
    assert word not in {term.form for term in question.heavy}


@pytest.mark.parametrize("text", ["회사들 이름도 알 수 있을까?", "회사 이름을 알려줄 수 있어요?"])
def test_what_is_politely_asked_for_wants_no_yes(text):
    assert analyse(text, BOOK).kind is not Kind.YES_NO


def test_an_english_question_may_name_somebody_in_korean():
    assert analyse("What did 한빛버스 say about the new routes?", BOOK).language == "en"
    assert analyse("Hanbit Bus는 What is it 노선을 바꿔?", BOOK).language == "ko"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("한빛버스 사장 이름 머임?", "한빛버스 사장 이름 뭐임?"),
        ("신제품 이름이 모에요", "신제품 이름이 뭐에요"),
        ("지피유지원 규모", "GPU지원 규모"),
        ("모여 있는 곳은 어디야?", "모여 있는 곳은 어디야?"),
    ],
)
def test_chat_spelling_is_read_as_what_is_meant(typed, meant):
    assert analyse(typed).text == meant


def test_that_day_needs_no_repeating():
    terms = analyse("Did Hanbit or Gaon shares gain more that day?").terms
    assert [term.light for term in terms if term.form == "day"] == [True]


@pytest.mark.parametrize("text", ["새 노선을 짧게 요약해 줘", "Summarise the new routes."])
def test_how_to_sum_up_is_no_word_of_the_subject(text):
    question = analyse(text)
    assert question.kind is Kind.SUMMARY
    assert all(term.form not in {"짧", "summaris"} for term in question.heavy)
