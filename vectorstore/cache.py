"""Embeddings kept by what was embedded, so that a rebuild embeds only what is new.

Two append-only files per embedder, one of passages and one of sentences in 8 bits: fixed-size
records of key, vector and checksum. A torn tail or a damaged record is not used, its text embedded
again; nothing in here is needed for correctness.
"""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from vectorstore.embedder import Embedder
from vectorstore.sentences import Small, shrunk
from vectorstore.vectors import Vector

CHUNK = 128  # texts embedded between two appends: what a killed job can lose
Progress = Callable[[int, int], None]


def text_key(embedder_name: str, text: str) -> str:
    """The hash under which the embedding of ``text`` by this embedder is kept."""
    return _digest(embedder_name, text).hex()


class EmbeddingCache:
    """``embed`` texts through the cache files of one embedder in ``folder``."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._embedder, self._folder = embedder, folder
        slug = re.sub(r"[^A-Za-z0-9.-]+", "_", embedder.name)[-60:]
        tag = hashlib.sha256(embedder.name.encode()).hexdigest()[:8]
        stem = f"{slug}-{tag}-{embedder.dimension}"
        self._whole = _Records(folder / f"{stem}.bin", "<f4", embedder.dimension)
        self._small = _Records(folder / f"{stem}-sentences.bin", "i1", embedder.dimension)

    def embed(
        self, texts: Sequence[str], on_progress: Progress | None = None
    ) -> tuple[Vector, int]:
        """Vectors (n, d) for ``texts``, and how many had to be embedded anew.

        New texts are embedded in order of length (a batch pads to its longest text) and appended
        after every chunk; ``on_progress(done, total)`` counts the new ones.
        """
        return self._through(self._whole, texts, on_progress)

    def embed_small(
        self, texts: Sequence[str], on_progress: Progress | None = None
    ) -> tuple[Small, int]:
        """``embed`` in 8 bits, as sentences are kept; a text that ``embed`` knows is not shared."""
        return self._through(self._small, texts, on_progress)

    def keep_only(self, texts: Sequence[str], sentences: Sequence[str]) -> None:
        """Erase all embeddings but those of ``texts``, and in 8 bits those of ``sentences``.

        Files of other embedders go as a whole.
        """
        name = self._embedder.name
        kept = [
            (records, [pair for pair in records.items({_digest(name, text) for text in each})])
            for records, each in ((self._whole, texts), (self._small, sentences))
        ]
        for path in self._folder.glob("*.bin"):
            path.unlink()
        for records, pairs in kept:
            records.forget()
            if pairs:
                records.append([key for key, _ in pairs], np.stack([v for _, v in pairs]))

    def _through(
        self, records: _Records, texts: Sequence[str], on_progress: Progress | None
    ) -> tuple[Any, int]:
        vectors = np.empty((len(texts), self._embedder.dimension), dtype=records.kind)
        missing: dict[bytes, tuple[str, list[int]]] = {}
        for row, text in enumerate(texts):
            key = _digest(self._embedder.name, text)
            known = records.find(key)
            if known is None:
                missing.setdefault(key, (text, []))[1].append(row)
            else:
                vectors[row] = known
        queue = sorted(missing.items(), key=lambda item: len(item[1][0]))
        for start in range(0, len(queue), CHUNK):
            part = queue[start : start + CHUNK]
            fresh = self._fresh([text for _, (text, _) in part])
            fresh = shrunk(fresh) if records is self._small else fresh
            records.append([key for key, _ in part], fresh)
            for (_, (_, rows)), vector in zip(part, fresh, strict=True):
                vectors[rows] = vector
            if on_progress is not None:
                on_progress(start + len(part), len(queue))
        return vectors, len(queue)

    def _fresh(self, texts: list[str]) -> Any:  # noqa: ANN401
        vectors = np.asarray(self._embedder.embed_passages(texts), dtype=np.float32)
        if vectors.shape != (len(texts), self._embedder.dimension):
            raise ValueError(f"embedder {self._embedder.name} gave shape {vectors.shape}")
        return vectors


class _Records:
    """One file of keys and vectors of ``dimension`` numbers of a ``kind``."""

    def __init__(self, path: Path, kind: str, dimension: int) -> None:
        self.kind = np.dtype(kind)
        self._path = path
        self._record = np.dtype([("key", "V32"), ("vector", kind, (dimension,)), ("crc", "<u4")])
        whole = path.stat().st_size // self._record.itemsize if path.is_file() else 0
        self._rows = np.empty(0, dtype=self._record)
        if whole:  # mapped, and none of it looked at yet
            self._rows = np.asarray(np.memmap(path, self._record, "r", shape=(whole,)))
        keys = self._rows["key"].tobytes()
        self._places = {keys[32 * at : 32 * (at + 1)]: at for at in range(whole)}
        self._new: dict[bytes, Any] = {}

    def find(self, key: bytes) -> Any:  # noqa: ANN401
        """The vector under ``key``, or None; a damaged record is none."""
        if key in self._new or key not in self._places:
            return self._new.get(key)
        row = self._rows[self._places[key]]
        return row["vector"] if row["crc"] == _checksum(key, row["vector"]) else None

    def items(self, keys: set[bytes]) -> Iterator[tuple[bytes, Any]]:
        """Those of ``keys`` that are there, with a copy of their vectors."""
        found = ((key, self.find(key)) for key in sorted(keys))
        return ((key, vector.copy()) for key, vector in found if vector is not None)

    def append(self, keys: Sequence[bytes], vectors: Any) -> None:  # noqa: ANN401
        """Write records and see them to the disk."""
        rows = np.zeros(len(keys), dtype=self._record)
        for row, key in enumerate(keys):
            rows[row] = (key, vectors[row], _checksum(key, vectors[row]))
            self._new[key] = vectors[row]
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab") as file:
            file.truncate(file.tell() // self._record.itemsize * self._record.itemsize)
            file.write(rows.tobytes())
            file.flush()
            os.fsync(file.fileno())

    def forget(self) -> None:
        """Know nothing any more; the file has been removed."""
        self._places, self._new = {}, {}


def _digest(embedder_name: str, text: str) -> bytes:
    return hashlib.sha256(f"{embedder_name}\0{text}".encode("utf-8", "surrogatepass")).digest()


def _checksum(digest: bytes, vector: Any) -> int:  # noqa: ANN401
    return zlib.crc32(vector.tobytes(), zlib.crc32(digest))
