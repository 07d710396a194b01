"""The news fields of a page: JSON-LD first, then meta tags, then what the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from ingest.formats.days import day_of
from ingest.formats.linked import Linked, linked_facts
from ingest.metadata import Metadata

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "sailthru.title", "title")
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "application-name", "publisher")
_PORTAL_PUBLISHERS = ("og:article:author", "twitter:creator")
_BYLINES = (
    "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "dable:author", "byl",
)  # fmt: skip
_PUBLISHED = (
    "article:published_time", "og:regdate", "article:published", "og:published_time",
    "datepublished", "pubdate", "publishdate", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "parsely-pub-date",
    "sailthru.date", "date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "article:modified", "datemodified", "lastmod",
    "last-modified", "dcterms.modified", "dc.date.modified", "revised",
)  # fmt: skip
_SHOWN_PUBLISHED = (
    "//*[@itemprop='datePublished']",
    "//*[@data-date-time]",
    "//*[contains(@class, 'num_date')]",
    "//time[@pubdate]",
    "//article//time[@datetime]",
    "//time[@datetime]",
)
_SHOWN_UPDATED = ("//*[@itemprop='dateModified']", "//*[@data-modify-date-time]")
_SHOWN_BYLINES = (
    "//*[@itemprop='author']//*[@itemprop='name']",
    "//*[@itemprop='author']",
    "//*[contains(concat(' ', @class, ' '), ' media_end_head_journalist_name ')]",
    "//*[contains(concat(' ', @class, ' '), ' byline_s ')]",
    "//*[contains(@class, 'info_view')]/*[@class='txt_info'][not(.//*[@class])]",
    "//a[@rel='author']",
    "//*[contains(concat(' ', @class, ' '), ' byline ')]",
    "//*[contains(concat(' ', @class, ' '), ' author ')]",
)
_SHOWN_SUBTITLES = tuple(
    f"//*[contains(@class, '{name}')][ancestor::header or ancestor::*[contains(@class, 'head')]]"
    for name in ("subheading", "subtitle", "sub-title", "sub_title", "subhead")
)
_LONGEST_SUBTITLE = 200
_ATTRIBUTES = ("content", "datetime", "data-date-time", "data-modify-date-time", "pubdate")
_PRINTED = r"(?:일시?|\s?시간)?\s*[:：]?\s*(\d{4}\s?[.년/-]\s?\d{1,2}\s?[.월/-]\s?\d{1,2})"
_PRINTED_PUBLISHED = re.compile(r"(?:입력|등록|승인|송고|발행|게재|작성)" + _PRINTED)
_PRINTED_UPDATED = re.compile(r"(?:수정|업데이트)" + _PRINTED)
_EMAIL = re.compile(r"[(\[<]?\s*[\w.+-]{1,64}@[\w.-]{1,64}\s*[)\]>]?")
_LEAD = re.compile(r"^(?:(?:written )?by|글|기자명|작성자?|취재)\s*[:：]?\s+", re.IGNORECASE)
_PORTAL = re.compile(r"\s*\|\s*(?:네이버|다음|daum|naver)\s*$", re.IGNORECASE)
_SEPARATED = re.compile(r"\s+[|｜–—\-:·<«»>]\s+|\s*[|｜]\s*")
_LONGEST_BYLINE = 80
_SHOWN_TEXT = 20_000


def news_fields(tree: HtmlElement, link: str | None) -> tuple[Metadata, Linked]:
    """The facts of the page's article; ``link`` is where the page was found, if on the web."""
    meta = _meta(tree)
    heads = [_shown(one) for one in tree.xpath("//h1")]
    page_title = _shown(next(iter(tree.xpath("//title")), None))
    linked = linked_facts(tree, " ".join([page_title, *heads, meta.get("og:title", "")]))
    publisher = _publisher(linked, meta)
    shown = tree.text_content()[:_SHOWN_TEXT]
    korean = sum("가" <= char <= "힣" for char in shown) > len(shown) / 20
    title = _title(linked, meta, heads, page_title, publisher)
    known = Metadata(
        title=title,
        subtitle=_subtitle(tree, linked, title),
        publisher=publisher,
        byline=_byline(tree, linked, meta),
        published=_day(tree, linked.published, meta, False, korean) or _printed(shown, False),
        updated=_day(tree, linked.updated, meta, True, korean) or _printed(shown, True),
        url=_canonical(tree, linked, meta, link),
        language=_language(tree, linked, meta),
    )
    return known, linked


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        value = " ".join((tag.get("content") or "").split())
        if name and value:
            found.setdefault(name.strip().lower(), value[:500])
    return found


def _title(
    linked: Linked, meta: dict[str, str], heads: Sequence[str], page: str, publisher: str | None
) -> str | None:
    named = [linked.headline, *(meta.get(name) for name in _TITLES), _only(heads), page]
    titles = [_without_site(one, publisher, heads) for one in named if one]
    if not titles:
        return None
    # Search engines cut headlines, and some pages give them cut.
    start = titles[0].rstrip(" .…")
    longer = [one for one in (*titles, *heads) if one.startswith(start) and len(one) > len(start)]
    return max(longer, key=len) if titles[0] != start and longer else titles[0]


