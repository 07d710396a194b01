"""Measures retrieval on a question set: ``python -m vectorstore.bench retrieval DIR``.

DIR holds ``passages.jsonl`` (id, title, text) and ``questions.jsonl`` (question, passage_id). Any
passage with the same text as the named one counts as right. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.cache import EmbeddingCache
from vectorstore.embeddings import load_embedder
from vectorstore.fitting import Pool, fit, rank_of, ranks_in_folds
from vectorstore.fusion import FEATURES, WEIGHTS, Found, features
from vectorstore.keyword import KeywordIndex, KeywordWriter
from vectorstore.search import POOL
from vectorstore.terms import bigrams, canonical, content_terms, each_content_terms

Scores = NDArray[np.floating]
Terms = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Set:
    """A question set: texts with and without title, questions, and the right rows of each."""

    titles: Sequence[str]
    texts: Sequence[str]
    questions: Sequence[str]
    right: Sequence[NDArray[np.bool_]]

    @classmethod
    def read(cls, folder: Path) -> Set:
        """Read it; raises OSError or KeyError when the files are not such a set."""
        passages, questions = _rows(folder / "passages.jsonl"), _rows(folder / "questions.jsonl")
        texts = [row["text"] for row in passages]
        text_of = {row["id"]: row["text"] for row in passages}
        rows: dict[str, list[int]] = defaultdict(list)
        for at, text in enumerate(texts):
            rows[text].append(at)
        right = []
        for question in questions:
            right.append(np.zeros(len(texts), dtype=bool))
            right[-1][rows[text_of[question["passage_id"]]]] = True
        titles = [row["title"] for row in passages]
        return cls(titles, texts, [row["question"] for row in questions], right)

    @property
    def titled(self) -> list[str]:
        """The texts under their titles, as the index searches them."""
        pairs = zip(self.titles, self.texts, strict=True)
        return [text if title in text else f"{title}\n{text}" for title, text in pairs]


def keyword_index(texts: Sequence[str], terms: Terms) -> KeywordIndex:
    """BM25 over ``texts``."""
    writer = KeywordWriter()
    for each in each_content_terms(texts) if terms is content_terms else map(terms, texts):
        writer.add(each)
    return writer.finish()


def keyword_scores(index: KeywordIndex, questions: Sequence[str], terms: Terms) -> Scores:
    """BM25 scores (questions, texts)."""
    return np.stack([index.scores(dict.fromkeys(terms(each), 1.0)) for each in questions])


def row(name: str, ranks: Sequence[float] | NDArray[np.float64]) -> str:
    """A line of the table: recall at 1, 5 and 10, MRR at 10, half of recall@1's 95 % interval."""
    place = np.asarray(ranks, dtype=np.float64)
    recall = [float((place < k).mean()) for k in (1, 5, 10)]
    mrr = float(np.where(place < 10, 1 / (place + 1), 0.0).mean())
    half = 1.96 * (recall[0] * (1 - recall[0]) / len(place)) ** 0.5
    cells = " | ".join(f"{value:.3f}" for value in [*recall, mrr])
    return f"| {name} | {cells} | ±{half:.3f} |"


def bench_retrieval(folder: Path, cache: Path, say: Callable[[str], object]) -> None:
    """Say the table row by row: keyword legs, dense leg, fusions."""
    asked = Set.read(folder)

    def tell(name: str, scores: Scores) -> None:
        say(row(name, [rank_of(*pair) for pair in zip(scores, asked.right, strict=True)]))

    say("| retrieval | recall@1 | recall@5 | recall@10 | MRR@10 | 95 % of @1 |")
    say("|---|---|---|---|---|---|")
    rankers: list[tuple[str, Sequence[str], Terms]] = [
        ("BM25, words", asked.titled, lambda text: canonical(text).split()),
        ("BM25, character pairs", asked.titled, bigrams),
        ("BM25, Kiwi morphemes, no title", asked.texts, content_terms),
    ]
    for name, texts, terms in rankers:
        tell(name, keyword_scores(keyword_index(texts, terms), asked.questions, terms))
    index = keyword_index(asked.titled, content_terms)
    keyword = keyword_scores(index, asked.questions, content_terms)
    tell("BM25, Kiwi morphemes", keyword)
    dense = _dense(asked, cache)
    tell("dense", dense)
    for constant in (10, 60):
        fused = 1 / (constant + _ranks(dense)) + 1 / (constant + _ranks(keyword))
        tell(f"reciprocal ranks, {constant}", fused)
    _say_fusions(asked, dense, keyword, say)


def _say_fusions(asked: Set, dense: Scores, keyword: Scores, say: Callable[[str], object]) -> None:
    pools = [_pool(*each) for each in zip(asked.right, dense, keyword, strict=True)]
    groups = [int(right.argmax()) for right in asked.right]
    say(row(f"fitted in folds: {' + '.join(FEATURES)}", ranks_in_folds(pools, groups)))
    say(row("served", [rank_of(pool.features @ WEIGHTS, pool.right) for pool in pools]))
    whole = fit(pools)
    say(f"\nweights fitted on all questions: {np.round(whole / whole[0], 3).tolist()}")


def _pool(right: NDArray[np.bool_], dense: Scores, keyword: Scores) -> Pool:
    """The candidates that the search would have for one question."""
    best = [np.argsort(-dense, kind="stable")[:POOL], np.argsort(-keyword, kind="stable")[:POOL]]
    rows = np.unique(np.concatenate([best[0], best[1][keyword[best[1]] > 0]]))
    found = [Found(int(r), float(dense[r]), float(keyword[r])) for r in rows]
    return Pool(features(found), right[rows])


def _dense(asked: Set, cache: Path) -> Scores:
    embedder = load_embedder(direct=True)
    passages, _ = EmbeddingCache(cache, embedder).embed(asked.titled)
    questions = np.stack([embedder.embed_query(canonical(each)) for each in asked.questions])
    return np.asarray(questions @ passages.T, dtype=np.float32)


def _ranks(scores: Scores) -> Scores:
    order = np.argsort(-scores, axis=1, kind="stable")
    return np.asarray(np.argsort(order, axis=1), dtype=np.float32)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def main() -> None:
    """The command line of the benches."""
    parser = argparse.ArgumentParser(prog="python -m vectorstore.bench", description=__doc__)
    parser.add_argument("what", choices=["retrieval"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path, default=Path(".bench-cache"))
    given = parser.parse_args()
    bench_retrieval(given.folder, given.cache, lambda line: sys.stdout.write(f"{line}\n"))


if __name__ == "__main__":
    main()
