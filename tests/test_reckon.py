"""Values that one sentence implies: so much each for so many, and what stood before a change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from town import news, reading

from assistant.answer import Verdict
from assistant.draft import Draft
from assistant.question import analyse
from assistant.writers.reckon import before_change, product
from assistant.writers.scene import Scene, set_scene
from prompts.loader import frame

EACH = "가온시는 회사 3곳을 뽑았다. 버스 예산으로 40억 원씩 지원한다."
TOGETHER = "세 회사의 버스 예산은 모두 얼마인가요?"
FARE = "한빛버스 요금은 원래 얼마였나요?"


def reckoned(by: Callable[[Scene], Draft | None], question: str, body: str) -> Draft | None:
    lines, book = reading(news(body))
    return by(set_scene(analyse(question, book), lines, book))


def test_so_much_each_for_so_many_is_multiplied():
    draft = reckoned(product, TOGETHER, EACH)
    assert draft is not None
    stated, *quoted = draft.points
    assert stated.text == frame("ko", "product", value="120억 원")
    assert (stated.verdict, stated.how) == (Verdict.DERIVED, "40억 원 × 3곳 = 120억 원")
    assert {point.text for point in quoted} == {
        "가온시는 회사 3곳을 뽑았다.",
        "버스 예산으로 40억 원씩 지원한다.",
    }


def test_the_product_is_told_in_the_language_of_the_question():
    body = "Gaon picked 3 companies. The companies get 20 buses each."
    draft = reckoned(product, "How many buses do the three companies get together?", body)
    assert draft is not None
    assert "60" in draft.points[0].text
    assert draft.points[0].how == "20 × 3 companies = 60"


def test_what_each_gets_is_added_up_when_that_is_asked():
    draft = reckoned(product, "회사별 버스 예산을 세 회사 합산하면 얼마씩인가?", EACH)
    assert draft is not None
    assert draft.points[0].how == "40억 원 × 3곳 = 120억 원"


def test_a_word_for_each_anywhere_in_the_sentence_is_enough():
    body = "가온시는 회사 3곳을 뽑았다. 회사마다 버스 예산은 40억 원이다."
    draft = reckoned(product, TOGETHER, body)
    assert draft is not None
    assert draft.points[0].how == "40억 원 × 3곳 = 120억 원"


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("버스 예산은 모두 얼마인가요?", EACH),  # counts nothing
        ("네 회사의 버스 예산은 모두 얼마인가요?", EACH),  # another count than the article's
        ("세 회사의 지하철 예산은 모두 얼마인가요?", EACH),  # not what the sentence is about
        (TOGETHER, "가온시는 회사 3곳을 뽑았다. 버스 예산은 40억 원이다."),  # not each
        (TOGETHER, "버스 예산으로 40억 원씩 지원한다."),  # nobody says how many they are
        (TOGETHER, "가온시는 회사 3곳을 뽑았다. 버스 예산 40억 원은 회사마다 다르게 나눈다."),
        (TOGETHER, "가온시는 회사 3곳을 뽑았다. 회사마다 다르게, 버스 예산은 40억 원이다."),
        ("세 회사가 버스 예산을 한 곳당 얼마씩 받나요?", EACH),  # what one of them gets
        (TOGETHER, "가온시는 회사를 3번째로 뽑았다. 버스 예산으로 40억 원씩 지원한다."),
    ],
)
def test_without_a_count_or_a_share_of_each_nothing_is_multiplied(question, body):
    assert reckoned(product, question, body) is None


@pytest.mark.parametrize(
    ("sentence", "value", "how"),
    [
        ("한빛버스 요금은 200원 오른 1,600원이 됐다.", "1,400원", "1,600원 - 200원 = 1,400원"),
        ("한빛버스 요금은 1,600원으로 200원 올랐다.", "1,400원", "1,600원 - 200원 = 1,400원"),
        ("한빛버스 요금은 200원 내린 1,600원이 됐다.", "1,800원", "1,600원 + 200원 = 1,800원"),
        ("한빛버스 요금은 1,600원으로 200원 내렸다.", "1,800원", "1,600원 + 200원 = 1,800원"),
    ],
)
def test_what_stood_before_a_change_is_counted_back(sentence, value, how):
    draft = reckoned(before_change, FARE, sentence)
    assert draft is not None
    assert draft.points[0].text == frame("ko", "base", value=value)
    assert draft.points[0].how == how
    assert draft.points[1].text == sentence


def test_an_english_change_is_counted_back():
    sentence = "The Hanbit Bus fare is now 1,600 won, up 200 won in March."
    draft = reckoned(before_change, "How much was the Hanbit Bus fare before?", sentence)
    assert draft is not None
    assert draft.points[0].text == frame("en", "base", value="1,400 won")


@pytest.mark.parametrize(
    ("question", "sentence", "how"),
    [
        (
            "How many buses did Hanbit Bus run last year?",
            "Hanbit Bus ran 90 buses in 4 towns, 12 buses fewer than last year.",
            "90 + 12",
        ),
        (
            "What was the Hanbit Bus depot originally planned to cost?",
            "The Hanbit Bus depot cost 9 million dollars, 1 million more than planned.",
            "9 million dollars - 1 million",
        ),
    ],
)
def test_what_is_more_or_fewer_than_before_is_counted_back(question, sentence, how):
    draft = reckoned(before_change, question, sentence)
    assert draft is not None
    assert str(draft.points[0].how).split(" = ")[0] == how


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("한빛버스 요금은 얼마인가요?", "한빛버스 요금은 200원 오른 1,600원이 됐다."),
        (FARE, "한빛버스 요금은 200원 오른 1,600원, 기본료는 900원이 됐다."),
        (FARE, "한빛버스 요금은 200원 올랐다 내려 1,600원이 됐다."),
        (FARE, "한빛버스 요금은 200원 바뀌어 1,600원이 됐다."),
        (FARE, "한빛버스 요금은 1,400원에서 1,600원으로 올랐다."),
        (FARE, "한빛버스 요금은 1,600원에서 200원 올랐다."),
        (FARE, "한빛버스 요금은 5% 오른 1,600원이 됐다."),
        (FARE, "한빛버스 요금은 200원 오른 200원이 됐다."),
        ("푸른교통 요금은 원래 얼마였나요?", "한빛버스 요금은 200원 오른 1,600원이 됐다."),
        (
            "How much was the Hanbit Bus fare before?",
            "The Hanbit Bus fare is now 1,600 won, up from 1,400 won.",
        ),
    ],
)
def test_an_ambiguous_change_is_not_counted_back(question, sentence):
    lines, book = reading(news(sentence), news("푸른교통과 한빛버스가 달린다.", "other"))
    scene = set_scene(analyse(question, book), lines, book)
    assert scene.best is not None
    assert scene.best.line.text == sentence
    assert before_change(scene) is None
