"""Values that one sentence implies: so much each for so many, and what stood before a change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from assistant.answer import Status, Verdict
from assistant.answerable import COVERED
from assistant.candidates import Line
from assistant.draft import Draft, Point
from assistant.held import COUNTED, MONEY_UNITS
from assistant.language import stem
from assistant.matching import Match
from assistant.quantities import Quantity, find_quantities, format_quantity
from assistant.question import Kind, Question
from assistant.question_words import ORIGIN
from assistant.writers.scene import Scene
from prompts.loader import frame

_EACH = re.compile(
    r"(?<![가-힣])각 |각각|마다|한 팀(?:이|당)|팀당|팀별|씩|\b(?:each|per|apiece|every)\b",
    re.IGNORECASE,
)
_RISE = re.compile(
    r"급등|오른|올라|올랐|상승|뛴|뛰|늘어|늘었|더 |증가|높았|높아|높은|"
    r"\b(?:more|up|rose|risen|jumped|gained|increas\w+|higher|added)\b",
    re.IGNORECASE,
)
_FALL = re.compile(
    r"급락|내린|내려|내렸|하락|떨어|줄어|줄었|감소|덜 |낮았|낮아|낮은|"
    r"\b(?:less|fewer|down|fell|fallen|dropped|declined|decreas\w+|lower)\b",
    re.IGNORECASE,
)

_HOW_MUCH_EACH = re.compile(
    r"(?:얼마|몇 ?\S*?)씩|당 ?(?:얼마|몇)|\b(?:each|apiece|per \w+)\b", re.IGNORECASE
)
_BEHIND = re.compile(r"(?: \w+){0,2} (?:each|apiece|per)\b")
_PAUSE = re.compile(r"[,.;·]")  # what follows is of something else

# A value that a change starts from, not one that it leads to: "1,400원에서", "from 1,400 won".
_START_KO = re.compile(r"\s?(?:에서|보다|부터)")
_START_EN = re.compile(r"\b(?:from|than)\s$", re.IGNORECASE)


# What a value has gone up or down by: "38 films fewer than last year".
_MOVED_EN = re.compile(
    r"(?: \w+)? (?:more|fewer|less|higher|lower) than "
    r"(?:first|last|originally|initially|planned|a year|the year|the previous|in)\b",
    re.IGNORECASE,
)


def draft_of(lines: Iterable[Line], text: str, how: str, short: str) -> Draft:
    """A computed sentence with the quotes it rests on; a computed value is no span of a quote."""
    spans = tuple(dict.fromkeys(line.span for line in lines))
    quotes = [Point.quoting(span) for span in spans[:2]]
    stated = Point(text, spans, Verdict.DERIVED, how)
    quoted = short and any(short in span.quote for span in spans)
    return Draft(Status.ANSWERED, (stated, *quotes), short_answer=short if quoted else None)


def valued(quantity: Quantity, value: Fraction) -> Quantity:
    """The same kind of quantity with another value."""
    return replace(quantity, value=value, high=None, each=False)


def product(scene: Scene) -> Draft | None:
    """So much each, for as many as the question counts: 28억원 × 5개 팀 = 140억원."""
    question = scene.question
    count = _count_asked(question)
    if count is None or _asks_each(question):
        return None
    for found in scene.matches[:4]:
        each = _apiece(question, found)
        source = _counting_line(scene, count)
        if each and source:
            return _multiplied(question, found.line, each, *source)
    return None


def _multiplied(
    question: Question, line: Line, each: Quantity, other: Line, count: Quantity
) -> Draft:
    total = valued(each, each.value * count.value)
    text = frame(question.language, "product", value=format_quantity(total, question.language))
    unit = re.sub(r"씩$| (?:each|apiece|per team|per company)$", "", each.text)
    written = format_quantity(total, "ko" if line.article.language == "ko" else "en")
    return draft_of([line, other], text, f"{unit} × {count.text} = {written}", "")


def _count_asked(question: Question) -> Quantity | None:
    counts = [q for q in find_quantities(question.text) if q.unit in COUNTED and not q.ordinal]
    return next((quantity for quantity in counts if quantity.value > 1), None)


def _apiece(question: Question, found: Match) -> Quantity | None:
    """The amount that each gets, in a sentence that speaks of what is asked for."""
    wanted = [term for term in question.heavy if not (term.number or term.verb or term.total)]
    if not wanted or any(found.of(term) < COVERED for term in wanted):
        return None
    each = [quantity for quantity in found.line.quantities if quantity.each]
    if not each:
        each = [quantity for quantity in found.line.quantities if _is_of_each(quantity, found.line)]
    text = found.line.text.lower()
    spots = [text.find(term.form) for term in wanted if term.form in text]
    return min(
        each,
        key=lambda quantity: min((abs(quantity.start - at) for at in spots), default=0),
        default=None,
    )


def _is_of_each(quantity: Quantity, line: Line) -> bool:
    """Whether a sentence says "each" right after a value, or before it with no other between."""
    if quantity.unit in COUNTED or quantity.ordinal:
        return False
    if _BEHIND.match(line.text, quantity.end):
        return True
    before = max((q.end for q in line.quantities if q.end <= quantity.start), default=0)
    between = line.text[before : quantity.start]
    found = [*_EACH.finditer(between)]
    return bool(found) and not _PAUSE.search(between, found[-1].end())


def _asks_each(question: Question) -> bool:
    """Whether it is asked what one of them gets, not all: "5개 팀이 팀당 얼마씩"."""
    total = question.kind is Kind.SUM or any(term.total for term in question.terms)
    return bool(_HOW_MUCH_EACH.search(question.text)) and not total


def _counting_line(scene: Scene, count: Quantity) -> tuple[Line, Quantity] | None:
    """A sentence that says how many they are."""
    for found in scene.matches:
        for quantity in found.line.quantities:
            same = quantity.value == count.value and not quantity.ordinal
            if same and (quantity.unit == count.unit or quantity.unit == "thing"):
                return found.line, quantity
    return None


def before_change(scene: Scene) -> Draft | None:
    """What a value was before a change that the sentence tells: 23만 6,500원 - 1만 2,000원."""
    question, best = scene.question, scene.best
    if best is None or not ORIGIN.search(question.text):
        return None
    wanted = [term for term in question.heavy if term.name]
    pair = _change(best.line)
    if pair is None or any(best.of(term) < COVERED for term in wanted):
        return None
    value, change = pair
    between = best.line.text[min(value.start, change.start) :]
    rise, fall = _RISE.search(between), _FALL.search(between)
    if bool(rise) == bool(fall):
        return None
    sign = "-" if rise else "+"
    base = valued(value, value.value - change.value * (1 if rise else -1))
    written = format_quantity(base, "ko" if best.line.article.language == "ko" else "en")
    how = f"{value.text} {sign} {change.text} = {written}"
    text = frame(question.language, "base", value=format_quantity(base, question.language))
    return draft_of([best.line], text, how, "")


def _change(line: Line) -> tuple[Quantity, Quantity] | None:
    """A value and what it moved by, or the only two sums of money, the larger first.

    None for a "from … to …".

    Also a share and the points by which it moved: "58.3%로 4년 전보다 2.9%포인트 낮았다".
    """
    for at, moved in enumerate(line.quantities):
        if at and _MOVED_EN.match(line.text, moved.end):
            return _moved(line, at)
    shares = [q for q in line.quantities if q.unit == "percent"]
    points = [q for q in line.quantities if q.unit == "point"]
    if len(shares) == 1 and len(points) == 1 and points[0].start > shares[0].end:
        return shares[0], points[0]
    money = [quantity for quantity in line.quantities if quantity.unit in MONEY_UNITS]
    if len(money) != 2 or money[0].unit != money[1].unit or money[0].value == money[1].value:
        return None
    if any(_is_start(quantity, line.text) for quantity in money):
        return None
    large, small = sorted(money, key=lambda quantity: -quantity.value)
    return large, small


def _moved(line: Line, at: int) -> tuple[Quantity, Quantity] | None:
    """The one value before that counts the same, which may be said once: "90 dollars, 4 more"."""
    before, moved = line.quantities[:at], line.quantities[at]
    things = [_thing(quantity, line.text) for quantity in line.quantities[: at + 1]]
    if things[-1] in {"more", "fewer", "less", "higher", "lower"}:
        moved, things[-1] = replace(moved, unit=before[-1].unit), things[-2]
    same = [one for one, thing in zip(before, things, strict=False) if thing == things[-1]]
    return (same[0], moved) if len(same) == 1 and same[0].value > moved.value else None


def _thing(quantity: Quantity, text: str) -> str:
    """What a quantity is of: its unit, else the noun behind it."""
    noun = re.match(r"\s(\w+)", text[quantity.end :])
    return quantity.unit or (stem(noun.group(1)) if noun else "")


def _is_start(quantity: Quantity, text: str) -> bool:
    return bool(_START_KO.match(text, quantity.end) or _START_EN.search(text[: quantity.start]))
