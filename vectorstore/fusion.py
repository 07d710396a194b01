"""Puts candidates of both legs into one ranking: cosines, and what they miss of the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Found:
    """One candidate: its row, its cosine, its BM25 score, and four shares between 0 and 1.

    ``terms`` is the share of the question's terms that it holds, ``title`` the share of its title's
    terms that the question names, ``pairs`` the share of the question's character pairs that it
    holds, ``near`` the share of the question's terms in its sentence nearest to the question; all
    weighted by rarity, the pairs by their rarity among the candidates. ``sentences`` are the
    cosines of its sentences, where they are known.
    """

    row: int
    dense: float
    keyword: float
    terms: float = 0.0
    title: float = 0.0
    pairs: float = 0.0
    near: float = 0.0
    sentences: tuple[float, ...] = ()

    @property
    def best_sentence(self) -> float:
        """The cosine of the sentence nearest to the question; that of the passage if unknown."""
        return max(self.sentences, default=self.dense)

    @property
    def mean_sentence(self) -> float:
        """The mean cosine of its sentences; that of the passage if unknown."""
        return sum(self.sentences) / len(self.sentences) if self.sentences else self.dense


# Fitted by `python -m vectorstore.bench retrieval` on 1,625 Korean questions; in folds, each of the
# last six brought something when it came in, and BM25 itself nothing (docs/measurements.md). The
# weights of the three cosines sum to 1, so that a score stays near a cosine.
FEATURES = ("cosine", "terms", "title", "pairs", "best sentence", "mean sentence", "near")
COSINES = (0, 4, 5)  # those of the features
WEIGHTS = np.array([0.3204, 0.0238, 0.0051, 0.0366, 0.526, 0.1536, 0.0241])


def features(candidates: Sequence[Found]) -> NDArray[np.float64]:
    """The features (n, f) of all candidates of one question, in the order of ``FEATURES``."""
    table = [
        (
            found.dense,
            found.terms,
            found.title,
            found.pairs,
            found.best_sentence,
            found.mean_sentence,
            found.near,
        )
        for found in candidates
    ]
    return np.array(table, dtype=np.float64).reshape(-1, len(FEATURES))


def fuse(candidates: Sequence[Found]) -> list[tuple[Found, float]]:
    """Candidates with their fused score, best first; equal scores keep the order of rows."""
    scores = features(candidates) @ WEIGHTS
    order = sorted(range(len(candidates)), key=lambda at: (-scores[at], candidates[at].row))
    return [(candidates[at], float(scores[at])) for at in order]
