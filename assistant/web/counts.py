"""What was asked in vain and which sentences were cited, as counts in one small file.

No asker, no time of day, no address: an unanswered question with how often and on which day it was
asked last, and for each cited span a number.
"""

from __future__ import annotations

import logging
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Status

log = logging.getLogger(__name__)

FILE = "page-counts.sqlite3"
MOST_QUESTIONS = 1_000  # the rarest and oldest beyond this are forgotten
_TABLES = """
create table if not exists unanswered
  (key text primary key, question text, language text, asked integer, last text);
create table if not exists cited
  (article text, revision text, start integer, stop integer, times integer,
   primary key (article, revision, start, stop));
"""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that the articles did not answer; ``last`` is the day it was asked last."""

    question: str
    language: str
    asked: int
    last: str


@dataclass(frozen=True, slots=True)
class CitedSpan:
    """A span of an article and how many answers cited it."""

    start: int
    end: int
    times: int


class Counts:
    """The counts of one home; ``unanswered`` off keeps no question. Safe to share."""

    def __init__(self, home: Path, *, unanswered: bool = True) -> None:
        self._path = home / FILE
        self.keeps_questions = unanswered

    def note(self, answer: Answer) -> None:
        """Count an answer; a count that cannot be kept is logged, the answer is not held up."""
        try:
            with self._open() as base, base:
                self._note_cited(base, answer)
                if self.keeps_questions:
                    _note_question(base, answer)
                else:
                    base.execute("delete from unanswered")  # switched off later: forget them
        except (sqlite3.Error, OSError) as error:
            log.warning("The answer was not counted in %s: %s", self._path, error)

    def unanswered(self, at_least: int = 1, limit: int = 200) -> list[Unanswered]:
        """The questions asked in vain at least so often, most frequent first."""
        query = (
            "select question, language, asked, last from unanswered where asked >= ? "
            "order by asked desc, last desc, question limit ?"
        )
        return [Unanswered(*row) for row in self._rows(query, at_least, limit)]

    def rarer(self, than: int) -> int:
        """How many questions were asked in vain less often than that."""
        rows = self._rows("select count(*) from unanswered where asked < ?", than)
        return int(rows[0][0]) if rows else 0

    def cited(self, article: str, revision: str) -> list[CitedSpan]:
        """The cited spans of one revision of an article, in the order of its text."""
        query = (
            "select start, stop, times from cited where article = ? and revision = ? "
            "order by start, stop"
        )
        return [CitedSpan(*row) for row in self._rows(query, article, revision)]

    def cited_times(self) -> dict[str, int]:
        """How many citations point into each article, by its id."""
        return dict(self._rows("select article, sum(times) from cited group by article"))

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        if not self._path.exists():
            return []
        with self._open() as base:
            return list(base.execute(query, values))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._path.touch(mode=0o600)
        with closing(sqlite3.connect(self._path, timeout=5)) as base:
            base.executescript(_TABLES)
            yield base

    @staticmethod
    def _note_cited(base: sqlite3.Connection, answer: Answer) -> None:
        spans = [(c.article_id, c.revision, c.start, c.end) for c in answer.citations]
        base.executemany(
            "insert into cited values (?, ?, ?, ?, 1) on conflict do update set times = times + 1",
            spans,
        )


def _note_question(base: sqlite3.Connection, answer: Answer) -> None:
    """Count a refusal; a question that has found its answer is one no more."""
    question = " ".join(answer.standalone_question.split())
    key = question_key(question)
    if answer.status is not Status.ABSTAINED:
        base.execute("delete from unanswered where key = ?", (key,))
        return
    today = date.today().isoformat()
    base.execute(
        "insert into unanswered values (?, ?, ?, 1, ?) on conflict do update set "
        "asked = asked + 1, last = excluded.last",
        (key, question, answer.language, today),
    )
    base.execute(
        "delete from unanswered where key in "
        "(select key from unanswered order by asked desc, last desc limit -1 offset ?)",
        (MOST_QUESTIONS,),
    )


def question_key(question: str) -> str:
    """What makes two spellings one question: no case, no spaces, no closing marks."""
    folded = unicodedata.normalize("NFKC", question).casefold()
    return "".join(sign for sign in folded if sign.isalnum())