def _subtitle(tree: HtmlElement, linked: Linked, title: str | None) -> str | None:
    """What stands under the headline: said in JSON-LD, or marked so in a head of the page."""
    shown = (_shown(one) for path in _SHOWN_SUBTITLES for one in tree.xpath(path)[:1])
    named = [one for one in (linked.subtitle, *shown) if one and one != title]
    return named[0] if named and len(named[0]) <= _LONGEST_SUBTITLE else None


def _only(heads: Sequence[str]) -> str | None:
    full = [head for head in heads if len(head) > 4]
    return full[-1] if full else None


def _without_site(title: str, publisher: str | None, heads: Sequence[str]) -> str:
    """The title without the site's name before or after it."""
    if title in heads:
        return title
    parts = [part for part in _SEPARATED.split(title) if part]
    for head in heads:
        if len(head) > 4 and head in title and len(parts) > 1:
            return head
    if publisher and len(parts) > 1:
        if _same(parts[-1], publisher):
            return title[: title.rindex(parts[-1])].rstrip(" |｜–—-:·<>«»")
        if _same(parts[0], publisher):
            return title[len(parts[0]) :].lstrip(" |｜–—-:·<>«»")
    return title


def _same(one: str, other: str) -> bool:
    a, b = ("".join(text.lower().split()) for text in (one, other))
    return a == b or a == f"the{b}" or b == f"the{a}"


def _publisher(linked: Linked, meta: dict[str, str]) -> str | None:
    portal = next((meta[name] for name in _PORTAL_PUBLISHERS if name in meta), "")
    if _PORTAL.search(portal) or meta.get("og:site_name", "").lower() in ("daum | 언론사", "다음"):
        return str(_PORTAL.sub("", portal)) or None
    named = [linked.publisher, *(meta.get(name) for name in _PUBLISHERS)]
    names = [one.lstrip("@") for one in named if one and not one.startswith("http")]
    return names[0] if names else None


def _byline(tree: HtmlElement, linked: Linked, meta: dict[str, str]) -> str | None:
    named = [linked.byline, *(meta.get(name) for name in _BYLINES)]
    shown = (_shown(one) for path in _SHOWN_BYLINES for one in tree.xpath(path)[:3])
    for one in (*named, *shown):
        text = _LEAD.sub("", _EMAIL.sub("", one or "").strip(" |,·/"))
        usable = 1 < len(text) <= _LONGEST_BYLINE and not text.startswith("http")
        if usable and not day_of(text) and text.lower() not in ("admin", "webmaster"):
            return text
    return None


def _day(
    tree: HtmlElement, first: str | None, meta: dict[str, str], updated: bool, korean: bool
) -> date | None:
    names = _UPDATED if updated else _PUBLISHED
    paths = _SHOWN_UPDATED if updated else _SHOWN_PUBLISHED
    return _first_day([first, *(meta.get(name) for name in names)], korean) or _first_day(
        (text for path in paths for one in tree.xpath(path)[:2] for text in _dated(one, updated)),
        korean,
    )


def _dated(element: HtmlElement, updated: bool) -> Iterable[str]:
    skipped = "data-date-time" if updated else "data-modify-date-time"
    yield from (element.get(name, "") for name in _ATTRIBUTES if name != skipped)
    yield _shown(element)


def _first_day(values: Iterable[str | None], korean: bool) -> date | None:
    return next((day for one in values if (day := day_of(one, korean))), None)


def _printed(text: str, updated: bool) -> date | None:
    found = (_PRINTED_UPDATED if updated else _PRINTED_PUBLISHED).search(text)
    return day_of(found[1]) if found else None


def _canonical(
    tree: HtmlElement, linked: Linked, meta: dict[str, str], link: str | None
) -> str | None:
    """The link that the page calls its own, but never one of another site than it came from.

    Else any page could take the place of another publisher's article.
    """
    tags = tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
    for one in (*map(str, tags[:1]), meta.get("og:url"), linked.url):
        try:
            full = urljoin(link or "", (one or "").strip())
            parts = urlsplit(full)
        except ValueError:
            continue
        usable = parts.scheme in ("http", "https") and parts.hostname and " " not in full
        if usable and (link is None or _site(full) == _site(link)):
            return str(full.partition("#")[0])
    return link


def _site(link: str) -> str:
    host = (urlsplit(link).hostname or "").lower()
    return re.sub(r"^(?:(?:www|m|amp|mobile|news|n|v)\.(?=[^.]+\.))+", "", host)


def _language(tree: HtmlElement, linked: Linked, meta: dict[str, str]) -> str | None:
    """A declared language other than Korean and English; these two are told from the text."""
    named = (linked.language, tree.get("lang"), meta.get("og:locale"), meta.get("language"))
    codes = [one[:2].lower() for one in named if one and one[:2].isalpha()]
    return codes[0] if codes and codes[0] not in ("ko", "en") else None


def _shown(element: HtmlElement | None) -> str:
    return " ".join(element.text_content().split()) if element is not None else ""
