"""The failures of a run: what was asked, told and expected, each span marked in its article."""

from __future__ import annotations

import re
from html import escape

from assistant.answer import Answer, Citation
from assistant.evaluation.page import nothing
from assistant.evaluation.runs import Run
from assistant.evaluation.score import Loss, Score
from assistant.evaluation.sentinels import oracle_answer
from assistant.evaluation.summary import Result
from assistant.evaluation.words import CATEGORIES, LOSSES, STATUSES, both, named, reason

_AROUND = 80  # characters shown on either side of a span


def gallery(result: Result) -> str:
    """A closed entry for every item that is not right and grounded, by where it was lost."""
    failures = [each for each in result.scores if not each.grounded]
    groups = [(loss, [each for each in failures if each.loss is loss]) for loss in Loss]
    return "".join(
        f"<h3>{named(LOSSES, loss.value)} · {len(group)}</h3>"
        + "".join(_entry(each, result.run) for each in group)
        for loss, group in groups
        if group
    ) or nothing("틀린 답이 없습니다.", "Nothing went wrong.")


def _entry(score: Score, run: Run) -> str:
    item, answer = score.item, score.reply.answer
    reasons = "".join(f"<li>{reason(each)}</li>" for each in score.reasons)
    status = score.status.value if score.status else "crashed"
    return (
        f'<details><summary><span class="question" lang="{escape(item.lang)}">'
        f'{escape(item.question)}</span><span class="soft">{escape(item.id)} · '
        f"{named(CATEGORIES, item.category)} · {named(STATUSES, status)}</span></summary>"
        f"<ul>{reasons}</ul>{_told(answer) if answer else ''}"
        f"{_spans(answer, run) if answer else ''}{_expected(score, run)}</details>"
    )


def _told(answer: Answer) -> str:
    return (
        f"<h4>{both('이렇게 답했습니다', 'The answer')}</h4>"
        f'<blockquote lang="{escape(answer.language)}">{escape(answer.text)}</blockquote>'
    )


def _spans(answer: Answer, run: Run) -> str:
    """The cited places, or the nearest ones of a refusal."""
    if answer.citations:
        return _marked(("인용한 자리", "What it cites"), answer.citations, run, "cited")
    return _marked(("가장 가깝다고 보인 자리", "Shown as the nearest"), answer.nearest, run, "near")


def _expected(score: Score, run: Run) -> str:
    """The lines in which the facts stand."""
    if score.item.answerable is False or not run.articles:
        return ""
    shown = oracle_answer(score.item, run).citations
    return _marked(("답이 있는 자리", "Where the answer stands"), shown, run, "wanted")


def _marked(title: tuple[str, str], spans: tuple[Citation, ...], run: Run, kind: str) -> str:
    if not spans:
        return ""
    return f"<h4>{both(*title)}</h4>" + "".join(_span(each, run, kind) for each in spans)


def _span(citation: Citation, run: Run, kind: str) -> str:
    text = run.articles.get((citation.article_id, citation.revision), "")
    first, last = max(0, citation.start - _AROUND), citation.end + _AROUND
    before, after = text[first : citation.start], text[citation.end : last]
    title = citation.title or text.partition("\n")[0]
    return (
        f'<blockquote class="place"><cite>{escape(title)}</cite>'
        f"{'…' if first else ''}{_close(before)}"
        f'<mark class="{kind}">{escape(text[citation.start : citation.end])}</mark>'
        f"{_close(after)}{'…' if last < len(text) else ''}</blockquote>"
    )


def _close(text: str) -> str:
    """The text around a span, without its empty lines."""
    return escape(re.sub(r"\n+", "\n", text))
