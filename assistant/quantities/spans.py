"""Spans of time that Korean says in one word: 사흘 is three days, 반년 six months."""

from __future__ import annotations

import re

_DAYS = {"이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "열흘": 10, "보름": 15}
_WORD = re.compile(
    rf"({'|'.join(_DAYS)}|반년)(?=간|째|만|이나|여|[은이을의에과도로]|[^가-힣]|$)(?!이면|이라)"
)


def span_in_a_word(text: str, position: int) -> tuple[int, str, int] | None:
    """The value, unit and end of such a word at a position; None where there is none."""
    match = _WORD.match(text, position)
    if match is None:
        return None
    days = _DAYS.get(match.group(1))
    return (6, "month", match.end(1)) if days is None else (days, "day", match.end(1))
