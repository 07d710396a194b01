"""The child process that parses: it is kept, it is replaced, and it cannot hurt its parent."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from news_pages import TITLE, P, page

from ingest.article import Article
from ingest.compose import from_parsed, read_text
from ingest.errors import ReadError
from ingest.formats.html import parse_html
from ingest.formats.parsed import Link, Parsed
from ingest.formats.sandbox import Sandbox
from ingest.formats.text import parse_text
from ingest.formats.worker import parse
from ingest.metadata import Metadata
from ingest.split import split_article

GOOD = page(f"<title>{TITLE}</title>", f"<article>{P}</article>").encode()


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    box = Sandbox(seconds=1, memory=2**29)
    yield box
    box.close()


def child_of(box: Sandbox) -> int:
    assert box._child is not None
    return box._child.pid


def test_one_child_reads_file_after_file_and_says_the_same_as_the_parser(sandbox: Sandbox) -> None:
    first = sandbox.parse("html", GOOD, "a.html")
    pid = child_of(sandbox)
    with pytest.raises(ReadError, match=r"b\.html: the page is empty"):
        sandbox.parse("html", b"", "b.html")
    assert sandbox.parse("html", GOOD, "c.html") == first == parse("html", GOOD, "a.html", None)
    assert child_of(sandbox) == pid


@pytest.mark.faults
def test_a_file_that_takes_too_long_ends_and_the_next_one_is_read(sandbox: Sandbox) -> None:
    started = time.monotonic()
    with pytest.raises(ReadError, match=r"slow\.html: reading took over 1 seconds"):
        sandbox.parse("html", b"<p>x</p>" * 400_000, "slow.html")
    assert time.monotonic() - started < 10
    assert sandbox.parse("html", GOOD, "a.html").known.title == TITLE


@pytest.mark.faults
def test_a_file_that_needs_too_much_memory_ends_alone() -> None:
    small = Sandbox(seconds=20, memory=2**28)
    try:
        with pytest.raises(ReadError, match="memory"):
            small.parse("html", b"<p>" + b"x" * 200_000_000, "large.html")
        assert small.parse("html", GOOD, "a.html").known.title == TITLE
    finally:
        small.close()


@pytest.mark.faults
def test_a_child_that_dies_is_replaced(sandbox: Sandbox) -> None:
    sandbox.parse("html", GOOD, "a.html")
    os.kill(child_of(sandbox), 9)
    for _ in range(2):
        with pytest.raises(ReadError, match="empty"):
            sandbox.parse("html", b"", "b.html")


def test_what_interrupts_the_job_does_not_reach_the_child(sandbox: Sandbox) -> None:
    sandbox.parse("html", GOOD, "a.html")
    assert os.getpgid(child_of(sandbox)) != os.getpgid(0)


def test_the_child_ends_when_its_parent_closes_the_pipe(sandbox: Sandbox) -> None:
    sandbox.parse("html", GOOD, "a.html")
    child = sandbox._child
    assert child is not None
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(timeout=10) == 0


LAUGHS = (
    b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'ha'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><rss><channel><item><title>&j;</title></item></channel></rss>"
)


@pytest.mark.faults
@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (LAUGHS, "defines XML entities"),
        (LAUGHS.decode().encode("utf-16"), "feed|memory"),
        (b"<rss>" * 50_000, "feed|nested|memory"),
        (b"", "not an RSS or Atom feed"),
        (b"<html><p>x</p></html>", "not an RSS or Atom feed"),
        (b"\xff\xfe\x00\x01" * 1000, "feed"),
    ],
    ids="laughs wide-laughs deep empty page rubbish".split(),
)
def test_hostile_and_broken_feeds_give_one_line(data: bytes, cause: str) -> None:
    box = Sandbox(seconds=5)
    try:
        with pytest.raises(ReadError, match=cause) as caught:
            box.parse("feed", data, "news.rss")
    finally:
        box.close()
    assert "\n" not in str(caught.value)
    assert "news.rss" in str(caught.value)


def test_an_entity_cannot_read_a_file_of_this_machine() -> None:
    data = (
        "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
        "<rss version='2.0'><channel><item><title>a &f; b</title><link>http://n.example/1</link>"
        "</item></channel></rss>"
    ).encode("utf-16")
    box = Sandbox(seconds=5)
    try:
        said = str(box.parse("feed", data, "news.rss"))
    except ReadError as error:
        said = str(error)
    finally:
        box.close()
    assert "root:" not in said


@pytest.mark.parametrize("marked_up", [False, True])
def test_a_large_text_is_read_in_the_child_as_a_small_one_is_here(marked_up: bool) -> None:
    text = "\n\n".join(["---\npublisher: 새벽일보\n---\n# 서점", *["책을 한 권 샀다. 댓글"] * 6000])
    article = read_text(text, "a.md", "a.md", marked_up=marked_up)
    here = parse_text(text, "a.md", None, marked_up)
    assert (article.publisher, len(article.blocks)) == ("새벽일보", len(here.pieces))


def test_what_was_parsed_survives_its_way_to_the_parent() -> None:
    import json
    from datetime import date

    known = Metadata(title="제목", published=date(2025, 8, 4), byline="이몽룡")
    parsed = Parsed(parse_html(GOOD, "a").pieces, known, ("hidden: x",), (Link("http://a", known),))
    assert Parsed.from_json(json.loads(parsed.to_json())) == parsed


TAGS = "p div h2 ul li table tr td br b span article style a".split()
SOUP = st.lists(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS])
    | st.sampled_from(
        ["댓글", "책이 3권 팔렸다.", "가 & 나&#31;", "<p style='display:none'>숨은 글</p>", "\n"]
    )
    | st.text(max_size=12),
    max_size=40,
).map("".join)


def read_soup(soup: str) -> Article | str:
    try:
        return from_parsed(parse_html(soup.encode("utf-8", "replace"), "soup"), "soup", "soup")
    except ReadError as error:
        return str(error)


@settings(max_examples=100, deadline=None)
@given(SOUP)
def test_any_page_is_one_line_of_trouble_or_an_article_with_exact_spans(soup: str) -> None:
    article = read_soup(soup)
    if isinstance(article, str):
        assert article.startswith("soup: ")
        assert "\n" not in article
        return
    assert "숨은 글" not in article.text
    _check(article)


def _check(article: Article) -> None:
    at = 0
    for block in article.blocks:
        assert article.text[at : block.start].strip() == ""
        assert article.text[block.start : block.end].strip()
        at = block.end
    assert at == len(article.text)
    for passage in split_article(article):
        assert article.text[passage.start : passage.end] == passage.text
