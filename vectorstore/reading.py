"""An open index generation: articles, passages, vectors, sentences, keywords, as verified."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from ingest.article import Article, Passage
from vectorstore.context import Searched, under
from vectorstore.errors import IndexUnreadable
from vectorstore.keyword import KeywordIndex
from vectorstore.manifest import LAYOUT, Manifest, hash_files
from vectorstore.records import article_of, passage_of
from vectorstore.sentences import FOLDER, SentenceVectors
from vectorstore.table import Row, Table
from vectorstore.terms import content_terms
from vectorstore.vectors import Vectors

ROWS = 2_048  # rows kept parsed, some 4 KB each

OpenVectors = Callable[[Path], tuple[Vectors, Callable[[], None]]]
"""Opens the vectors that belong to a folder; the second is how to let go of them."""


class Index:
    """One generation, opened for reading; it stays usable while anyone holds it.

    Passages are numbered by ``row`` (0 to ``len(index) - 1``), in the order of the articles. The
    folder is let go when the last holder drops the object, or by ``close``.
    """

    def __init__(self, folder: Path, open_vectors: OpenVectors) -> None:
        self.folder = folder
        self.manifest = Manifest.load(folder)
        _check_files(folder, self.manifest)
        try:
            self.keywords = KeywordIndex.load(folder / "keyword")
            self.sentences = SentenceVectors.load(folder / FOLDER)
            self._articles = Table(folder / "articles.jsonl")
            self._passages = Table(folder / "passages.jsonl")
            ids = (folder / "ids.txt").read_text(encoding="utf-8").split("\n")[:-1]
            self.vectors, release = open_vectors(folder)
        except (OSError, ValueError) as error:
            raise IndexUnreadable(folder, str(error)) from error
        self._ids = ids
        self._rows = {id_: row for row, id_ in enumerate(ids)}
        self.close: Callable[[], object] = weakref.finalize(self, release)
        self.article_at = lru_cache(maxsize=256)(self._read_article)
        self._row = lru_cache(maxsize=ROWS)(self._passages.__getitem__)
        self._check_counts(folder)

    def __len__(self) -> int:
        return len(self._passages)

    @property
    def name(self) -> str:
        """The generation's name."""
        return self.manifest.name

    def row(self, passage_id: str) -> int:
        """The row of a passage; raises KeyError."""
        return self._rows[passage_id]

    def id_of(self, row: int) -> str:
        """The id of the passage in ``row``."""
        return self._ids[row]

    def passage(self, row: int) -> Passage:
        """The passage in ``row``."""
        return passage_of(self._row(row))

    def searched(self, row: int) -> Searched:
        """What is searched of the passage in ``row``."""
        read = self._row(row)
        title, terms = read.get("title"), read.get("title_terms")
        if title is None or terms is None:  # written before passages kept the title
            title = self.article_of(row).title
            terms = content_terms(title)
        return Searched(under(title, read["heading"], read["text"]).casefold(), tuple(terms))

    def article_of(self, row: int) -> Article:
        """The article of the passage in ``row``, in the revision that was indexed."""
        return self.article_at(self._row(row)["article"])

    def articles(self) -> Iterator[Article]:
        """All indexed articles."""
        return (article_of(row) for row in self._articles)

    def article_rows(self) -> Iterator[Row]:
        """All indexed articles as ``article_row`` wrote them."""
        return iter(self._articles)

    def passages(self) -> Iterator[Passage]:
        """All passages, by row."""
        return (passage_of(row) for row in self._passages)

    def rows_of(self, article_id: str) -> range:
        """The passage rows of an article, in the order of its text; empty when unknown."""
        for row in self._articles:
            if row["id"] == article_id:
                return range(row["first"], row["first"] + row["count"])
        return range(0)

    def _read_article(self, number: int) -> Article:
        return article_of(self._articles[number])

    def _check_counts(self, folder: Path) -> None:
        counts = {
            len(self._passages),
            len(self._rows),
            len(self.keywords),
            len(self.sentences),
            len(self.vectors),
        }
        if counts != {self.manifest.passages} or len(self._articles) != self.manifest.articles:
            self.close()
            raise IndexUnreadable(folder, f"its parts hold {sorted(counts)} passages")


def _check_files(folder: Path, manifest: Manifest) -> None:
    if manifest.layout != LAYOUT:
        raise IndexUnreadable(folder, f"layout {manifest.layout}, this program reads {LAYOUT}")
    try:
        found = hash_files(folder)
    except OSError as error:
        raise IndexUnreadable(folder, str(error)) from error
    if found != manifest.files:
        wrong = {name for name, _ in found.items() ^ manifest.files.items()}
        raise IndexUnreadable(folder, f"damaged or missing: {', '.join(sorted(wrong))}")
