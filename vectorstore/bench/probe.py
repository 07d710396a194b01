"""One process that opens an index and asks it; prints one line of JSON.

A process of its own, so that memory and start are those of a server.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from vectorstore.bench.growth import open_store
from vectorstore.bench.questions import QuestionSet
from vectorstore.embeddings import load_embedder
from vectorstore.evidence import Evidence
from vectorstore.index import IndexStore
from vectorstore.search import Searcher
from vectorstore.terms import canonical, content_terms

ASKED, THREADS = 200, 16


def probe(folder: Path, cache: Path, size: int) -> dict[str, Any]:
    """Times in milliseconds or seconds, memory in MB."""
    asked = QuestionSet.read(folder)
    questions = asked.questions[:: max(1, len(asked.questions) // ASKED)][:ASKED]
    started = time.perf_counter()
    store = open_store(asked, load_embedder(direct=True), cache, size)
    store.embedder.embed_query("준비")
    content_terms("준비")
    models, base = time.perf_counter() - started, resident()
    started = time.perf_counter()
    index, searcher = store.open(), Searcher(store)
    opened = time.perf_counter() - started
    started = time.perf_counter()
    searcher.search(questions[0])
    first = time.perf_counter() - started
    vectors = np.stack([store.embedder.embed_query(canonical(each)) for each in questions])
    matrix = np.resize(vectors, (len(index), vectors.shape[1]))
    grown = resident() - matrix.nbytes / 1e6
    pairs = np.array([_pair(searcher, store, matrix, each) for each in questions]) * 1e3
    wall, searched, bare = pairs[:, 0, 0], pairs[:, 0, 1], pairs[:, 1, 1]
    return {
        "passages": len(index),
        "models": models,
        "open": opened,
        "first": first,
        **{f"p{q}": float(np.percentile(searched, q)) for q in (50, 95, 99)},
        **{f"wall_p{q}": float(np.percentile(wall, q)) for q in (50, 95, 99)},
        "bare_p50": float(np.median(bare)),
        "ratio": float(np.median(searched / bare)),
        "base_mb": base,
        "grown_mb": grown - base,
        **_threads(searcher, questions),
    }


def _pair(
    searcher: Searcher, store: IndexStore, matrix: np.ndarray, question: str
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Seconds of a search, and of the query's embedding with an exact dot product.

    Each as the clock on the wall and the processor's: other programs slow only the former.
    """

    def bare() -> None:
        vector = store.embedder.embed_query(canonical(question))
        scores = matrix @ vector
        np.argpartition(-scores, 10)[:10]

    return _seconds(lambda: searcher.search(question)), _seconds(bare)


def _threads(searcher: Searcher, questions: Sequence[str]) -> dict[str, Any]:
    """Whether sixteen threads get what one gets, and what a core does for them."""

    def wall_and_cpu(run: Callable[[], list[list[Evidence]]]) -> tuple[Any, float]:
        cpu = time.process_time()
        found = run()
        return found, time.process_time() - cpu

    alone, serial = wall_and_cpu(lambda: [searcher.search(each) for each in questions])
    with ThreadPoolExecutor(THREADS) as pool:
        together, cpu = wall_and_cpu(lambda: list(pool.map(searcher.search, questions)))
    return {"same": alone == together, "per_core": serial / cpu}


def _seconds(run: Callable[[], object]) -> tuple[float, float]:
    started, busy = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - started, time.process_time() - busy


def resident() -> float:
    """Megabytes of memory this process holds now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    row = probe(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(json.dumps(row) + "\n")
