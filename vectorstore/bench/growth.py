"""Corpora of any size: the set's own passages first, then copies with perturbed vectors."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np

from ingest.article import Article
from vectorstore.bench.questions import QuestionSet
from vectorstore.bench.served import COPY, WHOLE, Remembered, one_passage, to_article
from vectorstore.context import sentence_texts
from vectorstore.embedder import Embedder
from vectorstore.index import IndexStore
from vectorstore.terms import each_content_terms
from vectorstore.vectors import Vector

NOISE = 0.3  # length of what is added to a unit vector: cosine about 0.96 to the original


class Perturbed:
    """The embedder, with the vector of a copy made from that of its original."""

    def __init__(self, inner: Embedder, originals: Sequence[str], folder: Path) -> None:
        self.name, self.dimension = f"{inner.name}-perturbed", inner.dimension
        self.embed_query = inner.embed_query
        vectors = Remembered(inner, folder).embed_passages(originals)
        self._vectors = dict(zip(originals, vectors, strict=True))

    def embed_passages(
        self, texts: Sequence[str], on_progress: Callable[[int, int], None] | None = None
    ) -> Vector:
        """Vectors (n, d): the embedder's own for originals, perturbed ones for copies."""
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Vector:
        vector: Vector = self._vectors[COPY.sub("", text)]
        if not COPY.search(text):
            return vector
        rng = np.random.default_rng(zlib.crc32(text.encode()))
        noise = rng.standard_normal(len(vector)).astype(np.float32)
        moved = vector + noise * np.float32(NOISE / np.linalg.norm(noise))
        return np.asarray(moved / np.linalg.norm(moved), dtype=np.float32)


def grown(asked: QuestionSet, size: int) -> list[Article]:
    """``size`` articles of one passage: the set's, then copies whose text ends in a number."""
    pairs = list(zip(asked.titles, asked.texts, strict=True))
    articles = []
    for number in range(size):
        title, text = pairs[number % len(pairs)]
        copy = number // len(pairs)
        articles.append(to_article(number, title, f"{text} (copy {copy})" if copy else text))
    return articles


def open_store(asked: QuestionSet, embedder: Embedder, cache: Path, size: int) -> IndexStore:
    """The store of the home for this size, which may be empty still."""
    perturbed = Perturbed(embedder, [*asked.titled, *said(asked)], cache / "cache")
    home = cache / f"grown-{size}"
    return IndexStore(home, perturbed, split=one_passage, splitter=WHOLE)


def said(asked: QuestionSet) -> list[str]:
    """What is embedded of the sentences of the set."""
    articles = map(to_article, range(len(asked.texts)), asked.titles, asked.texts)
    return [text for each in articles for text in sentence_texts(each, *one_passage(each))]


def build(store: IndexStore, articles: Sequence[Article]) -> None:
    """Build it once, analysing the words of an original and its copies once."""
    with patch("vectorstore.writing.each_content_terms", _analysed_once):
        store.build(articles)


def _analysed_once(texts: Iterable[str]) -> Iterator[list[str]]:
    whole = list(texts)
    bare = [COPY.sub("", text) for text in whole]
    unique = list(dict.fromkeys(bare))
    terms = dict(zip(unique, each_content_terms(unique), strict=True))
    for text, original in zip(whole, bare, strict=True):
        yield terms[original] + COPY.findall(text)
