"""Where the time of one question goes, once everything is loaded: its stages in milliseconds.

``python -m assistant.evaluation.stages HOME QUESTIONS`` asks some questions of a file (JSON lines
with ``question``), each once, and compares with one embedding of it and one search. The processor's
time, so that other programs do not count; the last line is the time that passed, two cores reading.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from assistant.evaluation.questions import read_jsonl

WARM = 5  # questions asked before the clock runs
PARTS = {
    "_retrieve": "search",
    "_read": "analyse the passages' sentences",
    "words_read": "span reader",
    "sentence_scores": "which sentence answers",
    "_write": "write",
    "_finished": "verify",
}
Times = Mapping[str, float]


def main() -> None:
    """Print the table of the stages."""
    parser = argparse.ArgumentParser(
        prog="python -m assistant.evaluation.stages", description=__doc__.splitlines()[0]
    )
    parser.add_argument("home", type=Path, help="a home that kai ingest has filled")
    parser.add_argument("questions", type=Path, help="JSON lines with a question each")
    parser.add_argument("--count", type=int, default=60)
    given = parser.parse_args()
    questions = chosen(given.questions, given.count + WARM)
    sys.stdout.write(table(asked(given.home, questions)) + "\n")


def chosen(path: Path, count: int) -> list[str]:
    """Up to ``count`` questions of a file, evenly spread over it."""
    found = [str(row["question"]) for _, row, _ in read_jsonl(path) if "question" in row]
    places = np.linspace(0, len(found) - 1, min(count, len(found))).round().astype(int)
    return [found[at] for at in places]


def asked(home: Path, questions: Sequence[str]) -> list[Times]:
    """Milliseconds of each stage of each question but the first few; "once" is to compare with."""
    from assistant import chain
    from assistant.reading import sentence_scores
    from assistant.whole import passages_read
    from assistant.writers import extractive
    from vectorstore.embeddings import load_embedder
    from vectorstore.index import IndexStore
    from vectorstore.search import Searcher

    clock = Clock()
    store = IndexStore(home, Timed(load_embedder(direct=True), clock))
    searcher = Searcher(store)
    says = clock.timed("sentence_scores", sentence_scores)
    assistant = chain.Assistant(store, searcher, partial(extractive.write, says=says))
    assistant.warm()
    ask, once = clock.timed("total", assistant.ask), clock.timed("once", Searcher(store).search)
    rows: list[Times] = []
    with ExitStack() as counted:
        for part in PARTS.keys() - {"sentence_scores"}:
            counted.enter_context(clock.over(assistant if part[0] == "_" else chain, part))
        for question in questions:
            clock.spent.clear()
            started = time.perf_counter()
            ask(question)
            passed = (time.perf_counter() - started) * 1000
            row = {**stages(clock.spent), "passed": passed}
            once(question, passages_read(store.open()))
            rows.append({**row, "once": clock.spent["once"]})
    return rows[WARM:]


def stages(spent: Mapping[str, float]) -> Times:
    """Milliseconds by stage: embeddings are taken out of the search, reading out of writing."""
    row = {name: spent.get(part, 0.0) for part, name in PARTS.items()}
    row["embed"] = spent.get("embed", 0.0)
    row["search"] -= row["embed"]
    row["write"] -= row["span reader"] + row["which sentence answers"]
    return {**row, "total": spent["total"]}


def table(rows: Sequence[Times]) -> str:
    """Markdown: median and 95th percentile of each stage, and of the ratio to one search."""
    lines = [f"| {len(rows)} questions, ms of processor | median | p95 |", "|---|---|---|"]
    for name in ("embed", *PARTS.values(), "total"):
        lines.append(_line(name, [row[name] for row in rows]))
    lines.append(_line("one embedding and search", [row["once"] for row in rows]))
    for name, left_out in (("ratio of the total to that", 0), ("without the reader", 1)):
        read = [row["span reader"] + row["which sentence answers"] for row in rows]
        times = zip(rows, read, strict=True)
        ratio = [(row["total"] - left_out * spent) / row["once"] for row, spent in times]
        lines.append(_line(name, ratio))
    lines.append(_line("the whole question, on the clock", [row["passed"] for row in rows]))
    share = sum(row["span reader"] > 1 for row in rows)  # to see that it is not needed takes less
    return "\n".join(lines) + f"\n\nThe span reader was asked {share} times."


def _line(name: str, values: Sequence[float]) -> str:
    half, most = np.percentile(values, [50, 95])
    return f"| {name} | {half:.1f} | {most:.1f} |"


class Clock:
    """Milliseconds spent in functions, by their names."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted under ``name``."""

        def counted(*given: Any) -> Any:  # noqa: ANN401
            started = time.process_time()
            try:
                return function(*given)
            finally:
                self.spent[name] += (time.process_time() - started) * 1000

        return counted

    @contextmanager
    def over(self, owner: Any, name: str) -> Iterator[None]:  # noqa: ANN401
        """Count a function of a module, or a method of an object, for a while."""
        function = getattr(owner, name)
        setattr(owner, name, self.timed(name, function))
        try:
            yield
        finally:
            setattr(owner, name, function)


class Timed:
    """An embedder whose questions are counted."""

    def __init__(self, inner: Any, clock: Clock) -> None:  # noqa: ANN401
        self.name, self.dimension = inner.name, inner.dimension
        self.embed_passages = inner.embed_passages
        self.embed_query = clock.timed("embed", inner.embed_query)


if __name__ == "__main__":
    main()
