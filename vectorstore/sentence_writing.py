"""Writes the sentences of a new part, and checks what was written.

Those of passages that the generation before holds are copied from it; only the rest is embedded.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import numpy as np

from vectorstore.cache import EmbeddingCache
from vectorstore.context import sentence_texts
from vectorstore.errors import VerificationError
from vectorstore.plan import Draft, Plan, Progress
from vectorstore.reading import Index
from vectorstore.sentences import FOLDER, SentenceVectors, Small
from vectorstore.table import Row

_SAID = "sentence_vectors"
_SAMPLE = 64  # passages whose sentences are read back when a generation is verified


def write_sentences(
    folder: Path, draft: Draft, dimension: int, cache: EmbeddingCache, progress: Progress
) -> dict[int, Small]:
    """Write the sentence vectors of all passages; those of the new rows that have any, by row.

    Raises OSError when the disk refuses.
    """
    texts = {
        row: sentence_texts(draft.articles[draft.owners[row]], draft.passages[row])
        for row in draft.new
    }
    whole, _ = cache.embed_small(
        list(chain.from_iterable(texts.values())),
        lambda done, total: progress("sentences", done, total),
    )
    ends = np.cumsum([len(own) for own in texts.values()], dtype=np.int64)
    new = dict(zip(texts, np.split(whole, ends[:-1]), strict=True)) if texts else {}
    lent = None if draft.before is None else draft.before.sentences
    parts = [
        new[row] if old < 0 or lent is None else lent[old]
        for row, old in enumerate(map(int, draft.old))
    ]
    SentenceVectors.of(parts, dimension).save(folder / FOLDER)
    return {row: part for row, part in new.items() if len(part)}


def verify_sentences(index: Index, plan: Plan, new: Mapping[int, Small]) -> None:
    """Compare a sample of the new part: new rows with ``new``, others with those before.

    Raises ``VerificationError``.
    """
    if not plan.has_new_part:
        return
    draft, rows = plan.draft, index.placed.rows[-1]
    expected = {row: new[row] for row in _sample(list(new))}
    if draft.before is not None:
        kept = _sample(np.flatnonzero(draft.old >= 0).tolist())
        expected |= {row: draft.before.sentences[int(draft.old[row])] for row in kept}
    for row, vectors in expected.items():
        if not np.array_equal(index.sentences[int(rows[row])], vectors):
            raise VerificationError(f"the sentences of passage {draft.ids[row]} are others")


def with_sentences(rows: Iterable[Row], folder: Path) -> list[Row]:
    """Rows of passages with the sentence vectors of ``folder``, for a place that keeps no files."""
    said = SentenceVectors.load(folder / FOLDER)
    return [
        row | {_SAID: base64.b64encode(own.tobytes()).decode("ascii")}
        for row, own in zip(rows, said, strict=True)
    ]


def without_sentences(rows: Iterable[Row], folder: Path, dimension: int) -> Iterator[Row]:
    """The rows given to `with_sentences`; the vectors are written into ``folder`` at the end."""
    parts = []
    for row in rows:
        said = row.pop(_SAID, "")  # none: an older kai put the row, the hashes will tell
        own = np.frombuffer(base64.b64decode(said), dtype=np.int8)
        parts.append(own.reshape(-1, dimension))
        yield row
    SentenceVectors.of(parts, dimension).save(folder / FOLDER)


def _sample(rows: list[int]) -> list[int]:
    return rows[:: max(1, len(rows) // _SAMPLE)]
