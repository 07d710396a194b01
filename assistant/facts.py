"""Figures with what they belong to: "뷰노(7.57%)" is a pair of a label and a value.

A value in parentheses belongs to the words before them; one that follows another value in
parentheses, or stands free, to the subject of its clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.candidates import Line, words_of
from assistant.polarity import clause_at
from assistant.quantities import Quantity
from assistant.question_terms import Term

_LABEL_BORDER = re.compile(r"[,·()\[\]:;]|\s(?:and|등|및|와|과)\s")
_SUBJECT_KO = re.compile(r"([가-힣A-Za-z0-9&‘’' -]{2,24}?)(?:에는|에게는|에선|은|는|이|가)\s")


@dataclass(frozen=True, slots=True)
class Pair:
    """A value and the words it belongs to, in one sentence."""

    label: str
    keys: frozenset[str]
    quantity: Quantity
    line: Line


def pairs_of(lines: Iterable[Line]) -> list[Pair]:
    """All pairs of the lines, in their order."""
    return [pair for line in lines for pair in _pairs(line)]


def _pairs(line: Line) -> list[Pair]:
    found = []
    for quantity in line.quantities:
        label, start, end = _beside(line, quantity) or _label(line.text, quantity)
        if label:
            keys = frozenset(
                mention.key for mention in line.mentions if start <= mention.start < end
            )
            found.append(Pair(label, keys, quantity, line))
    return found


def _beside(line: Line, quantity: Quantity) -> tuple[str, int, int] | None:
    """The name that stands directly before a value: "SK텔레콤 1.44%"."""
    for mention in line.mentions:
        if line.text[mention.end : quantity.start] in {" ", " (", "("}:
            return mention.text, mention.start, mention.end
    return None


def _label(text: str, quantity: Quantity) -> tuple[str, int, int]:
    opening = text.rfind("(", 0, quantity.start)
    inside = opening >= 0 and ")" not in text[opening : quantity.start]
    if inside:
        end = opening
        before = text[:end]
        border = max((match.end() for match in _LABEL_BORDER.finditer(before)), default=0)
        label = before[border:].strip(" ‘’'\"“”")
        if label and len(label) <= 24 and not re.search(r"\d[\d,.]*\s*(?:원|%|억|만)?$", label):
            return label, border, end
    return _subject(text, quantity.start)


def _subject(text: str, position: int) -> tuple[str, int, int]:
    start, _ = clause_at(text, position)
    matches = list(_SUBJECT_KO.finditer(text, start, position))
    if matches:
        return matches[-1].group(1).strip(), matches[-1].start(1), matches[-1].end(1)
    words = text[start:position].strip(" ,(")
    return (words[-40:], start, position) if words else ("", 0, 0)


def fits(pair: Pair, item: Iterable[Term]) -> bool:
    """Whether a pair belongs to the thing that the terms name."""
    label = words_of(pair.label)
    items = [term for term in item if not term.light]
    return bool(items) and all(
        term.key in pair.keys
        if term.key
        else term.form in label.forms
        or term.form in label.squeezed
        or bool(term.concepts & label.concepts)
        for term in items
    )
