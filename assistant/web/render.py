"""The small parts that all rendering is made of: escaping, two languages, sources.

Pure functions from values to HTML. Whatever comes from an article, a model or a reader passes
through `esc`; nothing else may put text on the page.
"""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from assistant.answer import Citation
from assistant.web.strings import STRINGS, date_in
from ingest.article import Article

# Control characters, lone surrogates and bidirectional overrides: they break the transport or
# make text look like what it is not. One sign stands for one sign, so lengths stay true.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
# gr.HTML passes its value through two template languages; these signs mean something there.
_TEMPLATE_SIGNS = str.maketrans(
    {"{": "&#123;", "}": "&#125;", "$": "&#36;", "`": "&#96;", "\\": "&#92;"}
)


def esc(text: str) -> str:
    """Text made safe for HTML, inside and outside of attributes."""
    return html.escape(_UNPRINTABLE.sub("\ufffd", text), quote=True).translate(_TEMPLATE_SIGNS)


def both(key: str, **values: object) -> str:
    """A string of the interface in both languages; CSS shows one of them."""
    korean, english = STRINGS[key]
    safe = {name: esc(str(value)) for name, value in values.items()}
    return in_both(korean.format(**safe), english.format(**safe))


def in_both(korean: str, english: str) -> str:
    """Two pieces of ready HTML, one for each language of the interface."""
    return f'<span class="ko" lang="ko">{korean}</span><span class="en" lang="en">{english}</span>'


def dated(key: str, iso: str) -> str:
    """A string of the interface with a date in it, written as each language writes dates."""
    korean, english = STRINGS[key]
    return in_both(
        korean.format(date=esc(date_in("ko", iso))), english.format(date=esc(date_in("en", iso)))
    )


def day(iso: str | None) -> str:
    """A date in both languages, or the words for "no date"."""
    if iso is None:
        return both("undated")
    return in_both(esc(date_in("ko", iso)), esc(date_in("en", iso)))


def newest_first(article: Article) -> tuple[str, bool]:
    """The key that sorts articles, reversed: by day, and Korean ones first within a day."""
    return str(article.published or ""), article.language == "ko"


def byline(publisher: str | None, published: str | None) -> str:
    """Publisher and date, as they stand under a title."""
    name = f'<span class="publisher">{esc(publisher)}</span>' if publisher else ""
    return f'<span class="byline">{name}<time>{day(published)}</time></span>'


def marker(citation: Citation, target: str) -> str:
    """The ``[n]`` of an answer: a link to its span; what it shows when hovered is a `peek`."""
    return f'<a class="cite" href="#{esc(target)}">[{int(citation.number)}]</a>'


def peek(citation: Citation, target: str) -> str:
    """What the card over a ``[n]`` shows: publisher, date and the sentence."""
    return (
        f'<div class="peek" data-for="{esc(target)}">'
        f"{byline(citation.publisher, citation.published)}"
        f'<p class="peek-quote">{esc(citation.quote)}</p>'
        f'<p class="peek-title">{esc(citation.title)}{page_of(citation)}</p></div>'
    )


def page_of(citation: Citation) -> str:
    """The page that the quote stands on, behind a title; nothing where there are no pages."""
    return f', <span class="page">p. {int(citation.page)}</span>' if citation.page else ""


def original_link(url: str | None, fragment: str = "") -> str:
    """A link to the published article, opened at a text fragment; nothing for an unsafe address."""
    if url is None or not is_web_address(url):
        return ""
    address = f"{url.split('#')[0]}#:~:text={fragment}" if fragment else url
    return (
        f'<a class="original" href="{esc(address)}" target="_blank" '
        f'rel="noopener noreferrer nofollow">{both("original")}</a>'
    )


def is_web_address(url: str) -> bool:
    """Whether an address is plain http or https, with a host and nothing to hide."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and url.isprintable()
