"""The index of a home folder: build the next generation aside, verify it, swap it in, open it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Sequence, Set
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

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
from vectorstore.manifest import Manifest, hash_of_marks
from vectorstore.places import kept
from vectorstore.reading import Index
from vectorstore.vectors import blank_unused
from vectorstore.writing import (
    Plan,
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
        shared = () if self._open is None else self._open.parts
        return Index(self._generations.path(name), self._place.open, shared)

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
            plan, embedded = self._write(hidden, articles, progress, corpus_hash, before)
            name = self._generations.show(hidden)
            self._generations.point(name)
        except BaseException:
            self._place.drop(hidden)
            shutil.rmtree(hidden, ignore_errors=True)
            raise
        with suppress(OSError):  # the new generation is served: what is left over can wait
            self._generations.prune()
        seconds = time.perf_counter() - started
        return BuildReport(name, len(articles), plan.passages, embedded, seconds)

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
        return self._opened(name)

    def forget(self, article_ids: Set[str]) -> None:
        """Erase kept generations that hold an article or cannot be read, and stale embeddings.

        A generation holds it as long as a part of it does, also where it is shown no more.

        The one served stays: it must be built without these articles and without ``carry``.
        """
        index = self.open()
        for name in self.generations():
            if name != index.name and not self._is_free_of(name, article_ids):
                self._place.drop(self._generations.path(name))
                shutil.rmtree(self._generations.path(name))
        self._generations.sweep(surely=True)
        cache, texts, sentences = EmbeddingCache(self._cache_folder, self.embedder), [], []
        for row, passage in enumerate(index.passages()):
            texts.append(searched_text(index.article_of(row), passage))
            sentences += sentence_texts(index.article_of(row), passage)
        cache.keep_only(texts, sentences)
        index.close()
        self._open = None
        for part in index.parts:
            blank_unused(part.folder)

    def _is_free_of(self, name: str, article_ids: Set[str]) -> bool:
        try:
            with closing(self.kept(name)) as index:
                return not index.holds_text_of(article_ids)
        except IndexProblem:
            return False

    def _write(
        self,
        folder: Path,
        articles: Sequence[Article],
        progress: Progress,
        corpus_hash: str | None,
        before: Index | None,
    ) -> tuple[Plan, int]:
        split, splitter = self._splitting()
        plan = Plan.of(articles, split, progress, before, shares=self._place.shares)
        about = {"corpus_hash": corpus_hash or hash_of_marks(plan.marks), "splitter": splitter}
        cache = EmbeddingCache(self._cache_folder, self.embedder)
        written = write_generation(folder, plan, self.embedder, cache, self._place, about, progress)
        verify_generation(folder, plan, self._place, written)
        return plan, written.embedded

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
