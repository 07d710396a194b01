"""Where the vectors of a generation are kept: in its own folder, or on a server."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from vectorstore.generations import Generations
from vectorstore.plan import Draft
from vectorstore.vectors import Vector, Vectors, copy_vectors

Release = Callable[[], None]


class Place(Protocol):
    """Keeps the vectors of generations; each is named by its folder."""

    def wanted(self, draft: Draft) -> Sequence[int]:
        """The rows whose vectors ``write`` must be given; the others it carries over."""

    def write(self, folder: Path, draft: Draft, vectors: Vector) -> None:
        """Keep the vectors of the wanted rows (and what else the place holds of them).

        Raises OSError or an ``IndexProblem``.
        """

    def open(self, folder: Path) -> tuple[Vectors, Release]:
        """The vectors, and how to let go of them; raises OSError or ValueError."""

    def drop(self, folder: Path) -> None:
        """Forget what was written for a generation that was given up."""


class InFolder:
    """Chroma in the generation's folder; an older generation's is copied and amended."""

    def wanted(self, draft: Draft) -> Sequence[int]:
        """Only the new rows."""
        return draft.new

    def write(self, folder: Path, draft: Draft, vectors: Vector) -> None:
        """Copy the older folder, if there is one, take out what is gone and add what is new."""
        before, target = draft.before, folder / "chroma"
        if before is not None:
            copy_vectors(before.folder / "chroma", target)
        store = Vectors(target, create=before is None)
        try:
            if before is not None:
                store.delete([before.id_of(int(row)) for row in np.flatnonzero(draft.moves() < 0)])
            store.add([draft.passages[row].id for row in draft.new], vectors)
        finally:
            store.close()

    def open(self, folder: Path) -> tuple[Vectors, Release]:
        """Chroma on the folder, or on a private copy of one that cannot be written.

        Chroma wants to write in its folder even to read it.
        """
        source = folder / "chroma"
        if not source.is_dir():
            raise FileNotFoundError(f"{source.name} is missing")
        if os.access(source, os.W_OK):
            vectors = Vectors(source)
            return vectors, vectors.close
        copy = Path(tempfile.mkdtemp(prefix="kai-index-"))
        try:
            vectors = Vectors(Path(shutil.copytree(source, copy / "chroma")))
        except BaseException:
            shutil.rmtree(copy, ignore_errors=True)
            raise

        def release() -> None:
            vectors.close()
            shutil.rmtree(copy, ignore_errors=True)

        return vectors, release

    def drop(self, folder: Path) -> None:
        """Nothing: it goes with the folder."""


def kept(home: Path, chroma_url: str | None) -> tuple[Generations, Place]:
    """The generations of a home, or of the Chroma server at ``chroma_url``, and their place."""
    if chroma_url is None:
        return Generations(home / "index"), InFolder()
    from vectorstore.server import ChromaServer
    from vectorstore.server_generations import OnServer, ServerGenerations

    server = ChromaServer(chroma_url)
    return ServerGenerations(home / "index-server", server), OnServer(server)
