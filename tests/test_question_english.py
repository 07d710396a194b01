"""How English questions are read: what leads in, what is asked for, and slips of the keyboard."""

from __future__ import annotations

import pytest

from assistant.lexicon_spelling import meant, respelled
from assistant.names import NameBook
from assistant.question import Kind, Want, analyse


def forms(text: str) -> list[str]:
    return [term.form for term in analyse(text).terms]


@pytest.mark.parametrize(
    "text",
    [
        "Can you tell me when the museum opens?",
        "I'd like to know when the museum opens.",
        "Do you know when the museum opens?",
        "Please tell me when the museum opens.",
        "Hello, could you please explain when the museum opens?",
        "Let me know when the museum opens.",
    ],
)
def test_what_leads_in_is_no_part_of_the_question(text):
    question = analyse(text)
    assert (question.kind, question.want) == (Kind.FACT, Want.DATE)
    assert forms(text) == forms("When does the museum open?")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Could you list the firms that agreed?", Kind.LIST),
        ("Can you tell me whether the museum is open?", Kind.YES_NO),
        ("Do you know if children get in free?", Kind.YES_NO),
        ("Can the museum open on Sunday?", Kind.YES_NO),
        ("If the plant opens, how many people will work there?", Kind.FACT),
        ("Can you explain why it was late?", Kind.WHY),
        ("Did the state or the city pay more?", Kind.COMPARE),
        ("Would you summarise the news?", Kind.SUMMARY),
        ("Whom did the board choose?", Want.PERSON),
        ("On which date was the plan announced?", Want.DATE),
        ("By how much will the interval be shortened?", Want.AMOUNT),
        ("How much will the ticket be?", Want.MONEY),
    ],
)
def test_kind_and_type_wanted_are_those_of_the_question_itself(text, read):
    question = analyse(text)
    assert read is (question.kind if isinstance(read, Kind) else question.want)


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("Which donor gave the least?", "donor"),
        ("Which architects designed the library?", "architect"),
        ("Which cities lost?", "city"),
        ("Which people won?", "peopl"),
    ],
)
def test_the_focus_is_the_thing_not_what_it_did(text, focus):
    found = analyse(text).focus
    assert found is not None
    assert found.form == focus


def test_a_measured_quality_need_not_be_repeated():
    light = {term.form: term.light for term in analyse("How often does the ferry sail?").terms}
    assert light["often"]
    assert not light["ferry"]


def test_a_weekday_is_no_name():
    assert analyse("Is the pool open on Tuesdays?").names == ()


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("nmae", "name"),
        ("compnay", "company"),
        ("annouced", "announced"),
        ("wich", "which"),
        ("mcuh", "much"),
        ("goverment", "government"),
        ("seperate", "separate"),
        ("musuem", "museum"),
    ],
)
def test_a_slip_is_read_as_the_word_one_edit_away(slip, word):
    assert meant(slip) == word


@pytest.mark.parametrize("word", ["name", "company", "tides", "qwertzu", "zyx", "announces"])
def test_a_right_word_and_a_strange_one_stay(word):
    assert meant(word) is None


def test_a_name_is_no_slip():
    assert respelled("Did compnay pay?", lambda word: word == "compnay") == "Did compnay pay?"
    assert respelled("Did compnay pay?", lambda _: False) == "Did company pay?"
    assert respelled("Wich one paid?", lambda _: False) == "Which one paid?"


def test_a_mistyped_question_is_read_like_the_right_one():
    book = NameBook.from_texts(["Narae Transit runs the ferry."])
    wrong = analyse("How mcuh will the ferry ticekt of Narae Transit be?", book)
    right = analyse("How much will the ferry ticket of Narae Transit be?", book)
    assert (wrong.want, wrong.terms) == (right.want, right.terms)


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("Which bank finances the harbor?", "bank"),
        ("Which donor gave most?", "donor"),
        ("Who designed the harbor?", None),
    ],
)
def test_the_thing_asked_for_stands_before_its_verb(text, focus):
    asked = analyse(text).focus
    assert (asked.form if asked else None) == focus


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Who leads the transport ministry?", "minister"),
        ("Who runs the museum?", "director"),
        ("Who is in charge of Dodam city?", "mayor"),
    ],
)
def test_who_leads_something_is_asked_for_by_the_office(text, title):
    question = analyse(text)
    assert question.want is Want.PERSON
    assert question.title is not None
    assert question.title.form == title


def test_who_runs_what_has_no_office_is_left_as_it_is():
    assert analyse("Who runs the ferry?").text == "Who runs the ferry?"


def test_what_is_ahead_is_not_asked_for_as_past():
    assert not analyse("Will the finished ferry be painted?").past
    assert analyse("Was the ferry painted?").past
