"""The verdict on one answer: right, rightly refused, wrongly refused or wrong, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.answer import Answer, Status, Verdict
from assistant.evaluation.found import places, was_found
from assistant.evaluation.length import too_long
from assistant.evaluation.matching import missing_facts, spelled, states_somewhere
from assistant.evaluation.numbers import number_verdicts
from assistant.evaluation.questions import Fact, Item
from assistant.evaluation.runs import Reply, Run
from assistant.evaluation.spans import (
    citation_precision,
    citation_recall,
    form_problems,
    inexact,
)


class Outcome(StrEnum):
    """What an answer is worth."""

    RIGHT = "right"
    REFUSED = "rightly refused"
    MISSED = "wrongly refused"
    WRONG = "wrong"


class Loss(StrEnum):
    """Where a question was lost on its way from search to the printed citation."""

    NOT_FOUND = "not found"
    NOT_USED = "found but not used"
    WRONG = "wrong"
    NOT_CITED = "right but not cited"
    INVENTED = "answered what is not there"
    CRASHED = "crashed"


POINTS: Mapping[Outcome, int] = {
    Outcome.RIGHT: 1,
    Outcome.REFUSED: 1,
    Outcome.MISSED: 0,
    Outcome.WRONG: -1,
}


@dataclass(frozen=True, slots=True)
class Score:
    """One scored item. ``grounded`` implies ``correct``; ``reasons`` say what is wrong with it."""

    item: Item
    reply: Reply
    outcome: Outcome
    grounded: bool
    reasons: tuple[str, ...] = ()
    loss: Loss | None = None
    spans: tuple[bool, ...] = ()
    numbers: tuple[tuple[str, bool], ...] = ()
    well_formed: bool = False
    precision: float | None = None
    recall: float | None = None

    @property
    def correct(self) -> bool:
        """Right, or rightly refused."""
        return self.outcome in (Outcome.RIGHT, Outcome.REFUSED)

    @property
    def status(self) -> Status | None:
        """The answer's status; None after a crash."""
        return self.reply.answer.status if self.reply.answer else None

    @property
    def points(self) -> int:
        """+1, 0 or −1 for the net score."""
        return POINTS[self.outcome]


@dataclass(slots=True)
class _Findings:
    reasons: list[str] = field(default_factory=list)
    groundless: list[str] = field(default_factory=list)


def score_item(item: Item, reply: Reply, run: Run) -> Score:
    """Score one reply against what its question expects, and against the stored texts."""
    answer = reply.answer
    if answer is None:
        reason = f"crash: {reply.error}"
        return Score(item, reply, Outcome.WRONG, False, (reason,), Loss.CRASHED)
    findings = _Findings()
    outcome = _outcome(item, answer, findings)
    bad = inexact(answer, run.articles)
    numbers = number_verdicts(answer)
    form = form_problems(answer, reply.written_text)
    _ground(item, answer, outcome, findings)
    findings.groundless += [f"span not exact: {each.quote:.40}" for each in bad]
    findings.groundless += [f"number not in its quotes: {text}" for text, ok in numbers if not ok]
    findings.groundless += form
    correct = outcome in (Outcome.RIGHT, Outcome.REFUSED)
    grounded = correct and not findings.groundless
    evidence = places(item, run)
    return Score(
        item=item,
        reply=reply,
        outcome=outcome,
        grounded=grounded,
        reasons=(*findings.reasons, *findings.groundless),
        loss=None if grounded else _loss(item, answer, correct, run),
        spans=tuple(each not in bad for each in (*answer.citations, *answer.nearest)),
        numbers=tuple(numbers),
        well_formed=not form,
        precision=citation_precision(answer, evidence),
        recall=citation_recall(answer, evidence) if answer.status is not Status.ABSTAINED else None,
    )


def _outcome(item: Item, answer: Answer, findings: _Findings) -> Outcome:
    told = [_told(answer)]
    forbidden = [each for each in item.must_not if spelled(each, told[0])]
    findings.reasons += [f"states what is forbidden: {each}" for each in forbidden]
    if answer.status is Status.ABSTAINED:
        if forbidden:
            return Outcome.WRONG
        findings.reasons += ["refused, although there is an answer"] * (item.answerable is True)
        return Outcome.MISSED if item.answerable is True else Outcome.REFUSED
    if item.answerable is False:
        findings.reasons.append("answered what the articles do not say")
        return Outcome.WRONG
    if item.answerable is None:
        told += [each.quote for each in answer.citations]
        if answer.status is not Status.CORRECTED:
            findings.reasons.append("the false premise is not corrected")
    findings.reasons += [f"missing: {' | '.join(fact)}" for fact in missing_facts(told, item.facts)]
    long = too_long(item, answer)
    findings.reasons += [long] if long else []
    return Outcome.WRONG if findings.reasons else Outcome.RIGHT


def _told(answer: Answer) -> str:
    """What the answer says, without its citation markers (a "[1]" states no 1)."""
    return answer.separator.join(sentence.text for sentence in answer.sentences)


def _ground(item: Item, answer: Answer, outcome: Outcome, findings: _Findings) -> None:
    """Note the stated facts that stand in no cited quote and are no checked calculation."""
    if outcome is not Outcome.RIGHT:
        return
    quotes = [each.quote for each in answer.citations]
    loose = missing_facts(quotes, item.facts)
    findings.groundless += [
        f"not inside a cited span: {' | '.join(fact)}"
        for fact in loose
        if not _is_derived(fact, answer)
    ]


def _is_derived(fact: Fact, answer: Answer) -> bool:
    """A number may stand in a derived sentence: number support checks how it came about."""
    told = [s.text for s in answer.sentences if s.verdict is Verdict.DERIVED and s.citations]
    numeric = tuple(spelling for spelling in fact if any(map(str.isdigit, spelling)))
    return states_somewhere(told, numeric)


def _loss(item: Item, answer: Answer, correct: bool, run: Run) -> Loss:
    if correct:
        return Loss.NOT_CITED
    if item.answerable is False:
        return Loss.INVENTED
    if was_found(item, run, 10) is False:
        return Loss.NOT_FOUND
    quotes = [each.quote for each in answer.citations]
    return Loss.NOT_USED if missing_facts(quotes, item.facts) else Loss.WRONG


def score_run(run: Run) -> list[Score]:
    """Score every item that has a reply, asked for its own sake or not."""
    return [score_item(i, run.replies[i.id], run) for i in run.items if i.id in run.replies]
