"""The set as an index of ours, searched as kai searches it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from ingest.article import Article, Block, BlockKind, Passage, Sentence
from ingest.split import split_sentences
from vectorstore.bench.questions import QuestionSet
from vectorstore.cache import EmbeddingCache
from vectorstore.embedder import Embedder
from vectorstore.fitting import Pool
from vectorstore.fusion import Found, features
from vectorstore.index import Index, IndexStore
from vectorstore.manifest import hash_of
from vectorstore.search import POOL, Searcher, candidates
from vectorstore.terms import bigrams, canonical
from vectorstore.vectors import Vector

COPY = re.compile(r" \(copy (\d+)\)$")
WHOLE = "bench-whole-v2"  # the name of `one_passage`, as a splitter


class Remembered:
    """An embedder that embeds nothing twice: passages through the cache in ``folder``."""

    def __init__(self, inner: Embedder, folder: Path) -> None:
        self.name, self.dimension = inner.name, inner.dimension
        self._inner, self._cache = inner, EmbeddingCache(folder, inner)
        self._known: dict[str, Vector] = {}

    def embed_passages(
        self, texts: Sequence[str], on_progress: Callable[[int, int], None] | None = None
    ) -> Vector:
        """Vectors (n, d) of passages."""
        return self._cache.embed(texts, on_progress)[0]

    def embed_query(self, text: str) -> Vector:
        """The vector (d,) of a question."""
        if text not in self._known:
            self._known[text] = self._inner.embed_query(text)
        return self._known[text]


def serve(asked: QuestionSet, embedder: Embedder, home: Path) -> IndexStore:
    """An index of the set's passages in ``home``, an article each; built when it is not there."""
    store = IndexStore(home, embedder, split=one_passage, splitter=WHOLE)
    pairs = zip(asked.titles, asked.texts, strict=True)
    articles = [to_article(number, *pair) for number, pair in enumerate(pairs)]
    if not store.is_current(hash_of(articles)):
        store.build(articles)
    return store


def pools(asked: QuestionSet, store: IndexStore) -> list[tuple[list[Found], Pool]]:
    """For each question the candidates of the search, as they are and for fitting."""
    index = store.open()
    found = [_found(index, store.embedder, each) for each in asked.questions]
    return [
        (each, Pool(features(each), right[[row.row for row in each]]))
        for each, right in zip(found, asked.right, strict=True)
    ]


def best_of(store: IndexStore, questions: Sequence[str], k: int = 10) -> list[list[int]]:
    """The rows of the ``k`` best passages of each question."""
    searcher, index = Searcher(store), store.open()
    return [[index.row(e.passage.id) for e in searcher.search(each, k)] for each in questions]


def folded(rows: Sequence[int], texts: Sequence[str], same: float = 0.9) -> list[int]:
    """``rows`` without those whose character pairs are nearly those of a better row."""
    kept: dict[int, frozenset[str]] = {}
    for row in rows:
        pairs = frozenset(bigrams(texts[row]))
        if all(len(pairs & each) < same * len(pairs | each) for each in kept.values()):
            kept[row] = pairs
    return list(kept)


def _found(index: Index, embedder: Embedder, question: str) -> list[Found]:
    text = canonical(question)
    return candidates(index, np.asarray(embedder.embed_query(text)), text, POOL)


def to_article(number: int, title: str, text: str) -> Article:
    """An article of one paragraph."""
    block = Block(BlockKind.PARAGRAPH, 0, len(text))
    return Article(f"p{number}", title, text, (block,))


def one_passage(article: Article) -> list[Passage]:
    """The whole article as its only passage; what follows ``COPY`` ends its last sentence."""
    end, copy = len(article.text), COPY.search(article.text)
    own = split_sentences(article.text[: copy.start() if copy else end])
    return [
        Passage(
            id=article.id,
            article_id=article.id,
            revision=article.sha256,
            start=0,
            end=end,
            text=article.text,
            heading="",
            kind=BlockKind.PARAGRAPH,
            sentences=(*own[:-1], _to(own[-1], article.text, end)),
        )
    ]


def _to(sentence: Sentence, text: str, end: int) -> Sentence:
    return Sentence(sentence.start, end, text[sentence.start : end])
