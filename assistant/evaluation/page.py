"""The frame of a report: one HTML page that loads nothing, in Korean and English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from assistant.evaluation.intervals import Estimate
from assistant.evaluation.words import FIGURES, SETTINGS, both, named

_SCRIPT = (
    "const h=document.documentElement;"
    "if(!/^ko/i.test(navigator.language))h.lang='en';"
    "document.querySelector('.toggle').addEventListener('click',()=>{"
    "h.lang=h.lang==='ko'?'en':'ko'})"
)


def page(title: tuple[str, str], about: str, parts: Iterable[str]) -> str:
    """The whole page; ``about`` is the line below the title, as HTML."""
    style = Path(__file__).with_name("report.css").read_text(encoding="utf-8")
    return (
        '<!doctype html><html lang="ko"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>kai · {escape(title[0])} · {escape(title[1])}</title><style>{style}</style>"
        f"</head><body><main><header><div><h1>{both(*title)}</h1>"
        f'<p class="soft">{about}</p></div>'
        '<button type="button" class="toggle"><span class="ko" lang="en">English</span>'
        '<span class="en" lang="ko">한국어</span></button></header>'
        f"{''.join(parts)}</main><script>{_SCRIPT}</script></body></html>\n"
    )


def section(korean: str, english: str, body: str, note: tuple[str, str] | None = None) -> str:
    """A titled part of the page, with a line that says how to read it."""
    told = f'<p class="soft">{both(*note)}</p>' if note else ""
    return f"<section><h2>{both(korean, english)}</h2>{told}{body}</section>"


def nothing(korean: str, english: str) -> str:
    """What stands where there is nothing to draw."""
    return f'<p class="soft">{both(korean, english)}</p>'


def cards(
    figures: Mapping[str, Estimate], names: Sequence[str], notes: Mapping[str, str] | None = None
) -> str:
    """A card for each figure that is there; ``notes`` are HTML lines below some of them."""
    shown = [
        f'<div class="card"><span>{named(FIGURES, name)}</span><b>{_value(name, each.value)}</b>'
        f"<span>{_interval(name, each)} · n = {each.n}</span>"
        f"{(notes or {}).get(name, '')}</div>"
        for name in names
        if (each := figures.get(name)) is not None
    ]
    return f'<div class="cards">{"".join(shown)}</div>'


_POINTS = ("net_score", "auroc", "mrr_at_10", "ndcg_at_10")


def _plain(name: str, value: float) -> str:
    if name.startswith("latency"):
        return f"{value:,.0f}"
    shown = f"{value:.2f}" if name in _POINTS else f"{100 * value:.0f}"
    return shown.replace("-", "−")


def _unit(name: str) -> str:
    return "" if name in _POINTS or name.startswith("latency") else " %"


def _value(name: str, value: float) -> str:
    unit = _unit(name)
    return _plain(name, value) + (f"<small>{unit}</small>" if unit else "")


def _interval(name: str, each: Estimate) -> str:
    return f"[{_plain(name, each.low)}–{_plain(name, each.high)}]{_unit(name)}"


def settings_table(meta: Mapping[str, Any]) -> str:
    """What the figures depend on."""
    rows = [(named(SETTINGS, name), meta[name]) for name in SETTINGS if meta.get(name) is not None]
    rows += [(escape(name), value) for name, value in meta.get("versions", {}).items()]
    rows += [("python", meta["python"])] if "python" in meta else []
    body = "".join(f"<tr><td>{name}</td><td>{escape(str(value))}</td></tr>" for name, value in rows)
    return f'<table class="settings">{body}</table>'
