"""Two runs over the same questions: paired change, every flip by name; and the gate on top."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.evaluation.intervals import Paired, paired
from assistant.evaluation.summary import Result

CATEGORY_LOSS = 2


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a baseline keeps of a run: for each item its category, grounded verdict and points."""

    rows: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, result: Result) -> Verdicts:
        """The verdicts of a scored run."""
        return cls(
            {
                each.item.id: {
                    "category": each.item.category,
                    "grounded": each.grounded,
                    "points": each.points,
                }
                for each in result.scores
            }
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """The change from one run to another over the questions that both were asked."""

    grounded: Paired | None
    net: Paired | None
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    lost_by_category: Mapping[str, int]

    def to_dict(self) -> dict[str, Any]:
        """For --json and the report."""
        return {
            "grounded_correct": self.grounded.to_dict() if self.grounded else None,
            "net_score": self.net.to_dict() if self.net else None,
            "gained": list(self.gained),
            "lost": list(self.lost),
        }


def compare(before: Verdicts, after: Verdicts) -> Comparison:
    """Pair the verdicts by item id; the net loss of a category is what it lost less its gains."""
    both = [name for name in before.rows if name in after.rows]
    old = [before.rows[name] for name in both]
    new = [after.rows[name] for name in both]
    gained = [n for n, a, b in zip(both, old, new, strict=True) if b["grounded"] > a["grounded"]]
    lost = [n for n, a, b in zip(both, old, new, strict=True) if b["grounded"] < a["grounded"]]
    losses = Counter(after.rows[name]["category"] for name in lost)
    losses.subtract(after.rows[name]["category"] for name in gained)
    return Comparison(
        grounded=paired([a["grounded"] for a in old], [b["grounded"] for b in new]),
        net=paired([a["points"] for a in old], [b["points"] for b in new]),
        gained=tuple(gained),
        lost=tuple(lost),
        lost_by_category=+losses,
    )


def gate_failures(
    result: Result, baseline: Verdicts | None, accepted: Collection[str] = ()
) -> list[str]:
    """Why a run must not pass, one line each; ``accepted`` are ids whose loss is agreed to."""
    failures = list(result.unfit)
    failures += [f"the sentinel {name!r} reaches the system" for name in result.beaten_by]
    if baseline is None:
        return failures
    current = Verdicts.of(result)
    failures += [
        f"{name}: in the baseline, but not in this run"
        for name in baseline.rows
        if name not in current.rows
    ]
    agreed = Verdicts({n: row for n, row in current.rows.items() if n not in accepted})
    return failures + _regressions(compare(baseline, agreed))


def _regressions(change: Comparison) -> list[str]:
    lines = []
    for name, each in (("grounded_correct", change.grounded), ("net_score", change.net)):
        if each and each.change.high < 0:
            low, high = each.change.low, each.change.high
            lines.append(f"{name} fell by {-each.change.value:.3f} [{low:.3f}, {high:.3f}]")
    lines += [
        f"category {name} lost {count} questions: {', '.join(change.lost)}"
        for name, count in change.lost_by_category.items()
        if count >= CATEGORY_LOSS
    ]
    return lines
