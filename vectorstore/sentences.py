"""The vectors of the sentences of all passages, in 8 bits a number, in a file that is read by part.

A passage is about several things, a question about one: its best sentence tells more than the
passage as a whole. A vector is stretched until its largest number is 127 and rounded. That keeps
its direction, which is all that a cosine asks for, so that no scale is stored.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]
Small = NDArray[np.int8]
FOLDER = "sentences"  # of a part


def shrunk(vectors: Numbers) -> Small:
    """Vectors (n, d) in 8 bits a number."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=1e-9)
    return np.asarray(np.rint(vectors * (127 / largest)), dtype=np.int8)


class InFile:
    """The rows of an array (m, d) of numbers of one byte that ``np.save`` wrote.

    They are read, not mapped: mapped pages, some sixteen around each one touched, would count as
    this process's memory, at last the whole file. Safe to share between threads.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            np.lib.format.read_magic(file)
            shape, _, kind = np.lib.format.read_array_header_1_0(file)
            if len(shape) != 2 or kind != np.int8:
                raise ValueError(f"{path.name} holds {kind} {shape}")
            self._count, self._size = shape
            self._first = file.tell()
            self._file = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._file)
        if os.fstat(self._file).st_size != self._first + self._count * self._size:
            raise ValueError(f"{path.name} is not as long as it says")

    def __len__(self) -> int:
        return int(self._count)

    def __getitem__(self, rows: slice) -> Small:
        start, end, _ = rows.indices(self._count)
        length = max(0, end - start) * self._size
        data = os.pread(self._file, length, self._first + start * self._size)
        return np.frombuffer(data, dtype=np.int8).reshape(-1, self._size)


@dataclass(frozen=True, slots=True)
class SentenceVectors:
    """Those of passage ``row`` are ``vectors[starts[row] : starts[row + 1]]``.

    A passage that is one sentence has none: its own vector is that of the sentence.
    """

    starts: NDArray[np.int64]
    vectors: Small | InFile

    @classmethod
    def of(cls, parts: Sequence[Small], dimension: int) -> SentenceVectors:
        """The vectors (s, ``dimension``) of each passage, by row."""
        starts = np.concatenate([[0], np.cumsum([len(part) for part in parts])])
        whole = np.concatenate([np.empty((0, dimension), dtype=np.int8), *parts])
        return cls(starts.astype(np.int64), whole)

    @classmethod
    def load(cls, folder: Path) -> SentenceVectors:
        """What was saved in ``folder``; raises OSError or ValueError when it is damaged."""
        starts, vectors = np.load(folder / "starts.npy"), InFile(folder / "vectors.npy")
        if len(vectors) != starts[-1]:
            raise ValueError(f"{len(vectors)} sentence vectors, not as recorded")
        return cls(starts, vectors)

    def save(self, folder: Path) -> None:
        """Write them into ``folder``, which is made."""
        folder.mkdir(parents=True)
        for name, array in (("starts", self.starts), ("vectors", self.vectors[:])):
            with (folder / f"{name}.npy").open("wb") as file:
                np.save(file, array)

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Small:
        """The vectors (s, d) of the sentences of the passage in ``row``."""
        return self.vectors[self.starts[row] : self.starts[row + 1]]

    def __iter__(self) -> Iterator[Small]:
        """The vectors of each passage, by row."""
        return (self[row] for row in range(len(self)))


def cosines(vector: Numbers, parts: Sequence[Small]) -> list[tuple[float, ...]]:
    """For each of ``parts`` (s, d), the cosines of the unit ``vector`` (d,) to its rows."""
    if not sum(map(len, parts)):
        return [()] * len(parts)
    whole = np.concatenate(parts).astype(np.float32)
    # not `@`: its own threads get in each other's way when many questions come at once
    lengths = np.sqrt(np.einsum("ij,ij->i", whole, whole))
    found = iter((np.einsum("ij,j->i", whole, vector) / np.maximum(lengths, 1)).tolist())
    return [tuple(next(found) for _ in part) for part in parts]
