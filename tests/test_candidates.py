"""The sentences of the evidence: what each says itself, and of whom it speaks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from town import news, reading, town

from assistant import lexicon
from assistant.candidates import Line, topic_of
from assistant.content_words import words_of
from assistant.names import NameBook

PICKED = "한빛버스, 푸른교통, 나래운수가 뽑혔다."
TOLD = news(
    f"{PICKED}\n\n한빛버스는 전기버스를 산다. 새 차고지도 짓는다. 푸른교통은 쉰다. 표는 그대로다."
)
BOOK = NameBook(["한빛버스", "푸른교통", "가온시", "Hanbit Bus"])


def line(text: str) -> Line:
    return next(one for one in reading(TOLD)[0] if one.text == text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("한빛버스는 쉰다.", "한빛버스"),
        ("오늘 한빛버스는 쉰다.", "한빛버스"),
        ("한빛버스가 쉰다.", "한빛버스"),
        ("한빛버스의 목표는 하나다.", "한빛버스"),
        ("Hanbit Bus rests today.", "Hanbit Bus"),
        ("한빛버스를 좋아한다.", None),
        ("어제 저녁 광장의 긴 의자 앞에서 한빛버스는 쉰다.", None),
        ("Today Hanbit Bus rests.", None),
        ("버스는 쉰다.", None),
    ],
)
def test_a_sentence_opens_with_the_name_it_speaks_of(text, topic):
    found = topic_of(text, BOOK.find(text))
    assert (found.text if found else None) == topic


def test_a_sentence_with_a_subject_speaks_of_it_and_inherits_none():
    own = line("푸른교통은 쉰다.")
    assert own.speaks_of == own.names == BOOK_KEYS["푸른교통"]
    assert own.topic is None
    assert own.topic_span is None
    assert own.opens_with_name


@pytest.mark.parametrize(
    ("text", "subject", "said_in"),
    [
        ("새 차고지도 짓는다.", "한빛버스", "한빛버스는 전기버스를 산다."),
        ("표는 그대로다.", "푸른교통", "푸른교통은 쉰다."),
    ],
)
def test_a_sentence_without_a_subject_speaks_of_the_last_one(text, subject, said_in):
    left_out = line(text)
    assert left_out.speaks_of == BOOK_KEYS[subject]
    assert not left_out.names
    assert left_out.topic_span is not None
    assert left_out.topic_span.quote == said_in


def test_where_nobody_is_named_nobody_is_spoken_of():
    assert line("버스 소식").speaks_of == frozenset()
    assert line(PICKED).speaks_of == frozenset()


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("버스, 트램, 자전거가 달린다.", 3),
        ("버스·트램·자전거·배가 다닌다.", 4),
        ("빨간 버스와 파란 버스와 노란 버스가 달린다.", 3),
        ("Buses, trams and bikes run.", 3),
        ("요금은 1,400원이다.", 1),
        ("버스가 달린다.", 1),
    ],
)
def test_the_things_of_an_enumeration_are_counted(text, items):
    sentence = replace(line(PICKED).sentence, text=text)
    assert replace(line(PICKED), sentence=sentence).items == items


def test_words_said_not_to_be_are_known_by_their_meaning():
    signing = lexicon.concepts_of("서명")
    assert signing <= words_of("한빛버스는 서명하지 않았다.").negated
    assert not words_of("한빛버스는 서명했다.").negated
    assert signing <= words_of("한빛버스는 서명했다.").concepts


def test_a_near_copy_repeats_no_sentence_and_other_articles_do():
    article = town()
    other = replace(article, id="other")
    count = len(reading(article)[0])
    assert len(reading(article, other)[0]) == 2 * count
    copies = [replace(one, group="bus-story") for one in (article, other)]
    assert len(reading(*copies)[0]) == count


BOOK_KEYS = {mention.text: frozenset({mention.key}) for mention in reading(TOLD)[1].find(PICKED)}


def test_what_a_report_opens_with_is_what_all_of_it_may_be_about():
    article = news("가온시가 다리를 놓는다.\n\n공사는 3월에 시작한다.")
    lines, book = reading(article)
    later = next(one for one in lines if one.text == "공사는 3월에 시작한다.")
    assert {mention.key for mention in book.find("가온시")} <= later.names_above


def test_a_lead_of_many_parties_is_about_none_of_them():
    article = news("한빛버스, 푸른교통, 나래운수, 달빛교통이 뽑혔다.\n\n공사는 3월에 시작한다.")
    lines, _ = reading(article)
    assert not next(one for one in lines if one.text.startswith("공사")).names_above


def test_the_same_evidence_has_the_same_book_of_names():
    assert reading(TOLD)[1] is reading(TOLD)[1]
