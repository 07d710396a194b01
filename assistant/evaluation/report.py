"""report.html of asked questions: one page that needs nothing but itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from assistant.evaluation.chart import Bar, bars, line
from assistant.evaluation.compare import Comparison
from assistant.evaluation.gallery import gallery
from assistant.evaluation.intervals import share
from assistant.evaluation.metrics import fact_recall, grouped, risk_coverage
from assistant.evaluation.page import cards, nothing, page, section, settings_table
from assistant.evaluation.score import Loss, Score
from assistant.evaluation.summary import Result
from assistant.evaluation.words import CATEGORIES, SENTINELS, STATUSES, both, named

_HEADLINES = (
    "grounded_correct",
    "correct",
    "net_score",
    "answerable_correct",
    "refusal_rate",
    "over_refusal_rate",
    "false_premise",
    "follow_up",
    "span_fidelity",
    "number_support",
    "auroc",
    "latency_ms_p50",
)
_MIDDLE = ((0, "0"), (0.5, "50"), (1, "100 %"))


def to_html(result: Result, change: Comparison | None = None) -> str:
    """The whole page; ``change`` is the comparison with the baseline, when there is one."""
    return page(
        ("정확도 보고서", "How accurate are the answers?"),
        _about(result),
        [
            _alarm(result),
            cards(result.figures, _HEADLINES, _since_baseline(change)),
            _flips(change),
            _categories(result),
            _funnel(result),
            _crosstab(result),
            _recall(result),
            _risk(result),
            _sentinels(result),
            section("틀린 답", "What went wrong", gallery(result)),
            section("구성", "Configuration", settings_table(result.run.meta)),
        ],
    )


def _about(result: Result) -> str:
    meta, count = result.run.meta, len(result.scores)
    day = escape(str(meta.get("finished", ""))[:10])
    name = escape(str(meta.get("set", "")))
    return " · ".join(filter(None, [name, both(f"질문 {count}개", f"{count} questions"), day]))


def _alarm(result: Result) -> str:
    if not result.beaten_by:
        return ""
    korean = ", ".join(SENTINELS.get(name, (name, name))[0] for name in result.beaten_by)
    told = both(
        f"무효: ‘{korean}’도 이 점수를 얻습니다.",
        f"Void: this score is reached by “{', '.join(result.beaten_by)}”.",
    )
    return f'<section class="alarm"><b>{told}</b></section>'


def _since_baseline(change: Comparison | None) -> dict[str, str]:
    if change is None:
        return {}
    notes = {}
    for name, paired in (("grounded_correct", change.grounded), ("net_score", change.net)):
        if paired is not None:
            value = paired.change.value
            way = "down" if value < 0 else "up" if value > 0 else "same"
            told = f"{value:+.3f}".replace("-", "−")
            notes[name] = f'<span class="{way}">{told} {both("기준 대비", "since baseline")}</span>'
    return notes


def _flips(change: Comparison | None) -> str:
    if change is None or not (change.gained or change.lost):
        return ""
    rows = [
        f"<p><b>{both(*title)} · {len(ids)}</b><br>{escape(', '.join(ids))}</p>"
        for title, ids in (
            (("얻은 질문", "Gained"), change.gained),
            (("잃은 질문", "Lost"), change.lost),
        )
        if ids
    ]
    return section("기준과 달라진 질문", "Changed since the baseline", "".join(rows))


def _categories(result: Result) -> str:
    rows: list[Bar] = []
    for name, scores in grouped(result.scores, lambda s: s.item.category).items():
        each = share([score.grounded for score in scores])
        if each is not None:
            count = f"{sum(s.grounded for s in scores)} / {each.n}"
            rows.append((named(CATEGORIES, name), each.value, each.low, each.high, count))
    rows.sort(key=lambda row: -row[1])
    note = (
        "맞고 근거까지 있는 답의 비율, 선은 95 % 구간",
        "The share that is right and grounded; the line is the 95 % interval",
    )
    return section("범주별", "By category", bars(rows), note)


def _funnel(result: Result) -> str:
    """How many of the questions with an answer are left after each step."""
    asked = [each for each in result.scores if each.item.answerable is not False]
    if not asked:
        return ""
    steps = (
        (("물은 질문", "Asked"), ()),
        (("찾음 (열 단락 안)", "Found in ten passages"), (Loss.NOT_FOUND, Loss.CRASHED)),
        (("찾은 것을 인용함", "Cited what was found"), (Loss.NOT_USED,)),
        (("맞음", "Right"), (Loss.WRONG,)),
        (("근거까지 맞음", "Right and grounded"), (Loss.NOT_CITED,)),
    )
    left, rows = len(asked), []
    for title, losses in steps:
        gone = sum(each.loss in losses for each in asked)
        left -= gone
        value = left / len(asked)
        count = f"{left}" + (f" (−{gone})" if gone else "")
        rows.append((both(*title), value, value, value, count))
    note = (
        "답이 있는 질문이 어느 단계에서 빠졌는지",
        "Where the questions that have an answer were lost",
    )
    return section("잃은 곳", "The loss funnel", bars(rows), note)


def _crosstab(result: Result) -> str:
    kinds = (
        (True, "답이 있음", "Answerable"),
        (False, "답이 없음", "Not answerable"),
        (None, "잘못된 전제", "False premise"),
    )
    counts = Counter((each.item.answerable, _status(each)) for each in result.scores)
    shown = [name for name in STATUSES if any(counts[kind, name] for kind, _, _ in kinds)]
    head = "".join(f'<th class="n">{named(STATUSES, name)}</th>' for name in shown)
    rows = "".join(
        f"<tr><td>{both(korean, english)}</td>"
        + "".join(f'<td class="n">{counts[kind, name]}</td>' for name in shown)
        + "</tr>"
        for kind, korean, english in kinds
    )
    table = f"<table><tr><th></th>{head}</tr>{rows}</table>"
    return section("답이 있는 질문과 답한 질문", "Answerable × answered", table)


def _status(score: Score) -> str:
    return score.status.value if score.status else "crashed"


def _recall(result: Result) -> str:
    curve = fact_recall(result.scores, result.run)
    if not curve:
        body = nothing("검색 기록이 없습니다.", "Search was not traced.")
    else:
        points = [((k - 0.5) / len(curve), each.value) for k, each in enumerate(curve, start=1)]
        ticks = [(x, str(k)) for k, (x, _) in enumerate(points, start=1)]
        names = ("단락 수", "Passages"), ("사실이 모두 들어 있는 질문 (%)", "Questions reached (%)")
        body = line(points, *names, ticks)
    return section("검색이 닿은 깊이", "Facts within the first k passages", body)


def _risk(result: Result) -> str:
    points = risk_coverage(result.scores)
    if not points:
        body = nothing("이 글쓰기는 확신도를 주지 않습니다.", "The writer gives no confidence.")
    else:
        names = (
            ("답한 비율 (확신이 큰 것부터, %)", "Answered, the surest first (%)"),
            ("그 가운데 틀린 비율 (%)", "Wrong among them (%)"),
        )
        body = line(points, *names, _MIDDLE)
    return section("위험과 범위", "Risk and coverage", body)


def _sentinels(result: Result) -> str:
    own = [("kai", result.figures["grounded_correct"], result.figures["net_score"], False)]
    own += [(s.name, s.grounded_correct, s.net_score, s.reaches) for s in result.sentinels]
    rows = "".join(
        f"<tr{' class=alarm' if bad else ''}><td>{named(SENTINELS, name)}</td>"
        f'<td class="n">{100 * grounded.value:.0f} %</td>'
        f'<td class="n">{_signed(net.value)}</td></tr>'
        for name, grounded, net, bad in own
    )
    head = _row_of_heads([("근거까지 맞음", "Right and grounded"), ("순점수", "Net score")])
    note = (
        "아무것도 이해하지 못하는 답들. kai에 미치면 점수가 무효입니다.",
        "Answerers that understand nothing. If one reaches kai, the score is void.",
    )
    return section("파수꾼", "Sentinels", f"<table>{head}{rows}</table>", note)


def _row_of_heads(names: Sequence[tuple[str, str]]) -> str:
    return "<tr><th></th>" + "".join(f'<th class="n">{both(*n)}</th>' for n in names) + "</tr>"


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")
