"""The pages beside the conversation, as routes: articles, charts, the unanswered, accuracy.

They are plain HTML made on the server: they need no script to be read, and can be linked to.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.web.counts import Counts
from assistant.web.figures import charts_of, telling
from assistant.web.guard import page_head
from assistant.web.protocol import Assistant
from assistant.web.render import both, newest_first
from assistant.web.render_articles import Filter, render_article_page, render_articles
from assistant.web.render_charts import render_charts
from assistant.web.render_leaf import render_leaf
from assistant.web.render_unanswered import render_unanswered

if TYPE_CHECKING:
    import fastapi

CHOICES = 200  # articles offered on the page of charts
_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


def add_pages(
    app: fastapi.FastAPI,
    assistant: Assistant,
    *,
    title: str,
    counts: Counts | None = None,
    shown_from: int = 1,
    accuracy: Callable[[], str | None] = lambda: None,
    colors: str = "",
) -> None:
    """Put the pages on an application; do it before Gradio is mounted at its root.

    Args:
        app: what serves them.
        assistant: holds the articles.
        title: the name of this installation.
        counts: what was cited and what went unanswered; None where it is not kept.
        shown_from: how often a question must have been asked to be shown to others.
        accuracy: gives the accuracy report as ready HTML; None where there is none.
        colors: CSS with the colours of this installation.
    """
    from fastapi import Header, Response
    from fastapi.responses import HTMLResponse

    spoken = Header("ko")  # of the browser; the switch on the page is known only to the page
    head = page_head(colors).decode()

    def leaf(
        name: str, heading: str, lead: str, body: str, up: str = "", code: int = 200
    ) -> Response:
        page = render_leaf(title, name, heading, lead, body, up=up, head=head)
        return HTMLResponse(page, code)

    @app.get("/articles")
    def articles(
        words: str = "", publisher: str = "", since: str = "", until: str = ""
    ) -> Response:
        wanted = Filter(words, publisher, since, until)
        times = counts.cited_times() if counts else {}
        body = render_articles(assistant.articles(), wanted, times)
        return leaf("articles", "articles_title", "articles_lead", body)

    @app.get("/articles/{article_id}")
    def article(article_id: str, at: str = "") -> Response:
        up = "../"
        found = assistant.article(article_id)
        if found is None:
            body = f'<p class="nothing">{both("article_gone")}</p>'
            return leaf("articles", "not_found_title", "", body, up, 404)
        cited = counts.cited(found.id, found.sha256) if counts else []
        body = render_article_page(found, cited, _span(at), has_charts=not charts_of(found).empty)
        return leaf("articles", "articles_title", "", body, up)

    @app.get("/charts")
    def charts(article: str = "", accept_language: str = spoken) -> Response:
        language = "ko" if accept_language.startswith("ko") else "en"
        newest = sorted(assistant.articles(), key=newest_first, reverse=True)
        chosen = next((one for one in newest if one.id == article), None) or telling(
            newest, language
        )
        if chosen is None:
            body = f'<p class="nothing">{both("charts_no_article")}</p>'
        else:
            body = render_charts(newest[:CHOICES], chosen, charts_of(chosen))
        return leaf("charts", "charts_title", "charts_lead", body)

    @app.get("/unanswered")
    def unanswered() -> Response:
        if counts is None or not counts.keeps_questions:
            body = render_unanswered(None)
        else:
            rare = counts.rarer(shown_from)
            body = render_unanswered(counts.unanswered(shown_from), rare)
        return leaf("unanswered", "unanswered_title", "unanswered_lead", body)

    @app.get("/accuracy")
    def accuracy_page() -> Response:
        body = accuracy() or f'<p class="nothing">{both("accuracy_none")}</p>'
        return leaf("accuracy", "accuracy_title", "accuracy_lead", body)


def _span(at: str) -> tuple[int, int] | None:
    found = _SPAN.fullmatch(at)
    return (int(found[1]), int(found[2])) if found else None
