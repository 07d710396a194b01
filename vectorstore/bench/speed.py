"""Speed, memory and growth: what a question costs at 1,000, 10,000 and 100,000 passages."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from vectorstore.bench.growth import build, grown, open_store, said
from vectorstore.bench.questions import QuestionSet
from vectorstore.bench.served import one_passage
from vectorstore.embedder import Embedder
from vectorstore.embeddings import load_embedder
from vectorstore.index import IndexStore
from vectorstore.terms import each_content_terms

SIZES = (1_000, 10_000, 100_000)
BUILT, BATCH = 200, 64
ROWS = {
    "p50": "one question, ms of processor, p50",
    "p95": "p95",
    "p99": "p99",
    "wall_p50": "one question, ms on the clock, p50",
    "wall_p95": "p95",
    "wall_p99": "p99",
    "bare_p50": "its embedding and an exact dot product, ms of processor, p50",
    "ratio": "ratio of the two, median of pairs",
    "per_core": "16 threads: throughput per core, of serial",
    "same": "16 threads: the same answers",
    "models": "models loaded, s",
    "open": "index opened, s",
    "first": "first question, s",
    "base_mb": "memory before the index, MB",
    "grown_mb": "more with it, MB",
    "add_busy": "one article added, s of processor",
    "add": "one article added, s on the clock",
    "add_mb": "disk of that article, MB",
}
Say = Callable[[str], object]


def bench_speed(folder: Path, cache: Path, picture: Path | None, say: Say) -> None:
    """Say a table with a column for each size, then the speed of building; draw the growth."""
    measured = [measure(folder, cache, size) for size in SIZES]
    real = len(QuestionSet.read(folder).texts)
    say(f"The first {real:,} passages are real, the others copies with perturbed vectors.\n")
    say("| | " + " | ".join(f"{size:,} passages" for size in SIZES) + " |")
    say("|---|" + "---|" * len(SIZES))
    for key, name in ROWS.items():
        say(f"| {name} | " + " | ".join(_cell(row[key]) for row in measured) + " |")
    built, bare = building(folder)
    say(
        f"\npassages a second of processor: {built:.1f} into an index, {bare:.1f} in bare batches; "
        f"ratio {built / bare:.2f}"
    )
    if picture is not None:
        from vectorstore.bench.picture import draw

        draw(measured, picture)


def measure(folder: Path, cache: Path, size: int) -> dict[str, Any]:
    """One column: an index of that size, built once and kept, asked by a process of its own."""
    asked = QuestionSet.read(folder)
    store = open_store(asked, load_embedder(direct=True), cache, size)
    articles = grown(asked, size)
    if len(store.generations()) == 0:
        build(store, articles)
    command = [sys.executable, "-m", "vectorstore.bench.probe", str(folder), str(cache), str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    row: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return row | _adding(store, [*articles, *grown(asked, size + 1)[size:]])


def _adding(store: IndexStore, articles: Sequence[Any]) -> dict[str, float]:
    """Seconds and megabytes of a generation with one more article; the one before comes back."""
    before = store.manifest().name
    index = store.folder_of(before).parent
    list(each_content_terms(["준비"]))  # loads what is loaded once
    used = _used(index)
    started, busy = time.perf_counter(), time.process_time()
    name = store.build(articles).generation
    seconds, processor = time.perf_counter() - started, time.process_time() - busy
    size = _used(index) - used
    store.rollback(before)
    shutil.rmtree(store.folder_of(name))
    return {"add": seconds, "add_busy": processor, "add_mb": size / 1e6}


def _used(folder: Path) -> int:
    """The bytes of a disk that a folder takes (POSIX)."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*"))


def building(folder: Path, rounds: int = 3) -> tuple[float, float]:
    """Passages a second of processor, into an index from nothing and in bare batches.

    Both embed the passages and their sentences.

    The two take turns; the medians of the rounds. The processor's time, so that other programs
    slow neither.
    """
    asked, embedder = QuestionSet.read(folder), load_embedder(direct=True)
    step = len(asked.texts) // BUILT
    part = QuestionSet(asked.titles[::step], asked.texts[::step], [], [])
    articles, texts = grown(part, len(part.texts)), [*part.titled, *said(part)]
    with TemporaryDirectory() as home:  # loads what is loaded once
        IndexStore(Path(home), embedder, split=one_passage, splitter="bench").build(articles[:4])
    built, bare = [], []
    for _ in range(rounds):
        with TemporaryDirectory() as home:
            store = IndexStore(Path(home), embedder, split=one_passage, splitter="bench")
            built.append(_rate(len(articles), functools.partial(store.build, articles)))
        bare.append(_rate(len(articles), lambda: _batches(embedder, texts)))
    return float(np.median(built)), float(np.median(bare))


def _batches(embedder: Embedder, texts: Sequence[str]) -> None:
    for start in range(0, len(texts), BATCH):
        embedder.embed_passages(texts[start : start + BATCH])


def _rate(count: int, run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return count / (time.process_time() - started)


def _cell(value: float | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"
