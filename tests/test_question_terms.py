"""The terms of a question: which an answer must speak of, and which its type says already."""

from __future__ import annotations

import pytest
from town import news, reading

from assistant import lexicon
from assistant.question import analyse
from assistant.question_terms import Term

_, BOOK = reading(news("한빛버스, 푸른교통, 나래운수가 뽑혔다. Hanbit Bus runs."))


def terms(question: str) -> tuple[Term, ...]:
    return analyse(question, BOOK).terms


def light(question: str) -> list[str]:
    return [term.form for term in terms(question) if term.light]


def heavy(question: str) -> list[str]:
    return [term.form for term in terms(question) if not term.light]


@pytest.mark.parametrize(
    ("question", "choices", "rest"),
    [
        ("한빛버스와 푸른교통 중 어느 쪽이 빠른가요?", ["한빛버스", "푸른교통"], ["빠르"]),
        ("한빛버스랑 나래운수 중 어디가 쉬나요?", ["한빛버스", "나래운수"], ["쉬"]),
        ("버스와 트램 중 무엇을 타나요?", ["버스", "트램"], ["타"]),
    ],
)
def test_an_answer_need_not_speak_of_both_choices(question, choices, rest):
    assert light(question) == choices
    assert heavy(question) == rest


def test_what_is_compared_is_no_choice():
    assert {"버스", "트램"} <= set(heavy("버스와 트램 중 어느 것이 더 빠른가요?"))


@pytest.mark.parametrize(
    ("question", "excepted", "asked"),
    [
        ("한빛버스 말고 뽑힌 회사는?", {"한빛버스"}, {"뽑히"}),
        ("버스 요금 외에 오르는 것은?", {"버스", "요금"}, {"오르"}),
        ("Which firms were picked besides Hanbit Bus?", {"hanbit bus"}, {"pick"}),
        ("Which firms were picked other than Hanbit Bus?", {"hanbit bus"}, {"pick"}),
    ],
)
def test_an_answer_need_not_speak_of_an_exception(question, excepted, asked):
    assert excepted <= set(light(question))
    assert asked <= set(heavy(question))


def test_without_a_choice_or_an_exception_nothing_is_set_aside():
    assert heavy("한빛버스와 푸른교통은 어디를 달리나요?") == ["한빛버스", "푸른교통", "달리"]


@pytest.mark.parametrize(
    ("question", "whole", "part"),
    [
        ("재생에너지 사용량은 어떤가요?", "재생에너지", "에너지"),
        ("전기자동차는 몇 대인가요?", "전기자동차", "자동차"),
    ],
)
def test_a_compound_that_the_lexicon_knows_is_one_term(question, whole, part):
    compound = terms(question)[0]
    assert (compound.form, compound.concepts) == (whole, lexicon.concepts_of(whole))
    assert question[compound.start : compound.end] == whole
    assert part not in {term.form for term in terms(question)}


def test_a_compound_that_is_unknown_means_what_its_last_part_means():
    [compound] = [term for term in terms("통신사 고객은 누구인가요?") if term.form == "통신사"]
    assert compound.concepts
    assert heavy("노선 운행률은 어떤가요?")[:2] == ["노선", "운행"]


def test_a_single_syllable_at_a_noun_is_light():
    spoken = terms("차고지 증설비는 얼마인가요?")
    assert ("증설", False) in [(term.form, term.light) for term in spoken]
    assert ("비", True) in [(term.form, term.light) for term in spoken]
    assert "비" in heavy("비는 언제 오나요?")


@pytest.mark.parametrize(
    ("question", "counted"),
    [("각 정류장 손님은 몇 명인가요?", "정류장"), ("정류장별 손님은 몇 명인가요?", "정류장")],
)
def test_what_is_only_gone_through_is_light(question, counted):
    assert counted in light(question)
    assert counted in heavy("정류장 손님은 몇 명인가요?")


def test_a_turn_of_phrase_is_one_term_with_the_meaning_of_its_plain_word():
    question = "쓴잔을 마신 회사는 어디인가요?"
    phrase = terms(question)[0]
    assert (phrase.form, phrase.verb) == ("탈락", True)
    assert phrase.concepts == lexicon.concepts_of("탈락")
    assert question[phrase.start : phrase.end] == "쓴잔을 마신"
    assert not any(term.form in {"쓴잔", "마시"} for term in terms(question))


def test_a_figure_is_a_term_with_its_unit():
    [figure] = [term for term in terms("전기버스 40대를 산 곳은?") if term.number]
    assert figure.form == "40대"


def test_a_total_is_asked_for_by_its_word():
    assert any(term.total for term in terms("버스 예산은 총 얼마인가요?"))
    assert not any(term.total for term in terms("버스 예산은 얼마인가요?"))


def test_where_every_word_is_light_all_of_them_count():
    assert heavy("금액은 얼마인가요?") == ["금액"]
    assert "금액" in light("버스 금액은 얼마인가요?")


@pytest.mark.xfail(
    reason="the verb of an exception (제외하고) counts as a word that the answer must say",
    strict=True,
)
def test_the_verb_of_an_exception_is_set_aside_with_it():
    assert "제외" not in heavy("한빛버스를 제외하고 뽑힌 회사는?")


@pytest.mark.parametrize("question", ["나래운스는 언제 쉬나요?", "나래운수는 언제 쉬나요?"])
def test_a_slip_of_a_name_is_the_name(question):
    names = [term for term in terms(question) if term.name]
    assert [term.key for term in names][:1] == [BOOK.find("나래운수")[0].key]
