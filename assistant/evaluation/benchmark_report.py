"""report.html of a benchmark: its figures, the curve that belongs to it, and what was missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from assistant.evaluation.benchmarks import Row, first_is_right
from assistant.evaluation.chart import line
from assistant.evaluation.intervals import Estimate
from assistant.evaluation.page import cards, page, section, settings_table
from assistant.evaluation.ranking import first_rank
from assistant.evaluation.words import FIGURES, both

_SHOWN = 50  # misses that are listed
_TITLES = {
    "retrieval": ("검색 보고서", "Retrieval"),
    "reading": ("읽기 보고서", "Reading"),
    "abstention": ("거절 보고서", "Abstention"),
}


def to_html(
    kind: str, figures: Mapping[str, Estimate], rows: Sequence[Row], meta: Mapping[str, Any]
) -> str:
    """The whole page of a retrieval, reading or abstention run."""
    about = both(f"질문 {len(rows)}개", f"{len(rows)} questions")
    return page(
        _TITLES[kind],
        f"{escape(str(meta.get('set', '')))} · {about}",
        [
            cards(figures, [name for name in FIGURES if name in figures]),
            _curve(rows) if kind == "retrieval" else "",
            _missed(kind, rows),
            section("구성", "Configuration", settings_table(meta)),
        ],
    )


def _curve(rows: Sequence[Row]) -> str:
    ranks = [first_rank(row.get("found", []), frozenset(row["wanted"])) for row in rows]
    depth = range(1, 11)
    points = [((k - 0.5) / 10, sum(bool(r and r <= k) for r in ranks) / len(ranks)) for k in depth]
    ticks = [(x, str(k)) for k, (x, _) in zip(depth, points, strict=True)]
    names = ("찾은 기사 수", "Articles found"), ("맞는 기사가 든 질문 (%)", "Questions reached (%)")
    return section("찾은 깊이", "Recall by depth", line(points, *names, ticks))


def _missed(kind: str, rows: Sequence[Row]) -> str:
    missed = [row for row in rows if not _right(kind, row)]
    body = "".join(f"<li>{_told(kind, row)}</li>" for row in missed[:_SHOWN])
    note = (
        f"{len(missed)}개 가운데 {min(_SHOWN, len(missed))}개",
        f"{min(_SHOWN, len(missed))} of {len(missed)}",
    )
    return section("틀린 질문", "Missed", f'<ul class="missed">{body}</ul>', note)


def _right(kind: str, row: Row) -> bool:
    if "error" in row:
        return False
    if kind == "retrieval":
        return first_rank(row["found"], frozenset(row["wanted"])) == 1
    if kind == "reading":
        return first_is_right(row, "citations")
    return bool(row["answerable"] == (row["status"] != "abstained"))


def _told(kind: str, row: Row) -> str:
    asked = f"<b>{escape(row['question'])}</b>"
    if "error" in row:
        return f"{asked}<br>{escape(row['error'])}"
    if kind == "retrieval":
        rank = first_rank(row["found"], frozenset(row["wanted"]))
        place = (f"{rank}째", f"rank {rank}") if rank else ("열 안에 없음", "not in ten")
        return f"{asked}<br>{both(*place)}"
    gold = f" · {escape(' | '.join(row['answers']))}" if "answers" in row else ""
    return f'{asked}{gold}<br><span class="soft">{escape(row["text"])}</span>'
