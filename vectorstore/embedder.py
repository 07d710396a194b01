"""What the rooms ask of an embedding model; any object of this shape will do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Embedder(Protocol):
    """Turns texts into unit vectors of ``dimension``; ``name`` is recorded in the index."""

    @property
    def name(self) -> str:
        """Names model and version: another name means other vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def embed_passages(
        self, texts: Sequence[str], on_progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Vectors (n, d) of passages, normalised."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector (d,) of a question, normalised."""
