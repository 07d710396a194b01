"""Readers' judgements as draft lines of a question set: what is known stands, the rest is open.

A line that still needs a fact has an empty ``must``, which ``kai eval check`` refuses: no draft
gets into a set unseen. What the reader said stands in ``draft``, a key that the evaluation ignores.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Citation, Status

if TYPE_CHECKING:
    from assistant.web.feedback import Judged


def draft_lines(judgements: Iterable[Judged]) -> Iterator[dict[str, Any]]:
    """One line for each judged question; the latest judgement of the same question counts."""
    latest: dict[tuple[str, ...], Judged] = {}
    for judged in judgements:
        key = tuple("".join(text.split()) for text in (*judged.before, judged.answer.question))
        latest.pop(key, None)
        latest[key] = judged
    for number, judged in enumerate(latest.values(), 1):
        yield _line(f"feedback-{number:03}", judged)


def _line(identity: str, judged: Judged) -> dict[str, Any]:
    answer = judged.answer
    head: dict[str, Any] = {"id": identity, "category": "feedback", "lang": answer.language}
    wanted = _wanted(judged)
    if judged.before:
        head["turns"] = [*judged.before, {"question": answer.question, **wanted}]
    else:
        head |= {"question": answer.question, **wanted}
    return {**head, "draft": _draft(judged)}


def _wanted(judged: Judged) -> dict[str, Any]:
    """What the answer should be, as far as the judgement tells it."""
    answer, feedback = judged.answer, judged.feedback
    refused = answer.status is Status.ABSTAINED
    if feedback.rating == "up" and refused:
        return {"answerable": False}
    must: list[list[str]] = []
    if feedback.rating == "up" and answer.short_answer:
        must = [[answer.short_answer]]
    wanted: dict[str, Any] = {"answerable": True, "must": must}
    if feedback.rating == "down" and feedback.reason == "wrong" and answer.short_answer:
        wanted["must_not"] = [answer.short_answer]
    if feedback.rating == "up" and answer.citations:
        wanted["evidence"] = [_evidence(cited) for cited in answer.citations]
    return wanted


def _evidence(cited: Citation) -> dict[str, Any]:
    return {
        "article": cited.article_id,
        "revision": cited.revision,
        "start": cited.start,
        "end": cited.end,
    }


def _draft(judged: Judged) -> dict[str, Any]:
    answer, feedback = judged.answer, judged.feedback
    return {
        "rating": feedback.rating,
        "reason": feedback.reason,
        "note": feedback.note,
        "wrong": _wrong(answer, feedback.sentences),
        "said": answer.text,
        "status": answer.status.value,
        "at": judged.at,
    }


def _wrong(answer: Answer, places: Iterable[int]) -> list[str]:
    return [answer.sentences[place].text for place in places if place < len(answer.sentences)]
