"""Which articles of which parts an index holds, in which order; rows are numbered by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Order:
    """The places of rows: row ``i`` is row ``locals[i]`` of part ``parts[i]``.

    ``rows`` says the same from the other side: for every row of a part its row here, or -1 where
    the part holds what the index no longer does.
    """

    parts: NDArray[np.int32]
    locals: NDArray[np.int32]
    rows: Sequence[NDArray[np.int32]]

    def __len__(self) -> int:
        return len(self.parts)

    @classmethod
    def of(cls, runs: Numbers, sizes: Sequence[int]) -> Order:
        """From runs (r, 3) of part, first row in it and number of rows; ``sizes`` of the parts.

        Raises ValueError when a run leaves its part or a row is named twice.
        """
        parts = np.repeat(runs[:, 0], runs[:, 2]).astype(np.int32)
        places = _counted(runs[:, 1], runs[:, 2]).astype(np.int32)
        if len(runs) and (
            runs.min() < 0 or (runs[:, 1:].sum(1) > np.take(sizes, runs[:, 0])).any()
        ):
            raise ValueError("a run is longer than its part")
        rows = [np.full(size, -1, dtype=np.int32) for size in sizes]
        for number, own in enumerate(rows):
            here = np.flatnonzero(parts == number)
            own[places[here]] = here
        if sum(int((own >= 0).sum()) for own in rows) != len(parts):
            raise ValueError("a row is named twice")
        return cls(parts, places, rows)

    @classmethod
    def whole(cls, size: int) -> Order:
        """That of one part which is held as it is."""
        return cls.of(np.array([[0, 0, size]]), [size])

    def place(self, row: int) -> tuple[int, int]:
        """The part of ``row`` and the row in it."""
        return int(self.parts[row]), int(self.locals[row])

    def is_partial(self, part: int) -> bool:
        """Whether ``part`` holds rows that the index does not."""
        return bool((self.rows[part] < 0).any())


def runs_of(parts: Sequence[int], places: Sequence[int]) -> Numbers:
    """The runs (r, 3) of ``Order.of`` for the parts and places of all rows, in order."""
    both = np.array([parts, places], dtype=np.int64).reshape(2, -1)
    steps = np.diff(both, axis=1)
    starts = np.flatnonzero(np.r_[True, (steps[0] != 0) | (steps[1] != 1)][: both.shape[1]])
    counts = np.diff(np.r_[starts, both.shape[1]])
    return np.column_stack([both[0, starts], both[1, starts], counts])


def write_runs(path: Path, runs: Numbers) -> None:
    """Keep runs in a file, to be read by ``np.load``."""
    with path.open("wb") as file:
        np.save(file, runs.astype(np.int64))


def passage_runs(runs: Numbers, firsts: Sequence[Numbers]) -> Numbers:
    """Runs of articles as runs of their passages; ``firsts[p]`` are borders in part ``p``."""
    rows = []
    for part, first, count in runs.tolist():
        start, end = firsts[part][[first, first + count]].tolist()
        rows.append((part, start, end - start))
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def _counted(starts: Numbers, counts: Numbers) -> Numbers:
    """``starts[i], starts[i] + 1, …``, ``counts[i]`` of them, one after the other."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))
