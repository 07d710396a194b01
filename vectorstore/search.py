"""A question in, evidence out: the dense and the keyword leg, fused into one ranking."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from vectorstore.evidence import Evidence
from vectorstore.fusion import Found, fuse
from vectorstore.index import IndexStore
from vectorstore.keyword import content_terms
from vectorstore.reading import Index
from vectorstore.sentences import cosines
from vectorstore.signals import READ, described
from vectorstore.terms import canonical, respaced
from vectorstore.vectors import Vector

EMBEDDED = 8  # questions whose vectors are kept: searched for, then compared to sentences
POOL, KEYWORD = 50, 15  # candidates of the legs; 50 of both rank the same and cost 1 ms more


class Searcher:
    """Searches whatever generation the store serves now; safe to share between threads."""

    def __init__(self, store: IndexStore) -> None:
        self._store = store
        # not a method: the cache would hold the searcher, which then only the collector lets go
        self._embedded = lru_cache(maxsize=EMBEDDED)(lambda text: store.embedder.embed_query(text))

    def search(
        self, query: str, k: int = 10, *, extra_queries: Sequence[str] = ()
    ) -> list[Evidence]:
        """The ``k`` best passages for ``query``, best first; none for a blank one.

        ``extra_queries`` are other wordings, and what was typed without spaces is spaced as one
        more: a passage counts by the best of its scores. Raises the errors of ``IndexStore.open``.
        """
        asked = [canonical(text) for text in (query, *extra_queries)]
        texts = [text for text in dict.fromkeys([*asked, *map(respaced, asked)]) if text]
        index = self._store.open()
        if not texts or k <= 0 or not len(index):
            return []
        best: dict[int, tuple[Found, float]] = {}
        for text in texts:
            for found, score in self._ranked(index, text, max(k, POOL)):
                if found.row not in best or best[found.row][1] < score:
                    best[found.row] = (found, score)
        order = sorted(best.values(), key=lambda pair: (-pair[1], pair[0].row))
        return [_evidence(index, found, score) for found, score in order[:k]]

    def sentence_cosines(
        self, query: str, passage_ids: Sequence[str], index: Index
    ) -> list[tuple[float, ...]]:
        """The cosines of ``query`` and the sentences of each passage, in their order.

        A passage of one sentence has its own cosine; one that ``index`` does not hold has none.
        """
        vector = self._embedded(canonical(query))
        rows = [index.row_or_none(id_) for id_ in passage_ids]
        none = np.empty((0, len(vector)), dtype=np.int8)
        said = cosines(vector, [none if row is None else index.sentences[row] for row in rows])
        whole = index.vectors.get(
            [id_ for id_, own in zip(passage_ids, said, strict=True) if not own]
        )
        return [
            own or ((float(whole[id_] @ vector),) if id_ in whole else ())
            for id_, own in zip(passage_ids, said, strict=True)
        ]

    def _ranked(self, index: Index, text: str, pool: int) -> list[tuple[Found, float]]:
        return fuse(candidates(index, self._embedded(text), text, pool))


def candidates(index: Index, vector: Vector, text: str, pool: int) -> list[Found]:
    """The best of both legs, each with all of its scores."""
    scores = index.keywords.scores(dict.fromkeys(content_terms(text), 1.0))
    dense = {index.row(id_): cosine for id_, cosine in index.vectors.nearest(vector, pool)}
    by_keyword = np.argsort(-scores, kind="stable")[:KEYWORD]
    more = [int(row) for row in by_keyword if scores[row] > 0 and int(row) not in dense]
    stored = index.vectors.get([index.id_of(row) for row in more])
    for row in more:
        dense[row] = float(stored[index.id_of(row)] @ vector)
    return described(index, text, vector, dense, scores, READ)


def _evidence(index: Index, found: Found, score: float) -> Evidence:
    return Evidence(
        passage=index.passage(found.row),
        article=index.article_of(found.row),
        score=score,
        dense=found.dense,
        keyword=found.keyword,
        sentences=found.sentences,
    )
