"""What the frozen lower layers make of questions and passages, kept on disk while training."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from assistant.reader.network import Lower
from assistant.reader.reader import States

BATCH = 16
_STATES, _PLACES = "states.npy", "places.json"


def prepare(lower: Lower, texts: Mapping[str, Sequence[int]], folder: Path) -> dict[str, States]:
    """The states of all ``texts`` (token ids by name), from ``folder`` where it has them.

    Raises:
        OSError: ``folder`` cannot be written.
    """
    if not (folder / _PLACES).exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write(lower, texts, folder)
    places = json.loads((folder / _PLACES).read_text(encoding="utf-8"))
    rows = np.load(folder / _STATES, mmap_mode="r")
    return {name: rows[slice(*places[name])] for name in texts}


def _write(lower: Lower, texts: Mapping[str, Sequence[int]], folder: Path) -> None:
    places, total = {}, 0
    for name, ids in texts.items():
        places[name] = (total, total + len(ids))
        total += len(ids)
    shape = (total, lower.words.shape[1])
    rows = np.lib.format.open_memmap(folder / _STATES, "w+", np.float16, shape)
    for part in _batches(list(texts.items())):
        states = lower([ids for _, ids in part])
        for (name, _), each in zip(part, states, strict=True):
            rows[slice(*places[name])] = each
    rows.flush()
    (folder / _PLACES).write_text(json.dumps(places), encoding="utf-8")


def _batches(
    items: Sequence[tuple[str, Sequence[int]]],
) -> Iterable[Sequence[tuple[str, Sequence[int]]]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))
