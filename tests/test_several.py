"""Several articles on one thing: values that differ stand side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from town import drafted, news, reading

from assistant.answer import Status, Verdict
from assistant.draft import Draft
from assistant.question import analyse
from assistant.writers.scene import set_scene
from assistant.writers.several import CONFLICT, side_by_side
from ingest.article import Article
from prompts.loader import frame

ASKED = "한빛버스에는 얼마가 지원되나요?"
OPENING = "새 노선은 언제 개통하나요?"
MARCH, APRIL, MAY, JUNE = (date(2025, month, 1) for month in (3, 4, 5, 6))


def paid(amount: str, publisher: str, published: date | None, who: str = "한빛버스") -> Article:
    return news(f"{who}에는 {amount}이 지원된다.", f"{publisher}-{amount}", publisher, published)


OLD = paid("120억 원", "가온신문", MARCH)
NEW = paid("150억 원", "나루일보", APRIL)


def beside(question: str, *articles: Article) -> Draft | None:
    """The values of all articles for what the best sentence answers."""
    lines, book = reading(*articles)
    scene = set_scene(analyse(question, book), lines, book)
    assert scene.best is not None
    return side_by_side(scene, scene.best)


def conflict(question: str, *articles: Article) -> str:
    draft = beside(question, *articles)
    assert draft is not None
    return draft.points[0].text


@pytest.mark.parametrize("articles", [(OLD, NEW), (NEW, OLD)])
def test_two_values_stand_with_their_publishers_the_newest_first(articles):
    values = "나루일보 150억 원, 가온신문 120억 원"
    assert conflict(ASKED, *articles) == frame("ko", "differs_by", values=values)


def test_a_conflict_is_derived_and_quotes_both_sentences():
    draft = beside(ASKED, OLD, NEW)
    assert draft is not None
    stated, *quoted = draft.points
    assert (draft.status, stated.verdict, stated.how) == (
        Status.ANSWERED,
        Verdict.DERIVED,
        CONFLICT,
    )
    assert [point.text for point in quoted] == [
        "한빛버스에는 150억 원이 지원된다.",
        "한빛버스에는 120억 원이 지원된다.",
    ]
    assert [span.article.id for span in stated.spans] == [NEW.id, OLD.id]
    assert draft.short_answer == "150억 원"


def test_the_reader_is_told_how_old_each_article_is():
    draft = beside(ASKED, OLD, NEW)
    assert draft is not None
    dates = "나루일보 2025-04-01, 가온신문 2025-03-01"
    assert frame("ko", "dated", dates=dates) in draft.notices


def test_an_article_without_a_date_counts_as_the_oldest_and_has_none_named():
    undated = paid("120억 원", "다솜뉴스", None)
    draft = beside(ASKED, undated, NEW)
    assert draft is not None
    assert "나루일보 150억 원, 다솜뉴스 120억 원" in draft.points[0].text
    assert draft.notices == (frame("ko", "dated", dates="나루일보 2025-04-01"),)


def test_articles_that_agree_are_not_set_side_by_side():
    assert beside(ASKED, OLD, paid("120억 원", "다솜뉴스", MAY)) is None
    assert beside(ASKED, OLD, paid("12,000,000,000원", "다솜뉴스", MAY)) is None
    assert beside(ASKED, OLD) is None


def test_near_copies_of_one_story_count_once():
    first, copy = (replace(one, group="one-story") for one in (OLD, NEW))
    assert beside(ASKED, first, copy) is None
    assert beside(ASKED, OLD, NEW) is not None


def test_of_a_story_with_copies_one_value_is_shown():
    third = paid("180억 원", "라온경제", MAY)
    first, copy = (replace(one, group="one-story") for one in (OLD, NEW))
    text = conflict(ASKED, first, copy, third)
    assert "라온경제 180억 원" in text
    assert "150억 원" not in text


def test_of_one_publisher_the_newer_article_is_called_so():
    newer = paid("180억 원", "가온신문", MAY)
    name = frame("ko", "newer_source", name="가온신문")
    assert f"{name} 180억 원, 가온신문 120억 원" in conflict(ASKED, OLD, newer)


def test_no_more_than_the_three_newest_are_shown():
    others = [paid("180억 원", "다솜뉴스", MAY), paid("200억 원", "라온경제", JUNE)]
    text = conflict(ASKED, OLD, NEW, *others)
    assert text.index("라온경제") < text.index("다솜뉴스") < text.index("나루일보")
    assert "가온신문" not in text


def test_what_is_said_of_another_thing_is_no_conflict():
    assert beside(ASKED, OLD, paid("150억 원", "나루일보", APRIL, who="푸른교통")) is None


def test_a_value_of_another_unit_is_no_conflict():
    other = news("한빛버스에는 버스 40대가 지원된다.", "fleet", "나루일보", APRIL)
    assert beside(ASKED, OLD, other) is None


def test_an_article_in_another_language_is_no_conflict():
    english = news("Hanbit Bus receives 15 billion won.", "en", "Naru Post", APRIL, language="en")
    assert beside(ASKED, OLD, english) is None


def test_english_articles_are_set_side_by_side_in_english():
    body = "Hanbit Bus receives {} billion won."
    old = news(body.format(12), "old", "Gaon Times", MARCH, "Bus news", "en")
    new = news(body.format(15), "new", "Naru Post", APRIL, "Bus news", "en")
    values = "Naru Post 15 billion won, Gaon Times 12 billion won"
    text = conflict("How much does Hanbit Bus receive?", old, new)
    assert text == frame("en", "differs_by", values=values)


def moved(published: date) -> Article:
    body = "공사가 늦어져 문을 여는 때가 2028년 12월에서 2029년 3월로 미뤄졌다."
    return news(body, "moved", "나루일보", published)


def test_a_newer_article_that_moves_a_value_speaks_of_it_in_its_own_words():
    said = news("새 노선은 2028년 12월에 개통한다.", "said", "가온신문", MARCH)
    text = conflict(OPENING, said, moved(APRIL))
    assert "나루일보 2029년 3월, 가온신문 2028년 12월" in text


def test_an_older_article_moves_nothing():
    said = news("새 노선은 2028년 12월에 개통한다.", "said", "가온신문", JUNE)
    assert beside(OPENING, said, moved(APRIL)) is None


def test_a_newer_article_that_moves_another_value_says_nothing_of_this_one():
    said = news("새 노선은 2027년 5월에 개통한다.", "said", "가온신문", MARCH)
    assert beside(OPENING, said, moved(APRIL)) is None


def test_the_writer_answers_with_the_conflict():
    assert drafted(ASKED, OLD, NEW).points[0].how == CONFLICT
    assert drafted(ASKED, OLD).points[0].how != CONFLICT
