"""Ranking metrics from the rank at which the first right article was found (1 is best)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from assistant.evaluation.intervals import Estimate, mean, share

DEPTHS = (1, 5, 10)


def first_rank(found: Iterable[str], wanted: frozenset[str]) -> int | None:
    """The rank of the first wanted id, counting each id once; None when there is none."""
    for rank, name in enumerate(dict.fromkeys(found), start=1):
        if name in wanted:
            return rank
    return None


def ranking_metrics(ranks: Sequence[int | None]) -> dict[str, Estimate]:
    """Recall at 1, 5 and 10, MRR@10 and nDCG@10 with one right article a question.

    Raises:
        AssertionError: the figures contradict each other, so they were not measured right.
    """
    reciprocal = [1 / rank if rank and rank <= 10 else 0.0 for rank in ranks]
    gain = [1 / math.log2(rank + 1) if rank and rank <= 10 else 0.0 for rank in ranks]
    found: dict[str, Estimate | None] = {
        f"recall_at_{k}": share([bool(rank and rank <= k) for rank in ranks]) for k in DEPTHS
    }
    found |= {"mrr_at_10": mean(reciprocal), "ndcg_at_10": mean(gain)}
    figures = {name: value for name, value in found.items() if value is not None}
    _assert_monotone(figures)
    return figures


def _assert_monotone(figures: dict[str, Estimate]) -> None:
    """recall@1 ≤ MRR@10 ≤ nDCG@10 ≤ recall@10, and recall grows with depth."""
    chains = (
        ("recall_at_1", "recall_at_5", "recall_at_10"),
        ("recall_at_1", "mrr_at_10", "ndcg_at_10", "recall_at_10"),
    )
    for chain in chains:
        values = [figures[name].value for name in chain if name in figures]
        if any(low > high + 1e-9 for low, high in pairwise(values)):
            raise AssertionError(f"{' ≤ '.join(chain)} does not hold: {values}")
