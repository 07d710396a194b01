"""The parts of the page around the conversation: head line, empty state, library, question form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.web.conversation import MAX_QUESTION
from assistant.web.render import both, byline, esc, newest_first, original_link
from assistant.web.render_evidence import render_article
from assistant.web.render_leaf import render_nav, render_switches
from assistant.web.strings import EXAMPLES, STRINGS
from ingest.article import Article

Groups = Mapping[str, Sequence[tuple[str, Sequence[str]]]]
MOST_LISTED = 8  # articles beside an empty conversation; the rest is on the page of articles


def render_header(title: str) -> str:
    """The head line: name, language and light switches, and a way to begin anew."""
    return (
        f'<header class="top"><a class="skip" href="#question">{both("skip")}</a>'
        f'<h1><span class="name">{esc(title)}</span>'
        f'<span class="tagline">{both("tagline")}</span></h1>'
        f'<nav aria-label="{esc(" · ".join(STRINGS["nav"]))}">{render_nav("ask")}'
        '<button type="button" class="quiet" data-do="drawer" aria-haspopup="dialog">'
        f"{both('history')}</button>"
        f'<button type="button" class="quiet" data-do="new">{both("new")}</button>'
        f"{render_switches()}</nav></header>"
    )


def render_empty(examples: Sequence[str] | None = None, groups: Groups | None = None) -> str:
    """What stands where the conversation will be: what this is, and questions to begin with.

    Args:
        examples: questions shown in both languages.
        groups: by language, questions by topic. Without either, those about the bundled article.
    """
    if examples is None and groups is not None:
        shown = "".join(map(_topics, groups.items()))
    else:
        shown = f"<h3>{both('examples')}</h3>{_examples(examples)}"
    return (
        f'<section class="empty"><h2>{both("empty_title")}</h2><p>{both("empty_lead")}</p>'
        f"{shown}</section>"
    )


def _topics(group: tuple[str, Sequence[tuple[str, Sequence[str]]]]) -> str:
    """The questions of one language below their topics; nothing when there are none."""
    language, topics = group
    parts = "".join(
        f'<h4>{esc(topic)}</h4><ul class="examples">{_example_items(questions)}</ul>'
        for topic, questions in topics
    )
    if not parts:
        return ""
    return (
        f'<div class="topics {language}" lang="{language}"><h3>{both("examples")}</h3>{parts}</div>'
    )


def _examples(examples: Sequence[str] | None) -> str:
    if examples is not None:
        return f'<ul class="examples">{_example_items(examples)}</ul>'
    lists = (
        f'<ul class="examples {language}" lang="{language}">{_example_items(questions)}</ul>'
        for language, questions in EXAMPLES.items()
    )
    return "".join(lists)


def _example_items(questions: Sequence[str]) -> str:
    return "".join(
        f'<li><button type="button" class="ask">{esc(question)}</button></li>'
        for question in questions
    )


def render_form() -> str:
    """The question form; the script sends what is written in it."""
    korean, english = STRINGS["placeholder"]
    return (
        f'<p class="editing"><span>{both("editing")}</span>'
        f'<button type="button" class="quiet" data-do="unedit">{both("cancel")}</button></p>'
        '<form class="ask-form" novalidate>'
        f'<label class="sr" for="question">{both("question_label")}</label>'
        f'<textarea id="question" rows="1" maxlength="{MAX_QUESTION * 2}" autocomplete="off" '
        f'data-ko="{esc(korean)}" data-en="{esc(english)}" placeholder="{esc(korean)}" '
        'enterkeyhint="send"></textarea>'
        f'<button type="submit"><span class="sr">{both("send")}</span>'
        '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 19V5M5 12l7-7 7 7"/></svg>'
        "</button>"
        f'<button type="button" class="stop" data-do="stop"><span class="sr">{both("stop")}</span>'
        '<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="7" y="7" width="10" height="10"/>'
        f'</svg></button></form><p class="footnote">{both("footnote")}</p>'
    )


def render_hint(fault: str | None, length: int = 0) -> str:
    """The polite line under the form; empty when there is nothing to say."""
    said = both(fault, length=f"{length:,}", limit=f"{MAX_QUESTION:,}") if fault else ""
    return f'<p class="hint" role="status">{said}</p>'


def render_library(articles: Sequence[Article], teaser: str = "") -> str:
    """The newest articles, shown until there is evidence to show; ``teaser`` is ready HTML."""
    if not articles:
        body = f'<p class="nothing">{both("library_empty")}</p>'
    else:
        newest = sorted(articles, key=newest_first, reverse=True)
        body = f'<ul class="library">{"".join(map(_library_item, newest[:MOST_LISTED]))}</ul>'
        if len(newest) > MOST_LISTED:
            body += f'<a class="more" href="articles">{both("articles_all", n=len(newest))}</a>'
    return (
        '<section class="evidence" data-turn="" aria-labelledby="evidence-title">'
        f'<h2 id="evidence-title">{both("library_title")}</h2>{body}{teaser}</section>'
    )


def _library_item(article: Article) -> str:
    published = article.published.isoformat() if article.published else None
    return (
        f'<li><button type="button" class="read" data-article="{esc(article.id)}" '
        f'lang="{esc(article.language)}">{esc(article.title)}</button>'
        f"{byline(article.publisher, published)}</li>"
    )


def render_reading(article: Article | None) -> str:
    """One whole article in the panel, with the way back to the list."""
    back = f'<button type="button" class="quiet" data-do="library">{both("library_back")}</button>'
    if article is None:
        body = f'<p class="nothing">{both("article_gone")}</p>'
    else:
        published = article.published.isoformat() if article.published else None
        line = byline(article.publisher, published)
        body = line + original_link(article.url) + render_article(article)
    return (
        '<section class="evidence reading" data-turn="" aria-labelledby="evidence-title">'
        f'<h2 id="evidence-title" class="sr">{both("evidence")}</h2>{back}{body}</section>'
    )
