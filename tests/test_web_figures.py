"""Charts come from figures that articles state: named, verified, and never fewer than two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from browser_script import make_article
from web_articles import BUDGET, budget, english

from assistant.web.figures import charts_of, telling
from assistant.web.labels import label_before, topic_before
from assistant.web.render_charts import render_charts, render_teaser
from ingest.article import BlockKind


def with_line(old, new):
    return make_article("other", tuple((kind, line.replace(old, new)) for kind, line in BUDGET))


def one_paragraph(text):
    return make_article("short", ((BlockKind.TITLE, "소식"), (BlockKind.PARAGRAPH, text)))


def test_parts_that_add_up_to_a_stated_whole_are_shown_with_their_names():
    shares = charts_of(budget()).shares
    assert shares.whole.text == "90억원"
    assert [(part.label, part.text) for part in shares.parts] == [
        ("건물 수리", "50억원"),
        ("책 구입비", "30억원"),
        ("어린이 강좌", "10억원"),
    ]


def test_english_parts_have_english_names():
    charts = charts_of(english())
    assert {part.label for part in charts.shares.parts} == {
        "Building repairs",
        "books",
        "course fund",
    }
    assert [figure.label for figure in charts.changes] == ["Garam Works", "NARU", "Dasom"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("30억원이다", "31억원이다"), ("30억원이다", "30억원 이상이다"), ("30억원이다", "30명이다")],
    ids=["does not add up", "is a bound", "is another unit"],
)
def test_parts_that_do_not_make_the_whole_exactly_are_no_chart(old, new):
    assert charts_of(with_line(old, new)).shares is None


def test_two_ways_to_add_up_are_no_chart():
    text = "책에 4억원, 길에 6억원, 물에 3억원, 불에 7억원, 모두 10억원이 든다."
    assert charts_of(one_paragraph(text)).shares is None


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("목에 9개, 등에 14개, 꼬리에 5개의 뼈가 있다.", None),
        ("목에 9개, 꼬리에 5개로 모두 14개의 뼈가 있다.", "14개"),
        ("승객 307명, 승무원 22명 등 329명이 탔다.", "329명"),
    ],
    ids=["by chance", "called a total", "summed up"],
)
def test_a_sum_counts_only_where_the_article_calls_it_a_whole(text, whole):
    shares = charts_of(one_paragraph(text)).shares
    assert (shares.whole.text if shares else None) == whole


def test_a_fall_is_negative_and_the_figures_are_in_order():
    changes = charts_of(budget()).changes
    assert [(figure.label, figure.value) for figure in changes] == [
        ("가람건설", Fraction(13, 2)),
        ("나루출판", Fraction(16, 5)),
        ("다솜교육", Fraction(11, 10)),
        ("라온종이", Fraction(-12, 5)),
    ]


def test_a_fall_that_carries_its_sign_falls_once():
    text = "가람건설은 -4.5% 하락했다. 나루출판은 2% 하락했다."
    changes = charts_of(one_paragraph(text)).changes
    assert [(figure.text, figure.value) for figure in changes] == [("2%", -2), ("4.5%", -4.5)]


@pytest.mark.parametrize(
    "text",
    [
        "가람건설 주가는 3% 올랐다.",
        "지분율은 가람건설 30%, 나루출판 20%이다.",
        "주가는 올랐다가 내려 가람건설 3%, 나루출판 2%가 됐다.",
        "인구의 75%가 늘었다고 답했고 학생의 60%가 늘었다고 답했다.",
    ],
    ids=["only one", "no direction", "both directions", "shares of something"],
)
def test_fewer_than_two_changes_with_a_direction_are_no_chart(text):
    assert charts_of(one_paragraph(text)).changes == ()


def test_the_timeline_is_in_the_order_of_time_and_as_the_article_writes_its_days():
    timeline = charts_of(budget()).timeline
    assert [event.text for event in timeline] == ["5일", "5월 말", "9월 1일"]
    assert timeline[2].earliest.isoformat() == "2026-09-01"


def test_days_counted_from_an_event_are_not_taken_for_days_counted_from_the_article():
    text = "도서관은 5월 1일 문을 연다. 행사는 개관 6개월 뒤 열린다. 3개월 뒤 다시 살핀다."
    article = replace(one_paragraph(text), published=date(2026, 3, 5))
    assert [event.text for event in charts_of(article).timeline] == ["5월 1일", "3개월 뒤"]


def test_every_figure_stands_in_the_sentence_that_it_cites():
    for article in (budget(), english()):
        charts = charts_of(article)
        for figure in (*charts.shares.parts, charts.shares.whole, *charts.changes):
            assert figure.text in article.text[figure.start : figure.end]
            assert figure.label in article.text[figure.start : figure.end]
        for event in charts.timeline:
            assert event.text in article.text[event.start : event.end]


def test_an_article_without_figures_has_no_chart_and_another_is_chosen():
    plain = one_paragraph("새 소식은 없다.")
    assert charts_of(plain).empty
    assert telling([plain, budget()]) == budget()
    assert telling([plain]) == plain
    assert telling([]) is None
    assert telling([english(), budget()]) == budget()
    assert telling([english(), budget()], "en") == english()


def test_a_chart_is_a_table_whose_rows_lead_to_their_sentences():
    article = budget()
    page = render_charts([article], article, charts_of(article))
    start = article.text.index("건물 수리")
    end = article.text.index(" 책 구입비")
    assert f'href="articles/budget?at={start}-{end}#at">[1]</a>' in page
    assert page.count('<th scope="row">') == 8
    assert "50억원 + 30억원 + 10억원 = 90억원" in page
    assert "−2.4%" in page
    assert "90억원" in render_teaser([article])


def test_the_first_look_is_of_an_article_in_each_language():
    teaser = render_teaser([budget(), english()])
    korean, _, english_part = teaser.partition('<div class="en">')
    assert "90억원" in korean
    assert "9 billion won" in english_part
    assert "9 billion won" not in korean


def test_an_article_without_charts_says_so():
    article = one_paragraph("새 소식은 없다.")
    assert "두 개 이상 없습니다" in render_charts([article], article, charts_of(article))
    assert render_teaser([article]) == ""


def test_without_a_day_of_publication_a_bare_day_is_not_in_the_timeline():
    undated = replace(budget(), published=None)
    assert [event.text for event in charts_of(undated).timeline] == []


@pytest.mark.parametrize(
    ("sentence", "figure", "label"),
    [
        ("수리에는 모두 42억 원이 든다.", "42억", "수리"),
        ("1만 2,000원(5%) 올랐다.", "5%", None),
        ("그것은 30억원이다.", "30억", None),
    ],
)
def test_a_label_is_the_noun_before_the_figure(sentence, figure, label):
    assert label_before(sentence, sentence.index(figure), "ko") == label


def test_a_figure_without_a_name_of_its_own_takes_the_topic():
    sentence = "오늘 가람건설 주가는 1,000원(5%) 뛰었다."
    assert topic_before(sentence, sentence.index("5%"), "ko") == "가람건설 주가"
