"""The article library on disk: the source of truth from which every index is built.

Contents lie under the hash of their bytes and never change; the catalog names them and is
replaced as a whole, so that a reader sees the library before or after a write, never between.
One job at a time writes (see ``ingest.job``).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from ingest.article import Article
from ingest.catalog import (
    Catalog,
    Change,
    Entry,
    Revision,
    SourceRecord,
    article_from,
    completed,
    content_of,
    now,
    revised,
    revision_of,
)
from ingest.copies import near_copies
from ingest.errors import LibraryError
from ingest.objects import Objects
from ingest.storage import LEFTOVER, stamp_of, write_atomically
from ingest.web.condition import LinkRecord

__all__ = ["Change", "Entry", "Library", "Revision", "SourceRecord"]

T = TypeVar("T")


class Library:
    """The articles below ``home/library``; the folder is made at the first write."""

    def __init__(self, home: Path) -> None:
        self._folder = Path(home) / "library"
        self._path = self._folder / "catalog.json"
        self._objects = Objects(self._folder / "objects")
        self._stamp: tuple[int, int, int] | None = None
        self._catalog = Catalog()
        self._by_text: dict[str, str] = {}
        self._batch = self._trial = self._unsaved = False

    def put(self, article: Article) -> tuple[Change, str]:
        """Add the article, or a new revision of it; durable on return (in a batch: at its end).

        Returns what that did, and to which article: the same text from elsewhere is the same
        article, unless two publishers are named. Raises OSError when the disk refuses; the
        library is then as before.
        """
        catalog = self._read()
        old = catalog.entries.get(article.id)
        twin = None if old else self._twin(article)
        found = old or twin
        if catalog.is_barred(article) or (found and found.removed and not found.gone):
            return Change.KEPT_OUT, found.id if found else article.id
        revision = revision_of(article)
        if old:
            revision = completed(self._objects.settled(revision, old.head, article), old.head)
        elif twin:
            revision = completed(twin.head, revision)
        entry, change = revised(found, article.id, revision)
        # what is damaged on disk is written again, whatever else changed
        if not twin and not self._trial and not self._objects.holds(revision.stored):
            self._objects.put(revision.stored, content_of(article), flush=not self._batch)
        if entry != found:
            self._enter(entry)
        return change, entry.id

    def get(self, article_id: str, revision: str | None = None) -> Article:
        """An article, or an older ``revision`` of it (its hash, or the start of it).

        Removed articles can still be got. Raises LibraryError when there is none.
        """
        entry = self.entry(article_id)
        for one in reversed(entry.revisions):
            if one.sha256.startswith(revision or ""):
                return article_from(article_id, one, self._objects.get(one.stored))
        raise LibraryError(f"{article_id} has no revision {revision}; see: kai articles history")

    def list(self) -> Sequence[Article]:
        """All articles that are not removed, by id, each with the group of its near-copies."""
        articles = [self.get(entry.id) for entry in self.entries()]
        groups = near_copies(articles)
        return [replace(one, group=groups[one.id]) if one.id in groups else one for one in articles]

    def find(self, article_id: str) -> Entry | None:
        """The record of an article, removed or not, if there is one."""
        return self._read().entries.get(article_id)

    def is_stored(self, entry: Entry) -> bool:
        """Whether the text of its head is on disk; a quick look, which reads nothing."""
        return self._objects.path(entry.head.stored).is_file()

    def entry(self, article_id: str) -> Entry:
        """The record of an article, removed or not; raises LibraryError when there is none."""
        if entry := self.find(article_id):
            return entry
        raise LibraryError(f"There is no article {article_id!r}; list them: kai articles")

    def entries(self, removed: bool = False) -> tuple[Entry, ...]:
        """The records of all articles, by id, without loading texts; or of the removed ones."""
        found = sorted(self._read().entries.items())
        return tuple(entry for _, entry in found if (entry.removed is not None) == removed)

    def sources(self) -> Mapping[str, SourceRecord]:
        """What every file gave when it was last read."""
        return self._read().sources

    def record(self, source: str, record: SourceRecord | None) -> None:
        """Remember what a file gave; None forgets it."""
        self._set(self._read().sources, source, record)

    def links(self) -> Mapping[str, LinkRecord]:
        """What is remembered of every link whose server says when it changes."""
        return self._read().links

    def remember(self, url: str, record: LinkRecord | None) -> None:
        """Remember what a link gave; None forgets it."""
        self._set(self._read().links, url, record)

    def remove(self, article_id: str, *, gone: bool = False) -> None:
        """Take an article out of what is served; ``restore`` brings it back until ``prune``."""
        entry = self.entry(article_id)
        if entry.removed and not entry.gone:
            raise LibraryError(f"{article_id} is removed already; bring it back, or prune")
        self._catalog.forget_links(article_id)
        self._enter(replace(entry, removed=entry.removed or now(), gone=gone))

    def is_erased(self, article_id: str) -> bool:
        """Whether the article was purged."""
        return self._read().is_erased(article_id)

    def restore(self, article_id: str) -> None:
        """Bring a removed article back, or let one that was purged be ingested again."""
        if self._read().pardon(article_id):
            return self._touch()
        entry = self.entry(article_id)
        if not entry.removed:
            raise LibraryError(f"{article_id} is not removed; there is nothing to undo")
        return self._enter(replace(entry, removed=None, gone=False))

    def prune(self) -> int:
        """Erase removed articles and contents that nothing names; returns how many articles."""
        removed = [entry.id for entry in self.entries(removed=True)]
        for article_id in removed:
            del self._catalog.entries[article_id]
        self._touch()
        self._sweep()
        return len(removed)

    def purge(self, article_id: str) -> None:
        """Erase an article with all its revisions, and keep it out if its source comes again."""
        entry = self.entry(article_id)
        self._read().erase(entry)
        self._touch()
        self._sweep()

    def corpus_hash(self) -> str:
        """One hash of all that is served; the same whatever the order and time it came in."""
        rows = [[entry.id, entry.head.facts()] for entry in self.entries()]
        return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Make several writes durable together when the block ends, also when it ends badly."""
        if self._trial:
            yield
            return
        self._read()
        self._batch = True
        try:
            yield
        finally:
            self._batch = False
            if self._unsaved:
                os.sync()  # all contents at once, before the catalog names them
                self._save()

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Let the block do as if: nothing is written, and all is forgotten when it ends."""
        self._read()
        self._batch = self._trial = True
        try:
            yield
        finally:
            self._batch = self._trial = self._unsaved = False
            self._stamp, self._catalog = None, Catalog()

    def _read(self) -> Catalog:
        if self._batch:
            return self._catalog
        stamp = stamp_of(self._path)
        if stamp != self._stamp or stamp is None:
            self._catalog = Catalog.load(self._path)
            entries = sorted(self._catalog.entries.values(), key=lambda entry: not entry.removed)
            self._by_text = {entry.head.sha256: entry.id for entry in entries}
            self._stamp = stamp
        return self._catalog

    def _twin(self, article: Article) -> Entry | None:
        twin = self._catalog.entries.get(self._by_text.get(article.sha256, ""))
        if twin is None or twin.head.sha256 != article.sha256:
            return None
        publishers = {article.publisher, twin.head.publisher} - {None}
        return twin if len(publishers) <= 1 else None

    def _enter(self, entry: Entry) -> None:
        self._catalog.entries[entry.id] = entry
        self._by_text[entry.head.sha256] = entry.id
        self._touch()

    def _set(self, records: dict[str, T], key: str, record: T | None) -> None:
        if records.get(key) != record:
            records.pop(key, None)
            if record is not None:
                records[key] = record
            self._touch()

    def _touch(self) -> None:
        self._unsaved = True
        if not self._batch:
            self._save()

    def _sweep(self) -> None:
        every = self._catalog.entries.values()
        self._objects.sweep({revision.stored for one in every for revision in one.revisions})
        for path in self._folder.glob(f"{LEFTOVER}*"):
            path.unlink()

    def _save(self) -> None:
        self._stamp = None
        self._unsaved = False
        self._folder.mkdir(parents=True, exist_ok=True)
        write_atomically(self._path, self._catalog.dump())
