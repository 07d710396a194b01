"""Facts of an article from JSON-LD, the description that pages give to search engines."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WRAPPERS = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|(?://\s*)?\]\]>)\s*$")
_TRAILING = re.compile(r",\s*(?=[}\]])")
_TYPES = frozenset({"BlogPosting", "Report", "SocialMediaPosting"})
_DEEPEST = 6
_MOST = 500


@dataclass(frozen=True, slots=True)
class Linked:
    """What JSON-LD says of the page's article, as it is written there."""

    headline: str | None = None
    subtitle: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published: str | None = None
    updated: str | None = None
    url: str | None = None
    language: str | None = None
    body: str | None = None


def linked_facts(tree: HtmlElement, title: str | None = None) -> Linked:
    """The facts of the article object; of several, of the one whose headline is in ``title``."""
    nodes = list(_nodes(tree))
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    articles = [node for node in nodes if _is_article(node)]
    if not articles:
        return Linked()
    named = [node for node in articles if title and (_text(node.get("headline")) or "~") in title]
    return _facts((named or articles)[0], known)


def _facts(node: dict[str, Any], known: dict[str, dict[str, Any]]) -> Linked:
    page = node.get("mainEntityOfPage")
    link = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    return Linked(
        headline=_text(node.get("headline") or node.get("name")),
        subtitle=_text(node.get("alternativeHeadline")),
        publisher=_names(node.get("publisher") or node.get("sourceOrganization"), known),
        byline=_names(node.get("author") or node.get("creator"), known),
        published=_text(node.get("datePublished") or node.get("dateCreated")),
        updated=_text(node.get("dateModified")),
        url=_text(node.get("url")) or _text(link),
        language=_names(node.get("inLanguage"), known),
        body=node["articleBody"] if isinstance(node.get("articleBody"), str) else None,
    )


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    scripts = tree.xpath("//script[contains(@type, 'ld+json')]")
    for script in scripts[:50]:
        value = _loaded(script.text or "")
        for count, node in enumerate(_objects(value, 0)):
            if count >= _MOST:
                break
            yield node


def _loaded(text: str) -> object:
    """JSON as pages write it: in a comment, with line ends in texts, a comma too many."""
    text = _WRAPPERS.sub("", text)
    for attempt in (text, _TRAILING.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: object, depth: int) -> Iterator[dict[str, Any]]:
    """The objects of an array, a graph, or a page; lists of other articles are not looked into."""
    if isinstance(value, list) and depth < _DEEPEST:
        for one in value:
            yield from _objects(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity"):
            if depth < _DEEPEST:
                yield from _objects(value.get(key), depth + 1)


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    names = [str(kind).rsplit("/", 1)[-1] for kind in kinds]
    return any(name.endswith("Article") or name in _TYPES for name in names)


def _names(value: object, known: dict[str, dict[str, Any]]) -> str | None:
    """The names of persons or organisations: a text, an object, a reference, or several."""
    if isinstance(value, list):
        names = [name for one in value[:10] if (name := _names(one, known))]
        return ", ".join(dict.fromkeys(names)) or None
    if isinstance(value, dict):
        own = _text(value.get("name")) or _text(value.get("alternateName"))
        other = known.get(str(value.get("@id")))
        return own or (_text(other.get("name")) if other else None)
    return _text(value)


def _text(value: object) -> str | None:
    """A text without entities and superfluous space; of a list, the first."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("@id")
    if not isinstance(value, str):
        return None
    return " ".join(html.unescape(value).split())[:500] or None
