"""What a generation will hold: the passages of all articles, and what an older one lends to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.article import Article, Passage
from vectorstore.context import searched_text
from vectorstore.reading import Index
from vectorstore.records import article_row

Split = Callable[[Article], Sequence[Passage]]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Draft:
    """The passages of all articles, in order, with what is searched of each.

    ``owners`` are the numbers of their articles. ``old`` (n,) is the row that holds the same
    passage in the generation ``before``, or -1 where it is new.
    """

    articles: Sequence[Article]
    passages: Sequence[Passage]
    owners: Sequence[int]
    texts: Sequence[str]
    old: NDArray[np.int64]
    before: Index | None = None

    @classmethod
    def of(
        cls,
        articles: Sequence[Article],
        split: Split,
        progress: Progress,
        before: Index | None = None,
    ) -> Draft:
        """Take unchanged articles from ``before`` and split the others.

        Raises ValueError when two passages have one id.
        """
        known = {} if before is None else {row["id"]: row for row in before.article_rows()}
        passages: list[Passage] = []
        owners: list[int] = []
        old: list[int] = []
        for number, article in enumerate(articles):
            rows = _unchanged(article, known.get(article.id))
            own = split(article) if rows is None or before is None else _lent(before, rows)
            passages.extend(own)
            owners.extend([number] * len(own))
            old.extend([-1] * len(own) if rows is None else rows)
            progress("split", number + 1, len(articles))
        if len({passage.id for passage in passages}) != len(passages):
            raise ValueError("two passages have the same id")
        pairs = [(articles[owner], part) for owner, part in zip(owners, passages, strict=True)]
        texts = [searched_text(article, part) for article, part in pairs]
        return cls(articles, passages, owners, texts, np.array(old, dtype=np.int64), before)

    @property
    def ids(self) -> list[str]:
        """The ids of the passages."""
        return [passage.id for passage in self.passages]

    @property
    def new(self) -> list[int]:
        """The rows that nothing was known about."""
        return [int(row) for row in np.flatnonzero(self.old < 0)]

    @property
    def carried(self) -> int:
        """How many vectors differ from those of the last folder that was made whole."""
        if self.before is None:
            return 0
        gone = int((self.moves() < 0).sum())
        return self.before.manifest.carried + gone + len(self.new)

    def moves(self) -> NDArray[np.int64]:
        """For every row of ``before``, its row here, or -1 where it is gone."""
        moves = np.full(0 if self.before is None else len(self.before), -1, dtype=np.int64)
        kept = np.flatnonzero(self.old >= 0)
        moves[self.old[kept]] = kept
        return moves


def _unchanged(article: Article, row: dict[str, object] | None) -> range | None:
    """The passage rows of an article that stands in the older generation as it is."""
    if row is None:
        return None
    first, count = int(str(row["first"])), int(str(row["count"]))
    return range(first, first + count) if article_row(article, first, count) == row else None


def _lent(before: Index, rows: range) -> list[Passage]:
    return [before.passage(row) for row in rows]
