"""An RSS or Atom feed to its links, with what it says about each."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from ingest.errors import ReadError
from ingest.formats.days import day_of
from ingest.formats.parsed import Link, Parsed
from ingest.metadata import Metadata

MOST_ENTRIES = 200


def parse_feed(data: bytes, name: str, hint: str | None = None) -> Parsed:
    """The links of a feed, each once, in its order; ``hint`` is the feed's own link.

    Raises ReadError when it is no feed or has no links.
    """
    import feedparser

    if b"<!ENTITY" in data:
        raise ReadError(f"{name}: the feed defines XML entities, which none needs; leave it out")
    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version") and not feed.entries:
        raise ReadError(f"{name}: not an RSS or Atom feed; give the feed's own link or file")
    links: dict[str, Link] = {}
    for entry in feed.entries[:MOST_ENTRIES]:
        url = urljoin(hint or "", str(entry.get("link") or "").strip())
        if url.lower().startswith(("http://", "https://")):
            links.setdefault(url, Link(url, _known(entry, feed.feed)))
    if not links:
        raise ReadError(f"{name}: the feed has no links to articles; give another")
    return Parsed(links=tuple(links.values()))


def _known(entry: dict[str, Any], feed: dict[str, Any]) -> Metadata:
    title = _plain(entry.get("title"))
    korean = any("가" <= char <= "힣" for char in title or "")
    return Metadata(
        title=title,
        publisher=_plain((entry.get("source") or {}).get("title")) or _plain(feed.get("title")),
        byline=_plain(entry.get("author")),
        published=day_of(entry.get("published"), korean),
        updated=day_of(entry.get("updated"), korean),
    )


def _plain(value: object) -> str | None:
    """A text without markup: titles of feeds may hold some."""
    if not isinstance(value, str) or not value.strip():
        return None
    import lxml.html

    if "<" in value or "&" in value:
        value = str(lxml.html.fromstring(f"<p>{value}</p>").text_content())
    return " ".join(value.split())[:500] or None
