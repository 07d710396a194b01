"""Where the vectors of a part are kept: in its own folder, or on a server."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from vectorstore.generations import Generations
from vectorstore.plan import Draft
from vectorstore.vectors import Vector, Vectors

Release = Callable[[], None]


class Place(Protocol):
    """Keeps the vectors of parts; each is named by its folder."""

    shares: bool
    """Whether generations can share parts; else each has one of its own, of all passages."""

    def write(self, folder: Path, draft: Draft, vectors: Vector) -> None:
        """Keep the ``vectors`` (n, d) of a draft's rows, and what else the place holds of them.

        Raises OSError or an ``IndexProblem``.
        """

    def open(self, folder: Path) -> tuple[Vectors, Release]:
        """The vectors, and how to let go of them; raises OSError or ValueError."""

    def drop(self, folder: Path) -> None:
        """Forget what was written for a generation that was given up."""


class InFolder:
    """Chroma in the part's folder: written once, then read by every generation that has it."""

    shares = True

    def write(self, folder: Path, draft: Draft, vectors: Vector) -> None:
        """Make Chroma's folder and put all rows into it."""
        store = Vectors(folder / "chroma", create=True)
        try:
            store.add(draft.ids, vectors)
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
