"""One line of a question set, key by key: what it means, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from assistant.evaluation.questions import EvidenceSpan, Fact, Item

_SHARED_KEYS = ("category", "lang", "twin_of", "form", "as_of")


def items_of(row: Mapping[str, Any]) -> tuple[tuple[Item, ...], list[str]]:
    """The items of one line and the problems found in it; with a problem there are no items."""
    problems = _wrong_types(row) + _misspelled(row)
    identity = row.get("id")
    if not isinstance(identity, str) or not identity:
        problems.append(f"id must be a text, got {identity!r:.60}")
    if ("question" in row) == ("turns" in row):
        problems.append("exactly one of question and turns is needed")
    if problems:
        return (), problems
    if "question" in row:
        rows = [dict(row)]
        names = [row["id"]]
    else:
        rows = [_turn_row(turn, row) for turn in row["turns"]]
        names = [f"{row['id']}#{turn}" for turn in range(1, len(rows) + 1)]
        problems = [
            f"turn {turn}: {problem}"
            for turn, turn_row in enumerate(rows, start=1)
            for problem in _wrong_types(turn_row) + _misspelled(turn_row)
        ]
    if problems:
        return (), problems
    made = [
        _item(name, row["id"], turn, each)
        for turn, (name, each) in enumerate(zip(names, rows, strict=True), 1)
    ]
    problems = [problem for item in made for problem in _wrong_wants(item)]
    return (() if problems else tuple(made)), problems


def _turn_row(turn: object, row: Mapping[str, Any]) -> dict[str, Any]:
    own: dict[str, Any] = dict(turn) if isinstance(turn, dict) else {"question": turn}
    wants = own.keys() & {"answerable", "must", "must_any"}
    shared = {key: row[key] for key in _SHARED_KEYS if key in row}
    return {**shared, **own, "scored": bool(wants)}


def _item(name: str, dialogue: str, turn: int, row: Mapping[str, Any]) -> Item:
    return Item(
        id=name,
        question=row["question"],
        category=row.get("category", "other"),
        lang=row.get("lang", "en" if not re.search("[가-힣]", row["question"]) else "ko"),
        answerable=_answerable(row),
        must=_facts(row.get("must", [])),
        must_any=_facts(row.get("must_any", [])),
        must_not=_spellings(row.get("must_not", [])),
        evidence=tuple(_evidence(each) for each in row.get("evidence", [])),
        as_of=row.get("as_of"),
        twin_of=row.get("twin_of"),
        form=row.get("form"),
        scored=row.get("scored", True),
        dialogue=dialogue,
        turn=turn,
    )


def _answerable(row: Mapping[str, Any]) -> bool | None:
    if "answerable" in row:
        wanted: bool | None = row["answerable"]
        return wanted
    return None if "must_any" in row and "must" not in row else True


def _facts(value: list[list[str]]) -> tuple[Fact, ...]:
    return tuple(tuple(spellings) for spellings in value)


def _spellings(value: list[Any]) -> tuple[str, ...]:
    return tuple(
        spelling for each in value for spelling in ([each] if isinstance(each, str) else each)
    )


def _evidence(value: str | Mapping[str, Any]) -> EvidenceSpan:
    if isinstance(value, str):
        return EvidenceSpan(quote=value)
    return EvidenceSpan(
        quote=value.get("quote"),
        start=value.get("start", 0),
        end=value.get("end", 0),
        article=value.get("article"),
        revision=value.get("revision"),
    )


def _wrong_wants(item: Item) -> list[str]:
    """What a well-typed item lacks to be scored."""
    if not item.question.strip():
        return [f"{item.id}: the question is empty"]
    if not item.scored:
        return []
    if item.answerable is True and not item.must:
        return [f"{item.id}: answerable, but must holds no fact (or answerable is missing)"]
    if item.answerable is None and not item.must_any:
        return [f"{item.id}: a false premise needs must_any"]
    return []


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_facts(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(fact, list) and fact and all(isinstance(s, str) and s.strip() for s in fact)
        for fact in value
    )


def _is_spellings(value: object) -> bool:
    return isinstance(value, list) and all(
        (isinstance(each, str) and each.strip()) or (_is_facts([each])) for each in value
    )


def _is_evidence(value: object) -> bool:
    return isinstance(value, list) and all(_is_span(each) for each in value)


def _is_span(value: object) -> bool:
    if isinstance(value, str):
        return bool(value)
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("quote"), str):
        return True
    start, end = value.get("start"), value.get("end")
    return type(start) is int and type(end) is int and 0 <= start < end


def _is_turns(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_turn, value))


def _is_turn(value: object) -> bool:
    return _is_text(value) or (isinstance(value, dict) and _is_text(value.get("question")))


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


_TYPES: dict[str, tuple[Callable[[object], bool], str]] = {
    "category": (_is_text, "a text"),
    "lang": (_is_text, "a text"),
    "question": (_is_text, "a text"),
    "as_of": (_is_day, "a date, YYYY-MM-DD"),
    "twin_of": (_is_text, "the id of another question"),
    "form": (_is_text, "a text"),
    "answerable": (lambda value: value is None or isinstance(value, bool), "true, false or null"),
    "must": (_is_facts, "a list of facts, each a list of accepted spellings"),
    "must_any": (_is_facts, "a list of facts, each a list of accepted spellings"),
    "must_not": (_is_spellings, "a list of spellings"),
    "evidence": (_is_evidence, 'a list of quotes or of {"start": …, "end": …}'),
    "turns": (_is_turns, "a list of questions, each a text or an object with question"),
}


def _wrong_types(row: Mapping[str, Any]) -> list[str]:
    return [
        f"{key} must be {wanted}, got {row[key]!r:.60}"
        for key, (fits, wanted) in _TYPES.items()
        if key in row and not fits(row[key])
    ]


def _misspelled(row: Mapping[str, Any]) -> list[str]:
    """Keys that are nearly one of the known; all others are ignored, as the format says."""
    known = ["id", "scored", *_TYPES]
    near = {key: get_close_matches(key, known, 1, 0.8) for key in row if key not in known}
    return [f"unknown key {key!r}; is {found[0]!r} meant?" for key, found in near.items() if found]
