"""Check the arithmetic that a derived sentence shows: 628억 + 1,500억 + 250억 = 2,378억."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from assistant.quantities import Quantity, find_quantities
from assistant.verify.numbers import supports
from assistant.verify.problem import Problem

_STATEMENT = re.compile(r"[;\n]|, (?=[^+×÷=<>]*[+×÷=<>])")
_OPERATOR = re.compile(r" ?([+×÷=<>*]) ?| ([-−/x]) ")
_MARKER = re.compile(r"\[[0-9]{1,3}\]")
_TIMES, _OVER, _MINUS = frozenset("×*x"), frozenset("÷/"), frozenset("-−")


def check_derivation(
    how: str | None, quoted: Sequence[Quantity]
) -> tuple[list[Quantity], list[Problem]]:
    """The quantities that ``how`` computes from quoted ones, and what is wrong with it.

    Operands must stand in the quotes or be results of earlier statements. Quotients may be
    rounded to the decimals that are printed.
    """
    results: list[Quantity] = []
    problems: list[Problem] = []
    for statement in _STATEMENT.split(_MARKER.sub("", how or "")):
        parts = _parts(statement)
        if parts is None:
            continue
        numbers, signs = parts
        operands = numbers[:-1] if "=" in signs else numbers
        known = [*quoted, *results]
        wrong = [one for one in operands if not any(supports(other, one) for other in known)]
        problems += [Problem("derivation", f"not in the quotes: {one.text}") for one in wrong]
        if wrong:
            continue
        if _holds(numbers, signs):
            results += _result(numbers, signs)
        else:
            problems.append(Problem("derivation", statement.strip()))
    return results, problems


def _parts(statement: str) -> tuple[list[Quantity], list[str]] | None:
    """The numbers and signs of a statement; None when it is none (no sign, or words only)."""
    pieces = _OPERATOR.split(statement)
    signs = [first or second for first, second in zip(pieces[1::3], pieces[2::3], strict=True)]
    found = [find_quantities(piece) for piece in pieces[::3]]
    if not signs or any(len(one) != 1 for one in found):
        return None
    return [one[0] for one in found], signs


def _holds(numbers: Sequence[Quantity], signs: Sequence[str]) -> bool:
    if "=" in signs:
        if signs.count("=") != 1 or signs[-1] != "=" or {"<", ">"} & set(signs):
            return False
        result = numbers[-1]
        value = _value(numbers[:-1], signs[:-1])
        return value is not None and _units_hold(numbers, signs) and _equal(value, result, signs)
    if not set(signs) <= {"<", ">"}:
        return False
    pairs = zip(numbers, numbers[1:], signs, strict=False)
    return all(
        one.unit == two.unit and (one.value > two.value if sign == ">" else one.value < two.value)
        for one, two, sign in pairs
    )


def _value(numbers: Sequence[Quantity], signs: Sequence[str]) -> Fraction | None:
    """The value, products before sums; None for a division by zero."""
    total, product, sign = Fraction(0), numbers[0].value, 1
    for operator, number in zip(signs, numbers[1:], strict=True):
        if operator in _TIMES:
            product *= number.value
        elif operator in _OVER:
            if not number.value:
                return None
            product /= number.value
        else:
            total, product = total + sign * product, number.value
            sign = -1 if operator in _MINUS else 1
    return total + sign * product


def _units_hold(numbers: Sequence[Quantity], signs: Sequence[str]) -> bool:
    operands, result = numbers[:-1], numbers[-1]
    units = {one.unit for one in operands if one.unit}
    if set(signs) & (_TIMES | _OVER):
        measured = {*units, "", "percent", "fold"} if set(signs) & _OVER else {*units, ""}
        return result.unit in measured
    if units == {"percent"}:  # a difference of percentages is in points
        return result.unit in ("percent", "point") if _MINUS & set(signs) else result.unit in units
    if units == {"percent", "point"}:  # a share moved by points is a share
        return result.unit == "percent"
    return len(units) <= 1 and (not result.unit or not units or result.unit in units)


def _equal(value: Fraction, result: Quantity, signs: Sequence[str]) -> bool:
    if result.unit == "percent" and set(signs) & _OVER:
        value *= 100
    if not set(signs) & _OVER:
        return value == result.value
    decimals = re.search(r"\.([0-9]+)", result.text)
    return abs(value - result.value) * 2 <= Fraction(
        1, 10 ** len(decimals.group(1) if decimals else "")
    )


def _result(numbers: Sequence[Quantity], signs: Sequence[str]) -> Iterator[Quantity]:
    if "=" in signs:
        unit = numbers[-1].unit
        if not unit and not set(signs) & (_TIMES | _OVER):
            unit = next((one.unit for one in numbers if one.unit), "")
        yield replace(numbers[-1], unit=unit)
