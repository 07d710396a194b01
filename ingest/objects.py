"""Contents under the hash of their bytes: written once, never changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Set
from dataclasses import replace
from pathlib import Path

from ingest.article import Article
from ingest.catalog import Revision, content_of
from ingest.errors import LibraryError
from ingest.storage import LEFTOVER, write_atomically


class Objects:
    """The contents below ``folder``; ``stored`` is the SHA-256 of one, in hexadecimal."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, stored: str, content: bytes, *, flush: bool) -> None:
        """Write ``content``; without ``flush`` the caller makes many durable at once."""
        path = self.path(stored)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content, flush=flush)

    def get(self, stored: str) -> bytes:
        """Read a content back; raises LibraryError when it is not what was written."""
        try:
            content = self.path(stored).read_bytes()
        except FileNotFoundError:
            content = b""
        if hashlib.sha256(content).hexdigest() != stored:
            raise LibraryError(
                f"{self.path(stored)} is damaged; touch its file and ingest it again"
            )
        return content

    def settled(self, new: Revision, old: Revision, article: Article) -> Revision:
        """The new revision, with the old content where only what was cleaned away differs.

        Comments and lists of other articles change at every look, and are no part of an article.
        """
        same_text = new.sha256 == old.sha256 and new.stored != old.stored
        if same_text and self.holds(old.stored):
            ours, theirs = json.loads(content_of(article)), json.loads(self.get(old.stored))
            if {**ours, "removed": None} == {**theirs, "removed": None}:
                return replace(new, stored=old.stored)
        return new

    def holds(self, stored: str) -> bool:
        """Whether the content is there and as it was written."""
        try:
            return bool(self.get(stored))
        except (LibraryError, OSError):
            return False

    def sweep(self, named: Set[str]) -> None:
        """Erase all that ``named`` does not name, and what a killed job left half written."""
        for path in self._folder.glob("*/*.json"):
            if path.stem not in named:
                path.unlink()
        for path in self._folder.glob(f"*/{LEFTOVER}*"):
            path.unlink()

    def path(self, stored: str) -> Path:
        """Where a content lies."""
        return self._folder / stored[:2] / f"{stored}.json"
