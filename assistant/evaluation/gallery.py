"""The failures of a run, each with what was asked and told, and its spans in their article."""

from __future__ import annotations

from html import escape

from assistant.answer import Answer, Citation
from assistant.evaluation.runs import Run
from assistant.evaluation.score import Score
from assistant.evaluation.summary import Result

_AROUND = 160  # characters shown on either side of a span


def gallery(result: Result) -> str:
    """A closed entry for every item that is not right and grounded."""
    failures = [each for each in result.scores if not each.grounded]
    return "".join(_entry(each, result.run) for each in failures) or "—"


def _entry(score: Score, run: Run) -> str:
    answer = score.reply.answer
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in score.reasons)
    told = escape(answer.text) if answer else ""
    loss = score.loss.value if score.loss else ""
    return (
        f"<details><summary><b>{escape(score.item.id)}</b> {escape(score.item.question)} "
        f'<span class="soft">{loss}</span></summary><ul>{reasons}</ul>'
        f"<blockquote>{told}</blockquote>{_spans(answer, run) if answer else ''}</details>"
    )


def _spans(answer: Answer, run: Run) -> str:
    return "".join(_span(each, run) for each in (answer.citations or answer.nearest))


def _span(citation: Citation, run: Run) -> str:
    text = run.articles.get((citation.article_id, citation.revision), "")
    before = text[max(0, citation.start - _AROUND) : citation.start]
    after = text[citation.end : citation.end + _AROUND]
    quoted = escape(text[citation.start : citation.end])
    return (
        f'<blockquote class="soft">[{citation.number}] {escape(citation.title)}\n'
        f"{escape(before)}<mark>{quoted}</mark>{escape(after)}</blockquote>"
    )
