"""One small SQLite file of the page: conversations, feedback and logins, safe to share.

Without a home the same tables live in memory, for as long as the process does.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

FILE = "page-conversations.sqlite3"
_TABLES = """
create table if not exists conversation
  (id text primary key, owner text not null, title text not null, changed text not null);
create index if not exists conversation_owner on conversation (owner, changed);
create table if not exists turn
  (conversation text not null, number integer not null, question text not null,
   answer text not null, at text not null, primary key (conversation, number));
create table if not exists feedback
  (conversation text not null, number integer not null, rating text not null,
   reason text not null, note text not null, sentences text not null, at text not null,
   primary key (conversation, number));
create table if not exists login
  (token text primary key, name text not null, proof text not null, until text not null);
"""


class Store:
    """Opens the file of a home, made at the first use and readable by its owner alone."""

    def __init__(self, home: Path | None = None) -> None:
        self.path = home / FILE if home else None
        self._lock = threading.Lock()
        self._shared = None if home else _prepared(":memory:")

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """A connection in one transaction; raises sqlite3.Error and OSError."""
        if self._shared is not None:
            with self._lock, self._shared:
                yield self._shared
            return
        assert self.path is not None
        if not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(mode=0o600)
        with closing(_prepared(str(self.path))) as base, base:
            yield base


def _prepared(place: str) -> sqlite3.Connection:
    base = sqlite3.connect(place, timeout=5, check_same_thread=False)
    base.executescript(_TABLES)
    base.execute("pragma secure_delete = on")
    return base
