"""News fields, structure and encodings of pages that are built in different ways."""

from __future__ import annotations

from datetime import date

import pytest
from news_pages import CASES, DAY, NEWS, Case, P, body_of, linked, page, read_page, rest_of

from ingest.errors import ReadError
from ingest.formats.days import day_of
from ingest.formats.encoding import decode_html
from ingest.formats.html import parse_html


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_every_news_field_is_right(case: Case) -> None:
    article = read_page(case.html, case.link, case.header)
    assert article.title == case.title
    assert article.publisher == case.publisher
    assert article.byline == case.byline
    assert (article.published, article.updated) == (case.published, case.updated)
    assert (article.url, article.language) == (case.url, case.language)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_text_is_the_article_and_nothing_else(case: Case) -> None:
    article = read_page(case.html, case.link, case.header)
    assert article.text == "\n\n".join((case.title, *case.body))
    assert all(article.text[block.start : block.end] for block in article.blocks)


def test_lists_tables_and_headings_keep_their_structure() -> None:
    article = body_of(
        "<h2>손님</h2><ol start='3'><li>학생</li><li><p>여행자</p><ul><li>봄</li></ul></li></ol>"
        "<p><strong>잘 팔린 책</strong></p>"
        "<table><caption>지점별 손님</caption><thead><tr><th rowspan='2'>지점</th>"
        "<th colspan='2'>손님</th></tr><tr><th>2023</th><th>2024</th></tr></thead>"
        "<tbody><tr><td>강릉</td><td>10</td><td>20</td></tr></tbody></table>"
        "<dl><dt>문 여는 때</dt><dd>오전 10시</dd><dt>쉬는 날</dt><dd>월요일</dd></dl>"
        "<blockquote>책은 사람을 잇는다.</blockquote>"
    )
    assert rest_of(article) == [
        ("heading", "손님"), ("list_item", "3. 학생"), ("list_item", "4. 여행자"),
        ("list_item", "봄"), ("heading", "잘 팔린 책"), ("paragraph", "지점별 손님"),
        ("table_row", "지점 | 손님 | 손님"), ("table_row", "지점 | 2023 | 2024"),
        ("table_row", "강릉 | 10 | 20"), ("list_item", "문 여는 때: 오전 10시"),
        ("list_item", "쉬는 날: 월요일"), ("paragraph", "책은 사람을 잇는다."),
    ]  # fmt: skip


def test_line_breaks_join_lines_and_part_sentences() -> None:
    article = body_of("<div>첫 줄은 여기에서<br>이어진다.<br>다음 문장이다.<br><br>다음 문단</div>")
    assert [text for _, text in rest_of(article)] == [
        "첫 줄은 여기에서 이어진다.", "다음 문장이다.", "다음 문단",
    ]  # fmt: skip


def test_what_was_removed_can_be_looked_at_with_its_reason() -> None:
    article = read_page(CASES["comments and related articles all around"].html)
    shown = "\n".join(article.removed)
    assert "furniture (nav): 정치 경제" in shown
    assert "furniture (related): 관련 기사 속초 빵집도" in shown
    assert "furniture (comments): 댓글 2 어릴 때" in shown
    assert "furniture (footer): 서울특별시" in shown
    outside = read_page(page(linked(NEWS), f"<p>맨 앞의 다른 글이다.</p><article>{P}</article>"))
    assert "outside the article: 맨 앞의 다른 글이다." in outside.removed


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-08-04", DAY), ("2025-08-04T23:30:00+09:00", DAY), ("2025-08-03T20:00:00Z", DAY),
        ("2025-08-03T20:00:00.123+0000", DAY), ("20250804", DAY), ("20250804143000", DAY),
        ("2025.08.04. 오후 2:30", DAY), ("2025년 8월 4일", DAY), ("입력 2025/8/4 10:00", DAY),
        ("August 4, 2025", DAY), ("Aug. 4th 2025", DAY), ("4 August 2025", DAY),
        ("Mon, 04 Aug 2025 08:00:00 +0900", DAY), ("Sun, 03 Aug 2025 23:00:00 GMT", DAY),
        ("1970-01-01", None), ("2025-13-01", None), ("2925-01-01", None), ("어제", None),
        ("", None), (None, None), ({"a": 1}, None),
    ],
)  # fmt: skip
def test_days(text: object, day: date | None) -> None:
    assert day_of(text) == day


def test_a_time_in_utc_keeps_its_day_on_a_foreign_page() -> None:
    assert day_of("2025-08-04T20:00:00Z", korean=False) == DAY


@pytest.mark.parametrize(
    ("data", "header"),
    [
        ("서점 이야기".encode(), None),
        ("서점 이야기".encode("utf-8-sig"), "euc-kr"),
        ("서점 이야기".encode("utf-16"), "utf-8"),
        ("서점 이야기".encode("cp949"), "utf-8"),
        ("서점 이야기".encode("cp949"), "nonsense"),
        ("서점 이야기".encode("euc-kr"), "latin-1"),
    ],
)
def test_pages_are_decoded_whatever_they_claim(data: bytes, header: str | None) -> None:
    assert decode_html(data, "page", header) == "서점 이야기"


def test_a_broken_byte_is_borne_and_many_are_not() -> None:
    data = ("서점 이야기" * 500).encode()
    assert decode_html(data[:301] + b"\xff" + data[301:], "page").count("\ufffd") <= 3
    with pytest.raises(ReadError, match="no charset fits"):
        decode_html(bytes(range(128, 256)) * 20, "page")


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty"), (b"  \n", "empty"), (b"<html></html>", "no text"), (b"\x00\x01", "binary"),
        (b"<script>document.write('x')</script>", "no text"),
        (b"<div>" * 100_000, "no text|nested"),
    ],
    ids="none blank bare binary script deep".split(),
)  # fmt: skip
def test_pages_without_an_article_give_one_line(data: bytes, cause: str) -> None:
    with pytest.raises(ReadError, match=cause) as caught:
        parse_html(data, "shop.html")
    assert "\n" not in str(caught.value)
    assert "shop.html" in str(caught.value)
