"""Which documents hold a term, and how often: numpy arrays in a folder, mapped into memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_ARRAYS = ("starts", "rows", "counts", "lengths")


@dataclass(frozen=True, slots=True)
class Postings:
    """Postings by term: those of term ``t`` are ``starts[t]:starts[t + 1]``.

    ``rows`` (document numbers, ascending for a term) and ``counts`` (occurrences) run in parallel;
    ``lengths`` (n,) holds the number of terms of each document. Nothing in here depends on other
    documents, so that the postings of several parts can be weighed together.
    """

    vocabulary: Mapping[str, int]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    counts: NDArray[np.uint16]
    lengths: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.lengths)

    def of(self, term: str) -> slice:
        """Where the postings of ``term`` stand; empty when it is unknown."""
        at = self.vocabulary.get(term)
        return slice(0, 0) if at is None else slice(int(self.starts[at]), int(self.starts[at + 1]))

    def terms(self) -> NDArray[np.int64]:
        """The number of the term of every posting."""
        return np.repeat(np.arange(len(self.vocabulary)), np.diff(self.starts))

    def save(self, folder: Path) -> None:
        """Write them into ``folder``, which is made."""
        folder.mkdir(parents=True)
        (folder / "terms.txt").write_text("\n".join(self.vocabulary), encoding="utf-8")
        for name in _ARRAYS:
            with (folder / f"{name}.npy").open("wb") as file:
                np.save(file, getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Postings:
        """What was saved in ``folder``; raises OSError or ValueError when it is damaged."""
        words = (folder / "terms.txt").read_text(encoding="utf-8").split("\n")
        # as plain arrays: a memmap object takes a microsecond more for every number read
        arrays = {n: np.asarray(np.load(folder / f"{n}.npy", mmap_mode="r")) for n in _ARRAYS}
        vocabulary = {word: at for at, word in enumerate(words) if word}
        if len(arrays["starts"]) != len(vocabulary) + 1:
            raise ValueError(f"{len(vocabulary)} terms, {len(arrays['starts']) - 1} posting lists")
        return cls(vocabulary, **arrays)
