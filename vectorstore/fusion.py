"""Puts the dense and the keyword ranking into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Found:
    """One candidate: its row, cosine and BM25 score."""

    row: int
    dense: float
    keyword: float


def fuse(candidates: Sequence[Found], keyword_weight: float) -> list[tuple[Found, float]]:
    """Candidates with their fused score, best first; equal scores keep the order of rows.

    The score is the cosine plus the keyword score as a share of the best one, weighted.
    """
    if not candidates:
        return []
    keyword = np.array([found.keyword for found in candidates])
    dense = np.array([found.dense for found in candidates])
    scores = dense + keyword_weight * _share(keyword)
    order = sorted(range(len(candidates)), key=lambda at: (-scores[at], candidates[at].row))
    return [(candidates[at], float(scores[at])) for at in order]


def _share(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    best = scores.max()
    return scores / best if best > 0 else scores
