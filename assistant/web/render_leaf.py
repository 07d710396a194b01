"""The frame of the pages beside the conversation, and the way between them."""

from __future__ import annotations

from assistant.web.render import both, esc, in_both
from assistant.web.strings import STRINGS

PAGES = ("ask", "articles", "charts", "unanswered", "accuracy")


def render_nav(current: str, up: str = "") -> str:
    """Links to all pages; ``up`` is the way from this one to the first ("../" or "")."""
    links = "".join(_link(name, current, up) for name in PAGES)
    return f'<ul class="pages">{links}</ul>'


def _link(name: str, current: str, up: str) -> str:
    address = f"{up}{name}" if name != "ask" else up or "./"
    here = ' aria-current="page"' if name == current else ""
    return f'<li><a href="{address}"{here}>{both(f"nav_{name}")}</a></li>'


def render_switches() -> str:
    """The buttons for language and light."""
    return (
        '<button type="button" class="quiet" data-do="language">'
        f"{in_both(STRINGS['to_english'][0], STRINGS['to_korean'][0])}</button>"
        '<button type="button" class="quiet round" data-do="theme">'
        f'<span class="sr">{both("theme")}</span><span aria-hidden="true">◐</span></button>'
    )


def render_leaf(
    title: str, current: str, heading: str, lead: str, body: str, *, up: str = "", head: str = ""
) -> str:
    """A whole page as HTML.

    Args:
        title: the name of this installation.
        current: which of ``PAGES`` this is.
        heading: the key of the heading.
        lead: the key of the sentence under it; "" for none, and the heading is for the ear only.
        body: ready HTML.
        up: the way to the first page, for pages in a folder.
        head: style and script, ready for the head.
    """
    korean = STRINGS[heading][0]
    quiet = "" if lead else ' class="sr"'
    said = f'<p class="lead">{both(lead)}</p>' if lead else ""
    return (
        '<!doctype html><html lang="ko"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{esc(korean)} · {esc(title)}</title>{head}</head>"
        # Gradio's class name lets both kinds of page share one style sheet.
        f'<body class="gradio-container leaf"><header class="top">'
        f'<a class="skip" href="#content">{both("skip_main")}</a>'
        f'<p class="brand"><a class="name" href="{up or "./"}">{esc(title)}</a></p>'
        f'<nav aria-label="{esc(" · ".join(STRINGS["nav"]))}">'
        f"{render_nav(current, up)}{render_switches()}</nav></header>"
        f'<main id="content" tabindex="-1"><h1{quiet}>{both(heading)}</h1>{said}{body}</main>'
        "</body></html>"
    )
