"""What an English question is asked with, and the words that may answer it."""

from __future__ import annotations

import pytest

from assistant import lexicon
from assistant.lexicon_asked import NOTHING, asked_spans
from assistant.lexicon_files import listed, rows
from assistant.question import analyse

ENTRIES = [(phrase, answers) for phrase, answers in rows("asked.tsv")]


def test_every_entry_finds_itself_and_is_listed_once():
    phrases = [phrase for phrase, _ in ENTRIES]
    assert len(phrases) == len(set(phrases))
    for phrase in phrases:
        assert asked_spans(phrase.split(" "))[0].phrase == phrase


def test_every_word_that_may_answer_has_a_meaning():
    words = {word for _, answers in ENTRIES for word in listed(answers)} - {NOTHING}
    assert [word for word in sorted(words) if not lexicon.concepts_of(word)] == []


def test_no_word_is_answered_by_its_opposite():
    wrong = [
        (phrase, word)
        for phrase, answers in ENTRIES
        for word in listed(answers)
        if word != NOTHING and lexicon.are_antonyms(phrase, word)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("which boats survived the storm", "survive"),
        ("which boats are still standing", "still standing"),
        ("what the ferry is aimed at", "aimed at"),
        ("who threw their hat into the ring", "throw their hat into the ring"),
        ("what they set it aside for", "set aside for"),
    ],
)
def test_the_longest_phrase_is_found_inflected(text, phrase):
    assert phrase in [asked.phrase for asked in asked_spans(text.split())]


def test_the_list_works_one_way_only():
    survive, narrowed = lexicon.concepts_of("survive"), lexicon.concepts_of("압축")
    assert not survive & narrowed
    [term] = [term for term in analyse("Which boats survived the storm?").terms if term.verb]
    assert narrowed <= term.also
    assert not narrowed & term.concepts


def test_what_an_article_need_not_say_is_light():
    terms = analyse("Who is the captain quoted in the article?").terms
    assert [term.form for term in terms if not term.light] == ["captain"]
