"""Links, feeds and lists of links, through the same door as files and through a whole job."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from news_pages import NEWS, P, linked, page
from test_docx import written
from test_job import Builder
from test_pdf import SENTENCES, drawn, wrapped
from website import Page, Site, site

from ingest.catalog import Change
from ingest.errors import ReadError
from ingest.job import run_job
from ingest.library import Library
from ingest.metadata import Metadata
from ingest.read import listed, read
from ingest.web.fetch import Fetcher, Limits

TEXT = f"서점 소식\n\n{SENTENCES[0]}"


def news(number: int) -> Page:
    head = linked({**NEWS, "headline": f"{number}번째 서점 소식", "mainEntityOfPage": None})
    body = f"<article>{P}<p>{number}번째 글의 마지막 문장이다.</p></article>"
    return Page(page(head, body).encode())


def feed(*links: str, atom: bool = False) -> Page:
    if atom:
        items = "".join(
            f"<entry><title>소식</title><link href='{link}'/><author><name>성춘향</name></author>"
            "<published>2025-08-03T20:00:00Z</published></entry>"
            for link in links
        )
        body = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>강릉신문</title>{items}</feed>"
        return Page(body.encode(), "application/atom+xml")
    items = "".join(
        f"<item><title>소식 &amp;quot;{n}&amp;quot;</title><link>{link}</link><dc:creator>성춘향"
        "</dc:creator><pubDate>Mon, 04 Aug 2025 08:00:00 +0900</pubDate></item>"
        for n, link in enumerate(links)
    )
    body = (
        "<?xml version='1.0' encoding='UTF-8'?>\n<!-- 새벽 --><rss version='2.0' xmlns:dc="
        f"'http://purl.org/dc/elements/1.1/'><channel><title>강릉신문</title>{items}</channel></rss>"
    )
    return Page(body.encode(), "text/xml")


@pytest.fixture
def web() -> Iterator[Site]:
    pages = {f"/{number}": news(number) for number in range(1, 6)}
    pages["/bare"] = Page(page("", f"<article>{P}</article>").encode())
    pages["/rss"] = feed("/1", "/2", "/gone", "/1", "mailto:a@b.example")
    pages["/atom"] = feed("/bare", atom=True)
    pages["/loop"] = feed("/rss")
    pages["/none"] = feed()
    pages["/a.txt"] = Page(TEXT.encode("cp949"), "text/plain")
    pages["/a.md"] = Page(f"# 서점 소식\n\n{SENTENCES[0]}".encode(), "text/markdown")
    pages["/pdf"] = Page(drawn(lambda c: wrapped(c, SENTENCES[0], 60, 700, 400)), "text/html")
    pages["/docx"] = Page(written(lambda d: d.add_paragraph(SENTENCES[0])), "application/zip")
    pages["/picture"] = Page(b"\x89PNG", "image/png")
    with site(pages) as served:
        yield served


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(Limits(seconds=5, tries=1, pause=0), allow_loopback=True)


def test_a_page_behind_a_link_has_its_facts_and_its_link(web: Site, fetcher: Fetcher) -> None:
    article = read(f"{web.url}/1#top", fetcher=fetcher).articles[0]
    assert (article.title, article.publisher, article.byline) == (
        "1번째 서점 소식",
        "새벽일보",
        "이몽룡",
    )
    assert (article.url, article.source) == (f"{web.url}/1", f"{web.url}/1#top")
    assert article.id == read(f"{web.url}/1", fetcher=fetcher).articles[0].id
    given = read(f"{web.url}/1", Metadata(publisher="저녁일보"), fetcher).articles[0]
    assert given.publisher == "저녁일보"


@pytest.mark.parametrize("path", ["/a.txt", "/a.md", "/pdf", "/docx"])
def test_other_formats_are_known_by_what_they_are(web: Site, fetcher: Fetcher, path: str) -> None:
    article = read(web.url + path, fetcher=fetcher).articles[0]
    assert article.text.endswith(SENTENCES[0])
    assert article.url == web.url + path


def test_a_feed_gives_the_articles_of_its_links_each_once(web: Site, fetcher: Fetcher) -> None:
    reading = read(f"{web.url}/rss", fetcher=fetcher)
    assert [article.title for article in reading.articles] == ["1번째 서점 소식", "2번째 서점 소식"]
    assert reading.failures == (f"{web.url}/gone: the site answers 404; check the link",)


def test_what_a_feed_says_fills_what_a_page_does_not(web: Site, fetcher: Fetcher) -> None:
    article = read(f"{web.url}/atom", fetcher=fetcher).articles[0]
    assert (article.title, article.byline) == ("소식", "성춘향")
    assert (article.publisher, article.published) == ("강릉신문", date(2025, 8, 4))


def test_a_feed_in_a_file_is_read_likewise(web: Site, fetcher: Fetcher, tmp_path: Path) -> None:
    path = tmp_path / "news.rss"
    path.write_bytes(feed(f"{web.url}/1").body)
    assert read(path, fetcher=fetcher).articles[0].title == "1번째 서점 소식"


@pytest.mark.parametrize(
    ("path", "cause"),
    [("/loop", "feed inside a feed"), ("/none", "no links"), ("/picture", "image/png is not read"),
     ("/gone", "answers 404")],
)  # fmt: skip
def test_links_without_an_article_give_one_line(
    web: Site, fetcher: Fetcher, path: str, cause: str
) -> None:
    with pytest.raises(ReadError, match=cause) as caught:
        read(web.url + path, fetcher=fetcher)
    assert "\n" not in str(caught.value)
    assert web.url in str(caught.value)


def test_lines_of_a_list_are_links_and_paths() -> None:
    lines = ["\ufeffhttps://a.example/1\n", "\n", "# later\n", "  b.txt \r\n", "b.txt\n"]
    assert listed(lines) == ["https://a.example/1", "b.txt"]


def test_a_job_takes_links_feeds_and_files_together(
    web: Site, fetcher: Fetcher, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.html").write_bytes(news(7).body)
    (folder / "b.docx").write_bytes(written(lambda d: d.add_paragraph(SENTENCES[1])))
    (folder / "c.pdf").write_bytes(drawn(lambda c: wrapped(c, SENTENCES[2], 60, 700, 400)))
    (folder / "d.jsonl").write_text(json.dumps({"id": "d", "text": TEXT}), "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7")
    sources = [folder, f"{web.url}/rss", f"{web.url}/3", f"{web.url}/picture"]
    home, builder = tmp_path / "home", Builder()
    library = Library(home)
    report = run_job(sources, library, builder, home=home, fetcher=fetcher)
    assert (report.counts[Change.NEW], len(report.failures), report.exit_code) == (7, 3, 4)
    again = run_job(sources, library, builder, home=home, fetcher=fetcher)
    assert (again.counts[Change.UNCHANGED], again.build) == (7, None)
    pages = [b.page for article in library.list() for b in article.blocks if b.page]
    assert pages == [1]
    web.pages["/3"] = Page(news(3).body.replace("마지막".encode(), "달라진".encode()))
    changed = run_job(sources, library, builder, home=home, fetcher=fetcher)
    assert (changed.counts[Change.CHANGED], changed.counts[Change.UNCHANGED]) == (1, 6)


def test_other_comments_around_an_article_do_not_change_it(
    web: Site, fetcher: Fetcher, tmp_path: Path
) -> None:
    library, builder = Library(tmp_path), Builder()
    for count in (3, 4):
        body = f"<article>{P}</article><div class='comments'><p>댓글 {count}개</p></div>"
        web.pages["/1"] = Page(page(linked(NEWS), body).encode())
        report = run_job([f"{web.url}/1"], library, builder, home=tmp_path, fetcher=fetcher)
    assert report.counts == {Change.UNCHANGED: 1}
    assert len(library.list()[0].removed) == 1
