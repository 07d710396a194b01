"""Fits the weights of the fusion on a question set, and reports them honestly.

A softmax over the candidates of each question (ListNet's top-one loss, Cao et al. 2007), by
gradient descent on standardised features; folds are grouped so that no passage is in two.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_STEPS, _RATE, _RIDGE = 400, 0.3, 1e-3


@dataclass(frozen=True, slots=True)
class Pool:
    """The candidates of one question: ``features`` (n, f), ``right`` (n,) where it is answered."""

    features: Array
    right: NDArray[np.bool_]


def fit(pools: Sequence[Pool]) -> Array:
    """Weights (f,) under which the right candidates stand out; pools without one teach nothing."""
    useful = [pool for pool in pools if pool.right.any()]
    features = np.concatenate([pool.features for pool in useful])
    right = np.concatenate([pool.right for pool in useful])
    sizes = [len(pool.right) for pool in useful]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(useful)), sizes)
    spread = features.std(axis=0) + 1e-9
    scaled = (features - features.mean(axis=0)) / spread
    weights = np.zeros(features.shape[1])
    for _ in range(_STEPS):
        gradient = _gradient(scaled @ weights, right, starts, owner)
        weights -= _RATE * (scaled.T @ gradient / len(useful) + 2 * _RIDGE * weights)
    return np.asarray(weights / spread)


def ranks_in_folds(pools: Sequence[Pool], groups: Sequence[Hashable], folds: int = 5) -> Array:
    """The rank (0 is first) of each question's right passage under weights fitted without it."""
    names = sorted({str(group) for group in groups})
    order = np.random.default_rng(0).permutation(len(names))
    fold_of = {name: int(at) % folds for name, at in zip(names, order, strict=True)}
    fold = np.array([fold_of[str(group)] for group in groups])
    ranks = np.empty(len(pools))
    for held in range(folds):
        weights = fit([pools[int(at)] for at in np.flatnonzero(fold != held)])
        for at in map(int, np.flatnonzero(fold == held)):
            ranks[at] = rank_of(pools[at].features @ weights, pools[at].right)
    return ranks


def rank_of(scores: NDArray[np.floating], right: NDArray[np.bool_]) -> float:
    """How many candidates score above the best right one; infinite when there is none."""
    return float((scores > scores[right].max()).sum()) if right.any() else float("inf")


def _gradient(
    scores: Array, right: NDArray[np.bool_], starts: NDArray[np.int64], owner: NDArray[np.int64]
) -> Array:
    weight = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
    whole = np.add.reduceat(weight, starts)[owner]
    good = np.add.reduceat(weight * right, starts)[owner]
    return np.asarray(weight / whole - weight * right / np.maximum(good, 1e-300))
