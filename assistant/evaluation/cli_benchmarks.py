"""The verbs over a folder of passages and questions: retrieval, reading, abstention."""

from __future__ import annotations

import json
import random
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
    from assistant.evaluation.benchmarks import Report


def retrieval(
    folder: Folder,
    size: Sample = None,
    seed: Seed = 0,
    output: Output = None,
    home: Home = None,
) -> None:
    """Search every question over all passages: recall, MRR and nDCG."""
    from assistant.chain import build_assistant
    from assistant.evaluation import benchmarks

    with plain_errors():
        rows = _drawn(folder / "questions.jsonl", ("id", "question", "passage_id"), size, seed)
        place, model = home_for([folder / "passages.jsonl"], home)
        searcher = build_assistant(place, model)
        corpus = benchmarks.Corpus.read(folder)
        report = benchmarks.retrieval(rows, corpus, searcher, progress_line("searched"))
        _write_benchmark("retrieval", report, output or place / "retrieval", place, model)


def reading(
    folder: Folder,
    size: Sample = None,
    seed: Seed = 0,
    output: Output = None,
    home: Home = None,
) -> None:
    """Ask over all passages: short answers as KorQuAD scores them, right sentence first."""
    from assistant.chain import build_assistant
    from assistant.evaluation import benchmarks

    with plain_errors():
        wanted = ("id", "question", "passage_id", "answers")
        rows = _drawn(folder / "questions.jsonl", wanted, size, seed)
        place, model = home_for([folder / "passages.jsonl"], home)
        assistant = build_assistant(place, model)
        corpus = benchmarks.Corpus.read(folder)
        report = benchmarks.reading(rows, corpus, assistant, progress_line("asked"))
        _write_benchmark("reading", report, output or place / "reading", place, model)


def abstention(
    folder: Folder,
    size: Sample = None,
    seed: Seed = 0,
    output: Output = None,
    home: Home = None,
) -> None:
    """Ask each question with exactly its candidates: refusal and balanced accuracy."""
    from assistant.evaluation import benchmarks
    from assistant.evaluation.homes import assistant_among

    with plain_errors():
        wanted = ("id", "question", "answerable", "candidate_passage_ids")
        rows = _drawn(folder / "abstention.jsonl", wanted, size, seed)
        place, model = home_for([folder / "passages.jsonl"], home)
        among = assistant_among(place, model)
        report = benchmarks.abstention(rows, among, progress_line("asked"))
        _write_benchmark("abstention", report, output or place / "abstention", place, model)


def _drawn(path: Path, keys: tuple[str, ...], size: int | None, seed: int) -> list[Any]:
    from assistant.evaluation.benchmarks import checked_rows

    rows = checked_rows(path, keys)
    if size is None or size >= len(rows):
        return rows
    return [rows[at] for at in sorted(random.Random(seed).sample(range(len(rows)), size))]


def _write_benchmark(kind: str, report: Report, folder: Path, home: Path, model: str) -> None:
    from assistant.evaluation.homes import configuration
    from assistant.evaluation.summary import to_markdown, write

    figures, details = report
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in details)
    (folder / "run.jsonl").write_text(text, encoding="utf-8")
    summary = {
        **{name: each.to_dict() for name, each in figures.items()},
        "n": len(details),
        "configuration": {"kind": kind, **configuration(home, model)},
    }
    write(folder, summary)
    out(to_markdown(summary))
    say(f"written: {folder}")
