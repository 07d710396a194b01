"""Answerers that understand nothing: a score that one of them reaches is no score.

They are scored like the system, from the run's own folder, without a model. Only the oracle,
which is told where the facts stand, may win.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answer import Answer, AnswerSentence, Citation, Status, Verdict
from assistant.evaluation.intervals import Estimate, mean, share
from assistant.evaluation.matching import states
from assistant.evaluation.questions import Item
from assistant.evaluation.runs import Reply, Run
from assistant.evaluation.score import Score, score_item
from assistant.evaluation.spans import Span, resolve

ORACLE = "oracle"


@dataclass(frozen=True, slots=True)
class Sentinel:
    """How one sentinel did; ``reaches`` tells whether it equals or beats the system."""

    name: str
    grounded_correct: Estimate
    net_score: Estimate
    reaches: bool

    def to_dict(self) -> dict[str, Any]:
        """For summary.json."""
        return {
            "grounded_correct": self.grounded_correct.to_dict(),
            "net_score": self.net_score.to_dict(),
            "reaches_the_system": self.reaches,
        }


def run_sentinels(scores: Sequence[Score], run: Run) -> list[Sentinel]:
    """Score every sentinel on the items of ``scores``; empty without articles or scores."""
    if not scores or not run.articles:
        return []
    makers = _makers(run)
    judged = len({each.item.answerable is False for each in scores}) == 2
    own = _totals(scores)
    results = []
    for name, make in makers.items():
        sham = [score_item(s.item, Reply(s.item.id, make(s.item)), run) for s in scores]
        grounded, net = _totals(sham)
        level = grounded.value >= own[0].value or net.value >= own[1].value
        results.append(Sentinel(name, grounded, net, level and judged and name != ORACLE))
    return results


def _totals(scores: Sequence[Score]) -> tuple[Estimate, Estimate]:
    grounded = share([each.grounded for each in scores])
    net = mean([each.points for each in scores])
    if grounded is None or net is None:
        raise ValueError("sentinels need at least one scored item")
    return grounded, net


def _makers(run: Run) -> Mapping[str, Callable[[Item], Answer]]:
    lines = _lines(run)
    makers: dict[str, Callable[[Item], Answer]] = {
        "refuse all": lambda item: _refusal(item.question),
        "paste the article": lambda item: _copy(item, lines, run),
        "echo": lambda item: _echo(item, lines[:1], run),
        "random passage": lambda item: _copy(item, [_drawn(item, lines)], run),
        ORACLE: lambda item: _oracle(item, lines, run),
    }
    if any(trace.found for trace in run.traces.values()):
        makers["copy the top passage"] = lambda item: _copy(item, _top(item, run), run)
    return makers


def _lines(run: Run) -> list[Span]:
    """Every line of every stored text that is not blank."""
    spans = []
    for (name, _), text in run.articles.items():
        start = 0
        for line in text.split("\n"):
            if line.strip():
                spans.append((name, start, start + len(line)))
            start += len(line) + 1
    return spans


def _drawn(item: Item, lines: Sequence[Span]) -> Span:
    return random.Random(item.id).choice(lines)


def _top(item: Item, run: Run) -> list[Span]:
    trace = run.traces.get(item.id)
    if trace is None or not trace.found:
        return []
    top = trace.found[0]
    spans = top.sentences or ((top.start, top.end),)
    return [(top.article_id, start, end) for start, end in spans]


def _cite(number: int, span: Span, run: Run) -> Citation:
    name, start, end = span
    revision = [revision for known, revision in run.articles if known == name][-1]
    quote = run.articles[name, revision][start:end]
    return Citation(number, name, revision, "", None, None, None, start, end, quote)


def _copy(item: Item, spans: Sequence[Span], run: Run, status: Status = Status.ANSWERED) -> Answer:
    """An answer that quotes the spans, each cited."""
    if not spans:
        return _refusal(item.question)
    cited = tuple(_cite(number, span, run) for number, span in enumerate(spans, start=1))
    told = tuple(AnswerSentence(each.quote, (each.number,), Verdict.QUOTED) for each in cited)
    return Answer(item.question, item.question, item.lang, status, told, cited)


def _echo(item: Item, spans: Sequence[Span], run: Run) -> Answer:
    """The question repeated, with some citation behind it."""
    cited = tuple(_cite(number, span, run) for number, span in enumerate(spans, start=1))
    told = (AnswerSentence(item.question, (1,), Verdict.SUPPORTED),)
    return Answer(item.question, item.question, item.lang, Status.ANSWERED, told, cited)


def _refusal(question: str) -> Answer:
    told = (AnswerSentence("기사에서 답을 찾지 못했습니다.", (), Verdict.NOTICE),)
    return Answer(question, question, "ko", Status.ABSTAINED, told, missing=question)


def oracle_answer(item: Item, run: Run) -> Answer:
    """The answer of one who is told where the facts stand."""
    return _oracle(item, _lines(run), run)


def _oracle(item: Item, lines: Sequence[Span], run: Run) -> Answer:
    """The shortest lines that state each fact, or a refusal where there is nothing to state."""
    if item.answerable is False:
        return _refusal(item.question)
    places = {place for entry in item.evidence for place in resolve(entry, run.articles)}
    pool = [*sorted(places), *sorted(lines, key=lambda span: span[2] - span[1])]
    texts = {span: _cite(1, span, run).quote for span in pool}
    chosen: dict[Span, None] = {}
    for fact in item.facts:
        holding = [span for span in pool if states(texts[span], fact)]
        if holding and not any(span in chosen for span in holding):
            chosen[holding[0]] = None
    status = Status.CORRECTED if item.answerable is None else Status.ANSWERED
    return _copy(item, list(chosen), run, status)
