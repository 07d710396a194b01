"""Conversations that outlive the page: kept per owner, with every answer and its citations.

An owner is a hash of a browser's token or of a user's name (see `visitor.py`). Every call names
the owner, and nobody is shown, or can change, what belongs to another.
"""

from __future__ import annotations

import json
import logging
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from assistant.answer import Answer
from assistant.answer_json import answer_from
from assistant.web.conversation import MAX_REMEMBERED, Conversation
from assistant.web.store import Store

log = logging.getLogger(__name__)

MAX_TITLE = 80
MAX_KEPT = 300  # conversations of one owner; the oldest beyond this are forgotten

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Entry:
    """A conversation in the list; ``changed`` is an ISO time in UTC."""

    id: str
    title: str
    changed: str
    turns: int


def new_id() -> str:
    """A name for a new conversation that nobody can guess."""
    return secrets.token_urlsafe(12)


def _calm(
    call: Callable[Concatenate[History, P], R],
) -> Callable[Concatenate[History, P], R | None]:
    """None where the disk refuses: the page goes on without its history."""

    @wraps(call)
    def safe(self: History, /, *args: P.args, **kwargs: P.kwargs) -> R | None:
        try:
            return call(self, *args, **kwargs)
        except (sqlite3.Error, OSError) as error:
            log.warning("The history cannot be used: %s", error)
            return None

    return safe


class History:
    """The conversations of all owners.

    Where the disk refuses, that is logged and every call gives None: the page goes on without.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @_calm
    def record(self, owner: str, conversation: str, number: int, answer: Answer) -> bool:
        """Keep an answer as this turn, in place of it and of all that came after it."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        written = json.dumps(answer.to_dict(), ensure_ascii=False)
        with self._store.open() as base:
            title = " ".join(answer.question.split())[:MAX_TITLE]
            base.execute(
                "insert into conversation values (?, ?, ?, ?) on conflict do update "
                "set changed = excluded.changed where owner = excluded.owner",
                (conversation, owner, title, now),
            )
            if not _owns(base, owner, conversation):
                return False
            for table in ("turn", "feedback"):
                base.execute(
                    f"delete from {table} where conversation = ? and number >= ?",
                    (conversation, number),
                )
            base.execute(
                "insert into turn values (?, ?, ?, ?, ?)",
                (conversation, number, answer.question, written, now),
            )
            _forget_oldest(base, owner)
        return True

    @_calm
    def open(self, owner: str, conversation: str) -> Conversation | None:
        """A conversation with its last answers; None when it is not there, or another's."""
        with self._store.open() as base:
            if not _owns(base, owner, conversation):
                return None
            rows = base.execute(
                "select number, answer from turn where conversation = ? order by number",
                (conversation,),
            ).fetchall()[-MAX_REMEMBERED:]
        answers = tuple(answer_from(json.loads(row)) for _, row in rows)
        return Conversation(answers, rows[0][0] if rows else 0, conversation)

    @_calm
    def answers(self, owner: str, conversation: str) -> list[Answer]:
        """All answers of a conversation, also those that the page shows no more."""
        with self._store.open() as base:
            if not _owns(base, owner, conversation):
                return []
            rows = base.execute(
                "select answer from turn where conversation = ? order by number", (conversation,)
            ).fetchall()
        return [answer_from(json.loads(row)) for (row,) in rows]

    @_calm
    def entries(self, owner: str, words: str = "") -> list[Entry]:
        """The conversations of an owner, newest first; of those that say all the words."""
        query = (
            "select id, title, changed, (select count(*) from turn where conversation = id) "
            "from conversation where owner = ?"
        )
        values = [owner]
        for word in words.split()[:8]:
            query += (
                " and (title like ? escape '!' or exists (select 1 from turn where "
                "conversation = id and (question like ? escape '!' or "
                "json_extract(answer, '$.text') like ? escape '!')))"
            )
            values += [f"%{_escaped(word)}%"] * 3
        with self._store.open() as base:
            rows = base.execute(f"{query} order by changed desc, rowid desc", values).fetchall()
        return [Entry(*row) for row in rows]

    @_calm
    def rename(self, owner: str, conversation: str, title: str) -> bool:
        """Give a conversation another title; False when it is not there, or the title is empty."""
        title = " ".join(title.split())[:MAX_TITLE]
        with self._store.open() as base:
            done = base.execute(
                "update conversation set title = ? where id = ? and owner = ? and ? != ''",
                (title, conversation, owner, title),
            )
            return done.rowcount > 0

    @_calm
    def delete(self, owner: str, conversation: str) -> bool:
        """Erase a conversation with its answers and feedback; False when it is not there."""
        with self._store.open() as base:
            if not _owns(base, owner, conversation):
                return False
            _erase(base, conversation)
        return True


def _owns(base: sqlite3.Connection, owner: str, conversation: str) -> bool:
    found = base.execute(
        "select 1 from conversation where id = ? and owner = ?", (conversation, owner)
    )
    return found.fetchone() is not None


def _erase(base: sqlite3.Connection, conversation: str) -> None:
    base.execute("delete from turn where conversation = ?", (conversation,))
    base.execute("delete from feedback where conversation = ?", (conversation,))
    base.execute("delete from conversation where id = ?", (conversation,))


def _forget_oldest(base: sqlite3.Connection, owner: str) -> None:
    surplus = base.execute(
        "select id from conversation where owner = ? order by changed desc, rowid desc "
        "limit -1 offset ?",
        (owner, MAX_KEPT),
    ).fetchall()
    for (conversation,) in surplus:
        _erase(base, conversation)


def _escaped(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
