"""What readers say about an answer: right or wrong, why, and which sentence."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assistant.answer import Answer
from assistant.answer_json import NotAnAnswer, answer_from
from assistant.web.store import Store

log = logging.getLogger(__name__)

RATINGS = ("up", "down")
REASONS = ("wrong", "missed", "misread", "source", "other")
MAX_NOTE = 500


@dataclass(frozen=True, slots=True)
class Feedback:
    """One judgement of one answer; ``sentences`` are the places (from 0) said to be wrong."""

    rating: str
    reason: str = ""
    sentences: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer with what was said about it, and the questions asked before it."""

    answer: Answer
    feedback: Feedback
    before: tuple[str, ...]
    at: str


def feedback_from(sent: Mapping[str, Any], sentences: int) -> Feedback | None:
    """The judgement in what a browser sent; None when it is none.

    ``sentences`` is how many the answer has: others are left out.
    """
    rating, reason = sent.get("rating"), sent.get("reason")
    if rating not in RATINGS:
        return None
    places = sent.get("sentences")
    listed = places if isinstance(places, list) else []
    wrong = {place for place in listed if type(place) is int and 0 <= place < sentences}
    note = sent.get("note")
    return Feedback(
        rating,
        reason if reason in REASONS else "",
        tuple(sorted(wrong)),
        " ".join(note.split())[:MAX_NOTE] if isinstance(note, str) else "",
    )


class FeedbackBook:
    """The judgements beside the conversations they belong to; they go when those go."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, conversation: str, number: int, feedback: Feedback) -> bool:
        """Keep what is said of a turn, in place of what was said before; False when it cannot."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        places = json.dumps(feedback.sentences)
        row = (conversation, number, feedback.rating, feedback.reason, feedback.note, places, now)
        try:
            with self._store.open() as base:
                base.execute("insert or replace into feedback values (?, ?, ?, ?, ?, ?, ?)", row)
        except (sqlite3.Error, OSError) as error:
            log.warning("The feedback was not kept: %s", error)
            return False
        return True

    def of(self, conversation: str) -> dict[int, Feedback]:
        """What was said of each turn of a conversation."""
        query = (
            "select number, rating, reason, sentences, note from feedback where conversation = ?"
        )
        try:
            with self._store.open() as base:
                rows = base.execute(query, (conversation,)).fetchall()
        except (sqlite3.Error, OSError) as error:
            log.warning("The feedback cannot be read: %s", error)
            return {}
        return {
            number: Feedback(rating, reason, tuple(json.loads(places)), note)
            for number, rating, reason, places, note in rows
        }

    def all(self) -> Iterator[Judged]:
        """Every judgement with its answer, oldest first; raises sqlite3.Error and OSError."""
        query = (
            "select f.rating, f.reason, f.sentences, f.note, f.at, f.conversation, f.number, "
            "t.answer from feedback f join turn t using (conversation, number) order by f.at"
        )
        with self._store.open() as base:
            for rating, reason, places, note, at, talk, number, written in base.execute(query):
                try:
                    answer = answer_from(json.loads(written))
                except NotAnAnswer as error:
                    log.warning("An answer in the history cannot be read: %s", error)
                    continue
                feedback = Feedback(rating, reason, tuple(json.loads(places)), note)
                yield Judged(answer, feedback, _before(base, talk, number), at)


def _before(base: sqlite3.Connection, conversation: str, number: int) -> tuple[str, ...]:
    rows = base.execute(
        "select question from turn where conversation = ? and number < ? order by number",
        (conversation, number),
    )
    return tuple(question for (question,) in rows)
