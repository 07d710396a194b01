"""Figures with what they belong to."""

from __future__ import annotations

import pytest
from town import reading, town

from assistant.facts import fits, pairs_of
from assistant.question import analyse
from ingest.article import Article
from ingest.read import read_text


def article(body: str) -> Article:
    return read_text(f"# 회사 소식\n\n{body}\n", "news.md", "news", marked_up=True)


def pairs(*articles: Article) -> list[tuple[str, str]]:
    lines, _ = reading(*articles)
    return [(pair.label, pair.quantity.text) for pair in pairs_of(lines)]


def test_a_value_in_parentheses_belongs_to_the_words_before_it():
    found = pairs(article("한빛버스(7.5%), 나래운수(3.2%) 등이 올랐다."))
    assert found == [("한빛버스", "7.5%"), ("나래운수", "3.2%")]


def test_a_free_value_belongs_to_the_subject_of_its_clause():
    assert ("한빛버스", "120억 원") in pairs(town())
    assert ("나래운수", "80억 원") in pairs(town())


def test_in_two_clauses_each_value_keeps_its_own_subject():
    found = pairs(article("한빛버스는 40대를 샀고, 나래운수는 25대를 샀다."))
    assert found == [("한빛버스", "40대"), ("나래운수", "25대")]


def test_a_label_knows_the_names_in_it():
    lines, book = reading()
    [pair] = [pair for pair in pairs_of(lines) if pair.quantity.text == "95억 원"]
    assert pair.keys == {mention.key for mention in book.find("푸른교통")}
    assert pair.line.text == "푸른교통에는 95억 원이 지원된다."


@pytest.mark.parametrize(
    ("item", "belongs"), [("푸른교통", True), ("한빛버스", False), ("지하철", False)]
)
def test_a_pair_belongs_to_the_thing_that_the_terms_name(item, belongs):
    lines, book = reading()
    [pair] = [pair for pair in pairs_of(lines) if pair.quantity.text == "95억 원"]
    assert fits(pair, analyse(f"{item}의 예산은?", book).terms[:1]) is belongs


def test_nothing_belongs_to_no_terms():
    lines, _ = reading()
    assert not fits(pairs_of(lines)[0], [])


def test_a_sentence_without_figures_has_no_pairs():
    assert pairs(article("한빛버스는 노선을 맡았다.")) == []
