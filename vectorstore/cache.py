"""Embeddings kept by what was embedded, so that a rebuild embeds only what is new.

One append-only file per embedder: fixed-size records of key, vector and checksum. A torn tail or a
damaged record is not used, its text embedded again; nothing in here is needed for correctness.
"""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedder import Embedder
from vectorstore.vectors import Vector

CHUNK = 128  # texts embedded between two appends: what a killed job can lose
Progress = Callable[[int, int], None]


def text_key(embedder_name: str, text: str) -> str:
    """The hash under which the embedding of ``text`` by this embedder is kept."""
    data = f"{embedder_name}\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()


class EmbeddingCache:
    """``embed`` texts through the cache file of one embedder in ``folder``."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._embedder = embedder
        slug = re.sub(r"[^A-Za-z0-9.-]+", "_", embedder.name)[-60:]
        tag = hashlib.sha256(embedder.name.encode()).hexdigest()[:8]
        self._path = folder / f"{slug}-{tag}-{embedder.dimension}.bin"
        self._record = np.dtype(
            [("key", "V32"), ("vector", "<f4", (embedder.dimension,)), ("crc", "<u4")]
        )
        self._stored, self._at = self._read()
        self._learned: dict[str, Vector] = {}

    def embed(
        self, texts: Sequence[str], on_progress: Progress | None = None
    ) -> tuple[Vector, int]:
        """Vectors (n, d) for ``texts``, and how many had to be embedded anew.

        New texts are embedded in order of length (a batch pads to its longest text) and appended
        after every chunk; ``on_progress(done, total)`` counts the new ones.
        """
        keys = [text_key(self._embedder.name, text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True)}
        known = {key: vector for key in missing if (vector := self._known(key)) is not None}
        missing = {key: text for key, text in missing.items() if key not in known}
        queue = sorted(missing.items(), key=lambda item: len(item[1]))
        for start in range(0, len(queue), CHUNK):
            part = queue[start : start + CHUNK]
            self._learn([key for key, _ in part], self._fresh([text for _, text in part]))
            if on_progress is not None:
                on_progress(start + len(part), len(queue))
        shape = (len(keys), self._embedder.dimension)
        vectors = np.empty(shape, dtype=np.float32)
        for row, key in enumerate(keys):
            vectors[row] = known[key] if key in known else self._learned[key]
        return vectors, len(queue)

    def keep_only(self, texts: Sequence[str]) -> None:
        """Erase all embeddings but those of ``texts``; files of other embedders go as a whole."""
        keys = {text_key(self._embedder.name, text) for text in texts}
        found = ((key, self._known(key)) for key in sorted(keys))
        kept = {key: vector.copy() for key, vector in found if vector is not None}
        for path in self._path.parent.glob("*.bin"):
            path.unlink()
        self._at, self._learned = {}, {}
        if kept:
            self._learn(list(kept), np.stack(list(kept.values())))

    def _fresh(self, texts: list[str]) -> Vector:
        vectors = np.asarray(self._embedder.embed_passages(texts), dtype=np.float32)
        if vectors.shape != (len(texts), self._embedder.dimension):
            raise ValueError(f"embedder {self._embedder.name} gave shape {vectors.shape}")
        return vectors

    def _learn(self, keys: list[str], vectors: Vector) -> None:
        rows = np.zeros(len(keys), dtype=self._record)
        for row, key in enumerate(keys):
            digest = bytes.fromhex(key)
            rows[row] = (digest, vectors[row], _checksum(digest, vectors[row]))
            self._learned[key] = vectors[row]
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab") as file:
            file.truncate(file.tell() // self._record.itemsize * self._record.itemsize)
            file.write(rows.tobytes())
            file.flush()
            os.fsync(file.fileno())

    def _known(self, key: str) -> Vector | None:
        """The vector kept under ``key``, unless its record is damaged."""
        if key in self._learned:
            return self._learned[key]
        digest = bytes.fromhex(key)
        if digest not in self._at:
            return None
        row = self._stored[self._at[digest]]
        vector: Vector = row["vector"]
        return vector if row["crc"] == _checksum(digest, vector) else None

    def _read(self) -> tuple[NDArray[np.void], dict[bytes, int]]:
        """The records of the file, mapped, and where each key stands; none is looked at yet."""
        size = self._path.stat().st_size if self._path.is_file() else 0
        whole = size // self._record.itemsize
        if whole == 0:
            return np.empty(0, dtype=self._record), {}
        rows = np.asarray(np.memmap(self._path, dtype=self._record, mode="r", shape=(whole,)))
        keys = rows["key"].tobytes()
        return rows, {keys[32 * row : 32 * row + 32]: row for row in range(whole)}


def _checksum(digest: bytes, vector: Vector) -> int:
    return zlib.crc32(vector.tobytes(), zlib.crc32(digest))
