"""Real objects with small insides, plugged in through the public doors."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Answer, Turn
from ingest.article import Article, Block, BlockKind, Passage
from vectorstore.evidence import Evidence


class BigramEmbedder:
    """An embedder whose neighbours make sense: hashed character pairs; counts what it embeds."""

    def __init__(self, dimension: int = 256, name: str = "bigram") -> None:
        self.name = name
        self.dimension = dimension
        self.embedded: list[str] = []

    def embed_passages(
        self, texts: Sequence[str], on_progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        self.embedded += texts
        if on_progress is not None:
            on_progress(len(texts), len(texts))
        return np.stack([self._vector(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self._vector(text)

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dimension, 1e-3, dtype=np.float32)
        letters = "".join(text.split())
        for pair in pairwise(letters):
            vector[zlib.crc32("".join(pair).encode("utf-8", "replace")) % self.dimension] += 1
        return vector / np.float32(np.linalg.norm(vector))


class ScriptedAssistant:
    """Answers from a script over its own articles; records what it was asked, and with what."""

    def __init__(self, articles: Sequence[Article], script: Mapping[str, Answer]) -> None:
        self.shelf = list(articles)
        self.script = dict(script)
        self.asked: list[tuple[str, tuple[Turn, ...]]] = []

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        self.asked.append((question, tuple(history)))
        return self.script[question]

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        yield self.ask(question, history)

    def search(self, query: str, k: int = 10) -> list[Evidence]:
        """Every paragraph as a passage, in the order of the shelf."""
        found = [
            Evidence(_passage(article, block), article, 1.0)
            for article in self.shelf
            for block in article.blocks
            if block.kind is BlockKind.PARAGRAPH
        ]
        return found[:k]

    def article(self, article_id: str, revision: str | None = None) -> Article | None:
        found = (article for article in self.shelf if article.id == article_id)
        return next((a for a in found if revision in (None, a.sha256)), None)

    def articles(self) -> list[Article]:
        return self.shelf

    def generation(self) -> int:
        return len(self.shelf)


def _passage(article: Article, block: Block) -> Passage:
    text = article.text[block.start : block.end]
    place = f"{article.id}:{block.start}"
    return Passage(
        place, article.id, article.sha256, block.start, block.end, text, "", block.kind, ()
    )
