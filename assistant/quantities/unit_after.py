"""Read the unit behind a number."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.quantities.numerals import Number
from assistant.quantities.quantity import Bound
from assistant.quantities.units import (
    BETWEEN,
    ENGLISH_UNIT,
    KOREAN_UNIT,
    ORDINAL_UNITS,
    UNIT_OF,
    counted_noun,
)

_ORDINAL_ENDING = re.compile(r"(?:st|nd|rd|th)(?![A-Za-z])")
_AFTER_SPACED = re.compile(
    r"$|[^가-힣]|[은는이가을를의에로도만과와씩간당]|으로|까지|부터|마다|이상|이하|미만|초과|정도|가량|짜리|어치|"
    r"입|이[다며고었]|였|인 "
)
_HAS_UNIT = re.compile(r"[ -]?[가-힣%℃㎡A-Za-z]")
_MORE = re.compile(r"여(?= ?[가-힣])")
_CLASS = re.compile(r"급|(?:-| )class")


class Unit(NamedTuple):
    """A canonical unit that is read up to ``end``; "" when there is none."""

    name: str
    end: int
    ordinal: bool = False
    bound: Bound = Bound.EXACT


def unit_after(text: str, number: Number, currency: str) -> Unit | None:
    """The unit of the number; None when letters touch it, so that it is part of a name (5G).

    ``currency`` is the unit that a sign before the number names.
    """
    if not _HAS_UNIT.match(text, number.end):
        return Unit(currency or ("parameter" if number.scale == "B" else ""), number.end)
    more = _MORE.match(text, number.end)
    end = more.end() if more else number.end
    found = _read(text, end, number)
    if currency:
        return found if found and found.name == currency else Unit(currency, number.end)
    if found is None and text[end : end + 1].isascii() and text[end : end + 1].isalpha():
        return None
    found = found or Unit("", end)
    return found._replace(bound=Bound.MORE_THAN) if more else found


def _read(text: str, end: int, number: Number) -> Unit | None:
    ordinal = _ORDINAL_ENDING.match(text, end)
    if ordinal:
        return Unit("", ordinal.end(), ordinal=True)
    level = _CLASS.match(text, end) if number.scale == "B" else None
    if level:
        return Unit("parameter", level.end())
    found = counter_after(text, end) or _english_after(text, end)
    return Unit("parameter", end) if found is None and number.scale == "B" else found


def counter_after(text: str, end: int) -> Unit | None:
    """The Korean unit or counter at ``end``, with the noun that a generic counter counts."""
    match = KOREAN_UNIT.match(text, end)
    if match is None:
        return None
    name, after = UNIT_OF[match.group(1)], match.end()
    spaced = match.start(1) > end
    if spaced and re.fullmatch("[가-힣]", match.group(1)) and not _AFTER_SPACED.match(text, after):
        noun = counted_noun(text, after) if name == "thing" else None
        if noun is None:
            return None
    if name == "thing":
        noun = counted_noun(text, after)
        name, after = noun if noun else (name, after)
    return Unit(name, after, ordinal=name in ORDINAL_UNITS)


def _english_after(text: str, end: int) -> Unit | None:
    pos = end
    for _ in range(3):
        match = ENGLISH_UNIT.match(text, pos)
        if match and (pos == end or text[pos : pos + 1] in " -"):
            name = match.group(1)
            unit = UNIT_OF.get(name) or UNIT_OF.get(name.lower()) or UNIT_OF.get(name.upper())
            if unit:
                return Unit(unit, match.end(), ordinal=unit in ORDINAL_UNITS)
        between = BETWEEN.match(text, pos)
        if between is None:
            return None
        pos = between.end()
    return None
