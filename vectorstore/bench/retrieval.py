"""The retrieval table: single legs, fusions, what is served, spoiled questions, and the peers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.bench.cuts import rows_of_cuts
from vectorstore.bench.legs import Scores, keyword_legs, ranks, reciprocal
from vectorstore.bench.peers import peers
from vectorstore.bench.questions import HEAD, QuestionSet, places, table_row
from vectorstore.bench.served import Remembered, best_of, folded, pools, serve
from vectorstore.bench.spoiled import mistyped, unspaced
from vectorstore.embeddings import load_embedder
from vectorstore.fitting import Pool, fit, ranks_in_folds
from vectorstore.fusion import COSINES, FEATURES, Found
from vectorstore.index import IndexStore
from vectorstore.terms import canonical

Say = Callable[[str], object]


def bench_retrieval(folder: Path, cache: Path, say: Say) -> None:
    """Say the table row by row; ``cache`` keeps embeddings and the index of the set."""
    asked = QuestionSet.read(folder)
    embedder = Remembered(load_embedder(direct=True), cache / "cache")
    say(HEAD)
    _legs(asked, embedder, say)
    store = serve(asked, embedder, cache)
    weights = _fusions(asked, store, say)
    _served(asked, store, say)
    for name, found in rows_of_cuts(asked, embedder):
        say(table_row(name, found))
    say(f"\nweights fitted on all questions: {weights}")


def bench_peers(folder: Path, cache: Path, say: Say) -> None:
    """Say the rows of other people's retrieval over the same set."""
    asked = QuestionSet.read(folder)
    embedder = Remembered(load_embedder(direct=True), cache / "cache")
    say(HEAD)
    for name, ask in peers(asked, embedder):
        say(table_row(name, places(asked, ask())))


def _legs(asked: QuestionSet, embedder: Remembered, say: Say) -> None:
    keyword: Scores = np.empty(0)
    for name, keyword in keyword_legs(asked):
        say(table_row(name, ranks(asked, keyword)))
    questions = np.stack([embedder.embed_query(canonical(each)) for each in asked.questions])
    dense = questions @ embedder.embed_passages(asked.titled).T
    bare = questions @ embedder.embed_passages(asked.texts).T
    say(table_row("dense, no title", ranks(asked, bare)))
    say(table_row("dense", ranks(asked, dense)))
    for constant in (10, 60):
        fused = reciprocal(constant, dense, keyword)
        say(table_row(f"reciprocal ranks, {constant}", ranks(asked, fused)))


def _fusions(asked: QuestionSet, store: IndexStore, say: Say) -> list[float]:
    """Rows in folds, from the cosine alone to what is served; the weights of the latter."""
    found = pools(asked, store)
    served = [pool for _, pool in found]
    keyword = [Pool(_with_keyword(each), pool.right) for each, pool in found]
    more = [
        Pool(np.column_stack([pool.features, table.features[:, 1]]), pool.right)
        for pool, table in zip(served, keyword, strict=True)
    ]
    say(_in_folds("in folds: cosine + BM25 share of the best", keyword, asked))
    for last in range(2, len(FEATURES) + 1):
        part = [Pool(pool.features[:, :last], pool.right) for pool in served]
        say(_in_folds(f"in folds: {' + '.join(FEATURES[:last])}", part, asked))
    say(_in_folds(f"in folds: {' + '.join(FEATURES)} + BM25 share", more, asked))
    weights = fit(served)
    return [float(value) for value in np.round(weights / weights[list(COSINES)].sum(), 4)]


def _in_folds(name: str, given: Sequence[Pool], asked: QuestionSet) -> str:
    return table_row(name, ranks_in_folds(given, asked.groups))


def _with_keyword(found: Sequence[Found]) -> NDArray[np.float64]:
    """Cosine and BM25 score as a share of the best."""
    table = np.array([(each.dense, each.keyword) for each in found], dtype=np.float64)
    return np.asarray(table / np.array([1.0, table[:, 1].max(initial=0.0) or 1.0]))


def _served(asked: QuestionSet, store: IndexStore, say: Say) -> None:
    """Rows of the search as it runs, with questions as asked and as people mistype them."""
    kinds = [
        ("served", asked.questions),
        ("served; one slip in each question", mistyped(asked.questions)),
        ("served; no spaces", unspaced(asked.questions)),
    ]
    for name, questions in kinds:
        say(table_row(name, places(asked, best_of(store, questions))))
    best = best_of(store, asked.questions, k=20)
    apart = [folded(rows, asked.texts)[:10] for rows in best]
    say(table_row("served, near-duplicates folded", places(asked, apart)))
