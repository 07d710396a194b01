"""Runs the bundled model: texts to unit vectors, over onnxruntime, without torch."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

HERE = Path(__file__).parent
FILES = ("model.onnx", "tokenizer.json")
DIMENSION = 384


def model_hash(folder: Path = HERE) -> str:
    """Eight hexadecimal digits that change when a file of the model changes."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:8]


def open_session(path: Path) -> InferenceSession:
    """An onnxruntime session that works in the thread that calls it.

    Several threads may call one session at once; its own threads would spin while they wait, which
    made a query take over a second when another process was busy.
    """
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class BundledEncoder:
    """Texts to unit vectors, each text on its own: no padding, so no neighbour changes a vector."""

    def __init__(self, folder: Path = HERE) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._session = open_session(folder / "model.onnx")
        self._workers = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="encoder")

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors of ``texts``, float32 (texts, 384); tokens after the 512th are not read."""
        if len(texts) == 1:
            return self._encode_one(texts[0])
        rows = list(self._workers.map(self._encode_one, texts))
        return np.concatenate(rows) if rows else np.empty((0, DIMENSION), np.float32)

    def _encode_one(self, text: str) -> np.ndarray:
        ids = np.array([self._tokenizer.encode(text).ids], np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        return np.asarray(self._session.run(None, inputs)[0])
