"""Question sets: the types of what is asked and expected, and the loader that names bad lines.

The format is the contract's (one JSON object a line); docs/evaluation.md teaches it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Fact = tuple[str, ...]
"""One fact that must be stated: its accepted spellings, of which any will do."""

LIST_CATEGORIES = frozenset({"list", "summary", "table", "schedule", "overview"})
FACTS_OF_A_LIST = 4


class SetError(ValueError):
    """A question set that cannot be used; ``problems`` hold one line each, with its number."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class EvidenceSpan:
    """Where an answer stands: a literal quote, or offsets into a stored article."""

    quote: str | None = None
    start: int = 0
    end: int = 0
    article: str | None = None
    revision: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked and scored: a question, or one turn of a dialogue.

    ``answerable`` is None for a false premise. ``dialogue`` is the id of the line; ``turn`` counts
    from 1. An item that is not ``scored`` is asked for the sake of the next turn only.
    """

    id: str
    question: str
    category: str
    lang: str
    answerable: bool | None
    must: tuple[Fact, ...] = ()
    must_any: tuple[Fact, ...] = ()
    must_not: tuple[str, ...] = ()
    evidence: tuple[EvidenceSpan, ...] = ()
    as_of: str | None = None
    twin_of: str | None = None
    form: str | None = None
    scored: bool = True
    dialogue: str = ""
    turn: int = 1

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts a right answer states: ``must``, or ``must_any`` of a false premise."""
        return self.must_any if self.answerable is None else self.must

    @property
    def wants_list(self) -> bool:
        """Whether the longer limit of lists, tables and summaries applies."""
        return (
            self.form == "list"
            or self.category in LIST_CATEGORIES
            or len(self.must) >= FACTS_OF_A_LIST
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a set with its number: a single question (one item) or a dialogue (several)."""

    number: int
    id: str
    items: tuple[Item, ...]

    @property
    def is_dialogue(self) -> bool:
        """Whether the line's turns are asked as one conversation."""
        return self.items[0].id != self.id


def load_lines(path: Path) -> list[Line]:
    """Read a question set; raises SetError naming every bad line and what is wrong with it."""
    from assistant.evaluation.fields import items_of

    lines: list[Line] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for number, row, broken in read_jsonl(path):
        found = [broken] if broken else []
        items: tuple[Item, ...] = ()
        if not broken:
            items, found = items_of(row)
        problems += [f"{path}, line {number}: {problem}" for problem in found]
        if found:
            continue
        line = Line(number, items[0].dialogue, items)
        if line.id in seen:
            problems.append(
                f"{path}, line {number}: id {line.id!r} was used in line {seen[line.id]} already"
            )
        seen.setdefault(line.id, number)
        lines.append(line)
    if not lines and not problems:
        problems.append(f"{path}: holds no question; one JSON object a line is expected")
    if problems:
        raise SetError(problems)
    return lines


def read_jsonl(path: Path) -> Iterator[tuple[int, Mapping[str, Any], str]]:
    """Yield (line number, object, "") for each line, or (line number, {}, what is wrong).

    Raises:
        SetError: the file is missing or cannot be read at all.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise SetError([f"{path}: no such file; give a question set (JSONL)"]) from None
    except OSError as error:
        raise SetError([f"{path}: cannot be read ({error.strerror})"]) from error
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if raw.strip():
            row, wrong = _parsed(raw)
            yield number, row, wrong


def _parsed(raw: bytes) -> tuple[Mapping[str, Any], str]:
    """One line as an object, or what is wrong with it."""
    try:
        row = json.loads(raw.decode("utf-8"))
        json.dumps(row, ensure_ascii=False).encode("utf-8")  # half a surrogate pair cannot be kept
    except UnicodeDecodeError as error:
        return {}, f"not UTF-8: byte {raw[error.start]:#04x}; save the file as UTF-8"
    except UnicodeEncodeError:
        return {}, "holds half a surrogate pair (\\ud800 to \\udfff), which is no character"
    except (ValueError, RecursionError) as error:
        return {}, f"not JSON: {error}"
    if not isinstance(row, dict):
        return {}, f"a JSON object is expected, not {row!r:.60}"
    return row, ""


def sample(lines: Sequence[Line], size: int | None, seed: int) -> list[Line]:
    """``size`` lines drawn without replacement, in file order; all of them when None."""
    if size is None or size >= len(lines):
        return list(lines)
    chosen = sorted(random.Random(seed).sample(range(len(lines)), size))
    return [lines[index] for index in chosen]


def items(lines: Iterable[Line]) -> list[Item]:
    """All items of the lines, in order."""
    return [item for line in lines for item in line.items]
