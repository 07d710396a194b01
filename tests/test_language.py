"""Words of a text, Korean and English, with offsets into it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import is_english, language_of, stem, tokens


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("버스는 언제 다니나요?", "ko"),
        ("When does the bus run?", "en"),
        ("BRT는 언제?", "ko"),
        ("12 + 30 = ?", "ko"),
        ("", "ko"),
    ],
)
def test_any_hangul_or_no_letter_at_all_makes_a_text_korean(text, language):
    assert language_of(text) == language


def test_a_text_is_english_by_its_share_of_letters_not_by_one_word():
    assert is_english("The town of Gaon (가온) bought forty buses")
    assert not is_english("가온시는 BRT 노선을 늘린다")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("companies", "company"),
        ("selected", "select"),
        ("dropped", "drop"),
        ("running", "run"),
        ("Buses", "buse"),
        ("receives", "receive"),
    ],
)
def test_inflections_of_an_english_word_meet(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["bus", "glass", "this", "bring", "버스"])
def test_what_only_looks_inflected_stays(word):
    assert stem(word) == word


def test_korean_tokens_are_morphemes_at_their_place():
    text = "푸른교통이 BRT 버스를 샀다"
    found = {token.form: token for token in tokens(text)}
    bus = found["버스"]
    assert text[bus.start : bus.end] == "버스"
    assert bus.is_content
    assert not found["이"].is_content
    assert found["사"].word == "사다"
    assert found["brt"].tag == "SL"


def test_english_tokens_carry_no_meaning_where_they_are_only_grammar():
    found = {token.form: token for token in tokens("Which of the buses were dropped in 2025?")}
    assert not found["of"].is_content
    assert found["drop"].is_content
    assert found["2025"].tag == "SN"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_every_token_lies_inside_its_text_in_order(text):
    found = tokens(text)
    assert all(0 <= token.start <= token.end <= len(text) for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)
