"""A run folder: everything that scoring needs, so that no model is asked twice.

``run.jsonl`` holds the contract's Answer lines and the confidence of each, ``questions.jsonl`` the
set as it was asked, ``articles.jsonl`` the stored texts, ``trace.jsonl`` what was found and how
long it took, ``probes.jsonl`` the extra questions (again, without history), ``meta.json`` the
configuration.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.answer import Answer, AnswerSentence, Citation, Status, Turn, Verdict
from assistant.evaluation.questions import Item, SetError, items, load_lines, read_jsonl

__all__ = ["Found", "Reply", "Run", "Trace", "Turn", "load_run", "read_answer"]


@dataclass(frozen=True, slots=True)
class Found:
    """One passage that search returned, by its span, with the spans of its sentences."""

    article_id: str
    start: int
    end: int
    score: float
    sentences: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """How one answer came about: wall-clock time and what was found."""

    wall_ms: float | None = None
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for one item: an answer as it was written down, or an error."""

    id: str
    answer: Answer | None
    error: str | None = None
    written_text: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A finished (or interrupted) run, read back from its folder.

    ``articles`` maps (id, revision) to a stored text, ``probes`` (item id, probe) to a reply.
    """

    items: tuple[Item, ...]
    replies: Mapping[str, Reply]
    articles: Mapping[tuple[str, str], str]
    traces: Mapping[str, Trace] = field(default_factory=dict)
    probes: Mapping[tuple[str, str], Reply] = field(default_factory=dict)
    meta: Mapping[str, Any] = field(default_factory=dict)

    def text_of(self, article_id: str) -> str | None:
        """The snapshot of an article by its id alone, the newest of its revisions."""
        texts = [text for (name, _), text in self.articles.items() if name == article_id]
        return texts[-1] if texts else None


def read_answer(row: Mapping[str, Any]) -> Answer:
    """The Answer of a contract line; raises KeyError or ValueError where the line breaks it."""
    sentences = tuple(
        AnswerSentence(
            each["text"], tuple(each["citations"]), Verdict(each["verdict"]), each.get("how")
        )
        for each in row["sentences"]
    )
    broken = any("\n" in gap for gap in _gaps(row["text"], sentences))
    return Answer(
        question=row["question"],
        standalone_question=row["standalone_question"],
        language=row["language"],
        status=Status(row["status"]),
        sentences=sentences,
        citations=_citations(row["citations"]),
        short_answer=row.get("short_answer"),
        missing=row.get("missing"),
        nearest=_citations(row.get("nearest", [])),
        as_of=row.get("as_of"),
        notices=tuple(row.get("notices", [])),
        writer=row.get("writer", ""),
        separator="\n" if broken else " ",
        timings_ms=dict(row.get("timings_ms", {})),
        id=row.get("id"),
        confidence=row.get("confidence"),
    )


def _gaps(text: str, sentences: Iterable[AnswerSentence]) -> list[str]:
    """What stands between the sentences of a written answer."""
    gaps, rest = [], text
    for sentence in sentences:
        gap, _, rest = rest.partition(sentence.marked)
        gaps.append(gap)
    return gaps[1:]


def _citations(rows: Iterable[Mapping[str, Any]]) -> tuple[Citation, ...]:
    names = tuple(Citation.__dataclass_fields__)
    return tuple(
        Citation(**{name: row[name] for name in names if name != "page" or name in row})
        for row in rows
    )


def read_reply(row: Mapping[str, Any]) -> Reply:
    """One line of run.jsonl; a line that breaks the contract becomes an error, not an exception."""
    name = str(row.get("id"))
    if row.get("error"):
        return Reply(name, None, str(row["error"]))
    try:
        return Reply(name, read_answer(row), written_text=row["text"])
    except (KeyError, TypeError, ValueError) as error:
        return Reply(name, None, f"not a contract answer: {error!r}")


def _trace(row: Mapping[str, Any]) -> Trace:
    found = tuple(
        Found(
            each["article_id"],
            each["start"],
            each["end"],
            each["score"],
            tuple((start, end) for start, end in each["sentences"]),
        )
        for each in row["found"]
    )
    return Trace(row["wall_ms"], found)


def rows(path: Path) -> list[Mapping[str, Any]]:
    """The whole objects of a run's file; a last line cut off by an interruption is left out."""
    if not path.exists():
        return []
    return [row for _, row, broken in read_jsonl(path) if not broken]


def load_run(folder: Path) -> Run:
    """Read a run folder; raises SetError when it is none."""
    if not (folder / "run.jsonl").exists():
        raise SetError([f"{folder}: no run.jsonl there; make a run first: kai eval answers SET"])
    meta_file = folder / "meta.json"
    return Run(
        items=tuple(items(load_lines(folder / "questions.jsonl"))),
        replies={str(row.get("id")): read_reply(row) for row in rows(folder / "run.jsonl")},
        articles={
            (row["id"], row["revision"]): row["text"] for row in rows(folder / "articles.jsonl")
        },
        traces={row["id"]: _trace(row) for row in rows(folder / "trace.jsonl")},
        probes={
            (row["id"], row["probe"]): read_reply(row) for row in rows(folder / "probes.jsonl")
        },
        meta=json.loads(meta_file.read_text(encoding="utf-8")) if meta_file.exists() else {},
    )
