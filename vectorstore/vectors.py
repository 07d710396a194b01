"""The vectors of one part in a Chroma folder: cosine space, ids are passage ids.

Chroma runs in this process and owns the folder while it is open; texts are kept elsewhere
(measured on chromadb 1.5.9: adding with documents is 3.5 times slower and takes 6.6 times the
disk), and nothing is ever embedded by Chroma itself.
"""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.exact import Exact

Vector = NDArray[np.float32]
COLLECTION = "passages"
BATCH = 5_000  # Chroma refuses more than 5,461 rows at once
TRIES = 3  # to open a folder that is being closed
CLIENTS = RLock()  # clients are opened and closed one at a time; the collector may close inside
_HEADER = struct.Struct("<i6Q")  # hnswlib: version, offset, room, taken, bytes each, two offsets
HNSW = {
    "space": "cosine",
    "ef_construction": 128,
    "ef_search": 128,
    "max_neighbors": 16,
}


class Vectors:
    """An open Chroma folder; close it before another process opens it."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        with _guarded():
            self._client = _started(str(folder))
        try:
            with _guarded():
                self._rows: Any = self._collection(create)
        except BaseException:
            self.close()
            raise

    def _collection(self, create: bool) -> Any:  # noqa: ANN401
        if not create:
            return self._client.get_collection(COLLECTION, embedding_function=None)
        return self._client.create_collection(
            COLLECTION, embedding_function=None, configuration={"hnsw": HNSW}
        )

    def __len__(self) -> int:
        return int(self._call("count"))

    def add(self, ids: Sequence[str], vectors: Vector) -> None:
        """Put rows of ``vectors`` (n, d) under ``ids``; a row already there is replaced."""
        for start in range(0, len(ids), BATCH):
            part = slice(start, start + BATCH)
            # upsert: `add` on an existing id silently keeps the old row
            self._call("upsert", ids=list(ids[part]), embeddings=vectors[part])

    def delete(self, ids: Sequence[str]) -> None:
        """Take the rows of ``ids`` out."""
        for start in range(0, len(ids), BATCH):
            self._call("delete", ids=list(ids[start : start + BATCH]))

    def held(self, ids: Sequence[str]) -> Exact:
        """The vectors of ``ids`` in memory, in this order, to be asked instead.

        Raises ValueError when there are other ones.
        """
        found = self._call("get", include=["embeddings"])
        rows = {id_: row for row, id_ in enumerate(found["ids"])}
        if rows.keys() != set(ids):
            raise ValueError("it holds vectors of other passages")
        order = [rows[id_] for id_ in ids]
        return Exact(ids, np.asarray(found["embeddings"], dtype=np.float32)[order])

    def nearest(self, vector: Vector, n: int) -> list[tuple[str, float]]:
        """The ``n`` nearest ids and their cosine similarities, best first."""
        found = self._call(
            "query", query_embeddings=vector[None, :], n_results=n, include=["distances"]
        )
        return [
            (id_, 1.0 - float(distance))
            for id_, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def get(self, ids: Sequence[str]) -> dict[str, Vector]:
        """The stored vectors of those ``ids`` that exist."""
        stored: dict[str, Vector] = {}
        for start in range(0, len(ids), BATCH):
            part = list(ids[start : start + BATCH])
            found = self._call("get", ids=part, include=["embeddings"])
            rows = np.asarray(found["embeddings"], dtype=np.float32)
            stored |= zip(found["ids"], rows, strict=True)
        return stored

    def close(self) -> None:
        """Let go of the folder; a second call does nothing."""
        with CLIENTS:
            self._client.close()

    def _call(self, what: str, **given: Any) -> Any:  # noqa: ANN401
        with _guarded():
            return getattr(self._rows, what)(**given)


def _started(folder: str, tries: int = TRIES) -> Any:  # noqa: ANN401
    """A client of Chroma, which keeps one that could not start and gives it out again: not here.

    Chroma counts the clients of a folder without a lock around opening and closing: one that is
    opened while the last other one is let go, in another thread or by the collector in this one,
    finds its folder closed. It is opened anew.
    """
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient as Shared
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    with CLIENTS:
        try:
            return chromadb.PersistentClient(path=folder, settings=settings)
        except BaseException as error:
            if folder not in Shared._identifier_to_refcount:
                Shared._identifier_to_system.pop(folder, None)
            if folder not in Shared._identifier_to_system:
                Shared._identifier_to_refcount.pop(folder, None)
            if tries > 1 and isinstance(error, (KeyError, AttributeError)):
                return _started(folder, tries - 1)
            raise


def blank_unused(folder: Path) -> None:
    """Zero the room in a closed folder that no vector takes yet.

    Chroma 1.5.9 writes it, whenever it opens the folder, as it got it from the allocator: ids that
    the process had in memory were found in there. Files of another layout are left alone.
    """
    for header in folder.rglob("header.bin"):
        data = header.read_bytes()
        if len(data) < _HEADER.size:
            continue
        _, _, room, taken, size, *_ = _HEADER.unpack_from(data)
        for name, each in (("data_level0.bin", size), ("length.bin", 4)):
            path = header.with_name(name)
            if path.is_file() and path.stat().st_size == room * each > taken * each:
                with path.open("r+b") as file:
                    file.seek(taken * each)
                    file.write(bytes((room - taken) * each))


@contextmanager
def _guarded() -> Iterator[None]:
    """Chroma's own failures (disk full, broken file) as OSError, which callers handle."""
    from chromadb.errors import ChromaError

    try:
        yield
    except ChromaError as error:
        if "disk is full" in str(error):
            raise OSError(
                errno.ENOSPC, f"No space left on device (vector store: {error})"
            ) from error
        raise OSError(f"vector store: {error}") from error
