"""report.html: one page that needs nothing but itself, in Korean and English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from assistant.evaluation.chart import Bar, bars, line
from assistant.evaluation.compare import Comparison
from assistant.evaluation.gallery import gallery
from assistant.evaluation.intervals import Estimate, share
from assistant.evaluation.metrics import fact_recall, grouped, risk_coverage
from assistant.evaluation.summary import Result

_SCRIPT = (
    "document.querySelector('.toggle').addEventListener('click',()=>{"
    "const h=document.documentElement;h.lang=h.lang==='ko'?'en':'ko'})"
)
_HEADLINES = (
    ("grounded_correct", "근거까지 맞음", "Right and grounded"),
    ("correct", "맞음", "Right"),
    ("net_score", "순점수", "Net score"),
    ("refusal_rate", "옳은 거절", "Rightly refused"),
    ("over_refusal_rate", "잘못된 거절", "Wrongly refused"),
    ("span_fidelity", "인용 일치", "Exact spans"),
    ("number_support", "숫자 근거", "Supported numbers"),
    ("latency_ms_p50", "응답 시간 중앙값 (ms)", "Median time (ms)"),
)


def both(korean: str, english: str) -> str:
    """A text in both languages; the page shows one of them."""
    return f'<span class="ko">{escape(korean)}</span><span class="en">{escape(english)}</span>'


def to_html(result: Result, change: Comparison | None = None) -> str:
    """The whole page; ``change`` is the comparison with the baseline, when there is one."""
    style = Path(__file__).with_name("report.css").read_text(encoding="utf-8")
    parts = [
        _header(result),
        _alarm(result),
        _headline(result.figures, change),
        _section("범주별", "By category", bars(_category_bars(result))),
        _section("답이 있는 질문과 답한 질문", "Answerable × answered", _crosstab(result)),
        _section("잃은 곳", "Where questions were lost", _losses(result)),
        _section("찾은 깊이", "Facts within the first k passages", _recall(result)),
        _section("위험과 범위", "Risk and coverage", _risk(result)),
        _section("파수꾼", "Sentinels: answerers that understand nothing", _sentinels(result)),
        _section("틀린 답", "What went wrong", gallery(result)),
        _section("구성", "Configuration", _configuration(result.run.meta)),
    ]
    return (
        '<!doctype html><html lang="ko"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>kai · evaluation</title><style>{style}</style></head><body><main>"
        f"{''.join(parts)}</main><script>{_SCRIPT}</script></body></html>\n"
    )


def _header(result: Result) -> str:
    name = escape(str(result.run.meta.get("set", "")))
    count = len(result.scores)
    return (
        f"<header><div><h1>{both('정확도 보고서', 'How accurate are the answers?')}</h1>"
        f'<p class="soft">{name} · {both(f"질문 {count}개", f"{count} questions")}</p></div>'
        '<button class="toggle">한국어 / English</button></header>'
    )


def _alarm(result: Result) -> str:
    if not result.beaten_by:
        return ""
    names = ", ".join(result.beaten_by)
    told = both(f"무효: {names}이(가) 같은 점수를 얻습니다.", f"Void: {names} reaches this score.")
    return f'<section class="alarm"><b>{told}</b></section>'


def _headline(figures: Mapping[str, Estimate], change: Comparison | None) -> str:
    cards = []
    for name, korean, english in _HEADLINES:
        each = figures.get(name)
        if each is None:
            continue
        digits = 0 if name.startswith("latency") else 3
        cards.append(
            f'<div class="card"><span>{both(korean, english)}</span><b>{each.value:.{digits}f}</b>'
            f"<span>[{each.low:.{digits}f} – {each.high:.{digits}f}] n={each.n}</span>"
            f"{_since(name, change)}</div>"
        )
    return f'<div class="cards">{"".join(cards)}</div>'


def _since(name: str, change: Comparison | None) -> str:
    known = {"grounded_correct": change.grounded, "net_score": change.net} if change else {}
    paired = known.get(name)
    if paired is None:
        return ""
    value = paired.change.value
    way = "down" if value < 0 else "up"
    return f'<br><span class="{way}">{value:+.3f} {both("기준 대비", "since the baseline")}</span>'


def _section(korean: str, english: str, body: str) -> str:
    return f"<section><h2>{both(korean, english)}</h2>{body}</section>"


def _category_bars(result: Result) -> list[Bar]:
    rows: list[Bar] = []
    for name, scores in grouped(result.scores, lambda s: s.item.category).items():
        each = share([score.grounded for score in scores])
        if each is not None:
            note = f"{sum(s.grounded for s in scores)} / {each.n}"
            rows.append((name, each.value, each.low, each.high, note))
    return rows


def _crosstab(result: Result) -> str:
    kinds = (
        (True, "답이 있음", "Answerable"),
        (False, "답이 없음", "Not answerable"),
        (None, "잘못된 전제", "False premise"),
    )
    statuses = ("answered", "corrected", "abstained", "crashed")
    counts = Counter(
        (each.item.answerable, each.status.value if each.status else "crashed")
        for each in result.scores
    )
    head = "".join(f'<th class="n">{status}</th>' for status in statuses)
    rows = "".join(
        f"<tr><td>{both(korean, english)}</td>"
        + "".join(f'<td class="n">{counts[kind, status]}</td>' for status in statuses)
        + "</tr>"
        for kind, korean, english in kinds
    )
    return f"<table><tr><th></th>{head}</tr>{rows}</table>"


def _losses(result: Result) -> str:
    counts = Counter(each.loss.value for each in result.scores if each.loss)
    total = len(result.scores) or 1
    rows = [(name, n / total, n / total, n / total, str(n)) for name, n in counts.most_common()]
    return bars(rows) if rows else both("없음", "none")


def _recall(result: Result) -> str:
    curve = fact_recall(result.scores, result.run)
    points = [(k / len(curve), each.value) for k, each in enumerate(curve, start=1)]
    return line(points, f"k = 1 … {len(curve)}", "recall") if curve else both("없음", "not traced")


def _risk(result: Result) -> str:
    points = risk_coverage(result.scores)
    return line(points, "coverage", "risk") if points else both("없음", "none")


def _sentinels(result: Result) -> str:
    own = [("kai", result.figures["grounded_correct"], result.figures["net_score"], False)]
    own += [(s.name, s.grounded_correct, s.net_score, s.reaches) for s in result.sentinels]
    rows = "".join(
        f"<tr{' class=alarm' if bad else ''}><td>{escape(name)}</td>"
        f'<td class="n">{grounded.value:.3f}</td><td class="n">{net.value:+.3f}</td></tr>'
        for name, grounded, net, bad in own
    )
    head = '<tr><th></th><th class="n">grounded correct</th><th class="n">net score</th></tr>'
    return f"<table>{head}{rows}</table>"


def _configuration(meta: Mapping[str, Any]) -> str:
    flat = {**meta, **meta.get("versions", {})}
    rows = "".join(
        f"<tr><td>{escape(str(name))}</td><td>{escape(str(value))}</td></tr>"
        for name, value in flat.items()
        if name != "versions"
    )
    return f"<table>{rows}</table>"
