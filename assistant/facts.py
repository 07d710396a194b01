"""Figures with what they belong to: "뷰노(7.57%)" is a pair of a label and a value.

A value in parentheses belongs to the words before them; one that follows another value in
parentheses, or stands free, to the subject of its clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.candidates import Line
from assistant.content_words import words_of
from assistant.language import is_english
from assistant.polarity import clause_at
from assistant.quantities import Quantity
from assistant.question_terms import Term

_LABEL_BORDER = re.compile(r"[,·()\[\]:;]|\s(?:and|등|및|와|과)\s")
_OPENING = re.compile(
    r"^.*?(?:[가-힣][은는] |모두 |가운데 |먼저 |이후 |특히 |이 중 |and |other things from )"
)
_NOUNS_KO = r"(?:[가-힣A-Za-z0-9‘’'·+&-]+ ){0,3}[가-힣A-Za-z0-9‘’'·+&-]+?"
_BEFORE_KO = re.compile(
    rf"(?:^|[,·] |[은는고며에서] |[가-힣]에는 )({_NOUNS_KO})"
    r"(?:에는|에만|에|은|는|이|가|도|만|으로|로)? $"
)
_AFTER_KO = re.compile(
    r"(?:인|의|짜리|규모의) ((?:[가-힣A-Za-z0-9‘’'·+&-]+ ){0,3}?[가-힣A-Za-z0-9‘’'·+&-]+?)"
    r"(?=,| 등|$|(?:에는|에서|에|은|는|이|가|을|를|과|와|으로|로)(?:[\s,.]|$))"
)
_JOINT = re.compile(r"(?:과|와|,|으로|로|을|를)? ")
_NP_EN = r"(?:[\w-]+ ){0,4}[\w-]+"
_FOR_EN = re.compile(rf"(?:^|[,;] )[Ff]or ({_NP_EN}), $")
_BEFORE_EN = re.compile(
    rf"(?:^|[,;(] ?|\b(?:and|of|the|a|its|an|for|on) )({_NP_EN}?)"
    r"(?: of|,? worth|,? at|:| (?:was|is|were|are|will be|costs?|gets?|got|receives?|takes?|took|"
    r"rose|gained|jumped)(?: by)?) (?:about |some )?$"
)
_AFTER_EN = re.compile(r" (?:[\w ]{0,24})?\bfor (?:the |a |its )?((?:[\w-]+ ){0,3}[\w-]+)")
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
        label, start, end = (
            _beside(line, quantity) or _inside(line.text, quantity) or _phrase(line, quantity)
        ) or _subject(line.text, quantity.start)
        trimmed = _OPENING.sub("", label)
        label, start = trimmed, start + len(label) - len(trimmed)
        if label:
            keys = frozenset(
                mention.key for mention in line.mentions if start <= mention.start < end
            )
            found.append(Pair(label, keys, quantity, line))
    return found


def _phrase(line: Line, quantity: Quantity) -> tuple[str, int, int] | None:
    """The noun phrase that stands directly at a value: "인재 영입비 250억원", "28억원인 구축비"."""
    if is_english(line.text):
        return _english_phrase(line.text, quantity)
    before = _BEFORE_KO.search(line.text, 0, quantity.start)
    if before and not line.text.startswith("짜리", quantity.end):
        start = max(before.start(1), _after_values(line, quantity.start))
        return line.text[start : before.end(1)], start, before.end(1)
    after = _AFTER_KO.match(line.text, quantity.end)
    return (after.group(1), after.start(1), after.end(1)) if after else None


def _after_values(line: Line, position: int) -> int:
    """Where the words after the value before a position begin: "5억 원과 인건비" at 인건비."""
    end = max((other.end for other in line.quantities if other.end < position), default=0)
    joint = _JOINT.match(line.text, end)
    return joint.end() if end and joint else 0


def _english_phrase(text: str, quantity: Quantity) -> tuple[str, int, int] | None:
    for pattern in (_FOR_EN, _BEFORE_EN):
        match = pattern.search(text, 0, quantity.start)
        if match:
            return match.group(1), match.start(1), match.end(1)
    match = _AFTER_EN.match(text, quantity.end)
    return (match.group(1), match.start(1), match.end(1)) if match else None


def _beside(line: Line, quantity: Quantity) -> tuple[str, int, int] | None:
    """The name that stands directly before a value: "SK텔레콤 1.44%"."""
    for mention in line.mentions:
        if line.text[mention.end : quantity.start] in {" ", " (", "("}:
            return mention.text, mention.start, mention.end
    return None


def _inside(text: str, quantity: Quantity) -> tuple[str, int, int] | None:
    """The words before the parentheses that a value stands in."""
    opening = text.rfind("(", 0, quantity.start)
    inside = opening >= 0 and ")" not in text[opening : quantity.start]
    if inside:
        end = opening
        before = text[:end]
        border = max((match.end() for match in _LABEL_BORDER.finditer(before)), default=0)
        label = before[border:].strip(" ‘’'\"“”")
        if label and len(label) <= 24 and not re.search(r"\d[\d,.]*\s*(?:원|%|억|만)?$", label):
            return label, border, end
    return None


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
