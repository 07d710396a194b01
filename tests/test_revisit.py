"""Links asked a second time: what has not changed is not sent, and what must come comes whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from test_job import Builder
from test_links import feed, news
from website import Page, Site, site

from ingest.catalog import Change
from ingest.formats.parsed import Link
from ingest.job import JobReport, preview_job, run_job
from ingest.library import Library
from ingest.metadata import Metadata
from ingest.web import links
from ingest.web.condition import Condition, LinkRecord
from ingest.web.fetch import Fetcher, Limits

MONDAY = "Mon, 04 Aug 2025 00:00:00 GMT"


def tagged(source: Page, tag: str) -> Page:
    return Page(source.body, source.kind, headers={"ETag": tag})


@dataclass
class Home:
    """A home that takes in links of a site, and what the site was asked for by the last job."""

    path: Path
    web: Site
    builder: Builder = field(default_factory=Builder)

    @property
    def library(self) -> Library:
        return Library(self.path)

    def take(self, *paths: str, given: Metadata | None = None) -> JobReport:
        self.web.asked.clear()
        self.web.headers.clear()
        fetcher = Fetcher(Limits(seconds=5, tries=1, pause=0), allow_loopback=True)
        sources = [self.web.url + path for path in paths]
        return run_job(
            sources, self.library, self.builder, home=self.path, given=given, fetcher=fetcher
        )

    def conditions(self) -> dict[str, str | None]:
        """What each page was asked with, robots.txt aside."""
        rows = zip(self.web.asked, self.web.headers, strict=True)
        return {path: given.get("If-None-Match") for path, given in rows if path != "/robots.txt"}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    pages = {f"/{number}": tagged(news(number), f'"v{number}"') for number in (1, 2, 3)}
    pages["/rss"] = tagged(feed("/1", "/2"), 'W/"feed"')
    with site(pages) as web:
        yield Home(tmp_path / "home", web)


@pytest.fixture
def no_parsing(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def parse() -> object:
        raise AssertionError("something was parsed")

    return lambda: monkeypatch.setattr(links, "sandbox", parse)


def test_a_page_that_is_as_it_was_is_neither_sent_nor_parsed(home: Home, no_parsing) -> None:
    assert home.take("/1").counts == {Change.NEW: 1}
    assert home.conditions() == {"/1": None}
    no_parsing()
    again = home.take("/1")
    assert (again.counts, again.failures, again.build) == ({Change.UNCHANGED: 1}, [], None)
    assert again.to_dict()["unchanged"] == 1
    assert home.conditions() == {"/1": '"v1"'}


def test_a_changed_page_is_read_and_its_new_tag_remembered(home: Home) -> None:
    home.take("/1")
    body = news(1).body.replace("마지막".encode(), "달라진".encode())
    home.web.pages["/1"] = Page(body, headers={"ETag": '"v1b"'})
    assert home.take("/1").counts == {Change.CHANGED: 1}
    assert home.take("/1").counts == {Change.UNCHANGED: 1}
    assert home.conditions() == {"/1": '"v1b"'}


def test_a_date_does_where_there_is_no_tag(home: Home) -> None:
    home.web.pages["/1"].headers = {"Last-Modified": MONDAY}
    home.take("/1")
    assert home.take("/1").counts == {Change.UNCHANGED: 1}
    assert home.web.headers[-1]["If-Modified-Since"] == MONDAY
    del home.web.pages["/1"].headers["Last-Modified"]
    home.take("/1")
    assert home.library.links() == {}


def test_a_feed_that_is_as_it_was_still_asks_each_of_its_pages(home: Home, no_parsing) -> None:
    assert home.take("/rss").counts == {Change.NEW: 2}
    home.web.pages["/2"] = tagged(news(3), '"v2b"')
    assert home.take("/rss").counts[Change.CHANGED] == 1
    assert home.conditions() == {"/rss": 'W/"feed"', "/1": '"v1"', "/2": '"v2"'}
    no_parsing()
    assert home.take("/rss").counts == {Change.UNCHANGED: 2}


def test_a_feed_with_a_link_that_failed_is_read_again(home: Home) -> None:
    home.web.pages["/rss"] = tagged(feed("/1", "/later"), '"feed"')
    assert home.take("/rss").exit_code == 4
    home.web.pages["/later"] = news(2)
    assert home.take("/rss").counts == {Change.NEW: 1, Change.UNCHANGED: 1}
    assert home.conditions() == {"/rss": None, "/1": '"v1"', "/later": None}


def test_a_removed_article_is_fetched_anew_when_it_is_back(home: Home) -> None:
    article_id = home.take("/rss").items[0].id
    home.library.remove(article_id)
    assert [*home.library.links()] == [f"{home.web.url}/2"]
    assert home.take("/rss").counts == {Change.KEPT_OUT: 1, Change.UNCHANGED: 1}
    home.library.restore(article_id)
    assert home.take("/rss").counts == {Change.UNCHANGED: 2}
    assert home.conditions() == {"/rss": None, "/1": None, "/2": '"v2"'}


def test_a_pruned_article_comes_again_from_its_link(home: Home) -> None:
    article_id = home.take("/1").items[0].id
    home.library.remove(article_id)
    home.library.prune()
    assert home.take("/1").counts == {Change.NEW: 1}
    assert home.conditions() == {"/1": None}


def test_a_purge_forgets_link_and_feed_and_neither_is_learnt_again(home: Home) -> None:
    article_id = home.take("/rss").items[0].id
    home.library.purge(article_id)
    for _ in range(2):
        assert home.take("/rss").counts == {Change.KEPT_OUT: 1, Change.UNCHANGED: 1}
    catalog = (home.path / "library" / "catalog.json").read_text("utf-8")
    assert f"{home.web.url}/1" not in catalog
    home.library.restore(article_id)
    assert home.take("/rss").counts[Change.NEW] == 1


def test_an_article_with_another_text_by_now_is_fetched_whole(home: Home) -> None:
    """The page says nothing new, but what is served is not what it said."""
    home.take("/1")
    article = home.library.list()[0]
    home.library.put(replace(article, text=article.text.replace("마지막", "다른")))
    assert home.take("/1").counts == {Change.CHANGED: 1}
    assert home.conditions() == {"/1": None}
    assert home.library.list()[0].text == article.text


def test_an_article_whose_text_is_lost_is_fetched_whole(home: Home) -> None:
    home.take("/1")
    for stored in (home.path / "library" / "objects").rglob("*.json"):
        stored.unlink()
    home.take("/1")
    assert home.conditions() == {"/1": None}
    assert home.library.list()[0].title == "1번째 서점 소식"


def test_other_facts_beside_the_link_need_the_page(home: Home) -> None:
    home.take("/1")
    report = home.take("/1", given=Metadata(publisher="저녁일보"))
    assert report.counts == {Change.CHANGED: 1}


def test_an_answer_of_no_change_to_who_asked_for_none_is_one_failed_source(home: Home) -> None:
    home.web.pages["/1"].status = [304]
    report = home.take("/1")
    assert (report.exit_code, len(report.failures)) == (2, 1)
    assert "answers 304" in report.failures[0]


def test_a_redirect_that_leads_elsewhere_now_is_asked_without_condition(home: Home) -> None:
    home.web.pages["/go"] = Page(status=[302], headers={"Location": "/1"})
    home.take("/go")
    assert home.take("/go").counts == {Change.UNCHANGED: 1}
    assert home.conditions() == {"/go": None, "/1": '"v1"'}
    home.web.pages["/go"].headers["Location"] = "/2"
    home.web.pages["/2"].headers["ETag"] = '"v1"'
    assert home.take("/go").counts == {Change.NEW: 1}
    assert home.conditions() == {"/go": None, "/2": None}


def test_a_preview_asks_likewise_and_remembers_nothing(home: Home) -> None:
    fetcher = Fetcher(Limits(seconds=5, tries=1, pause=0), allow_loopback=True)
    preview_job([f"{home.web.url}/1"], home.library, fetcher=fetcher)
    assert not home.path.exists()
    home.take("/1")
    report = preview_job([f"{home.web.url}/1"], home.library, fetcher=fetcher)
    assert report.counts == {Change.UNCHANGED: 1}


@pytest.mark.parametrize("at", ["2001-01-01T00:00:00+00:00", "2999-01-01T00:00:00+00:00"])
def test_a_server_is_not_believed_for_ever(home: Home, at: str) -> None:
    home.take("/1")
    library, url = home.library, f"{home.web.url}/1"
    row = {**library.links()[url].to_row(), "at": at}
    library.remember(url, LinkRecord.from_row(row))
    home.take("/1")
    assert home.conditions() == {"/1": None}


def test_a_record_survives_the_disk() -> None:
    link = Link("https://news.example/1", Metadata(title="소식"))
    condition = Condition("https://news.example/rss", 'W/"x"', MONDAY)
    record = LinkRecord(condition, "how", "2025-08-04T00:00:00+00:00", {"id": "hash"}, (link,))
    assert LinkRecord.from_row(record.to_row()) == record


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({"etag": '"a"', "last-modified": MONDAY}, ('"a"', MONDAY)),
        ({"etag": "unquoted", "last-modified": MONDAY}, (None, MONDAY)),
        ({"etag": '"' + "x" * 9000 + '"'}, None),
        ({"etag": '"é"'}, None),
        ({"last-modified": "어제"}, None),
        ({}, None),
    ],
)
def test_only_what_can_be_sent_back_is_kept(headers, kept) -> None:
    found = Condition.of("https://news.example/1", headers)
    assert (found and (found.etag, found.modified)) == kept
