"""What a name is the name of."""

from __future__ import annotations

import pytest

from assistant.lexicon_files import listed, rows
from assistant.lexicon_types import is_a, types_named

ROWS = [
    (listed(words), listed(endings, " · "), listed(members, " · "))
    for words, endings, members in rows("types.tsv")
]


@pytest.mark.parametrize(
    ("word", "name"), [(words[0], name) for words, _, names in ROWS for name in names]
)
def test_every_listed_name_is_of_its_kind(word, name):
    assert is_a(name, word)


@pytest.mark.parametrize(
    ("word", "ending"), [(words[-1], end) for words, endings, _ in ROWS for end in endings]
)
def test_every_ending_gives_its_kind_away(word, ending):
    made_up = f"Saebomna {ending}" if ending.isascii() else f"새봄나{ending}"
    assert is_a(made_up, word)


@pytest.mark.parametrize("words", [words for words, _, _ in ROWS], ids=lambda words: words[0])
def test_the_words_for_a_kind_name_the_same_kind_and_are_no_names_of_it(words):
    kinds = {types_named(word) for word in words}
    assert len(kinds) == 1
    assert kinds != {()}
    assert not any(is_a(word, other) for word in words for other in words)


@pytest.mark.parametrize(
    ("name", "word", "of_kind"),
    [
        ("한빛여객", "버스 회사", True),
        ("한빛여객", "버스회사", True),
        ("한빛여객", "은행", False),
        ("가람대학교", "대학", True),
        ("Garam University", "UNIVERSITY", True),
        ("가온시", "도시", True),
        ("Garam Lab", "laboratory", True),
        ("가온시", "바다", False),
        ("여객", "버스 회사", False),
        ("부", "부처", False),
        ("일부", "부처", False),
        ("환경부", "부처", True),
        ("", "대학", False),
    ],
)
def test_a_name_is_of_the_kind_that_its_ending_says(name, word, of_kind):
    assert is_a(name, word) is of_kind


def test_most_words_ask_for_no_kind():
    assert types_named("노선") == ()
    assert types_named("") == ()
    assert types_named("University") == types_named("대학")
