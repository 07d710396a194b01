"""A search that sees only some articles of an index, ranked as the whole search ranks."""

from __future__ import annotations

from collections.abc import Sequence

from vectorstore.evidence import Evidence
from vectorstore.fusion import fuse
from vectorstore.index import IndexStore
from vectorstore.keyword import content_terms
from vectorstore.search import Searcher
from vectorstore.signals import described
from vectorstore.terms import canonical


class Among(Searcher):
    """Searches the passages of the named articles and nothing else."""

    def __init__(self, store: IndexStore, article_ids: Sequence[str]) -> None:
        super().__init__(store)
        self._shelf = store
        self._ids = tuple(dict.fromkeys(article_ids))

    def search(
        self, query: str, k: int = 10, *, extra_queries: Sequence[str] = ()
    ) -> list[Evidence]:
        """The ``k`` best passages among the named articles; ``extra_queries`` are not used."""
        text = canonical(query)
        if not text or k <= 0:
            return []
        index = self._shelf.open()
        vector = self._embedded(text)
        rows = [row for name in self._ids for row in index.rows_of(name)]
        stored = index.vectors.get([index.id_of(row) for row in rows])
        keyword = index.keywords.scores(dict.fromkeys(content_terms(text), 1.0))
        cosines = {row: float(stored[index.id_of(row)] @ vector) for row in rows}
        found = described(index, text, vector, cosines, keyword, len(rows))
        return [
            Evidence(
                index.passage(f.row),
                index.article_of(f.row),
                score,
                f.dense,
                f.keyword,
                f.sentences,
            )
            for f, score in fuse(found)[:k]
        ]
