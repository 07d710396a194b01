"""The drawer with the conversations of a reader: open, rename, delete, search, take along."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from assistant.web.history import MAX_TITLE, Entry
from assistant.web.render import both, day, esc
from assistant.web.strings import STRINGS

EXPORTS = ("md", "json", "html")


def render_drawer() -> str:
    """What stands above the list in the drawer; the script opens and closes it."""
    korean, english = STRINGS["history_search"]
    return (
        '<header><form class="logout" method="post" action="logout"><span class="who"></span>'
        f'<button type="submit" class="quiet">{both("logout")}</button></form>'
        f'<h2 id="drawer-title">{both("history")}</h2>'
        f'<button type="button" class="quiet" data-do="drawer">{both("close")}</button></header>'
        f'<button type="button" class="begin" data-do="new">{both("new")}</button>'
        f'<label class="sr" for="history-words">{both("history_search")}</label>'
        f'<input id="history-words" type="search" autocomplete="off" data-ko="{esc(korean)}" '
        f'data-en="{esc(english)}" placeholder="{esc(korean)}">'
    )


def render_entries(entries: Sequence[Entry], words: str, current: str, anonymous: bool) -> str:
    """The list in the drawer, newest first; ``words`` are what was searched for."""
    if not entries:
        said = both("history_none" if words.strip() else "history_empty")
        return f'<p class="nothing" role="status">{said}</p>'
    items = "".join(_item(entry, entry.id == current) for entry in entries)
    note = f'<p class="note">{both("history_anonymous")}</p>' if anonymous else ""
    return f'<ul class="entries">{items}</ul>{note}'


def _item(entry: Entry, current: bool) -> str:
    here = ' aria-current="true"' if current else ""
    turns = both("history_turn") if entry.turns == 1 else both("history_turns", n=entry.turns)
    return (
        f'<li data-conversation="{esc(entry.id)}">'
        f'<button type="button" class="open" data-do="open"{here}>'
        f'<span class="entry-title">{esc(entry.title)}</span>'
        f'<span class="when">{day(entry.changed[:10])} · {turns}</span></button>'
        f"{_more(entry)}</li>"
    )


def _more(entry: Entry) -> str:
    links = "".join(
        f'<li><a href="export/{quote(entry.id)}.{kind}"'
        f"{_how(kind)}>{both(f'export_{kind}')}</a></li>"
        for kind in EXPORTS
    )
    name = f"title-{esc(entry.id)}"
    return (
        f'<details class="more"><summary><span class="sr">{both("more")}: '
        f'{esc(entry.title)}</span><span aria-hidden="true">⋯</span></summary>'
        f'<form class="rename"><label for="{name}">{both("rename_label")}</label>'
        f'<span><input id="{name}" value="{esc(entry.title)}" maxlength="{MAX_TITLE}" '
        f'autocomplete="off"><button type="submit">{both("save")}</button></span></form>'
        f'<ul>{links}<li><button type="button" class="delete" data-do="delete">'
        f'<span class="before">{both("delete")}</span>'
        f'<span class="after">{both("delete_sure")}</span></button></li></ul></details>'
    )


def _how(kind: str) -> str:
    return ' target="_blank" rel="noopener"' if kind == "html" else " download"
