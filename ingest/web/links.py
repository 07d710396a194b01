"""Read what a link gives: a page, a PDF or docx file, text, or a feed with many articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from urllib.parse import urlsplit

from ingest.article import Article
from ingest.compose import from_parsed, read_text
from ingest.decode import decode
from ingest.errors import ReadError
from ingest.formats.parsed import Link
from ingest.formats.sandbox import sandbox
from ingest.metadata import Metadata
from ingest.reading import Reading, Recall, Visit, nothing_known
from ingest.web.condition import LinkRecord
from ingest.web.fetch import Fetched, Fetcher

_FEED = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*|<\?[^>]{0,200}>\s*)*"
    rb"<(?:rss|feed|rdf:RDF)\b"
)
_MARKDOWN = frozenset({"text/markdown", "text/x-markdown"})


def read_link(
    url: str, given: Metadata, fetcher: Fetcher | None = None, recall: Recall = nothing_known
) -> Reading:
    """Fetch a link and read it; raises ReadError when it gives no article.

    What ``recall`` knows is not sent again where the server says that it has not changed.
    """
    fetcher = fetcher or _fetcher()
    record, fetched = _fetch(url, Metadata(), fetcher, recall)
    if record and record.links:
        return read_feed(record.links, url, given, fetcher, recall)
    if record or _kind_of(fetched) != "feed":
        return _page(Link(url), record, fetched, given)
    links = sandbox().parse("feed", fetched.data, url, fetched.url).links
    reading = read_feed(links, url, given, fetcher, recall)
    if reading.failures:
        return reading
    ids = (*reading.unchanged, *(article.id for article in reading.articles))
    visit = Visit(url, Metadata(), fetched.condition, ids, links)
    return replace(reading, visits=(*reading.visits, visit))


def read_feed(
    links: Sequence[Link],
    name: str,
    given: Metadata,
    fetcher: Fetcher | None = None,
    recall: Recall = nothing_known,
) -> Reading:
    """The articles behind a feed's links; what the feed says fills what their pages do not."""
    fetcher = fetcher or _fetcher()
    pages: list[Reading] = []
    failures: list[str] = []
    for link in links:
        try:
            record, fetched = _fetch(link.url, link.known, fetcher, recall)
            pages.append(_page(link, record, fetched, given))
        except ReadError as error:
            failures.append(str(error))
    if not pages:
        raise ReadError(f"{name}: none of its {len(links)} links could be read ({failures[0]})")
    return Reading(
        tuple(article for page in pages for article in page.articles),
        tuple(failures),
        tuple(one for page in pages for one in page.unchanged),
        tuple(visit for page in pages for visit in page.visits),
    )


def _fetch(
    url: str, known: Metadata, fetcher: Fetcher, recall: Recall
) -> tuple[LinkRecord | None, Fetched]:
    """What the link gives; with its record, if that is what it still gives."""
    record = recall(url, known)
    fetched = fetcher.fetch(url, record.condition if record else None)
    return record if fetched.unchanged else None, fetched


def _page(link: Link, record: LinkRecord | None, fetched: Fetched, given: Metadata) -> Reading:
    if record:
        return Reading(unchanged=tuple(record.gave))
    article = _article(link.url, fetched, given, link.known)
    visit = Visit(link.url, link.known, fetched.condition, (article.id,))
    return Reading((article,), visits=(visit,))


def _article(url: str, fetched: Fetched, given: Metadata, other: Metadata) -> Article:
    """``given`` facts go before those of the page, and ``other`` ones after them."""
    kind = _kind_of(fetched)
    given = given.over(Metadata(source=url))
    other = other.over(Metadata(url=fetched.url))
    if kind == "feed":
        raise ReadError(f"{url}: a feed inside a feed is not followed; give it by itself")
    if kind in ("text", "markdown"):
        text = decode(fetched.data, url)
        return read_text(text, url, fetched.url, given.over(other), kind == "markdown")
    hint = f"{fetched.charset or ''}|{fetched.url}" if kind == "html" else fetched.url
    parsed = sandbox().parse(kind, fetched.data, url, hint)
    parsed = replace(parsed, known=parsed.known.over(other))
    return from_parsed(parsed, url, fetched.url, given)


def _kind_of(fetched: Fetched) -> str:
    """The format, by what the bytes are rather than by what the server calls them."""
    if fetched.data.startswith(b"%PDF-"):
        return "pdf"
    if fetched.data.startswith(b"PK\x03\x04"):
        return "docx"
    if _FEED.match(fetched.data[:4096].removeprefix(b"\xef\xbb\xbf")):
        return "feed"
    if fetched.kind in _MARKDOWN or urlsplit(fetched.url).path.lower().endswith(".md"):
        return "markdown"
    if fetched.kind == "text/plain":
        return "text"
    if fetched.kind in ("", "application/octet-stream") or "html" in fetched.kind:
        return "html"
    if "xml" in fetched.kind:
        return "html"
    raise ReadError(f"{fetched.url}: {fetched.kind} is not read; give a page, PDF, docx or feed")


@cache
def _fetcher() -> Fetcher:
    """The fetcher of this process: it remembers each site's robots.txt."""
    return Fetcher()
