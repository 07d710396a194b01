"""summary.json and summary.md of a run: every figure with its interval, in a fixed order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.evaluation.intervals import Estimate
from assistant.evaluation.metrics import fact_recall, grouped, metrics, risk_coverage
from assistant.evaluation.runs import Run
from assistant.evaluation.score import Score, score_run
from assistant.evaluation.sentinels import Sentinel, run_sentinels

_ABOUT = ("kind", "set", "corpus", "writer", "embedder", "finished")


@dataclass(frozen=True, slots=True)
class Result:
    """A scored run: all that the summary and the report show.

    ``unscored`` are turns that were asked only for the sake of the next one: no figure counts
    them, but their spans and numbers must hold too.
    """

    run: Run
    scores: tuple[Score, ...]
    figures: Mapping[str, Estimate]
    sentinels: tuple[Sentinel, ...]
    unscored: tuple[Score, ...] = ()

    @property
    def beaten_by(self) -> list[str]:
        """The sentinels that reach the system; the run must fail when there is one."""
        return [each.name for each in self.sentinels if each.reaches]

    @property
    def unfit(self) -> list[str]:
        """Items whose spans, numbers or very answer are broken, each with the reason."""
        return [
            f"{each.item.id}: {reason}"
            for each in (*self.scores, *self.unscored)
            for reason in each.reasons
            if reason.startswith(("crash", "span not exact", "number not in"))
        ]


def evaluate(run: Run) -> Result:
    """Score a run from its folder's contents; no model is needed."""
    every = score_run(run)
    scores = tuple(each for each in every if each.item.scored)
    unscored = tuple(each for each in every if not each.item.scored)
    sentinels = tuple(run_sentinels(scores, run))
    return Result(run, scores, metrics(scores, run), sentinels, unscored)


def to_dict(result: Result) -> dict[str, Any]:
    """The object of summary.json."""
    return {
        **{name: each.to_dict() for name, each in result.figures.items()},
        "n": len(result.scores),
        "by_category": _table(grouped(result.scores, lambda s: s.item.category)),
        "by_language": _table(grouped(result.scores, lambda s: s.item.lang)),
        "losses": dict(Counter(each.loss.value for each in result.scores if each.loss)),
        "fact_recall": [each.to_dict() for each in fact_recall(result.scores, result.run)],
        "risk_coverage": [list(point) for point in risk_coverage(result.scores)],
        "sentinels": {each.name: each.to_dict() for each in result.sentinels},
        "beaten_by": result.beaten_by,
        "wrong": {each.item.id: list(each.reasons) for each in result.scores if not each.grounded},
        "configuration": dict(result.run.meta),
    }


def _table(groups: Mapping[str, Sequence[Score]]) -> dict[str, dict[str, int]]:
    return {
        name: {
            "n": len(scores),
            "correct": sum(each.correct for each in scores),
            "grounded_correct": sum(each.grounded for each in scores),
        }
        for name, scores in groups.items()
    }


def write(folder: Path, summary: Mapping[str, Any]) -> None:
    """Write summary.json and summary.md into the run folder."""
    text = json.dumps(summary, ensure_ascii=False, indent=2)
    (folder / "summary.json").write_text(text + "\n", encoding="utf-8")
    (folder / "summary.md").write_text(to_markdown(summary), encoding="utf-8")


def to_markdown(summary: Mapping[str, Any]) -> str:
    """The summary as tables for people."""
    parts = [f"# Evaluation\n\n{_about(summary)}\n", _figures(summary)]
    if summary.get("by_category"):
        parts.append(_categories(summary["by_category"]))
    if summary.get("sentinels"):
        parts.append(_sentinels(summary))
    if summary.get("wrong"):
        lines = [f"- {name}: {'; '.join(reasons)}" for name, reasons in summary["wrong"].items()]
        parts.append("\n".join(["## Not right, or not grounded\n", *lines]) + "\n")
    return "\n".join(parts)


def _about(summary: Mapping[str, Any]) -> str:
    meta = summary["configuration"]
    told = [f"{summary['n']} questions", *(str(meta[key]) for key in _ABOUT if meta.get(key))]
    return ", ".join(told)


def _figures(summary: Mapping[str, Any]) -> str:
    lines = ["| figure | value | 95 % interval | n |", "|---|---|---|---|"]
    for name, each in summary.items():
        if isinstance(each, dict) and "low" in each:
            value, low, high = (f"{each[key]:.3f}" for key in ("value", "low", "high"))
            lines.append(f"| {name} | {value} | {low} – {high} | {each['n']} |")
    return "\n".join(lines) + "\n"


def _categories(table: Mapping[str, Mapping[str, int]]) -> str:
    lines = ["## By category\n", "| category | n | correct | grounded |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {row['n']} | {row['correct']} | {row['grounded_correct']} |"
        for name, row in table.items()
    ]
    return "\n".join(lines) + "\n"


def _sentinels(summary: Mapping[str, Any]) -> str:
    lines = ["## Sentinels\n", "| answerer | grounded correct | net score |", "|---|---|---|"]
    for name, row in {"the system": summary, **summary["sentinels"]}.items():
        grounded, net = row["grounded_correct"]["value"], row["net_score"]["value"]
        lines.append(f"| {name} | {grounded:.3f} | {net:+.3f} |")
    if summary["beaten_by"]:
        lines.append(f"\n**Failed: reached by {', '.join(summary['beaten_by'])}.**")
    return "\n".join(lines) + "\n"
