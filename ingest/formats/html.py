"""An HTML page to the pieces of its article: what is hidden and what is the site's goes out."""

from __future__ import annotations

import re
from collections.abc import Set
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.article import BlockKind
from ingest.assemble import Piece
from ingest.errors import ReadError
from ingest.formats.blocks import flatten_layout, page_pieces
from ingest.formats.encoding import decode_html
from ingest.formats.hidden import Sheet, ground_of, why_hidden
from ingest.formats.news import news_fields
from ingest.formats.parsed import Parsed
from ingest.plain import plain_pieces

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MACHINERY = "script style noscript template iframe object embed svg canvas video audio map".split()
_FURNITURE_TAGS = "nav aside footer form button select textarea dialog menu header".split()
# Never furniture by their name: what holds the article, and what an article is built of.
_KEPT = frozenset("html body main article table thead tbody tr td th h1 h2 h3 h4".split())
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WORDS = re.compile(r"[a-z]+|[A-Z][a-z]*")
_SHORT = 120  # an article body has at least this much text
_SHOWN = 200
_MOST_REMOVED = 300
_PROSE = 40


def parse_html(data: bytes, name: str, hint: str | None = None) -> Parsed:
    """The article of a page. ``hint`` is its charset by the HTTP header and its link: ``c|link``.

    Raises ReadError where there is no text, or no charset that fits.
    """
    import lxml.html

    charset, _, link = (hint or "").partition("|")
    text = _plain(_DECLARATION.sub("", decode_html(data, name, charset or None)))
    try:
        tree = lxml.html.document_fromstring(text)
    except (lxml.etree.ParserError, ValueError):
        raise ReadError(f"{name}: the page is empty; give a page with text in it") from None
    known, linked = news_fields(tree, link or None)
    removed: list[str] = []
    _drop_hidden(tree, removed)
    _drop_machinery(tree)
    flatten_layout(tree)
    everything = page_pieces(tree)
    _drop_furniture(tree, removed)
    pieces = _article_pieces(tree)
    if sum(len(piece.text) for piece in pieces) < _SHORT and len(linked.body or "") > _SHORT:
        pieces = plain_pieces(linked.body or "", titled=False)
    named = {known.title, known.subtitle}
    pieces = [piece for piece in pieces if piece.text and not _repeats(piece, named)]
    if not pieces:
        raise ReadError(f"{name}: no text on the page, it may need scripts; save its text")
    removed += _left_out(everything, pieces, removed, known.title or "")
    return Parsed(tuple(pieces), known, tuple(removed[:_MOST_REMOVED]))


def _plain(text: str) -> str:
    """The text without signs that HTML may hold and lxml does not take."""
    return _CONTROL.sub("", text.replace("\f", " "))


def _repeats(piece: Piece, named: Set[str | None]) -> bool:
    """Whether a piece only says again what stands at the head of the article."""
    return piece.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and piece.text in named


def _drop_hidden(tree: HtmlElement, removed: list[str]) -> None:
    for comment in list(tree.iter(_comment_type())):
        text = " ".join((comment.text or "").split())
        if text and not text.startswith(("[if", "<![")):
            removed.append(f"hidden (HTML comment): {text[:_SHOWN]}")
        _drop(comment)
    sheet = Sheet("\n".join(style.text or "" for style in tree.iter("style")))
    grounds: dict[Any, str] = {}
    for element in list(tree.iter()):
        parent = element.getparent()
        under = grounds.get(parent, "ffffff")
        if not isinstance(element.tag, str) or (parent is not None and parent not in grounds):
            continue  # inside something that is dropped already
        style = sheet.style_of(element)
        reason = why_hidden(element, style, under)
        if reason:
            _remove(element, f"hidden ({reason})", removed)
        else:
            grounds[element] = ground_of(style, under)


def _comment_type() -> Any:  # noqa: ANN401 - lxml ships no types
    from lxml import etree

    return etree.Comment


def _drop_machinery(tree: HtmlElement) -> None:
    for element in list(tree.iter("head", *_MACHINERY)):
        _drop(element)


