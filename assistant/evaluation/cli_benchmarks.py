"""The verbs over a folder of passages and questions: retrieval, reading, abstention."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.evaluation.cli_common import (
    Folder,
    Home,
    Output,
    Sample,
    Seed,
    home_for,
    out,
    plain_errors,
    progress_line,
    say,
)

if TYPE_CHECKING:
    from assistant.evaluation.benchmarks import Ask, Row


def _verb(kind: str, does: str) -> Callable[..., None]:
    """A verb of ``kai eval`` that measures one thing over a folder."""

    def verb(
        folder: Folder,
        size: Sample = None,
        seed: Seed = 0,
        output: Output = None,
        home: Home = None,
    ) -> None:
        with plain_errors():
            _measure(kind, folder, (size, seed), output, home)

    verb.__name__, verb.__doc__ = kind, does
    return verb


retrieval = _verb("retrieval", "Search every question over all passages: recall, MRR and nDCG.")
reading = _verb(
    "reading", "Ask over all passages: short answers as KorQuAD scores them, right sentence first."
)
abstention = _verb(
    "abstention", "Ask each question with exactly its candidates: refusal and balanced accuracy."
)


def _measure(
    kind: str, folder: Path, draw: tuple[int | None, int], output: Path | None, home: Path | None
) -> None:
    """Ask what is not asked yet, and score: every verb over a benchmark folder."""
    from assistant.evaluation.benchmark_rows import drawn
    from assistant.evaluation.benchmarks import ask_rows
    from assistant.evaluation.folder import WrittenFolder
    from assistant.evaluation.homes import configuration

    questions = drawn(kind, folder, *draw)
    place, model = home_for([folder / "passages.jsonl"], home)
    written = WrittenFolder(output or place / kind, ("run",))
    size, seed = draw
    meta = {
        "kind": kind,
        "set": folder.name,
        "sample": size,
        "seed": seed if size else None,
        **configuration(place, model),
    }
    written.begin(meta)
    rows = ask_rows(questions, written, _asker(kind, place, model), progress_line("asked"))
    written.complete(meta)
    _tell(kind, rows, written.path)


def _asker(kind: str, home: Path, model: str) -> Ask:
    from assistant.chain import build_assistant
    from assistant.evaluation import benchmarks
    from assistant.evaluation.homes import assistant_among

    if kind == "abstention":
        return benchmarks.judged(assistant_among(home, model))
    assistant = build_assistant(home, model)
    return benchmarks.searched(assistant) if kind == "retrieval" else benchmarks.read(assistant)


def rescore(run: Path) -> None:
    """Score a finished benchmark run again from its lines; raises SetError when it is none."""
    from assistant.evaluation.runs import rows

    kind = json.loads((run / "meta.json").read_text(encoding="utf-8"))["kind"]
    _tell(kind, rows(run / "run.jsonl"), run)


def _tell(kind: str, rows: Sequence[Row], folder: Path) -> None:
    from assistant.evaluation.benchmark_report import to_html
    from assistant.evaluation.benchmarks import figures_of
    from assistant.evaluation.summary import to_markdown, write

    meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    figures = figures_of(kind, rows)
    summary = {
        **{name: each.to_dict() for name, each in figures.items()},
        "n": len(rows),
        "configuration": meta,
    }
    write(folder, summary)
    (folder / "report.html").write_text(to_html(kind, figures, rows, meta), encoding="utf-8")
    out(to_markdown(summary))
    say(f"written: {folder}")
