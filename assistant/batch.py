"""Many questions from a file, in order; one that fails gives a line with its error."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Turn

Ask = Callable[[str, Sequence[Turn]], Answer]


class BatchError(ValueError):
    """The batch file cannot be used; the message names the line and what is wrong."""


def read_batch(path: Path) -> list[dict[str, Any]]:
    """Read JSON lines of {"id", "question"}, with history, or with turns.

    Raises:
        BatchError: no such file, an empty one, or a line that is no question.
    """
    try:
        raw = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BatchError(
            f"Cannot read {path}: {error}. Give a UTF-8 file of JSON lines."
        ) from error
    rows = [
        _row(line, number, path) for number, line in enumerate(raw.split("\n"), 1) if line.strip()
    ]
    if not rows:
        raise BatchError(f'{path} holds no question. One JSON object a line: {{"question": …}}')
    return rows


def _row(line: str, number: int, path: Path) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise BatchError(f"{path}, line {number}: not JSON ({error.msg}).") from error
    if not isinstance(row, dict) or not ("question" in row or "turns" in row):
        raise BatchError(f'{path}, line {number}: needs a "question" or "turns".')
    return row


def answer_batch(rows: Sequence[dict[str, Any]], ask: Ask) -> Iterator[dict[str, Any]]:
    """Answer every row; a row of turns gives one answer a turn, ids ``id#1``, ``id#2``, …."""
    for number, row in enumerate(rows, 1):
        name = row.get("id", f"line-{number}")
        if "turns" not in row:
            history = [
                Turn(str(turn.get("role", "user")), str(turn.get("content", "")))
                for turn in row.get("history") or []
                if isinstance(turn, dict)
            ]
            yield _answered(name, str(row["question"]), history, ask)
            continue
        past: list[Turn] = []
        for place, turn in enumerate(row["turns"], 1):
            text = turn["question"] if isinstance(turn, dict) else str(turn)
            result = _answered(f"{name}#{place}", text, past, ask)
            past += [Turn("user", text), Turn("assistant", result.get("text", ""))]
            yield result


def _answered(name: object, question: str, history: Sequence[Turn], ask: Ask) -> dict[str, Any]:
    try:
        return {**ask(question, history).to_dict(), "id": name}
    except Exception as error:
        return {"id": name, "question": question, "error": str(error) or type(error).__name__}
