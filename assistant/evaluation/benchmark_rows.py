"""The lines of a benchmark folder: read, checked key by key, and given what is right."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.evaluation.questions import SetError, read_jsonl
from ingest.assemble import article_id

Row = Mapping[str, Any]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_text, value))


_KINDS: dict[str, tuple[Callable[[object], bool], str]] = {
    "id": (_is_text, "a text"),
    "text": (_is_text, "a text"),
    "question": (_is_text, "a text"),
    "passage_id": (_is_text, "the id of a passage"),
    "answers": (_is_texts, "a list of texts"),
    "answerable": (lambda value: isinstance(value, bool), "true or false"),
    "candidate_passage_ids": (_is_texts, "a list of ids of passages"),
}
FILES: dict[str, tuple[str, tuple[str, ...]]] = {
    "retrieval": ("questions.jsonl", ("id", "question", "passage_id")),
    "reading": ("questions.jsonl", ("id", "question", "passage_id", "answers")),
    "abstention": ("abstention.jsonl", ("id", "question", "answerable", "candidate_passage_ids")),
}


def checked_rows(path: Path, keys: Sequence[str]) -> list[Row]:
    """The named keys of all objects of a file.

    Raises:
        SetError: naming every line that is broken, or where a key is missing or of a wrong type.
    """
    problems: list[str] = []
    kept: dict[str, Row] = {}
    for number, row, broken in read_jsonl(path):
        wrong = [broken] if broken else _wrong_keys(row, keys)
        if not wrong and row["id"] in kept:
            wrong = [f"id {row['id']!r} was used already"]
        problems += [f"{path}, line {number}: {each}" for each in wrong]
        if not wrong:
            kept[row["id"]] = {key: row[key] for key in keys}
    if problems or not kept:
        raise SetError(problems or [f"{path}: holds no line; one JSON object a line is expected"])
    return list(kept.values())


def _wrong_keys(row: Row, keys: Sequence[str]) -> list[str]:
    lacking = [f"{key} is missing" for key in keys if key not in row]
    return lacking + [
        f"{key} must be {_KINDS[key][1]}, got {row[key]!r:.60}"
        for key in keys
        if key in row and not _KINDS[key][0](row[key])
    ]


def drawn(kind: str, folder: Path, size: int | None, seed: int) -> list[Row]:
    """The questions of a benchmark, or ``size`` of them, each with what is right about it.

    ``wanted`` are the ids of all articles with the text of the right passage, ``candidates`` those
    of the passages an abstention question may see.
    """
    name, keys = FILES[kind]
    rows = checked_rows(folder / name, keys)
    passages = _articles_by_passage(folder / "passages.jsonl")
    _assert_known(folder / name, rows, passages)
    if size is not None and size < len(rows):
        rows = [rows[at] for at in sorted(random.Random(seed).sample(range(len(rows)), size))]
    return [_with_right(row, passages) for row in rows]


def _articles_by_passage(path: Path) -> dict[str, list[str]]:
    by_text: dict[str, list[str]] = defaultdict(list)
    rows = checked_rows(path, ("id", "text"))
    for row in rows:
        by_text[row["text"].strip()].append(article_id(row["id"], row["id"]))
    return {row["id"]: by_text[row["text"].strip()] for row in rows}


def _assert_known(path: Path, rows: Sequence[Row], passages: Mapping[str, Any]) -> None:
    unknown = [
        f"{path}, {row['id']}: names the passage {name!r}, which passages.jsonl does not hold"
        for row in rows
        for name in row.get("candidate_passage_ids", [row.get("passage_id")])
        if name not in passages
    ]
    if unknown:
        raise SetError(unknown)


def _with_right(row: Row, passages: Mapping[str, list[str]]) -> Row:
    kept = {k: v for k, v in row.items() if k not in ("passage_id", "candidate_passage_ids")}
    if "passage_id" in row:
        return {**kept, "wanted": passages[row["passage_id"]]}
    ids = row["candidate_passage_ids"]
    return {**kept, "candidates": [article_id(name, name) for name in ids]}
