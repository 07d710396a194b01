"""The Korean query for an English question: known words translated, names by their sound."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from assistant.crossing import korean_query, with_korean


@dataclass(eq=False)
class Keywords:
    vocabulary: dict[str, int]


@dataclass(eq=False)
class Article:
    text: str


@dataclass(eq=False)
class Index:
    keywords: Keywords
    texts: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.texts)

    def articles(self):
        return map(Article, self.texts)


@pytest.fixture
def index() -> Index:
    words = ["나래", "버스", "노선", "museum"]
    return Index(Keywords(dict.fromkeys(words, 0)), ["도담시는 배를 더 띄운다."])


def test_words_are_translated_and_names_are_found_by_their_sound(index):
    query, named = korean_query("How many routes will Narae have?", index)
    assert named
    assert {"나래", "노선"} <= set(query.split())


def test_a_name_whose_ending_is_left_out_is_found_in_the_articles(index):
    query, named = korean_query("Who is the mayor of Dodam?", index)
    assert (named, query.split()[0]) == (True, "도담시")


@pytest.mark.parametrize("question", ["나래의 노선은 몇 개야?", ""])
def test_a_korean_question_needs_none(index, question):
    assert korean_query(question, index) is None


def test_an_index_without_korean_needs_none():
    english = Index(Keywords({"museum": 0}))
    assert korean_query("How many routes will Narae have?", english) is None


def test_the_korean_query_comes_first_only_with_a_name(index):
    named = with_korean("How many routes will Narae have?", ["q"], index)
    assert (named[1:], len(named)) == (["q"], 2)
    assert with_korean("How many routes are there?", ["q"], index)[0] == "q"


@pytest.mark.parametrize(
    ("held", "asked"), [("삼성전자", "삼성전자"), ("삼전", "삼전"), ("나래", "삼성전자")]
)
def test_of_several_spellings_that_of_the_index_is_asked_else_the_full_one(held, asked):
    index = Index(Keywords({held: 0}))
    query, _ = korean_query("What does Samsung Electronics build?", index)
    assert query.split()[0] == asked
