"""Reads passages for the words that answer a question; runs over onnxruntime, without torch.

The design is a span reader (Chen et al. 2017) whose scores are comparable between passages
(Clark and Gardner 2018), with lower layers that read question and passage apart (DeFormer, Cao et
al. 2020): they are those of the bundled embedder, and a passage is prepared once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from os import cpu_count
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.reader.lower import first_layers
from assistant.reader.pieces import QUESTION, Pieces, kinds, passage_pieces, question_ids
from assistant.reader.spans import best_span, sentences_of, trim
from vectorstore.bundled import encoder

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

    from vectorstore.evidence import Evidence

UPPER = Path(__file__).parent / "upper.onnx"
LAYERS = 6
ANSWERS = 2  # the third score of a token; before it are those of begin and end
KEPT = 512
"""Prepared passages kept in memory: about 60 MB."""

READ = 4
"""Passages worth reading, until one says something."""

States = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one passage says to a question: ``start`` and ``end`` count in the article's text."""

    evidence: Evidence
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.evidence.article.text[self.start : self.end]


class Reader:
    """Reads passages; safe to share between threads."""

    def __init__(self) -> None:
        model = (encoder.HERE / encoder.FILES[0]).read_bytes()
        self._lower = _session(first_layers(model, LAYERS))
        self._upper = _session(UPPER.read_bytes())
        self._prepared: OrderedDict[str, tuple[Pieces, States]] = OrderedDict()
        self._last: tuple[str, States] | None = None
        self._lock = Lock()

    def read(self, question: str, item: Evidence) -> Reading | None:
        """The best span of a passage; None where none fits."""
        passage = item.passage
        pieces, scores = self._scores(question, item)
        best = best_span(scores, pieces, sentences_of(pieces, passage))
        if best is None:
            return None
        start, end = trim(passage.text, best.start, best.end)
        return Reading(item, start + passage.start, end + passage.start)

    def says(self, question: str, item: Evidence) -> dict[int, float]:
        """How far each sentence of a passage answers, by where it starts in the article.

        Scores are logits: above 0 it rather answers than not. A sentence beyond what is read of a
        long passage has none.
        """
        pieces, scores = self._scores(question, item)
        place = sentences_of(pieces, item.passage)
        found = [(at, place == at) for at in sorted(set(place.tolist()) - {-1})]
        starts = [sentence.start for sentence in item.passage.sentences]
        return {starts[at]: float(scores[tokens, ANSWERS].mean()) for at, tokens in found}

    def says_of(self, question: str, items: Sequence[Evidence]) -> list[dict[int, float]]:
        """What ``says`` finds for each of some passages, read on all cores at once."""
        return list(_workers().map(lambda item: self.says(question, item), items))

    def _scores(self, question: str, item: Evidence) -> tuple[Pieces, NDArray[np.float32]]:
        """A passage's tokens and what each scores: (tokens, 3)."""
        asked = self._asked(question)
        pieces, states = self._prepare(item)
        shared = kinds(question, item.passage.text, pieces)
        sort = np.concatenate([np.full(len(asked), QUESTION), shared])
        hidden = np.concatenate([asked, states]).astype(np.float32)
        (scores,) = self._upper.run(None, {"hidden": hidden[None], "kinds": sort[None]})
        return pieces, scores[0, len(asked) :]

    def _asked(self, question: str) -> States:
        """The question's own states; the last is kept, for many passages are read with it."""
        last = self._last
        if last is None or last[0] != question:
            self._last = last = question, self._states(question_ids(question))
        return last[1]

    def _prepare(self, item: Evidence) -> tuple[Pieces, States]:
        key = f"{item.passage.revision} {item.passage.id}"
        with self._lock:
            if key in self._prepared:
                self._prepared.move_to_end(key)
                return self._prepared[key]
        pieces = passage_pieces(item.passage.text, (item.article.title, item.passage.heading))
        ready = pieces, self._states(pieces.ids)
        with self._lock:
            self._prepared[key] = ready
            while len(self._prepared) > KEPT:
                self._prepared.popitem(last=False)
        return ready

    def _states(self, ids: Sequence[int]) -> States:
        row = np.array([ids], np.int64)
        inputs = {"input_ids": row, "attention_mask": np.ones_like(row)}
        return np.asarray(self._lower.run(None, inputs)[0][0], np.float16)


def _session(model: bytes) -> InferenceSession:
    """A session that works in the thread that calls it, as ``encoder.open_session`` explains."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])


@cache
def _workers() -> ThreadPoolExecutor:
    """A thread for each core: a session leaves Python's lock while it computes."""
    return ThreadPoolExecutor(cpu_count(), thread_name_prefix="reader")


@cache
def shared_reader() -> Reader:
    """The one reader of the process, loaded on first use in about half a second."""
    return Reader()


def first_reading(question: str, evidence: Sequence[Evidence]) -> Reading | None:
    """The words that answer, out of the first passage in which any do; None without one.

    The search knows better than the scores of the words which passage answers
    (docs/measurements.md).

    Raises:
        OSError, ValueError: a model file is missing or damaged; restore it.
    """
    reader = shared_reader()
    readings = (reader.read(question, item) for item in evidence[:READ])
    return next((reading for reading in readings if reading), None)
