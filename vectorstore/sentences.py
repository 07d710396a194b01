"""The vectors of the sentences of all passages, in 8 bits a number, mapped into memory, not read.

A passage is about several things, a question about one: its best sentence tells more than the
passage as a whole. A vector is stretched until its largest number is 127 and rounded. That keeps
its direction, which is all that a cosine asks for, so that no scale is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]
Small = NDArray[np.int8]
FOLDER = "sentences"  # of a generation
_ARRAYS = ("starts", "vectors")


def shrunk(vectors: Numbers) -> Small:
    """Vectors (n, d) in 8 bits a number."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=1e-9)
    return np.asarray(np.rint(vectors * (127 / largest)), dtype=np.int8)


@dataclass(frozen=True, slots=True)
class SentenceVectors:
    """Those of passage ``row`` are ``vectors[starts[row] : starts[row + 1]]``.

    A passage that is one sentence has none: its own vector is that of the sentence.
    """

    starts: NDArray[np.int64]
    vectors: Small

    @classmethod
    def of(cls, parts: Sequence[Small], dimension: int) -> SentenceVectors:
        """The vectors (s, ``dimension``) of each passage, by row."""
        starts = np.concatenate([[0], np.cumsum([len(part) for part in parts])])
        whole = np.concatenate([np.empty((0, dimension), dtype=np.int8), *parts])
        return cls(starts.astype(np.int64), whole)

    @classmethod
    def load(cls, folder: Path) -> SentenceVectors:
        """What was saved in ``folder``; raises OSError or ValueError when it is damaged."""
        # as plain arrays: a memmap object takes a microsecond more for every number read
        arrays = {n: np.asarray(np.load(folder / f"{n}.npy", mmap_mode="r")) for n in _ARRAYS}
        if len(arrays["vectors"]) != arrays["starts"][-1]:
            raise ValueError(f"{len(arrays['vectors'])} sentence vectors, not as recorded")
        return cls(**arrays)

    def save(self, folder: Path) -> None:
        """Write them into ``folder``, which is made."""
        folder.mkdir(parents=True)
        for name in _ARRAYS:
            with (folder / f"{name}.npy").open("wb") as file:
                np.save(file, getattr(self, name))

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Small:
        """The vectors (s, d) of the sentences of the passage in ``row``."""
        return self.vectors[self.starts[row] : self.starts[row + 1]]

    def __iter__(self) -> Iterator[Small]:
        """The vectors of each passage, by row."""
        return (self[row] for row in range(len(self)))

    def cosines(self, vector: Numbers, rows: Sequence[int]) -> list[tuple[float, ...]]:
        """For each of ``rows``, the cosines of the unit ``vector`` to its sentences, in order."""
        parts = [self[row] for row in rows]
        if not sum(map(len, parts)):
            return [()] * len(rows)
        whole = np.concatenate(parts).astype(np.float32)
        # not `@`: its own threads get in each other's way when many questions come at once
        lengths = np.sqrt(np.einsum("ij,ij->i", whole, whole))
        found = iter((np.einsum("ij,j->i", whole, vector) / np.maximum(lengths, 1)).tolist())
        return [tuple(next(found) for _ in part) for part in parts]
