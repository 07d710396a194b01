"""Questions about an article as a whole are read against all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import pytest
from town import evidence, town

from assistant.whole import MOST, with_whole_article
from ingest.article import Article, Passage
from ingest.split import split_article
from vectorstore.evidence import Evidence
from vectorstore.reading import Index

KOREAN, ENGLISH = town(), town("en")
SUMMARY = "기사를 요약해 줘"


@dataclass
class Shelf:
    """An index of which only the passages of an article are asked for."""

    passages: list[Passage]

    def rows_of(self, article_id: str) -> range:
        rows = [at for at, one in enumerate(self.passages) if one.article_id == article_id]
        return range(rows[0], rows[-1] + 1)

    def passage(self, row: int) -> Passage:
        return self.passages[row]


def shelf(*articles: Article) -> Index:
    return cast(Index, Shelf([part for one in articles for part in split_article(one)]))


def whole(question: str, found: Sequence[Evidence]) -> list[Evidence]:
    return with_whole_article(question, found, shelf(KOREAN, ENGLISH))


def ids(found: Sequence[Evidence]) -> list[str]:
    return [one.passage.id for one in found]


ALL = ids(evidence(KOREAN))


@pytest.mark.parametrize("question", [SUMMARY, "앞으로의 일정을 알려줘", "회사별 예산은 각각?"])
def test_what_search_left_out_is_added_after_what_it_found(question):
    found = evidence(KOREAN)[1:2]
    read = whole(question, found)
    assert read[0] == found[0]
    assert sorted(ids(read)) == sorted(ALL)
    assert all(one.score == 0.0 and one.article == KOREAN for one in read[1:])


def test_a_question_of_one_fact_is_left_to_search():
    found = evidence(KOREAN)[1:2]
    assert whole("한빛버스에는 얼마가 지원되나요?", found) == found


def test_nothing_found_is_nothing_added():
    assert whole(SUMMARY, []) == []


def test_no_passage_is_read_twice():
    read = ids(whole(SUMMARY, evidence(KOREAN)))
    assert len(read) == len(set(read)) == len(ALL)


def test_the_article_in_the_language_of_the_question_is_read():
    found = [evidence(ENGLISH)[0], evidence(KOREAN)[0]]
    assert {one.article.id for one in whole(SUMMARY, found)[2:]} == {KOREAN.id}
    added = whole("Summarize the article", found)[2:]
    assert {one.article.id for one in added} == {ENGLISH.id}


def test_without_one_in_that_language_the_first_article_is_read():
    read = whole(SUMMARY, evidence(ENGLISH)[:1])
    assert sorted(ids(read)) == sorted(ids(evidence(ENGLISH)))


def test_a_long_article_is_read_up_to_a_limit():
    part = split_article(KOREAN)[0]
    long = cast(Index, Shelf([part] * (MOST + 50)))
    found = [Evidence(split_article(KOREAN)[1], KOREAN, 1.0)]
    assert len(with_whole_article(SUMMARY, found, long)) == MOST + 1
