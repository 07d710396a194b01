"""The small line about accuracy beside the chat, and the page that opens the report.

Shown is only what was measured over the very articles, embedder and writer that are served; when
one of them changes, the line is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.web.render import esc, in_both

if TYPE_CHECKING:
    import fastapi

    from assistant.evaluation.headline import Headline

REPORT = "accuracy/report"


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Looks up, at each view of the page, what is known of what is served.

    ``writer`` is the name that answers give their writer; None shows nothing.
    """

    home: Path
    writer: str | None

    def headline(self) -> Headline | None:
        """The figure to show now."""
        from assistant.evaluation.known import figure_for

        return figure_for(self.home, self.writer) if self.writer else None

    def line(self) -> str:
        """The line below the question form, as HTML; "" when nothing is known."""
        found = self.headline()
        return f'<p class="accuracy">{_linked(found, _told(found))}</p>' if found else ""

    def page(self) -> str | None:
        """What stands on the page about accuracy, as HTML; None when nothing is known."""
        found = self.headline()
        if found is None:
            return None
        opens = in_both("보고서 열기", "Open the report")
        link = f'<p><a href="{REPORT}">{opens}</a></p>' if _has_report(found) else ""
        told = f"<p><strong>{_told(found)}</strong></p><p>{_meaning(found)}</p>{link}"
        return f'<div class="measured">{told}</div>'

    def report(self) -> str | None:
        """The whole report as HTML; None when it does not lie there any more."""
        found = self.headline()
        if found is None or found.report is None or not _has_report(found):
            return None
        return Path(found.report).read_text(encoding="utf-8")


def add_report(app: fastapi.FastAPI, report: Callable[[], str | None]) -> None:
    """Put the report on an application; do it before Gradio is mounted at its root."""
    from fastapi import Response
    from fastapi.responses import HTMLResponse

    @app.get(f"/{REPORT}")
    def accuracy_report() -> Response:
        page = report()
        return HTMLResponse(page) if page else HTMLResponse("Not found", 404)


def _has_report(found: Headline) -> bool:
    return found.report is not None and Path(found.report).is_file()


def _linked(found: Headline, told: str) -> str:
    return f'<a href="{REPORT}">{told}</a>' if _has_report(found) else told


def _told(found: Headline) -> str:
    from assistant.evaluation.headline import percent

    share, day = esc(percent(found)), esc(found.date)
    return in_both(
        f"정확도 {share}, 질문 {found.n}개, {day}", f"Accuracy {share}, {found.n} questions, {day}"
    )


def _meaning(found: Headline) -> str:
    name = esc(found.set)
    return in_both(
        f"질문 세트 {name}에서 답이 맞고, 말한 사실이 모두 인용한 자리에 있는 비율과 "
        "95 % 구간입니다. 지금 담긴 기사, 임베딩, 글쓰기로 잰 값만 보여드립니다.",
        f"The share of answers to the set {name} that are right and whose every fact stands in a "
        "cited place, with its 95 % interval. Only figures of the articles, the embedder and the "
        "writer served now are shown.",
    )
