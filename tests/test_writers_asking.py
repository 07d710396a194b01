"""What is asked in other words: members, counts, days, values of before, sections gone through."""

from __future__ import annotations

import pytest
from town import drafted, news, quotes, reading

from assistant.answer import Status
from assistant.question import Kind, Want, analyse

SCHOOL = """# 가온시, 통학버스를 맡을 회사를 뽑았다

가온시는 3월 10일 통학버스를 맡을 곳으로 한빛버스, 푸른교통, 나래운수를 뽑았다. \
동녘여객은 심사에서 탈락했다.

## 지원

충전 설비 지원(40억원)은 한빛버스, 푸른교통, 나래운수 3개 회사에 집중된다. \
샛별고속은 전기 공급사로 뽑혀 충전 설비 지원 대상에서 제외됐다. \
각 회사는 충전기 12대를 지원받는다. 버스 구입에는 60억원이 든다.

## 부문별 예산

- 차고지: 25억원
- 정류장: 15억원

## 앞으로

세 회사는 3월 말 시와 협약을 체결하고 운행을 시작한다. 6월 평가를 거쳐 두 회사로 줄어든다.
시는 학생 3만 명에게 버스를 태우는 것을 목표로 한다. 만족도는 71.5%로 4년 전보다 3.5%포인트 낮았다.
"""


def told(question: str) -> str:
    """What is answered, as text."""
    return " ".join(quotes(drafted(question, news(SCHOOL))))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("충전 설비를 지원받는 회사들을 적어 줘", "한빛버스, 푸른교통, 나래운수 3개"),
        ("충전 설비 지원은 어디가 받아?", "한빛버스, 푸른교통, 나래운수 3개"),
        ("세 회사가 두 회사로 줄어드는 때는?", "6월 평가"),
        ("동녘여객이 지원받는 충전기는 몇 대야?", "동녘여객은 심사에서 탈락"),
        ("부문별 예산을 뽑아 줘", "차고지: 25억원"),
    ],
)
def test_the_sentence_that_is_meant_is_found(question, said):
    assert said in told(question)


def test_a_section_is_gone_through_row_by_row():
    rows = quotes(drafted("부문별 예산을 표로 부탁해", news(SCHOOL)))
    assert list(rows) == ["차고지: 25억원", "정류장: 15억원"]


def test_a_dropped_party_gets_nothing():
    draft = drafted("동녘여객이 지원받는 충전기는 몇 대야?", news(SCHOOL))
    assert draft.status is Status.CORRECTED


@pytest.mark.parametrize(
    "question",
    [
        "협약은 실제로 체결됐나?",
        "버스를 타는 학생은 현재 몇 명이야?",
        "6월 평가 결과는 어떻게 나왔어?",
    ],
)
def test_what_is_ahead_has_not_happened(question):
    draft = drafted(question, news(SCHOOL))
    assert draft.status is Status.ABSTAINED


def test_a_share_of_before_is_reckoned_from_its_points():
    draft = drafted("4년 전 만족도는 몇 퍼센트였어?", news(SCHOOL))
    assert draft.points[0].how == "71.5% + 3.5%포인트 = 75%"


@pytest.mark.parametrize(
    ("question", "kind", "want"),
    [
        ("예산 항목별 금액을 표로 부탁해", Kind.EACH, Want.MONEY),
        ("뽑힌 회사 수는?", Kind.FACT, Want.COUNT),
        ("회사가 줄어드는 때는?", Kind.FACT, Want.DATE),
        ("높은 점수를 받은 까닭 세 가지는?", Kind.WHY, Want.REASON),
        ("협약부터 시작까지 단계를 보여줘", Kind.SCHEDULE, Want.DATE),
        ("참여한 회사 이름만 뽑아줘", Kind.LIST, Want.ANY),
    ],
)
def test_kind_and_want_are_read_off_the_words(question, kind, want):
    asked = analyse(question, reading()[1])
    assert (asked.kind, asked.want) == (kind, want)


def test_a_loan_word_is_read_in_its_standard_spelling():
    assert analyse("데이타 메세지").text == "데이터 메시지"


def test_a_part_is_put_beside_the_whole():
    text = "시는 총 200억원을 쓴다. 충전 설비에는 50억원이 지원된다."
    draft = drafted("충전 설비 예산은 전체의 몇 퍼센트야?", news(text))
    assert draft.points[0].how == "50억원 ÷ 200억원 = 25.0%"


def test_two_sums_asked_one_after_the_other_are_compared():
    text = "충전 설비에는 50억원이 지원된다. 버스 구입에는 60억원이 지원된다."
    draft = drafted("충전 설비 예산이 커 버스 구입 예산이 커?", news(text))
    assert draft.points[0].how == "50억원 < 60억원"


def test_what_another_thing_is_excluded_from_denies_no_count():
    text = "한빛버스는 충전 지원에서 제외됐다. 한빛버스는 전기버스를 몬다."
    draft = drafted("한빛버스 전기버스 배터리에 들어가는 셀은 몇 개야?", news(text))
    assert draft.status is Status.ABSTAINED


def test_a_part_of_people_is_not_reckoned_from_sums():
    text = "시는 총 200억원을 쓴다. 통학버스에는 50억원이 든다. 학생은 전체 3만 명이다."
    draft = drafted("전체 학생의 몇 퍼센트가 통학버스를 타나?", news(text))
    assert all("÷" not in (point.how or "") for point in draft.points)
