"""Print a quantity in Korean or English, so that it reads back as itself."""

from __future__ import annotations

from fractions import Fraction

from assistant.quantities.quantity import Bound, Quantity
from assistant.quantities.units import shown_unit

_KOREAN_SCALES = ((10**16, "경"), (10**12, "조"), (10**8, "억"), (10**4, "만"))
_ENGLISH_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_KOREAN_BOUND = {
    Bound.AT_LEAST: " 이상", Bound.MORE_THAN: " 초과", Bound.AT_MOST: " 이하",
    Bound.LESS_THAN: " 미만",
}  # fmt: skip
_FINEST = 10**6  # decimals are printed up to six places, beyond that as a fraction


def format_quantity(quantity: Quantity, language: str) -> str:
    """Print ``quantity`` in "ko" (2,378억 원) or "en" (237.8 billion won)."""
    if quantity.high is not None:
        number = f"{_number(quantity.value, language)}~{_number(quantity.high, language)}"
    else:
        number = _number(quantity.value, language)
    if quantity.ordinal and language == "en":
        return f"{number}{_ordinal_ending(quantity.value)}"
    counted = number + shown_unit(quantity.unit, language, ordinal=quantity.ordinal, after=number)
    return _bounded(counted, quantity, language)


def _bounded(counted: str, quantity: Quantity, language: str) -> str:
    if language == "ko":
        about = "약 " if quantity.bound is Bound.ABOUT else ""
        each = "씩" if quantity.each else ""
        return f"{about}{counted}{each}{_KOREAN_BOUND.get(quantity.bound, '')}"
    bound = f"{quantity.bound} " if quantity.bound else ""
    return f"{bound}{counted}{' each' if quantity.each else ''}"


def _ordinal_ending(value: Fraction) -> str:
    number = int(value)
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _number(value: Fraction, language: str) -> str:
    if value < 0:
        return "-" + _number(-value, language)
    if (value * _FINEST).denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    if language == "ko":
        return _korean(value) if value.denominator == 1 and value >= 10**4 else _decimal(value)
    for scale, word in _ENGLISH_SCALES:
        if value >= scale and (value / scale * 1000).denominator == 1:
            return f"{_decimal(value / scale)} {word}"
    return _decimal(value)


def _korean(value: Fraction) -> str:
    parts, rest = [], int(value)
    for scale, sign in _KOREAN_SCALES:
        count, rest = divmod(rest, scale)
        if count:
            parts.append(f"{count:,}{sign}")
    if rest and not parts[-1].endswith("만"):  # "100억 1" would read as two numbers
        return f"{int(value):,}"
    return " ".join([*parts, f"{rest:,}"] if rest else parts)


def _decimal(value: Fraction) -> str:
    whole, rest = divmod(value, 1)
    if not rest:
        return f"{int(whole):,}"
    digits = f"{int(rest * _FINEST):06d}".rstrip("0")
    return f"{int(whole):,}.{digits}"
