"""Estimates with their 95 % intervals, and tests between two runs over the same questions.

Wilson's score interval for rates (E. B. Wilson, 1927), the percentile bootstrap for means and for
what is no simple rate, McNemar's exact test for paired verdicts. Everything is deterministic: the
bootstrap draws 10,000 times from a fixed seed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Z = 1.959963984540054  # the 97.5 % point of the normal distribution
DRAWS = 10_000
SEED = 20_250_804
_CHUNK = 500

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval over ``n`` observations."""

    value: float
    low: float
    high: float
    n: int

    def to_dict(self) -> dict[str, float | int]:
        """The four keys of summary.json."""
        return {"value": self.value, "low": self.low, "high": self.high, "n": self.n}


def rate(successes: int, n: int) -> Estimate | None:
    """A share with Wilson's interval; None when there is nothing to count."""
    if n == 0:
        return None
    share = successes / n
    middle = share + Z * Z / (2 * n)
    half = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    low, high = max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)
    return Estimate(share, min(low, share), max(high, share), n)


def share(flags: Sequence[bool]) -> Estimate | None:
    """The share of true flags, with Wilson's interval."""
    return rate(sum(flags), len(flags))


def mean(values: Sequence[float]) -> Estimate | None:
    """The mean with its bootstrap interval; None for no values."""
    if not values:
        return None
    array = np.asarray(values, dtype=float)
    return bootstrap(array[:, None], lambda drawn: drawn[:, :, 0].mean(axis=1))


def quantile(values: Sequence[float], level: float) -> Estimate | None:
    """A quantile (0.5 is the median) with its bootstrap interval; None for no values."""
    if not values:
        return None
    array = np.asarray(values, dtype=float)[:, None]
    return bootstrap(array, lambda drawn: np.quantile(drawn[:, :, 0], level, axis=1))


def bootstrap(rows: Floats, statistic: Callable[[Floats], Floats]) -> Estimate:
    """The percentile bootstrap of a statistic of rows.

    Args:
        rows: observations, shape (n, columns).
        statistic: maps resamples of shape (draws, n, columns) to one value each; NaN where a
            resample has none (dropped from the interval).
    """
    n = len(rows)
    random = np.random.default_rng(SEED)
    drawn = [
        statistic(rows[random.integers(0, n, size=(_CHUNK, n))]) for _ in range(DRAWS // _CHUNK)
    ]
    values = np.concatenate(drawn)
    values = values[~np.isnan(values)]
    point = float(statistic(rows[None, :, :])[0])
    if len(values) == 0:
        return Estimate(point, point, point, n)
    low, high = np.quantile(values, [0.025, 0.975])
    return Estimate(point, float(min(low, point)), float(max(high, point)), n)


def balanced_accuracy(answerable: Sequence[bool], kept: Sequence[bool]) -> Estimate | None:
    """Mean of "answerable is answered" and "not answerable is refused", bootstrapped.

    ``kept`` tells which questions were answered. None unless both kinds are there.
    """
    if len(set(answerable)) < 2:
        return None
    rows = np.column_stack([answerable, kept]).astype(float)
    return bootstrap(rows, _balanced)


def _balanced(drawn: Floats) -> Floats:
    answerable, kept = drawn[:, :, 0], drawn[:, :, 1]
    with np.errstate(invalid="ignore", divide="ignore"):
        hits = (answerable * kept).sum(axis=1) / answerable.sum(axis=1)
        rejections = ((1 - answerable) * (1 - kept)).sum(axis=1) / (1 - answerable).sum(axis=1)
    halves: Floats = (hits + rejections) / 2
    return halves


def auroc(answerable: Sequence[bool], confidence: Sequence[float]) -> Estimate | None:
    """The chance that an answerable question has the higher confidence; ties count half.

    None unless both kinds are there. The interval is a bootstrap over ranks of the sample.
    """
    if len(set(answerable)) < 2:
        return None
    levels = np.unique(np.asarray(confidence, dtype=float), return_inverse=True)[1]
    rows = np.column_stack([answerable, levels]).astype(float)
    width = int(levels.max()) + 1
    return bootstrap(rows, lambda drawn: _auroc_of_levels(drawn, width))


def _auroc_of_levels(drawn: Floats, width: int) -> Floats:
    """Mann-Whitney from counts per confidence level, one resample a row."""
    positive = drawn[:, :, 0] > 0
    flat = drawn[:, :, 1].astype(np.int64) + np.arange(len(drawn))[:, None] * width
    size = len(drawn) * width
    hits = np.bincount(flat[positive], minlength=size).reshape(-1, width).astype(float)
    misses = np.bincount(flat[~positive], minlength=size).reshape(-1, width).astype(float)
    below = np.cumsum(misses, axis=1) - misses
    with np.errstate(invalid="ignore", divide="ignore"):
        wins = (hits * (below + misses / 2)).sum(axis=1)
        values: Floats = wins / (hits.sum(axis=1) * misses.sum(axis=1))
    return values


@dataclass(frozen=True, slots=True)
class Paired:
    """Two runs over the same questions: the mean change (after − before) and McNemar's p."""

    change: Estimate
    gained: int
    lost: int
    p_value: float

    def to_dict(self) -> dict[str, Any]:
        """For summary.json and the gate's report."""
        return {
            "change": self.change.to_dict(),
            "gained": self.gained,
            "lost": self.lost,
            "mcnemar_p": self.p_value,
        }


def paired(before: Sequence[float], after: Sequence[float]) -> Paired | None:
    """The paired bootstrap of the change, and McNemar's exact test; None for no questions."""
    difference = np.asarray(after, dtype=float) - np.asarray(before, dtype=float)
    change = mean(difference.tolist())
    if change is None:
        return None
    gained, lost = int((difference > 0).sum()), int((difference < 0).sum())
    return Paired(change, gained, lost, mcnemar(gained, lost))


def mcnemar(gained: int, lost: int) -> float:
    """McNemar's exact two-sided p: how odd such a split of the flips would be by chance."""
    flips = gained + lost
    tail = sum(math.comb(flips, k) for k in range(min(gained, lost) + 1))
    return float(min(1.0, 2 * tail / 2**flips))
