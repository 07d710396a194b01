"""Ask a whole question set and write down everything that scoring needs.

Lines are written through one by one, so an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from assistant.answer import Answer, Turn
from assistant.evaluation.folder import WrittenFolder
from assistant.evaluation.metrics import AGAIN, ALONE
from assistant.evaluation.questions import Item, Line
from ingest.article import Article
from vectorstore.evidence import Evidence

Progress = Callable[[int, int], None]

AGAIN_SAMPLE = 20  # questions asked a second time to see that the answers are equal
DEPTH = 10  # passages kept in the trace


class Asks(Protocol):
    """Whoever is examined: one answer to a question, in the light of the turns before it."""

    def ask(self, question: str, history: Sequence[Turn]) -> Answer: ...  # noqa: D102


class Searches(Protocol):
    """The search behind the answers, asked beside them to tell not found from not used."""

    def search(self, query: str, k: int) -> list[Evidence]: ...  # noqa: D102


class RunFolder:
    """The files of one run of a question set while it is being written."""

    def __init__(
        self, path: Path, lines: Sequence[Line], source: Sequence[Mapping[str, Any]]
    ) -> None:
        self.lines = lines
        self._source = source
        self._files = WrittenFolder(path, ("run", "questions", "articles", "trace", "probes"))
        self.add, self.rows = self._files.add, self._files.rows

    def start(self, meta: Mapping[str, Any]) -> None:
        """Begin the run or go on with it; raises SetError as ``WrittenFolder.begin`` does."""
        self._files.begin(meta)
        self._files.rewrite("questions", self._source)

    def answered(self) -> set[str]:
        """The ids of the items that are written down already."""
        return {str(row["id"]) for row in self.rows("run")}

    def finish(self, articles: Sequence[Article], meta: Mapping[str, Any]) -> None:
        """Write the texts, put the answers in the order of the set, and mark the run complete."""
        last = {str(row["id"]): row for row in self.rows("run")}
        order = [item.id for line in self.lines for item in line.items]
        self._files.rewrite("run", [last[name] for name in order if name in last])
        texts = [
            {"id": a.id, "revision": a.sha256, "title": a.title, "text": a.text} for a in articles
        ]
        self._files.rewrite("articles", texts)
        self._files.complete(meta)


def ask_all(
    folder: RunFolder,
    assistant: Asks,
    searcher: Searches | None,
    *,
    progress: Progress = lambda done, total: None,
) -> None:
    """Ask every line that is not written down yet; a crash becomes an error line."""
    done = folder.answered()
    for count, line in enumerate(folder.lines, start=1):
        if not all(item.id in done for item in line.items):
            _ask_line(line, folder, assistant, searcher)
        progress(count, len(folder.lines))
    _ask_again(folder, assistant)


def _ask_line(line: Line, folder: RunFolder, assistant: Asks, searcher: Searches | None) -> None:
    history: list[Turn] = []
    for item in line.items:
        row, wall = _asked(item, assistant, history)
        folder.add("trace", _trace(item, row, wall, searcher))
        if item.turn > 1 and item.scored:
            folder.add("probes", {**_asked(item, assistant, [])[0], "probe": ALONE})
        folder.add("run", row)
        history += [Turn("user", item.question), Turn("assistant", row.get("text", ""))]


def _ask_again(folder: RunFolder, assistant: Asks) -> None:
    """Ask a fixed sample of the single questions a second time."""
    singles = [line.items[0] for line in folder.lines if not line.is_dialogue]
    chosen = random.Random(0).sample(singles, min(AGAIN_SAMPLE, len(singles)))
    known = {row["id"] for row in folder.rows("probes") if row["probe"] == AGAIN}
    for item in chosen:
        if item.id not in known:
            folder.add("probes", {**_asked(item, assistant, [])[0], "probe": AGAIN})


def _asked(item: Item, assistant: Asks, history: Sequence[Turn]) -> tuple[dict[str, Any], float]:
    """The run line of one question and its wall-clock time in milliseconds."""
    started = time.perf_counter()
    try:
        answer = assistant.ask(item.question, list(history))
    except Exception as error:
        row = {
            "id": item.id,
            "question": item.question,
            "error": f"{type(error).__name__}: {error}",
        }
        return row, (time.perf_counter() - started) * 1000
    wall = (time.perf_counter() - started) * 1000
    row = replace(answer, id=item.id).to_dict()
    return {**row, "confidence": answer.confidence}, wall


def _trace(
    item: Item, row: Mapping[str, Any], wall: float, searcher: Searches | None
) -> dict[str, Any]:
    query = row.get("standalone_question") or item.question
    found = searcher.search(query, DEPTH) if searcher and "error" not in row else []
    return {
        "id": item.id,
        "wall_ms": round(wall, 2),
        "found": [_found(each) for each in found],
    }


def _found(evidence: Evidence) -> dict[str, Any]:
    passage = evidence.passage
    return {
        "article_id": passage.article_id,
        "start": passage.start,
        "end": passage.end,
        "score": round(evidence.score, 6),
        "sentences": [[sentence.start, sentence.end] for sentence in passage.sentences],
    }
