"""Fits and measures the confidence in small libraries; users never need to run it.

    python -m assistant.confidence_fit HOME QUESTIONS [HOME QUESTIONS …]

Each ``HOME`` holds an index, each ``QUESTIONS`` (JSONL) questions over it with ``answerable`` true
or false. Prints cross-validated figures and writes ``confidence.json``, fitted on all.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.answer import Status
from assistant.answerability import as_rows, signs
from assistant.answerability_fit import Labels, Table, figures, fit, write
from assistant.candidates import lines_of, name_book
from assistant.confidence import INPUTS, WEIGHTS
from assistant.evaluation.questions import read_jsonl
from assistant.question import analyse, normalise
from assistant.whole import EVIDENCE
from assistant.writers import extractive
from vectorstore.embeddings import load_embedder
from vectorstore.index import IndexStore
from vectorstore.search import Searcher

RIDGE = 10.0
"""Less than for large libraries: whether the writer answered must be heard."""


def read(home: Path, questions: Path) -> tuple[Table, Labels]:
    """The inputs (n, 6) of the single questions of a set, and whether they are answerable."""
    store = IndexStore(home, lambda: load_embedder("bundled", direct=True))
    searcher, kept, answerable = Searcher(store), [], []
    for _, row, _ in read_jsonl(questions):
        if not row.get("question") or not isinstance(row.get("answerable"), bool):
            continue  # dialogues, and premises to be corrected
        evidence = searcher.search(row["question"], EVIDENCE)
        found = signs(row["question"], evidence, store.open())
        if found is not None:
            answered = _is_answered(row["question"], evidence)
            kept.append([float(answered), *as_rows([found])[0]])
            answerable.append(bool(row["answerable"]))
    return np.array(kept), np.array(answerable)


def _is_answered(question: str, evidence: Sequence[Any]) -> bool:
    book = name_book(evidence)
    analysed = analyse(normalise(question), book)
    draft = extractive.write(analysed, lines_of(evidence, book), book)
    return draft.status is not Status.ABSTAINED


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Fit the confidence in small libraries.")
    parser.add_argument("pairs", type=Path, nargs="+", metavar="HOME QUESTIONS")
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    if len(options.pairs) % 2:
        parser.error(f"{options.pairs[-1]}: give a HOME and its QUESTIONS, in pairs")
    pairs = zip(options.pairs[::2], options.pairs[1::2], strict=True)
    parts = [read(home, questions) for home, questions in pairs]
    values = np.concatenate([each for each, _ in parts])
    answerable = np.concatenate([each for _, each in parts])
    print("| inputs | AUROC | balanced accuracy |\n|---|---|---|")  # noqa: T201
    for name, columns in (("answered", [0]), ("signs", [1, 2, 3, 4, 5]), ("both", range(6))):
        area, balanced = figures(values[:, list(columns)], answerable, RIDGE)
        print(f"| {name} | {area:.3f} | {balanced:.3f} |")  # noqa: T201
    write(fit(values, answerable, RIDGE), len(answerable), options.output, INPUTS)


if __name__ == "__main__":
    main()
