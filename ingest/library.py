"""The article library on disk: the source of truth from which every index is built.

Contents lie under the hash of their bytes and never change; the catalog names them and is
replaced as a whole, so that a reader sees the library before or after a write, never between.
One job at a time writes (see ``ingest.job``).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from ingest.article import Article
from ingest.catalog import Catalog, Entry, Revision, article_from, content_of
from ingest.errors import LibraryError
from ingest.storage import write_atomically

__all__ = ["Change", "Entry", "Library", "Revision"]


class Change(StrEnum):
    """What putting an article into the library did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Library:
    """The articles below ``home/library``; the folder is made at the first write."""

    def __init__(self, home: Path) -> None:
        self._folder = Path(home) / "library"
        self._path = self._folder / "catalog.json"
        self._stamp: tuple[int, int, int] | None = None
        self._catalog = Catalog()
        self._by_text: dict[str, str] = {}
        self._batch = False
        self._unsaved = False

    def put(self, article: Article) -> Change:
        """Add the article, or a new revision of it; durable on return (in a batch: at its end).

        The same text from elsewhere is the same article, unless two publishers are named. Raises
        OSError when the disk refuses; the library is then as before.
        """
        catalog = self._read()
        old = catalog.entries.get(article.id)
        twin = None if old else self._twin(article)
        revision = _revision(article)
        if old:
            revision = _completed(revision, old.head)
        elif twin:
            old, revision = twin, _completed(twin.head, revision)
        entry, change = _changed(old, article.id, revision)
        if entry == old:
            return Change.UNCHANGED
        if not twin:
            self._store(revision.stored, content_of(article))
        self._enter(entry)
        return change

    def get(self, article_id: str, revision: str | None = None) -> Article:
        """An article, or an older ``revision`` of it (its hash, or the start of it).

        Removed articles can still be got. Raises LibraryError when there is none.
        """
        entry = self._entry(article_id)
        for found in reversed(entry.revisions):
            if found.sha256.startswith(revision or ""):
                return article_from(article_id, found, self._load(found.stored))
        raise LibraryError(f"{article_id} has no revision {revision}; see: kai articles history")

    def list(self) -> Sequence[Article]:
        """All articles that are not removed, by id."""
        return [self.get(entry.id) for entry in self.entries()]

    def entries(self, removed: bool = False) -> tuple[Entry, ...]:
        """The records of all articles, by id, without loading texts; or of the removed ones."""
        entries = sorted(self._read().entries.items())
        return tuple(entry for _, entry in entries if (entry.removed is not None) == removed)

    def history(self, article_id: str) -> tuple[Revision, ...]:
        """The revisions of an article, oldest first."""
        return self._entry(article_id).revisions

    def remove(self, article_id: str) -> None:
        """Take an article out of what is served; ``restore`` brings it back until ``prune``."""
        entry = self._entry(article_id)
        if entry.removed:
            raise LibraryError(f"{article_id} is removed already; bring it back, or prune")
        self._enter(replace(entry, removed=_now()))

    def restore(self, article_id: str) -> None:
        """Bring a removed article back."""
        entry = self._entry(article_id)
        if not entry.removed:
            raise LibraryError(f"{article_id} is not removed; there is nothing to undo")
        self._enter(replace(entry, removed=None))

    def prune(self) -> int:
        """Erase removed articles and contents that nothing names; returns how many articles."""
        catalog = self._read()
        removed = [entry.id for entry in catalog.entries.values() if entry.removed]
        for article_id in removed:
            del catalog.entries[article_id]
        self._save()
        named = {r.stored for entry in catalog.entries.values() for r in entry.revisions}
        for path in self._folder.glob("objects/*/*.json"):
            if path.stem not in named:
                path.unlink()
        return len(removed)

    def corpus_hash(self) -> str:
        """One hash of all that is served; the same whatever the order and time it came in."""
        rows = [[entry.id, entry.head.facts()] for entry in self.entries()]
        return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Make several writes durable together when the block ends, also when it ends badly."""
        self._read()
        self._batch = True
        try:
            yield
        finally:
            self._batch = False
            if self._unsaved:
                os.sync()  # all contents at once, before the catalog names them
                self._save()

    def _read(self) -> Catalog:
        if self._batch:
            return self._catalog
        stamp = _stamp(self._path)
        if stamp != self._stamp or stamp is None:
            self._catalog = Catalog.load(self._path)
            self._by_text = {
                entry.head.sha256: entry.id
                for entry in self._catalog.entries.values()
                if not entry.removed
            }
            self._stamp = stamp
        return self._catalog

    def _entry(self, article_id: str) -> Entry:
        entry = self._read().entries.get(article_id)
        if entry is None:
            raise LibraryError(f"There is no article {article_id!r}; list them: kai articles")
        return entry

    def _twin(self, article: Article) -> Entry | None:
        twin = self._catalog.entries.get(self._by_text.get(article.sha256, ""))
        if twin is None or twin.removed or twin.head.sha256 != article.sha256:
            return None
        publishers = {article.publisher, twin.head.publisher} - {None}
        return twin if len(publishers) <= 1 else None

    def _enter(self, entry: Entry) -> None:
        self._catalog.entries[entry.id] = entry
        if not entry.removed:
            self._by_text[entry.head.sha256] = entry.id
        self._unsaved = True
        if not self._batch:
            self._save()

    def _save(self) -> None:
        self._stamp = None
        self._unsaved = False
        self._folder.mkdir(parents=True, exist_ok=True)
        write_atomically(self._path, self._catalog.dump())

    def _object(self, stored: str) -> Path:
        return self._folder / "objects" / stored[:2] / f"{stored}.json"

    def _store(self, stored: str, content: bytes) -> None:
        path = self._object(stored)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content, flush=not self._batch)

    def _load(self, stored: str) -> bytes:
        try:
            content = self._object(stored).read_bytes()
        except FileNotFoundError:
            content = b""
        if hashlib.sha256(content).hexdigest() != stored:
            raise LibraryError(f"{self._object(stored)} is damaged; ingest its source again")
        return content


def _revision(article: Article) -> Revision:
    return Revision(
        sha256=article.sha256,
        stored=hashlib.sha256(content_of(article)).hexdigest(),
        at=_now(),
        title=article.title,
        publisher=article.publisher,
        published=article.published.isoformat() if article.published else None,
        url=article.url,
        language=article.language,
        source=article.source,
        byline=article.byline,
        updated=article.updated.isoformat() if article.updated else None,
    )


def _changed(old: Entry | None, article_id: str, revision: Revision) -> tuple[Entry, Change]:
    if old is None:
        return Entry(article_id, (revision,)), Change.NEW
    back = replace(old, removed=None)
    if old.head.facts() == revision.facts():
        return back, Change.NEW if old.removed else Change.UNCHANGED
    # The same text with other facts is the same revision: its name is the hash of the text.
    others = tuple(one for one in old.revisions if one.sha256 != revision.sha256)
    return replace(back, revisions=(*others, revision)), Change.CHANGED


def _completed(known: Revision, other: Revision) -> Revision:
    """The first, with facts of the second where the first knows none."""
    return replace(
        known,
        publisher=known.publisher or other.publisher,
        published=known.published or other.published,
        url=known.url or other.url,
        byline=known.byline or other.byline,
        updated=known.updated or other.updated,
    )


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
