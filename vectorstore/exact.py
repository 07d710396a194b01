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

    def __len__(self) -> int:
        return len(self._ids)

    def nearest(
        self, vector: Numbers, n: int, places: NDArray[np.int32] | None = None
    ) -> list[tuple[str, float]]:
        """The ``n`` nearest ids and their cosine similarities, best first, equal ones in order.

        ``places`` (n,) may give another order, and those with a negative one are left out.
        """
        # not `@`: its own threads get in each other's way when many questions come at once
        scores = np.einsum("ij,j->i", self._vectors, vector)
        if places is None:
            places = np.arange(len(scores), dtype=np.int32)
        rows = np.flatnonzero(places >= 0)
        n = min(n, len(rows))
        if n <= 0:
            return []
        last = np.partition(scores[rows], -n)[-n]
        rows = rows[scores[rows] >= last]  # more than n where others are as near as the last
        rows = rows[np.lexsort((places[rows], -scores[rows]))][:n]
        return [(self._ids[row], float(scores[row])) for row in rows.tolist()]

    def get(self, ids: Sequence[str]) -> dict[str, Numbers]:
        """The vectors of those ``ids`` that exist."""
        rows = self._rows
        return {id_: self._vectors[rows[id_]] for id_ in ids if id_ in rows}
