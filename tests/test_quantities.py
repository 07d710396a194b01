"""Quantities: one value however it is written, and a printed one reads back as itself."""

import time
import unicodedata
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.quantities import Bound, Quantity, find_quantities, format_quantity, same_value

SAME = {
    "eok": ["2,378억원", "2378억 원", "237.8 billion won", "₩237.8bn", "이천삼백칠십팔억 원"],
    "share-price": ["23만 6,500원", "236,500원", "KRW 236,500", "23만6500원", "236,500 won"],
    "percent": ["5.33%", "5.33 퍼센트", "5.33 percent", "오점삼삼 퍼센트"],
    "teams": ["다섯 팀", "5개 팀", "5팀", "five teams", "다섯팀", "five elite AI teams"],
    "cards": ["1,024장", "1024 cards", "1,024 H100 GPUs", "１，０２４장"],
    "parameters": ["200B급", "200B parameters", "2,000억 개 파라미터"],
    "years": ["3년간", "three years", "3 years"],
    "people": ["1,000만 명", "10 million people", "천만 명", "10 million users"],
    "first": ["1차", "첫 번째", "first", "1st", "제1차"],
    "jo": ["1조 2천억", "1조 2,000억", "1.2 trillion", "1,200,000,000,000"],
    "fifteen": ["열다섯 명", "15명", "fifteen people"],
}
DIFFERENT = [
    ("2,378억 원", "2,378만 원"),
    ("2,378억 원", "23,78억 원"),
    ("5.33%", "5.33%포인트"),
    ("1차", "1회"),
    ("다섯 팀", "다섯 명"),
    ("10~15%", "10%"),
    ("10명 이상", "10명 이하"),
    ("3개월", "3년"),
    ("28억 원", "28억 달러"),
    ("-3.5%", "3.5%"),
]
NOT_QUANTITIES = [
    "B200과 H100", "GPT-4", "B2B·B2C", "5G 통신", "K-EXAONE 4.0 모델", "2025-08-04", "4일",
    "12월 말", "오후 2시 30분", "이 팀은", "한편", "네. 그렇습니다", "0240장", "1.2.3",
    "Qwen 2.5", "no one knows", "192.168.0.1", "공사장", "이사회를 연 이사장",
]  # fmt: skip
HOSTILE = ["1", "1,", " ", "1 ", "1만 ", "1만1", "일", "천", "one ", "hundred ", "1~", "1/", "약 "]
HOSTILE += ["½", "A1", "\u0301", "ᅡ", "1.", "열다섯 ", "한 ", "$", "billion ", "제1 "]


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("spellings", SAME.values(), ids=SAME.keys())
def test_all_spellings_of_a_value_are_the_same(spellings: list[str]) -> None:
    first = only(spellings[0])
    assert all(same_value(first, only(other)) for other in spellings[1:])


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_values_and_units_differ(one: str, other: str) -> None:
    assert not any(same_value(only(one), found) for found in find_quantities(other))


@pytest.mark.parametrize("text", NOT_QUANTITIES)
def test_names_and_dates_are_no_quantities(text: str) -> None:
    assert find_quantities(text) == []


def test_numbers_with_a_shared_unit() -> None:
    found = find_quantities("서류에서 15→10팀으로 줄었다")
    assert [(one.value, one.unit) for one in found] == [(15, "team"), (10, "team")]


def test_a_unit_keeps_its_place_before_a_word_for_worth() -> None:
    assert (only("120억 원짜리 차고지").text, only("5만 원어치").text) == ("120억 원", "5만 원")
    assert only("120억 원짜리 차고지").unit == "KRW"


def test_qualifiers_are_kept() -> None:
    assert only("약 100명").bound is Bound.ABOUT
    assert only("1,000만 이상 사용자").bound is Bound.AT_LEAST
    assert only("fewer than 20 teams").bound is Bound.LESS_THAN
    assert only("40여 개 기업").bound is Bound.MORE_THAN
    assert only("28억원씩").each
    assert only("3-5년").high == 5
    assert (only("$1-2 billion").value, only("$1-2 billion").unit) == (10**9, "USD")
    assert (only("10~15억원").value, only("10~15억원").high) == (10**9, 15 * 10**8)


@pytest.mark.parametrize(
    "text", ["예산은 ２，３７８억\u00a0원", "모두 다섯 팀이다", "상금 1만 2,000원"]
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_offsets_point_into_the_original(text: str, form: str) -> None:
    text = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    found = only(text)
    assert text[found.start : found.end] == found.text
    assert found.value in (237_800_000_000, 5, 12_000)


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_time_grows_with_length_only(piece: str) -> None:
    text = (piece * 5_000)[:5_000]
    find_quantities(text[:100])
    half = min(_seconds(text[:2_500]) for _ in range(3))
    whole = min(_seconds(text) for _ in range(3))
    assert whole < 3 * half + 0.05  # quadratic would be four times as long


def _seconds(text: str) -> float:
    start = time.process_time()
    find_quantities(text)
    return time.process_time() - start


UNITS = ["KRW", "USD", "percent", "point", "team", "company", "person", "sheet", "month", "year"]
UNITS += ["hour", "parameter", "time", "fold", "thing", "consortium", "", "token", "item"]
VALUES = st.one_of(
    st.integers(0, 10**15).map(Fraction),
    st.tuples(st.integers(0, 10**7), st.integers(0, 10**4)).map(
        lambda pair: Fraction(pair[0]) + Fraction(pair[1], 10**4)
    ),
)
QUANTITIES = st.builds(
    Quantity,
    value=VALUES,
    unit=st.sampled_from(UNITS),
    start=st.just(0),
    end=st.just(0),
    text=st.just(""),
    bound=st.sampled_from(list(Bound)),
    each=st.booleans(),
)


@example(Quantity(Fraction(10_000_000_001), "KRW", 0, 0, ""), "ko")
@settings(max_examples=400, deadline=None)
@given(QUANTITIES, st.sampled_from(["ko", "en"]))
def test_a_printed_quantity_reads_back_as_itself(quantity: Quantity, language: str) -> None:
    printed = format_quantity(quantity, language)
    read = only(printed)
    assert same_value(read, quantity), printed
    assert (read.bound, read.each) == (quantity.bound, quantity.each), printed
    if quantity.unit != "time" or language == "ko":
        assert read.unit == quantity.unit


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789,.~-→ 만억조천원%팀개한다섯one twoBGK제약$½", max_size=40))
def test_nothing_breaks_and_spans_are_ordered(text: str) -> None:
    end = 0
    for found in find_quantities(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        end = found.end


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("사흘 동안 비가 왔다", 3, "day"),
        ("이틀간 열린다", 2, "day"),
        ("열흘 만에 끝났다", 10, "day"),
        ("반년 뒤 평가한다", 6, "month"),
    ],
)
def test_a_span_in_one_word_is_a_value(text, value, unit):
    found = find_quantities(text)
    assert [(one.value, one.unit) for one in found] == [(value, unit)]


def test_a_word_that_only_begins_like_a_span_is_none():
    assert find_quantities("보름달이 떴다") == []
