"""Which words of an English question are its verbs, and what that does to how it is read."""

from __future__ import annotations

import pytest

from assistant import lexicon
from assistant.language import tokens
from assistant.question import analyse
from assistant.question_verbs import verbs_in


def verbs(text: str) -> list[str]:
    return [text[start:].split()[0].strip("?,") for start in verbs_in(tokens(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is Narae building?", ["building"]),
        ("What is the building?", []),
        ("Who designed the harbor?", ["designed"]),
        ("What does the ferry cost?", ["cost"]),
        ("How much did the shares rise?", ["rise"]),
        ("Was the bridge chosen?", ["chosen"]),
        ("How many firms entered?", ["entered"]),
        ("What kind of boat is worth 20 billion won?", []),
        ("Who is behind the port funding request?", []),
        ("", []),
    ],
)
def test_verbs_are_known_by_their_place(text, expected):
    assert verbs(text) == expected


def test_an_ing_form_behind_be_is_what_somebody_does():
    [term] = [term for term in analyse("What is Narae building?").terms if not term.name]
    assert term.verb
    assert term.concepts == lexicon.concepts_of("build")
    house = analyse("How tall is the building?").terms[-1]
    assert not house.verb
    assert house.concepts == lexicon.concepts_of("building")


def test_the_thing_asked_for_is_no_verb():
    focus = analyse("How much did the shares rise?").focus
    assert focus is not None
    assert focus.form == "shar"
