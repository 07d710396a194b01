"""Fits and measures the answerability of questions; users never need to run it.

    python -m assistant.answerability_fit FOLDER HOME

``FOLDER`` holds ``passages.jsonl`` and ``abstention.jsonl`` (questions with ten candidates each,
and whether they are answerable), ``HOME`` an index of those passages (``kai eval abstention``
builds one). Prints cross-validated figures and writes ``answerability.json``, fitted on all.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answerability import NAMES, WEIGHTS, Weights, as_rows, signs
from assistant.evaluation.among import Among
from assistant.evaluation.benchmark_rows import drawn
from vectorstore.embeddings import load_embedder
from vectorstore.index import IndexStore

RIDGE = 100.0
"""Pull of the standardised weights towards 0; 10 to 100 give the same within 0.01."""

FIRM = 1e-3
"""Keeps the slope finite where questions are told apart without a fault."""

FOLDS, DRAWS, STEPS = 5, 20, 12

Table = NDArray[np.float64]
Labels = NDArray[np.bool_]


def fit(values: Table, answerable: Labels, ridge: float = RIDGE) -> Weights:
    """A logistic regression with a ridge, by Newton's method, then stretched again.

    The ridge makes the probabilities timid: one slope over the finished score undoes that (Platt
    1999), without changing the order.

    Raises:
        ValueError: all questions are answerable, or none.
    """
    if answerable.all() or not answerable.any():
        raise ValueError(f"{len(answerable)} questions of one kind; give both kinds")
    means, deviations = values.mean(axis=0), np.maximum(values.std(axis=0), 1e-9)
    scaled = (values - means) / deviations
    found = _newton(scaled, answerable, ridge)
    pulled, bias = found[:-1], float(found[-1])
    slope, shift = _newton((scaled @ pulled + bias)[:, None], answerable, FIRM)
    return Weights(
        tuple(means), tuple(deviations), tuple(slope * pulled), float(slope * bias + shift)
    )


def _newton(rows: Table, answerable: Labels, ridge: float) -> Table:
    """The weights of a logistic regression, and last the bias, which is not pulled."""
    rows = np.c_[rows, np.ones(len(rows))]
    pull = np.diag([*([ridge] * (rows.shape[1] - 1)), 0.0])
    found = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        sure = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (sure - answerable) + pull @ found
        bend = (rows * (sure * (1 - sure))[:, None]).T @ rows + pull
        found = found - np.linalg.solve(bend, slope)
    return found


def folds(answerable: Labels, draw: int) -> NDArray[np.int64]:
    """A fold for each question, at random, with as many answerable ones in each."""
    chance, fold = np.random.default_rng(draw), np.zeros(len(answerable), np.int64)
    for kind in (True, False):
        at = np.flatnonzero(answerable == kind)
        fold[chance.permutation(at)] = np.arange(len(at)) % FOLDS
    return fold


def out_of_fold(values: Table, answerable: Labels, draw: int, ridge: float = RIDGE) -> Table:
    """Probabilities of questions, each from a fit that has not seen its fold."""
    fold, sure = folds(answerable, draw), np.zeros(len(answerable))
    for number in range(FOLDS):
        seen = fold != number
        sure[~seen] = fit(values[seen], answerable[seen], ridge).probability(values[~seen])
    return sure


def risk_coverage(sure: Table, answerable: Labels) -> Iterator[tuple[float, float]]:
    """(share answered, share of those not answerable), answering the surest first, in tenths."""
    order = answerable[np.argsort(-sure, kind="stable")]
    for tenth in range(1, 11):
        kept = order[: round(len(order) * tenth / 10)]
        yield len(kept) / len(order), float((~kept).mean())


def area_under(sure: Table, answerable: Labels) -> float:
    """AUROC: the chance that an answerable question is the surer one; ties count half."""
    gaps = sure[answerable][:, None] - sure[~answerable][None, :]
    return float((gaps > 0).mean() + (gaps == 0).mean() / 2)


def figures(values: Table, answerable: Labels, ridge: float = RIDGE) -> tuple[float, float]:
    """AUROC and balanced accuracy at 0.5 in five folds, the mean over twenty draws of them."""
    found = []
    for draw in range(DRAWS):
        sure = out_of_fold(values, answerable, draw, ridge)
        right = sure[answerable] > 0.5, sure[~answerable] <= 0.5
        found.append((area_under(sure, answerable), np.mean([kind.mean() for kind in right])))
    area, balanced = np.mean(found, axis=0)
    return float(area), float(balanced)


def report(values: Table, answerable: Labels) -> Iterator[str]:
    """Markdown: all signs, each left out, and the risk–coverage curve of the first draw."""
    yield "| signs | AUROC | balanced accuracy |\n|---|---|---|"
    yield _row("all", values, answerable)
    for at, name in enumerate(NAMES):
        yield _row(f"without {name}", np.delete(values, at, axis=1), answerable)
    yield "\n| answered | of those not answerable |\n|---|---|"
    for share, risk in risk_coverage(out_of_fold(values, answerable, 0), answerable):
        yield f"| {share:.1f} | {risk:.3f} |"


def _row(name: str, values: Table, answerable: Labels) -> str:
    area, right = figures(values, answerable)
    return f"| {name} | {area:.3f} | {right:.3f} |"


def read(folder: Path, home: Path) -> tuple[Table, Labels]:
    """The signs (n, 5) of all questions that have any, and whether they are answerable.

    Raises:
        SetError: ``folder`` holds no such questions.
    """
    store = IndexStore(home, lambda: load_embedder("bundled", direct=True))
    kept, answerable = [], []
    for row in drawn("abstention", folder, None, 0):
        evidence = Among(store, row["candidates"]).search(row["question"], k=40)
        found = signs(row["question"], evidence, store.open())
        if found is not None:
            kept.append(found)
            answerable.append(bool(row["answerable"]))
    return as_rows(kept), np.array(answerable)


def write(weights: Weights, questions: int, path: Path, names: Sequence[str] = NAMES) -> None:
    """Write the weights, rounded, with the signs they are for."""
    rounded = {
        name: [round(each, 6) for each in value] if isinstance(value, tuple) else round(value, 6)
        for name, value in asdict(weights).items()
    }
    text = json.dumps({"signs": list(names), "questions": questions, **rounded}, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Fit the answerability of questions.")
    parser.add_argument("folder", type=Path, help="passages.jsonl and abstention.jsonl")
    parser.add_argument("home", type=Path, help="a home whose index holds those passages")
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    options = parser.parse_args(arguments)
    values, answerable = read(options.folder, options.home)
    for line in report(values, answerable):
        print(line)  # noqa: T201
    write(fit(values, answerable), len(answerable), options.output)


if __name__ == "__main__":
    main()