def _drop_furniture(tree: HtmlElement, removed: list[str]) -> None:
    """Drop what its tag or name calls furniture, unless most of the page's prose is in it."""
    whole = _prose(tree)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in _KEPT:
            continue
        if tree not in element.iterancestors():
            continue
        reason = element.tag if element.tag in _FURNITURE_TAGS else _furniture_name(element)
        if element.tag == "figcaption" or "img_desc" in (element.get("class") or ""):
            reason = "picture caption"
        if element.tag == "header" and element.xpath("ancestor::article and .//h2"):
            reason = None
        if reason and _prose(element) * 2 <= whole:
            _remove(element, f"furniture ({reason})", removed)


def _furniture_name(element: HtmlElement) -> str | None:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    words = {word.lower() for word in _WORDS.findall(names)} if names != " " else set()
    return min(words & _names("furniture").keys(), default=None)


def _prose(element: HtmlElement) -> int:
    """How much text stands in lines as long as sentences."""
    return sum(len(t) for text in element.itertext() if len(t := text.strip()) >= _PROSE)


def _article_pieces(tree: HtmlElement) -> list[Piece]:
    """Of the marked body, else of the article element, else of what trafilatura finds, else all."""
    marked = tree.xpath("//*[@itemprop='articleBody']") or _named_bodies(tree)
    for candidates in (marked, _articles(tree)):
        full = [one for one in candidates if len(one.text_content().strip()) >= _SHORT]
        if full:
            return page_pieces(full[0])
    found = _main_text(tree)
    pieces = page_pieces(found) if found is not None else []
    return pieces if sum(len(p.text) for p in pieces) >= _SHORT else page_pieces(tree)


def _named_bodies(tree: HtmlElement) -> list[HtmlElement]:
    names = _names("article body")
    order = {name: number for number, name in enumerate(names)}
    found = [
        (min(order[name] for name in own), number, element)
        for number, element in enumerate(tree.iter("div", "section", "article", "td", "p", "span"))
        if (own := names.keys() & {*(element.get("class") or "").split(), element.get("id")})
    ]
    return [element for _, _, element in sorted(found, key=lambda row: row[:2])]


def _articles(tree: HtmlElement) -> list[HtmlElement]:
    """The article element, if it is one, or plainly the largest; lists of teasers have many."""
    rows = sorted(
        ((_prose(one), n, one) for n, one in enumerate(tree.iter("article"))), reverse=True
    )
    plain = rows and (len(rows) == 1 or rows[0][0] >= 2 * rows[1][0])
    return [rows[0][2]] if plain else []


def _main_text(tree: HtmlElement) -> HtmlElement | None:
    """The body that trafilatura finds; it knows many more sites than are named here."""
    import trafilatura

    found = trafilatura.bare_extraction(
        deepcopy(tree),
        include_tables=True,
        include_comments=False,
        favor_recall=True,
        with_metadata=False,
    )
    return getattr(found, "body", None)


def _left_out(
    everything: list[Piece], kept: list[Piece], removed: list[str], title: str
) -> list[str]:
    """The blocks of the page that are neither kept nor named as removed yet."""
    known = {*(piece.text for piece in kept), title}
    said = "\n".join(removed)
    rest = dict.fromkeys(piece.text[:_SHOWN] for piece in everything if piece.text not in known)
    return [f"outside the article: {text}" for text in rest if text not in said]


def _remove(element: HtmlElement, reason: str, removed: list[str]) -> None:
    text = " ".join(" ".join(element.itertext()).split())
    if text:
        removed.append(f"{reason}: {text[:_SHOWN]}")
    _drop(element)


def _drop(element: HtmlElement) -> None:
    """Take an element out, and leave the text behind it in its place."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    # References like &#31; make signs that lxml gives but does not take.
    tail = _plain(element.tail or "")
    if tail and before is not None:
        before.tail = _plain(before.tail or "") + tail
    elif tail:
        parent.text = _plain(parent.text or "") + tail
    parent.remove(element)


@cache
def _names(section: str) -> dict[str, None]:
    found: dict[str, dict[str, None]] = {}
    names: dict[str, None] = {}
    for line in Path(__file__).with_name("html.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            names = found.setdefault(line.strip("[]"), {})
        elif not line.startswith("#"):
            names.update(dict.fromkeys(line.split()))
    return found[section]
