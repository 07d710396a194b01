"""Rows of JSON in a file, read one at a time: a 100,000-row table costs no memory until asked."""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

Row = dict[str, Any]


def write_table(path: Path, rows: Iterable[Row]) -> int:
    """Write ``path`` (JSON Lines) and its row offsets beside it; returns the number of rows."""
    offsets = [0]
    with path.open("wb") as file:
        for row in rows:
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
            offsets.append(offsets[-1] + file.write(line.encode("utf-8", "surrogatepass") + b"\n"))
    with _offsets_path(path).open("wb") as file:
        np.save(file, np.asarray(offsets, dtype=np.int64))
    return len(offsets) - 1


class Table:
    """A table written by ``write_table``: ``len()``, ``table[i]``, iteration."""

    def __init__(self, path: Path) -> None:
        self._offsets = np.load(_offsets_path(path))
        self._bytes = _map(path)
        if len(self._bytes) != int(self._offsets[-1]):
            raise ValueError(f"{path.name} holds {len(self._bytes)} bytes, not as recorded")

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, row: int) -> Row:
        start, end = self._offsets[row], self._offsets[row + 1]
        parsed: Row = json.loads(self._bytes[start:end].decode("utf-8", "surrogatepass"))
        return parsed

    def __iter__(self) -> Iterator[Row]:
        return (self[row] for row in range(len(self)))


def _map(path: Path) -> mmap.mmap | bytes:
    if path.stat().st_size == 0:  # an empty file cannot be mapped
        return b""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _offsets_path(path: Path) -> Path:
    return path.with_suffix(".offsets.npy")
