"""From scored items to the figures of summary.json; docs/evaluation.md defines each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistant.answer import Answer, Status
from assistant.evaluation.found import was_found
from assistant.evaluation.intervals import (
    Estimate,
    auroc,
    balanced_accuracy,
    mean,
    quantile,
    share,
)
from assistant.evaluation.questions import Item
from assistant.evaluation.runs import Reply, Run
from assistant.evaluation.score import Score, score_item

ALONE, AGAIN = "alone", "again"
"""The probes: a follow-up asked without its history, and a question asked a second time."""


def metrics(scores: Sequence[Score], run: Run) -> dict[str, Estimate]:
    """Every figure that applies to these scores, by its name in the contract."""
    found = {
        "grounded_correct": share([each.grounded for each in scores]),
        "correct": share([each.correct for each in scores]),
        "net_score": mean([each.points for each in scores]),
        **_refusals(scores),
        **_quality(scores),
        **_probes(scores, run),
        **_latency(scores, run),
    }
    return {name: value for name, value in found.items() if value is not None}


def _refusals(scores: Sequence[Score]) -> dict[str, Estimate | None]:
    yes = [each for each in scores if each.item.answerable is True]
    no = [each for each in scores if each.item.answerable is False]
    premise = [each for each in scores if each.item.answerable is None]
    refused = [each.status is Status.ABSTAINED for each in no]
    kept = [each.status is not Status.ABSTAINED for each in (*yes, *no)]
    return {
        "refusal_rate": share(refused),
        "over_refusal_rate": share([each.status is Status.ABSTAINED for each in yes]),
        "hallucination_rate": share([not each for each in refused]),
        "balanced_accuracy": balanced_accuracy([True] * len(yes) + [False] * len(no), kept),
        "false_premise": share([each.correct for each in premise]),
        "answerable_correct": share([each.correct for each in yes]),
        "answerable_grounded": share([each.grounded for each in yes]),
    }


def _quality(scores: Sequence[Score]) -> dict[str, Estimate | None]:
    dated = [each for each in scores if each.item.as_of and each.reply.answer]
    return {
        "span_fidelity": share([ok for each in scores for ok in each.spans]),
        "number_support": share([ok for each in scores for _, ok in each.numbers]),
        "well_formed": share([each.well_formed for each in scores]),
        "citation_precision": mean([s.precision for s in scores if s.precision is not None]),
        "citation_recall": mean([s.recall for s in scores if s.recall is not None]),
        "as_of_right": share([_as_of(each) == each.item.as_of for each in dated]),
        "follow_up": share([each.correct for each in scores if each.item.turn > 1]),
        "consistency": share(_consistent(scores)),
        **{f"consistency_{kind}": share(same) for kind, same in _twins(scores).items()},
    }


def _as_of(score: Score) -> str | None:
    return score.reply.answer.as_of if score.reply.answer else None


def _consistent(scores: Sequence[Score]) -> list[bool]:
    """For each group of twins (paraphrase, typo, translation): whether all got one verdict."""
    groups: dict[str, list[Score]] = defaultdict(list)
    for each in scores:
        groups[each.item.twin_of or each.item.id].append(each)
    return [len(set(map(_verdict, group))) == 1 for group in groups.values() if len(group) > 1]


def _twins(scores: Sequence[Score]) -> Mapping[str, list[bool]]:
    """For each kind of twin: whether each got the verdict of the question it restates."""
    known = {each.item.id: each for each in scores}
    kinds: dict[str, list[bool]] = defaultdict(list)
    for each in scores:
        first = known.get(each.item.twin_of or "")
        if first:
            kinds[_kind(each.item, first.item)].append(_verdict(each) == _verdict(first))
    return kinds


def _kind(twin: Item, first: Item) -> str:
    if twin.lang != first.lang:
        return "translation"
    return "typo" if twin.category == "typo" else "paraphrase"


def _verdict(score: Score) -> tuple[Status | None, bool]:
    return score.status, score.correct


def _probes(scores: Sequence[Score], run: Run) -> dict[str, Estimate | None]:
    alone = [
        score_item(each.item, run.probes[each.item.id, ALONE], run).correct
        for each in scores
        if (each.item.id, ALONE) in run.probes
    ]
    again = [
        _same(each.reply, run.probes[each.item.id, AGAIN])
        for each in scores
        if (each.item.id, AGAIN) in run.probes
    ]
    rated = [each for each in scores if each.item.answerable is not None]
    sure = [
        (each.item.answerable is True, level)
        for each in rated
        if (level := _sure(each)) is not None
    ]
    return {
        "follow_up_without_history": share(alone),
        "determinism": share(again),
        "auroc": auroc([kind for kind, _ in sure], [level for _, level in sure]),
    }


def _same(one: Reply, other: Reply) -> bool:
    """Whether two replies are equal in everything but their timings."""
    return one.error == other.error and _bare(one.answer) == _bare(other.answer)


def _bare(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    return {
        key: value for key, value in answer.to_dict().items() if key not in ("timings_ms", "id")
    }


def _sure(score: Score) -> float | None:
    return score.reply.answer.confidence if score.reply.answer else None


def _latency(scores: Sequence[Score], run: Run) -> dict[str, Estimate | None]:
    times = [
        trace.wall_ms
        for each in scores
        if (trace := run.traces.get(each.item.id)) and trace.wall_ms is not None
    ]
    return {"latency_ms_p50": quantile(times, 0.5), "latency_ms_p95": quantile(times, 0.95)}


def risk_coverage(scores: Sequence[Score]) -> list[tuple[float, float]]:
    """(coverage, risk): answering only the most confident questions, the share of wrong ones.

    Over what was answered with a confidence, as a share of all questions; equal confidences enter
    together. Empty without confidences.
    """
    by_level: dict[float, list[Score]] = defaultdict(list)
    for each in scores:
        level = _sure(each)
        if level is not None and each.status is not Status.ABSTAINED:
            by_level[level].append(each)
    points, kept, wrong = [], 0, 0
    for level in sorted(by_level, reverse=True):
        kept += len(by_level[level])
        wrong += sum(not each.correct for each in by_level[level])
        points.append((kept / len(scores), wrong / kept))
    return points


def fact_recall(scores: Sequence[Score], run: Run, depth: int = 10) -> list[Estimate]:
    """The share of answerable questions whose facts stand in the first 1, 2, … passages.

    A question of which this cannot be told (see ``was_found``) is not counted.
    """
    asked = [each.item for each in scores if each.item.answerable is True]
    told = [item for item in asked if was_found(item, run, depth) is not None]
    curve = [share([was_found(item, run, k) is True for item in told]) for k in range(1, depth + 1)]
    return [each for each in curve if each is not None]


def grouped(scores: Sequence[Score], key: Callable[[Score], str]) -> Mapping[str, list[Score]]:
    """The scores by category, language, …, in order of first appearance."""
    groups: dict[str, list[Score]] = {}
    for each in scores:
        groups.setdefault(key(each), []).append(each)
    return groups
