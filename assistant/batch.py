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
        turns, history = row.get("turns"), row.get("history") or []
        if turns is None and "question" in row and isinstance(history, list):
            yield _answered(name, str(row["question"]), _history(history), ask)
        elif isinstance(turns, list) and turns:
            yield from _dialogue(name, turns, ask)
        else:
            wrong = "turns must be a list of questions, and history a list of messages"
            yield {"id": name, "question": str(row.get("question", "")), "error": wrong}


def _history(messages: list[Any]) -> list[Turn]:
    return [
        Turn(str(message.get("role", "user")), str(message.get("content", "")))
        for message in messages
        if isinstance(message, dict)
    ]


def _dialogue(name: object, turns: list[Any], ask: Ask) -> Iterator[dict[str, Any]]:
    past: list[Turn] = []
    for place, turn in enumerate(turns, 1):
        text = str(turn.get("question", "")) if isinstance(turn, dict) else str(turn)
        if not text.strip():
            yield {"id": f"{name}#{place}", "question": text, "error": "this turn has no question"}
            continue
        result = _answered(f"{name}#{place}", text, past, ask)
        past += [Turn("user", text), Turn("assistant", result.get("text", ""))]
        yield result


def _answered(name: object, question: str, history: Sequence[Turn], ask: Ask) -> dict[str, Any]:
    try:
        return {**ask(question, history).to_dict(), "id": name}
    except Exception as error:
        return {"id": name, "question": question, "error": str(error) or type(error).__name__}
