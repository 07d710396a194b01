"""A quantity: an exact value, its canonical unit, and how exactly it is meant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Bound(StrEnum):
    """How the printed value bounds what is meant."""

    EXACT = ""
    ABOUT = "about"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"


_FROM_BELOW = frozenset({Bound.AT_LEAST, Bound.MORE_THAN})
_FROM_ABOVE = frozenset({Bound.AT_MOST, Bound.LESS_THAN})
# What Korean keeps apart and English does not: "three times" is 3회 or 3배.
_LOOSE = {"times": frozenset({"time", "fold"})}
_GENERIC = frozenset({"", "thing"})
_MEASURES = frozenset({"percent", "point", "fold", "score", "degree"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text; ``start``/``end`` count code points of that text.

    ``unit`` is canonical ("KRW", "percent", "team", "sheet", "month", …) or "" for a bare number.
    A range has its lower end as ``value`` and its upper end as ``high``. ``ordinal`` marks a
    place in an order (1차, first), ``each`` an amount apiece (28억원씩).
    """

    value: Fraction
    unit: str
    start: int
    end: int
    text: str
    high: Fraction | None = None
    bound: Bound = Bound.EXACT
    ordinal: bool = False
    each: bool = False


def same_value(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities state the same value, however they are written.

    Units must agree; a bare number agrees with any unit. "At least" contradicts "at most", but
    not a plain value. An ordinal never equals a count, nor a range a single value.
    """
    if (one.value, one.high, one.ordinal) != (other.value, other.high, other.ordinal):
        return False
    bounds = {one.bound, other.bound}
    if bounds & _FROM_BELOW and bounds & _FROM_ABOVE:
        return False
    return "" in (one.unit, other.unit) or units_agree(one.unit, other.unit)


def units_agree(one: str, other: str) -> bool:
    """Whether two units name the same thing; a generic count (개, 곳) names any countable thing."""
    if one == other or one in _LOOSE.get(other, ()) or other in _LOOSE.get(one, ()):
        return True
    return (one in _GENERIC and is_count(other)) or (other in _GENERIC and is_count(one))


def is_count(unit: str) -> bool:
    """Whether the unit counts things: not money, a measure, or a stretch of time."""
    return not unit.isupper() and unit not in _MEASURES and not is_duration(unit)


def is_duration(unit: str) -> bool:
    """Whether the unit measures a stretch of time."""
    return unit in ("year", "month", "week", "day", "hour", "minute", "second")
