"""The page of questions that the articles did not answer."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.web.counts import Unanswered
from assistant.web.render import both, day, esc


def render_unanswered(questions: Sequence[Unanswered] | None, rare: int = 0) -> str:
    """The questions by frequency; None where the server keeps none.

    Args:
        questions: most frequent first.
        rare: how many more there are that were asked too seldom to be shown.
    """
    if questions is None:
        return f'<p class="nothing">{both("unanswered_off")}</p>'
    note = f'<p class="note">{both("unanswered_rare", n=f"{rare:,}")}</p>' if rare else ""
    if not questions:
        return note or f'<p class="nothing">{both("unanswered_none")}</p>'
    most = questions[0].asked
    heads = "".join(
        f'<th scope="col">{both(f"column_{key}")}</th>' for key in ("question", "asked", "last")
    )
    rows = "".join(_row(question, most) for question in questions)
    return (
        f'<table class="unanswered"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f"{note}"
    )


def _row(question: Unanswered, most: int) -> str:
    width = f"{question.asked / most * 100:.1f}"
    return (
        f'<tr><th scope="row" lang="{esc(question.language)}">{esc(question.question)}</th>'
        f'<td class="value"><span class="meter"><span class="track" aria-hidden="true">'
        f'<span class="bar" style="width:{width}%"></span></span>'
        f'<span class="number">{question.asked:,}</span></span></td>'
        f"<td>{day(question.last)}</td></tr>"
    )
