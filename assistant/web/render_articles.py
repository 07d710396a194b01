"""The list of articles with its filter, and one article with what answers cited of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from assistant.web.counts import CitedSpan
from assistant.web.render import both, byline, esc, newest_first, original_link
from assistant.web.render_evidence import Mark, render_article
from ingest.article import Article

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reader asked to see; "" is no condition. Dates are ISO days, both included."""

    words: str = ""
    publisher: str = ""
    since: str = ""
    until: str = ""

    def fits(self, article: Article) -> bool:
        """Whether an article is to be shown; one without a date fits no condition on dates."""
        day = article.published.isoformat() if article.published else ""
        return (
            all(word in article.title.casefold() for word in self.words.casefold().split())
            and self.publisher in ("", article.publisher)
            and (not self.since or day >= self.since)
            and (not self.until or "" < day <= self.until)
        )


def article_address(article_id: str, span: tuple[int, int] | None = None) -> str:
    """The address of an article's page, from the first page; with a span, opened there."""
    place = f"?at={span[0]}-{span[1]}#at" if span else ""
    return f"articles/{quote(article_id, safe='')}{place}"


def render_articles(articles: Sequence[Article], wanted: Filter, times: Mapping[str, int]) -> str:
    """The filter and the articles that fit, newest first, with how often each was cited."""
    fitting = [article for article in articles if wanted.fits(article)]
    newest = sorted(fitting, key=newest_first, reverse=True)
    items = "".join(_item(article, times.get(article.id, 0)) for article in newest[:MOST_SHOWN])
    if len(fitting) == len(articles):
        count = both("articles_count", n=f"{len(articles):,}")
    else:
        count = both("articles_shown", n=f"{len(fitting):,}", total=f"{len(articles):,}")
    more = both("articles_more", n=MOST_SHOWN) if len(fitting) > MOST_SHOWN else ""
    listed = f'<ul class="library">{items}</ul>' if items else _nothing("articles_none")
    said = f'<p class="count" role="status">{count} {more}</p>'
    return f"{_filter(articles, wanted)}{said}{listed}"


def _nothing(key: str) -> str:
    return f'<p class="nothing">{both(key)}</p>'


def _item(article: Article, times: int) -> str:
    published = article.published.isoformat() if article.published else None
    said = both("cited_once") if times == 1 else both("cited_times", n=f"{times:,}")
    cited = f'<span class="times">{said}</span>' if times else ""
    return (
        f'<li><a class="read" href="{esc(article_address(article.id))}" '
        f'lang="{esc(article.language)}">{esc(article.title)}</a>'
        f'<p class="line">{byline(article.publisher, published)}{cited}</p></li>'
    )


def _filter(articles: Sequence[Article], wanted: Filter) -> str:
    publishers = sorted({article.publisher for article in articles if article.publisher})
    options = "".join(
        f'<option value="{esc(name)}"{" selected" if name == wanted.publisher else ""}>'
        f"{esc(name)}</option>"
        for name in publishers
    )
    fields = (
        _field("words", "filter_words", f'<input type="search" {_named("words", wanted.words)}>'),
        _field(
            "publisher",
            "filter_publisher",
            f'<select id="publisher" name="publisher"><option value="">—</option>{options}'
            "</select>",
        ),
        _field("since", "filter_from", f'<input type="date" {_named("since", wanted.since)}>'),
        _field("until", "filter_to", f'<input type="date" {_named("until", wanted.until)}>'),
    )
    reset = f'<a class="quiet" href="articles">{both("filter_reset")}</a>'
    return (
        f'<form class="filter" method="get" action="articles">{"".join(fields)}'
        f'<button type="submit">{both("filter_go")}</button>'
        f"{reset if wanted != Filter() else ''}</form>"
    )


def _named(name: str, value: str) -> str:
    return f'id="{name}" name="{name}" value="{esc(value)}"'


def _field(name: str, label: str, control: str) -> str:
    return f'<p><label for="{name}">{both(label)}</label>{control}</p>'


def render_article_page(
    article: Article,
    cited: Sequence[CitedSpan],
    asked: tuple[int, int] | None = None,
    *,
    has_charts: bool = False,
) -> str:
    """One article in full, its cited sentences marked and listed; ``asked`` is marked too."""
    true = [span for span in cited if 0 <= span.start < span.end <= len(article.text)]
    marks = [Mark(span.start, span.end, f"src-{n}") for n, span in enumerate(true, 1)]
    if asked and asked[0] < asked[1] <= len(article.text):
        marks.append(Mark(*asked, "at"))
    published = article.published.isoformat() if article.published else None
    charts = (
        f'<a class="quiet" href="../charts?article={esc(quote(article.id, safe=""))}">'
        f"{both('article_charts')}</a>"
    )
    links = original_link(article.url) + (charts if has_charts else "")
    return (
        f'<p class="back"><a class="quiet" href="../articles">{both("article_list")}</a></p>'
        f'<p class="line">{byline(article.publisher, published)}{links}</p>'
        f'<div class="beside">{render_article(article, marks)}{_cited(article, true)}</div>'
    )


def _cited(article: Article, spans: Sequence[CitedSpan]) -> str:
    items = "".join(
        f'<li><a class="hop" href="#src-{n}"><b>{span.times:,}</b>'
        f"<span>{esc(article.text[span.start : span.end])}</span></a></li>"
        for n, span in enumerate(spans, 1)
    )
    body = f"<ol>{items}</ol>" if items else _nothing("cited_never")
    return f'<aside class="cited"><h2>{both("cited_for")}</h2>{body}</aside>'
