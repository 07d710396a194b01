"""The type that flows out of search: one passage, its article, and how it was found."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.article import Article, Passage


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage found for a query, best first in the list it comes in.

    ``score`` is the fused score that ordered the list. ``dense`` is the cosine similarity of query
    and passage (None when the dense leg did not return it), ``keyword`` its BM25 score likewise.
    ``sentences`` are the cosine similarities of the query and each sentence of the passage, in the
    order of ``passage.sentences``; empty when they are not known.
    """

    passage: Passage
    article: Article
    score: float
    dense: float | None = None
    keyword: float | None = None
    sentences: tuple[float, ...] = ()
