"""An open index generation: articles, passages, vectors, sentences, keywords, as verified."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, Sequence, Set
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.article import Article, Passage
from vectorstore.context import Searched, under
from vectorstore.errors import IndexUnreadable
from vectorstore.generations import part_folder
from vectorstore.joined import Joined, JoinedSentences
from vectorstore.keyword import KeywordIndex
from vectorstore.manifest import LAYOUT, RUNS, Manifest, hash_file
from vectorstore.order import Order, passage_runs
from vectorstore.part import OpenVectors, Part
from vectorstore.records import article_of, passage_of, sentences_of
from vectorstore.table import Row

ROWS = 2_048  # rows kept parsed, some 4 KB each


class Index:
    """One generation, opened for reading; it stays usable while anyone holds it.

    Passages are numbered by ``row`` (0 to ``len(index) - 1``), in the order of the articles, which
    are numbered too; where they lie in its ``parts`` is ``placed`` and ``article_order``. The parts
    are let go when the last holder drops the object, or by ``close``; those of ``shared`` that it
    is made of too are not opened again.
    """

    def __init__(
        self, folder: Path, open_vectors: OpenVectors, shared: Sequence[Part] = ()
    ) -> None:
        self.folder = folder
        self.manifest = Manifest.load(folder)
        runs = _runs(folder, self.manifest)
        self.parts: list[Part] = []
        self.close: Callable[[], object] = weakref.finalize(self, _leave, self.parts)
        try:
            _take(self.parts, folder, self.manifest, open_vectors, shared)
            self.article_order = Order.of(runs, [len(part.articles) for part in self.parts])
            firsts = [part.firsts for part in self.parts]
            placed = Order.of(passage_runs(runs, firsts), [len(part) for part in self.parts])
        except (OSError, ValueError, IndexError) as error:
            self.close()
            raise IndexUnreadable(folder, str(error)) from error
        self.placed = placed
        self.keywords = KeywordIndex([part.words for part in self.parts], placed)
        self.vectors = Joined(self.parts, placed)
        self.sentences = JoinedSentences(self.parts, placed)
        self._row = lru_cache(maxsize=ROWS)(_row_reader(self.parts))
        self._article = lru_cache(maxsize=256)(_article_reader(self.parts))
        self._check_counts(folder)

    def __len__(self) -> int:
        return len(self.placed)

    @property
    def name(self) -> str:
        """The generation's name."""
        return self.manifest.name

    def row(self, passage_id: str) -> int:
        """The row of a passage; raises KeyError."""
        row = self.row_or_none(passage_id)
        if row is None:
            raise KeyError(passage_id)
        return row

    def row_or_none(self, passage_id: str) -> int | None:
        """The row of a passage; None when it is not held."""
        for part, rows in zip(self.parts, self.placed.rows, strict=True):
            row = part.rows.get(passage_id)
            if row is not None and rows[row] >= 0:
                return int(rows[row])
        return None

    def id_of(self, row: int) -> str:
        """The id of the passage in ``row``."""
        part, place = self.placed.place(row)
        return self.parts[part].ids[place]

    def passage(self, row: int) -> Passage:
        """The passage in ``row``."""
        return passage_of(self._row(*self.placed.place(row)))

    def searched(self, row: int) -> Searched:
        """What is searched of the passage in ``row``."""
        read = self._row(*self.placed.place(row))
        text = under(read["title"], read["heading"], read["text"]).casefold()
        return Searched(text, read["title"], tuple(read["title_terms"]), sentences_of(read))

    def article_of(self, row: int) -> Article:
        """The article of the passage in ``row``, in the revision that was indexed."""
        part, place = self.placed.place(row)
        return self._article(part, self._row(part, place)["article"])

    def articles(self) -> Iterator[Article]:
        """All indexed articles."""
        for number in range(len(self.article_order)):
            part, place = self.article_order.place(number)
            yield article_of(self.parts[part].articles[place])

    def passages(self) -> Iterator[Passage]:
        """All passages, by row."""
        for row in range(len(self)):
            part, place = self.placed.place(row)
            yield passage_of(self.parts[part].passages[place])

    def rows_of(self, article_id: str) -> range:
        """The passage rows of an article, in the order of its text; empty when unknown."""
        for number, part in enumerate(self.parts):
            place = part.names.get(article_id)
            if place is not None and self.article_order.rows[number][place] >= 0:
                return self.rows_at(number, place)
        return range(0)

    def rows_at(self, part: int, place: int) -> range:
        """The passage rows of the article in ``place`` of a part, which the index holds."""
        first, end = self.parts[part].firsts[place : place + 2].tolist()
        if first == end:
            return range(0)
        row = int(self.placed.rows[part][first])
        return range(row, row + end - first)

    def marks(self) -> list[bytes]:
        """What each article was when it was indexed (``manifest.mark_of``), in order."""
        marks = [part.marks() for part in self.parts]
        places = zip(self.article_order.parts, self.article_order.locals, strict=True)
        return [marks[part][place] for part, place in places]

    def holds_text_of(self, article_ids: Set[str]) -> bool:
        """Whether its files hold anything of these articles, also what it no longer shows."""
        return any(not article_ids.isdisjoint(part.names) for part in self.parts)

    def _check_counts(self, folder: Path) -> None:
        counts = (len(self), len(self.article_order))
        if counts != (self.manifest.passages, self.manifest.articles):
            self.close()
            raise IndexUnreadable(folder, f"it holds {counts[0]} passages of {counts[1]} articles")


def _runs(folder: Path, manifest: Manifest) -> NDArray[np.int64]:
    if manifest.layout != LAYOUT:
        raise IndexUnreadable(folder, f"layout {manifest.layout}, this program reads {LAYOUT}")
    path = folder / RUNS
    try:
        if {RUNS: hash_file(path)} != manifest.files:
            raise IndexUnreadable(folder, f"damaged: {RUNS}")
        return np.asarray(np.load(path), dtype=np.int64)
    except (OSError, ValueError) as error:
        raise IndexUnreadable(folder, str(error)) from error


def _take(
    taken: list[Part],
    folder: Path,
    manifest: Manifest,
    open_vectors: OpenVectors,
    shared: Sequence[Part],
) -> None:
    """Take the parts of a generation, opening those that nobody shares."""
    open_ones = {part.name: part for part in shared}
    for name, files in manifest.parts.items():
        part = open_ones.get(name)
        if part is None or not part.take():
            part = Part(part_folder(folder, name), files, open_vectors)
            part.take()
        taken.append(part)


def _leave(parts: Sequence[Part]) -> None:
    for part in parts:
        part.leave()


def _row_reader(parts: Sequence[Part]) -> Callable[[int, int], Row]:
    """Reads passage rows; it holds no index, which so is let go without the collector."""
    return lambda part, place: parts[part].passages[place]


def _article_reader(parts: Sequence[Part]) -> Callable[[int, int], Article]:
    return lambda part, place: article_of(parts[part].articles[place])
