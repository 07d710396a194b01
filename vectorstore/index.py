"""The index of a home folder: build the next generation aside, verify it, swap it in, open it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Sequence, Set
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ingest.article import Article
from vectorstore.cache import EmbeddingCache
from vectorstore.context import searched_text, sentence_texts
from vectorstore.embedder import Embedder
from vectorstore.errors import (
    IndexMismatch,
    IndexProblem,
    IndexUnreadable,
    NoIndex,
    VerificationError,
)
from vectorstore.manifest import Manifest, hash_of
from vectorstore.places import kept
from vectorstore.reading import Index
from vectorstore.vectors import blank_unused
from vectorstore.writing import (
    Draft,
    Progress,
    Split,
    verify_generation,
    versions,
    write_generation,
)

__all__ = [
    "BuildReport",
    "Index",
    "IndexMismatch",
    "IndexProblem",
    "IndexStore",
    "IndexUnreadable",
    "NoIndex",
    "VerificationError",
]

WORN = 0.25  # of the vectors: with more added or taken out since, the index is made whole again


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: ``embedded`` passages were new, the others came from the cache."""

    generation: str
    articles: int
    passages: int
    embedded: int
    seconds: float


class IndexStore:
    """The index below ``home``; safe to share between threads.

    ``embedder`` may be given as a function that makes it, so that what needs no model loads none.
    ``split`` and ``splitter`` default to the passages of ``ingest.split``. With ``chroma_url`` the
    vectors, the texts and the pointer are on that Chroma server, for any number of homes.
    """

    def __init__(
        self,
        home: Path,
        embedder: Embedder | Callable[[], Embedder],
        *,
        split: Split | None = None,
        splitter: str | None = None,
        chroma_url: str | None = None,
    ) -> None:
        self._generations, self._place = kept(Path(home), chroma_url)
        self._cache_folder = Path(home) / "cache"
        self._given = embedder
        self._split, self._splitter = split, splitter
        self._open: Index | None = None
        self._lock = threading.RLock()

    @property
    def embedder(self) -> Embedder:
        """The embedding model, made on first use."""
        with self._lock:
            if callable(self._given):
                self._given = self._given()
            return self._given

    def open(self) -> Index:
        """The generation to serve now; the same object as long as the pointer has not moved.

        Raises ``NoIndex``, ``IndexUnreadable`` or ``IndexMismatch``.
        """
        with self._lock:
            name = self._generations.current()
            if self._open is None or self._open.name != name:
                self._check_kind(self.manifest())
                self._open = self._opened(name)
            return self._open

    def _opened(self, name: str) -> Index:
        index = Index(self._generations.path(name), self._place.open)
        try:
            index.vectors.hold()
        except OSError as error:
            index.close()
            raise IndexUnreadable(index.folder, str(error)) from error
        return index

    def manifest(self) -> Manifest:
        """What the served generation says about itself; loads no model."""
        return Manifest.load(self._generations.path(self._generations.current()))

    def is_current(self, corpus_hash: str) -> bool:
        """Whether the served generation holds this corpus and can be opened with this embedder."""
        try:
            return self.manifest().corpus_hash == corpus_hash and len(self.open()) >= 0
        except IndexProblem:
            return False

    def build(
        self,
        articles: Sequence[Article],
        on_progress: Progress | None = None,
        *,
        corpus_hash: str | None = None,
        carry: bool = True,
    ) -> BuildReport:
        """Build a generation of ``articles`` aside, verify it, and serve it.

        Without ``carry`` nothing is taken over from the generation before but cached embeddings.

        ``on_progress(stage, done, total)`` is told of the stages split, keywords, embed, sentences.
        On any failure the half-built folder is removed and the old generation stays: raises
        ``VerificationError``, or OSError when the disk refuses.
        """
        started = time.perf_counter()
        hidden = self._generations.begin()
        try:
            before = self._before() if carry else None
            progress = on_progress or _quiet
            draft, embedded = self._write(hidden, articles, progress, corpus_hash, before)
            name = self._generations.show(hidden)
            self._generations.point(name)
        except BaseException:
            self._place.drop(hidden)
            shutil.rmtree(hidden, ignore_errors=True)
            raise
        with suppress(OSError):  # the new generation is served: what is left over can wait
            self._generations.prune()
        seconds = time.perf_counter() - started
        return BuildReport(name, len(articles), len(draft.passages), embedded, seconds)

    def generations(self) -> list[str]:
        """The names of the generations kept, oldest first."""
        return self._generations.names()

    def folder_of(self, name: str) -> Path:
        """Where the generation ``name`` lies."""
        return self._generations.path(name)

    def rollback(self, name: str) -> None:
        """Serve the generation ``name`` again, once it is seen to open."""
        self.kept(name).close()
        self._generations.point(name)

    def kept(self, name: str) -> Index:
        """Open a generation that is kept, served or not; the caller closes it."""
        if name not in self.generations():
            raise IndexUnreadable(name, f"kept are {', '.join(self.generations()) or 'none'}")
        self._check_kind(Manifest.load(self._generations.path(name)))
        return Index(self._generations.path(name), self._place.open)

    def forget(self, article_ids: Set[str]) -> None:
        """Erase kept generations that hold an article or cannot be read, and stale embeddings.

        The one served stays: it must be built without these articles and without ``carry``.
        """
        index = self.open()
        for name in self.generations():
            if name != index.name and not self._is_free_of(name, article_ids):
                self._place.drop(self._generations.path(name))
                shutil.rmtree(self._generations.path(name))
        cache, texts, sentences = EmbeddingCache(self._cache_folder, self.embedder), [], []
        for row, part in enumerate(index.passages()):
            texts.append(searched_text(index.article_of(row), part))
            sentences += sentence_texts(index.article_of(row), part)
        cache.keep_only(texts, sentences)
        index.close()
        self._open = None
        blank_unused(index.folder)

    def _is_free_of(self, name: str, article_ids: Set[str]) -> bool:
        try:
            with closing(self.kept(name)) as index:
                return all(article.id not in article_ids for article in index.articles())
        except IndexProblem:
            return False

    def _write(
        self,
        folder: Path,
        articles: Sequence[Article],
        progress: Progress,
        corpus_hash: str | None,
        before: Index | None,
    ) -> tuple[Draft, int]:
        split, splitter = self._splitting()
        draft = Draft.of(articles, split, progress, before)
        if draft.carried > len(draft.passages) * WORN:
            draft = replace(draft, before=None, old=np.full_like(draft.old, -1))
        about = {"corpus_hash": corpus_hash or hash_of(articles), "splitter": splitter}
        cache = EmbeddingCache(self._cache_folder, self.embedder)
        written = write_generation(
            folder, draft, self.embedder, cache, self._place, about, progress
        )
        verify_generation(folder, draft, self._place, written)
        return draft, written.embedded

    def _before(self) -> Index | None:
        """The served generation, if what it holds can be carried over."""
        try:
            index = self.open()
        except IndexProblem:
            return None
        return index if index.manifest.versions == versions() else None

    def _splitting(self) -> tuple[Split, str]:
        if self._split is not None and self._splitter is not None:
            return self._split, self._splitter
        from ingest.split import SPLITTER, split_article

        return split_article, SPLITTER

    def _check_kind(self, manifest: Manifest) -> None:
        kinds = {
            "embedder": (manifest.embedder, self.embedder.name),
            "dimension": (manifest.dimension, self.embedder.dimension),
            "splitter": (manifest.splitter, self._splitting()[1]),
        }
        for what, (built, now) in kinds.items():
            if built != now:
                raise IndexMismatch(what, built, now)


def _quiet(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""
