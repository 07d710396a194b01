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


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        ("시는 인재 영입비 250억 원을 쓴다.", ["인재 영입비"]),
        ("시는 광고비 5억 원과 인건비 7억 원을 쓴다.", ["광고비", "인건비"]),
        (
            "올해는 정비소 건립비로 30억 원, 노선 홍보비로 5억 원을 쓴다.",
            ["정비소 건립비", "노선 홍보비"],
        ),
        ("28억 원인 구축비는 시가 낸다.", ["구축비"]),
        ("28억원인 새 구축비는 시가 낸다.", ["새 구축비"]),
        ("시는 120억 원짜리 차고지를 짓는다.", ["차고지"]),
        ("차고지에 28억 원이 든다.", ["차고지"]),
        ("For the depot, 12 billion won is set aside.", ["the depot"]),
        ("The town pays 12 billion won for the new depot.", ["new depot"]),
        ("A depot worth 12 billion won opens.", ["A depot"]),
        ("The fare costs 1,600 won and the pass costs 40,000 won.", ["The fare", "the pass"]),
        ("Its budget is 12 billion won.", ["Its budget"]),
        pytest.param(
            "The town spends 5 million won on posters and 7 million won on staff.",
            ["posters", "staff"],
            marks=pytest.mark.xfail(
                reason="what money is spent on is not read after English 'on'", strict=True
            ),
        ),
    ],
)
def test_a_value_belongs_to_the_noun_phrase_at_it(sentence, labels):
    assert [label for label, _ in pairs(article(sentence))] == labels


def test_a_label_names_what_stands_in_it_and_no_other_name():
    lines, book = reading(
        article("버스를 맡은 한빛버스, 푸른교통, 나래운수가 웃는다. 한빛버스 수리비는 5억 원이다.")
    )
    [pair] = pairs_of(lines)
    assert pair.label == "한빛버스 수리비"
    assert pair.keys == {mention.key for mention in book.find("한빛버스")}
