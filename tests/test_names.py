"""Which names a text uses, and where a text says one of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.names import NameBook
from assistant.names_used import names_in, squeeze, strip_particle, titles_in

BOOK = NameBook(["한빛버스", "나래운수", "Hanbit Bus", "K-Ride", "GB", "네이버", "네이버클라우드"])


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("한빛버스는", "한빛버스"),
        ("나래운수에서도", "나래운수"),
        ("K-Ride의", "K-Ride"),
        ("한빛버스", "한빛버스"),
        ("나이", "나이"),
    ],
)
def test_a_particle_is_taken_off_but_never_the_word(word, name):
    assert strip_particle(word) == name


@pytest.mark.parametrize("text", ["K-Ride", "k ride", "KRIDE", "K·Ride"])
def test_spellings_with_other_spaces_hyphens_and_case_are_one_name(text):
    [mention] = BOOK.find(f"{text}가 달린다")
    assert mention.key == squeeze("K-Ride")
    assert mention.text == text


def test_mentions_stand_at_their_place_left_to_right():
    text = "나래운수와 한빛버스는 K-Ride를 쓴다."
    found = BOOK.find(text)
    assert [text[one.start : one.end] for one in found] == ["나래운수", "한빛버스", "K-Ride"]


@pytest.mark.parametrize("text", ["RGBA 색", "GBS 방송", "새한빛버스", "한빛버스장"])
def test_a_name_inside_another_word_is_not_said(text):
    assert BOOK.find(text) == []


def test_the_longest_name_wins():
    assert [one.text for one in BOOK.find("네이버클라우드는 크다")] == ["네이버클라우드"]


def test_two_scripts_of_one_name_share_a_key_and_related_names_do_not():
    book = NameBook(["NAVER", "네이버", "네이버클라우드"])
    keys = {one.text: one.key for one in book.find("NAVER, 네이버, 네이버클라우드")}
    assert keys["NAVER"] == keys["네이버"]
    assert keys["네이버클라우드"] != keys["네이버"]
    assert keys["네이버클라우드"] in book.related(keys["네이버"])


def test_a_slip_of_the_keyboard_is_resolved_and_another_name_is_not():
    [said] = BOOK.find("나래운수")
    assert BOOK.resolve("나래운스") == said.key
    assert BOOK.resolve("동녘여객") is None


def test_names_are_collected_from_a_text():
    text = "가온시는 한빛버스, 푸른교통, 나래운수를 뽑았고 ‘새벽첫차’ 앱을 K-Ride와 만든다."
    found = names_in(text)
    assert {"한빛버스", "푸른교통", "K-Ride", "새벽첫차"} <= found
    assert "새벽첫차" in titles_in(text)
    assert "한빛버스" not in titles_in(text)


def test_a_quoted_sentence_is_no_name():
    assert titles_in("시장은 ‘모두가 탄다’라고 말했다.") == frozenset()


def test_the_first_word_of_an_english_sentence_is_no_name():
    assert "Forty" not in names_in("Forty buses of Gaon run daily.")
    assert "Gaon" in names_in("Forty buses of Gaon run daily.")


def test_an_empty_book_finds_nothing():
    empty = NameBook([])
    assert empty.find("한빛버스") == []
    assert empty.keys == frozenset()
    assert empty.resolve("한빛버스") is None


def test_signs_in_names_are_no_pattern():
    book = NameBook(["C++팀", "A.B(주)", "[새벽]"])
    assert book.find("아무 이름도 없는 글") == []


@given(st.text(max_size=80))
def test_every_mention_is_the_text_at_its_place(text):
    for mention in BOOK.find(text + " 한빛버스"):
        assert (text + " 한빛버스")[mention.start : mention.end] == mention.text
        assert mention.key in BOOK.keys


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("솔빛시와 한결반도체가 만났다.", {"솔빛시", "한결반도체"}),
        ("다온은행은 두물신문에 말했다.", {"다온은행", "두물신문"}),
        ("새봄자동차는 쉬었다.", {"새봄자동차"}),
        ("나루군은 크다.", {"나루군"}),
    ],
)
def test_an_ending_gives_a_name_away(text, names):
    assert names <= names_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "전기자동차를 샀다.",  # a compound of known words
        "시내교통이 막힌다.",
        "지역경제가 살아난다.",
        "대형병원이 붐빈다.",
        "다시 만났고 역시 좋았다.",
        "친구는 가구를 샀다.",
        "야구 경기가 열렸다.",
        "한결은행원을 만났다.",  # goes on
        "솔빛시3",
    ],
)
def test_a_compound_of_known_words_is_no_name(text):
    assert names_in(text) == frozenset()
