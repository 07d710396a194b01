"""Vectors in memory, compared one by one: exact, and quicker than a graph while they are few."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]


class Exact:
    """Unit vectors (n, d) under ``ids``."""

    def __init__(self, ids: Sequence[str], vectors: Numbers) -> None:
        self._ids, self._vectors = ids, vectors
        self._rows = {id_: row for row, id_ in enumerate(ids)}

    def nearest(self, vector: Numbers, n: int) -> list[tuple[str, float]]:
        """The ``n`` nearest ids and their cosine similarities, best first."""
        # not `@`: its own threads get in each other's way when many questions come at once
        scores = np.einsum("ij,j->i", self._vectors, vector)
        n = min(n, len(scores))
        top = np.argpartition(-scores, n - 1)[:n] if n else np.arange(0)
        top = top[np.lexsort((top, -scores[top]))]
        return [(self._ids[row], float(scores[row])) for row in top]

    def get(self, ids: Sequence[str]) -> dict[str, Numbers]:
        """The vectors of those ``ids`` that exist."""
        rows = self._rows
        return {id_: self._vectors[rows[id_]] for id_ in ids if id_ in rows}
