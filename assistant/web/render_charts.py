"""The charts of an article: each one a table whose rows carry their bar, value and sentence.

A table is what a screen reader reads and what a browser without styles shows; the bars are drawn
in its cells, so that picture and figures cannot part.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from urllib.parse import quote

from assistant.web.figures import Charts, Event, Figure, Shares, charts_of, telling
from assistant.web.render import both, esc, in_both, newest_first
from assistant.web.render_articles import article_address
from assistant.web.strings import date_in
from ingest.article import Article


def render_charts(articles: Sequence[Article], article: Article, charts: Charts) -> str:
    """The choice of the article and its charts; a line that says so where there are none."""
    body = "".join(
        (
            _shares(article, charts.shares) if charts.shares else "",
            _changes(article, charts.changes),
            _timeline(article, charts.timeline),
        )
    )
    none = f'<p class="nothing">{both("charts_none")}</p>'
    title = (
        f'<h2 class="of"><a href="{esc(article_address(article.id))}" '
        f'lang="{esc(article.language)}">{esc(article.title)}</a></h2>'
    )
    return f"{_choice(articles, article)}{title}{body or none}"


def render_teaser(articles: Sequence[Article]) -> str:
    """A first look at a chart beside an empty conversation, for each language of the interface."""
    newest = sorted(articles, key=newest_first, reverse=True)
    shown = {language: _teaser(telling(newest, language)) for language in ("ko", "en")}
    if shown["ko"] == shown["en"]:
        return shown["ko"]
    return "".join(f'<div class="{name}">{teaser}</div>' for name, teaser in shown.items())


def _teaser(article: Article | None) -> str:
    shares = charts_of(article).shares if article else None
    if article is None or shares is None:
        return ""
    address = f"charts?article={quote(article.id, safe='')}"
    return (
        f'<div class="teaser"><h3>{both("shares_title", whole=shares.whole.text)}</h3>'
        f'{render_strip(shares)}<a href="{esc(address)}">{both("article_charts")}</a></div>'
    )


def _choice(articles: Sequence[Article], chosen: Article) -> str:
    options = "".join(
        f'<option value="{esc(article.id)}"{" selected" if article.id == chosen.id else ""}>'
        f"{esc(article.title)}</option>"
        for article in articles
    )
    return (
        '<form class="filter" method="get" action="charts"><p>'
        f'<label for="article">{both("charts_article")}</label>'
        f'<select id="article" name="article">{options}</select></p>'
        f'<button type="submit">{both("filter_go")}</button></form>'
    )


def render_strip(shares: Shares) -> str:
    """The whole as one bar of its parts; for the eye only."""
    parts = "".join(
        f'<span style="flex-grow:{float(part.value / shares.whole.value):.4f}">'
        f"<b>{esc(part.label)}</b>{esc(part.text)}</span>"
        for part in shares.parts
    )
    return f'<div class="strip" aria-hidden="true">{parts}</div>'


def _shares(article: Article, shares: Shares) -> str:
    whole = shares.whole
    total = " + ".join(part.text for part in shares.parts)
    note = f'<p class="note">{both("shares_note", sum=total, whole=whole.text)}</p>'
    title = both("shares_title", whole=whole.text)
    figures = (*shares.parts, whole)
    return _chart("shares", title, f"{render_strip(shares)}{note}", article, figures, whole.value)


def _changes(article: Article, figures: Sequence[Figure]) -> str:
    if not figures:
        return ""
    most = max(abs(figure.value) for figure in figures)
    return _chart("changes", both("changes_title"), "", article, figures, most)


def _chart(
    name: str, title: str, above: str, article: Article, figures: Sequence[Figure], most: Fraction
) -> str:
    heads = "".join(f'<th scope="col">{both(f"column_{key}")}</th>' for key in ("what", "value"))
    spans = list(dict.fromkeys((figure.start, figure.end) for figure in figures))
    rows = "".join(
        _row(article, figure, float(figure.value / most), spans.index((figure.start, figure.end)))
        for figure in figures
    )
    sentences = "".join(f"<li>{_sentence(article, *span)}</li>" for span in spans)
    return (
        f'<section class="chart {name}" aria-labelledby="chart-{name}">'
        f'<h2 id="chart-{name}">{title}</h2>{above}'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f'<ol class="said">{sentences}</ol></section>'
    )


def _row(article: Article, figure: Figure, share: float, place: int) -> str:
    sign = "+" if figure.value > 0 and "%" in figure.text else ""
    sign = "−" if share < 0 else sign
    fall = " fall" if share < 0 else ""
    bar = f'<span class="bar{fall}" style="width:{abs(share) * 100:.2f}%"></span>'
    address = article_address(article.id, (figure.start, figure.end))
    label = esc(figure.label) or both("whole")
    return (
        f'<tr><th scope="row">{label}</th>'
        f'<td class="value"><span class="meter"><span class="track" aria-hidden="true">{bar}</span>'
        f'<span class="number">{sign}{esc(figure.text)} '
        f'<a class="cite" href="{esc(address)}">[{place + 1}]</a></span></span></td></tr>'
    )


def _sentence(article: Article, start: int, end: int) -> str:
    address = article_address(article.id, (start, end))
    text = esc(article.text[start:end])
    return f'<a class="said" href="{esc(address)}" lang="{esc(article.language)}">{text}</a>'


def _timeline(article: Article, events: Sequence[Event]) -> str:
    if not events:
        return ""
    items = "".join(
        f'<li><p class="when"><b lang="{esc(article.language)}">{esc(event.text)}</b>'
        f"{_days(event)}</p>{_sentence(article, event.start, event.end)}</li>"
        for event in events
    )
    return (
        '<section class="chart timeline" aria-labelledby="chart-timeline">'
        f'<h2 id="chart-timeline">{both("timeline_title")}</h2><ol>{items}</ol></section>'
    )


def _days(event: Event) -> str:
    first, last = event.earliest.isoformat(), event.latest.isoformat()
    one = first == last
    shown = [
        esc(date_in(language, first) + ("" if one else f" – {date_in(language, last)}"))
        for language in ("ko", "en")
    ]
    return f'<time datetime="{first}">{in_both(*shown)}</time>'
