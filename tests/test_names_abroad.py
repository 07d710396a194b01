"""Korean names in English questions, and offices written on to the name of a place."""

from __future__ import annotations

import pytest

from assistant.names import NameBook
from assistant.names_abroad import is_named, names_abroad


@pytest.mark.parametrize(
    ("name", "run"),
    [
        ("나래반도체", "Narae Semiconductor"),
        ("나래반도체", "Narae"),
        ("도담시", "Dodam"),
        ("도담시", "Dodam City"),
        ("누리교통", "Nuri Gyotong"),
        ("도담대학교", "Dodam University"),
    ],
)
def test_a_name_is_spelled_by_sound_or_translated_at_its_end(name, run):
    assert is_named(name, run)


@pytest.mark.parametrize(
    ("name", "run"),
    [
        ("나래반도체", "Narae Bank"),
        ("나래반도체", "Dodam Semiconductor"),
        ("도담시", "Narae City"),
        ("Narae", "Narae"),
    ],
)
def test_another_name_is_another(name, run):
    assert not is_named(name, run)


def test_a_name_is_found_in_a_question_where_only_one_can_be_meant():
    book = NameBook(["나래반도체", "도담시"])
    [found] = names_abroad("How much will Narae Semiconductor invest?", book)
    assert (found.key, found.text) == ("나래반도체", "Narae Semiconductor")
    assert names_abroad("How much will Narae invest?", NameBook(["나래반도체", "나래은행"])) == []


def test_the_opening_word_of_a_question_is_no_name():
    assert names_abroad("Does it open?", NameBook(["도담시"])) == []
