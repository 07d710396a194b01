"""From a writer's points to an Answer: numbering, dates, and what stays out."""

from __future__ import annotations

from datetime import date

import pytest
from town import town

from assistant.answer import Status, Verdict
from assistant.draft import Draft, Point, Span, finish

ARTICLE = town()


def span(words: str, article=ARTICLE) -> Span:
    start = article.text.index(words)
    return Span(article, start, start + len(words))


FIRST, SECOND = span("한빛버스에는 120억 원이 지원된다."), span("푸른교통에는 95억 원이 지원된다.")


def test_citations_are_numbered_in_order_of_use_and_shared():
    derived = Point("합하면 215억 원입니다.", (SECOND, FIRST), Verdict.DERIVED, "120 + 95")
    points = (derived, Point.quoting(FIRST), Point.quoting(SECOND))
    answer = finish(Draft(Status.ANSWERED, points), "합은?", "합은?", "ko")
    assert [one.number for one in answer.citations] == [1, 2]
    assert [one.quote for one in answer.citations] == [SECOND.quote, FIRST.quote]
    assert [one.citations for one in answer.sentences] == [(1, 2), (2,), (1,)]


def test_a_span_cited_twice_by_one_point_has_one_marker():
    point = Point("두 번.", (FIRST, FIRST), Verdict.DERIVED, "1")
    answer = finish(Draft(Status.ANSWERED, (point,)), "?", "?", "ko")
    assert answer.sentences[0].citations == (1,)


def test_a_quoting_point_is_its_quote():
    answer = finish(Draft(Status.ANSWERED, (Point.quoting(FIRST),)), "?", "?", "ko")
    [sentence] = answer.sentences
    assert sentence.verdict is Verdict.QUOTED
    assert sentence.text == answer.citations[0].quote == FIRST.quote


def test_the_same_place_in_two_articles_is_two_citations():
    english = town("en")
    both = (Point.quoting(Span(ARTICLE, 0, 4)), Point.quoting(Span(english, 0, 4)))
    answer = finish(Draft(Status.ANSWERED, both), "?", "?", "ko")
    assert [one.article_id for one in answer.citations] == ["bus-ko", "bus-en"]


def test_the_nearest_texts_are_numbered_on_and_are_no_citations():
    draft = Draft(Status.ABSTAINED, (Point.notice("없습니다."),), missing="x", nearest=(FIRST,))
    answer = finish(draft, "?", "?", "ko")
    assert answer.citations == ()
    assert [one.number for one in answer.nearest] == [1]
    assert answer.as_of == "2025-03-10"


@pytest.mark.parametrize(
    ("days", "newest"),
    [
        ((date(2025, 3, 10), date(2024, 1, 2)), "2025-03-10"),
        ((None, date(2024, 1, 2)), "2024-01-02"),
        ((None, None), None),
    ],
)
def test_as_of_is_the_newest_date_that_is_known(days, newest):
    one, other = town("ko", days[0]), town("en", days[1])
    points = (Point.quoting(Span(one, 0, 4)), Point.quoting(Span(other, 0, 4)))
    assert finish(Draft(Status.ANSWERED, points), "?", "?", "ko").as_of == newest


def test_notices_are_added_to_a_copy():
    draft = Draft(Status.ANSWERED, (Point.quoting(FIRST),))
    assert draft.with_notice("하나").with_notice("둘").notices == ("하나", "둘")
    assert draft.notices == ()


def test_an_empty_span_cannot_be_cited():
    point = Point("빈 곳", (Span(ARTICLE, 5, 5),), Verdict.DERIVED)
    with pytest.raises(ValueError, match="not inside article bus-ko"):
        finish(Draft(Status.ANSWERED, (point,)), "?", "?", "ko")
