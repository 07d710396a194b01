"""Find the quantities of a text: numbers with their units, in one pass from left to right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from assistant.dates.find import calendar_spans
from assistant.folding import fold
from assistant.quantities.about import Suffix, bound_after, bound_before
from assistant.quantities.numerals import (
    Number,
    read_digits,
    read_english,
    read_native,
    read_sino,
)
from assistant.quantities.quantity import Bound, Quantity, is_count, is_duration
from assistant.quantities.spans import span_in_a_word
from assistant.quantities.unit_after import Unit, counter_after, unit_after
from assistant.quantities.units import CURRENCY_BEFORE, UNIT_OF

_SIGNS = "²³¹¼½¾⁰-₉⅐-↋①-⒛⓪-⓿❶-➓"
_OPENING = ("", " ", "(", "\n")
_START = re.compile(rf"[0-9]|[{_SIGNS}]|[A-Za-z]+|[가-힣]+")
_WORDS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_FOLDS = {"twice": 2, "double": 2, "doubled": 2, "triple": 3, "tripled": 3}
_HALF = re.compile(r"절반|[Hh]alf(?![A-Za-z])")
_FIRST = re.compile(r"첫(?: ?번째|째)?(?= |[은는이가의로을를]|$)")
_JOINT = re.compile(r" ?(~|-(?!>)|→|->|,) ?(?=[0-9])")
_PART_OF = re.compile(r"분의 ?([1-9][0-9]{0,5})(?![0-9])|/([1-9][0-9]{0,5})(?![0-9/])")
_NAME_BEFORE = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,23}) $")
_NUMBERED = re.compile(r"(?<![A-Za-z])[Nn]o\. ?$")
_STANDING = frozenset({5, 6, 7, 8, 9})  # 다섯 … 아홉: nothing else is written so
_ALONE = re.compile(r"$|[^가-힣]|[은는이가을를의도과와]")
# 삼천억을: without a unit only what is long enough to be no other word
_LARGE = re.compile(
    r"(?:[일이삼사오육칠팔구십백천만억조]{1,22}[억조][일이삼사오육칠팔구십백천만]{0,9}|"
    r"[일이삼사오육칠팔구십백천만]{3,22})(?=$|[^가-힣]|[은는이가을를의도과와])"
)
_ORDINAL = Unit("", 0, ordinal=True)
# Units that a single Sino-Korean digit may stand before (삼 년), and a single native one touch.
_SINO_UNITS = frozenset({"year", "month", "percent", "KRW", "USD"})
_ATTACHED = frozenset({"thing", "person", "team", "month", "type", "place in order"})


def find_quantities(text: str) -> list[Quantity]:
    """All quantities of ``text``, in order, without overlap.

    Dates, times of day and numbers that belong to a name (B200, GPT-4, 5G, K-EXAONE 4.0) are none;
    durations ("6개월") are. Takes linear time.
    """
    return list(_Scan(text))


class _Scan:
    def __init__(self, text: str) -> None:
        self.original = text
        self.folded = fold(text)
        self.text = self.folded.text
        self.dates = calendar_spans(self.folded)

    def __iter__(self) -> Iterator[Quantity]:
        pos, dates = 0, iter([*self.dates, (len(self.text), len(self.text))])
        start, end = next(dates)
        while match := _START.search(self.text, pos):
            while end <= match.start() < len(self.text):
                start, end = next(dates)
            if start <= match.start() < end:
                pos = end
                continue
            found, after = self._read(match)
            yield from found
            pos = max(after, match.start() + 1)

    def _read(self, match: re.Match[str]) -> tuple[list[Quantity], int]:
        char, pos = match.group()[0], match.start()
        if char.isascii() and char.isdigit():
            return self._digits(pos)
        if not char.isalpha() and unicodedata.numeric(char, None) is not None:
            value = Fraction(unicodedata.numeric(char)).limit_denominator(1000)
            return [self._quantity(pos, pos + 1, value)], pos + 1
        if char.isascii():
            return self._english(match)
        return self._hangul(match)

    def _digits(self, pos: int) -> tuple[list[Quantity], int]:
        currency = CURRENCY_BEFORE.search(self.text, max(0, pos - 5), pos)
        numbers, end = read_digits(self.text, pos, currency=bool(currency))
        if not numbers or (not currency and self._in_name(pos)):
            return [], end
        before = self.text[max(0, pos - 2) : pos]
        if fraction := _PART_OF.match(self.text, end):
            return self._fraction(pos, numbers[-1], fraction), fraction.end()
        first = numbers[0]
        starts = [pos, *(number.end + 1 for number in numbers[:-1])]
        if len(numbers) == 1 and (joint := _JOINT.match(self.text, first.end)):
            joined = self._joined(pos, first, joint, currency)
            if joined:
                return joined
        unit = unit_after(self.text, numbers[-1], UNIT_OF[currency.group(1)] if currency else "")
        if unit is None or self._is_version(pos, numbers[-1], unit):
            return [], numbers[-1].end
        if before.endswith("제") or _NUMBERED.search(self.text, max(0, pos - 5), pos):
            unit = unit._replace(ordinal=True)
        if currency:
            starts[0] = currency.start()
        return self._list(starts, numbers, unit)

    def _list(
        self, starts: list[int], numbers: list[Number], unit: Unit
    ) -> tuple[list[Quantity], int]:
        found = [
            self._quantity(start, number.end, number.value, unit)
            for start, number in zip(starts[:-1], numbers[:-1], strict=True)
        ]
        last = self._whole(starts[-1], numbers[-1], unit)
        return [*found, last[0]], last[1]

    def _whole(
        self, start: int, number: Number, unit: Unit, high: Fraction | None = None
    ) -> tuple[Quantity, int]:
        """The quantity with what stands around it: sign, bounds, "each"."""
        suffix: Suffix = bound_after(self.text, unit.end)
        if not unit.name and suffix.bound:
            unit = counter_after(self.text, suffix.end) or unit
        end = max(unit.end, suffix.end)
        bound, begin = bound_before(self.text, start)
        # "over three years" is a stretch of time, not a lower bound
        stretch = is_duration(unit.name) and self.text[begin : begin + 4].casefold() == "over"
        bound, start = (Bound.EXACT, start) if stretch else (bound, begin)
        value = number.value
        signed = start and self.text[start - 1] in "-△"
        if signed and self.text[max(0, start - 2) : start - 1] in _OPENING:
            value, start = -value, start - 1
        bound = suffix.bound or unit.bound or bound
        made = self._quantity(start, end, value, unit, high, bound)
        return (replace(made, each=True) if suffix.each else made), end

    def _joined(
        self, pos: int, first: Number, joint: re.Match[str], currency: re.Match[str] | None
    ) -> tuple[list[Quantity], int] | None:
        """A range (3-5년) or two numbers that share a unit (15→10팀); None if neither."""
        sign = joint.group(1)
        if sign == ",":
            return None
        numbers, _ = read_digits(self.text, joint.end(), currency=bool(currency))
        if len(numbers) != 1:
            return None
        sign_unit = UNIT_OF[currency.group(1)] if currency else ""
        second, unit = numbers[0], unit_after(self.text, numbers[0], sign_unit)
        if unit is None:
            return None
        if sign in ("→", "->"):
            return self._list([pos, joint.end()], [first, second], unit)
        low = first.value * self._multiplier(joint.end(), second)
        low = first.value if first.value > second.value or low >= second.value else low
        if low >= second.value:
            return None
        made, end = self._whole(pos, Number(low, first.end), unit, second.value)
        return [made], end

    def _multiplier(self, pos: int, number: Number) -> Fraction:
        digits = re.match(r"[0-9.,]+", self.text[pos : pos + 40])
        plain = Fraction(digits.group().strip(".,").replace(",", "")) if digits else Fraction(0)
        return number.value / plain if plain else Fraction(1)

    def _fraction(self, pos: int, number: Number, match: re.Match[str]) -> list[Quantity]:
        one = Fraction(match.group(1) or match.group(2))
        value = one / number.value if match.group(1) and number.value else number.value / one
        return [self._quantity(pos, match.end(), value)]

    def _english(self, match: re.Match[str]) -> tuple[list[Quantity], int]:
        word, pos = match.group().lower(), match.start()
        if self.text[pos - 1 : pos] == "-" and pos:
            return [], match.end()
        if word in _WORDS:
            return [self._quantity(pos, match.end(), Fraction(_WORDS[word]), _ORDINAL)], match.end()
        if word in _FOLDS:
            unit = Unit("fold", match.end())
            return [self._quantity(pos, match.end(), Fraction(_FOLDS[word]), unit)], match.end()
        if word == "half":
            return [self._quantity(pos, match.end(), Fraction(1, 2))], match.end()
        number = read_english(self.text, pos)
        if number is None:
            return [], match.end()
        unit_found = unit_after(self.text, number, "") or Unit("", number.end)
        if word == "one" and not unit_found.name and number.value == 1:
            return [], match.end()
        made, end = self._whole(pos, number, unit_found)
        return [made], end

    def _hangul(self, match: re.Match[str]) -> tuple[list[Quantity], int]:
        pos = match.start()
        first = _FIRST.match(self.text, pos)
        if first:
            return [self._quantity(pos, first.end(), Fraction(1), _ORDINAL)], first.end()
        if half := _HALF.match(self.text, pos):
            return [self._quantity(pos, half.end(), Fraction(1, 2))], half.end()
        if span := span_in_a_word(self.text, pos):
            value, unit_name, end = span
            made, end = self._whole(pos, Number(Fraction(value), end), Unit(unit_name, end))
            return [made], end
        for at in {pos, pos + (match.group()[0] in "약총각단제")}:
            for read in (read_native, read_sino):
                number = read(self.text, at)
                unit = counter_after(self.text, number.end) if number else None
                if number and unit and self._counts(number, unit, at):
                    made, end = self._whole(at, number, unit)
                    return [made], end
        number = read_native(self.text, pos)
        if number and number.value in _STANDING and _ALONE.match(self.text, number.end):
            return [self._quantity(pos, number.end, number.value)], number.end
        if large := _LARGE.match(self.text, pos):
            number = read_sino(self.text, pos)
            if number and number.end == large.end():
                return [self._quantity(pos, number.end, number.value)], number.end
        return [], match.end()

    def _counts(self, number: Number, unit: Unit, pos: int) -> bool:
        """Whether a numeral in Hangul and a counter are one: 두 팀, 오백만 원, not 이 팀, 한편."""
        word = self.text[pos : number.end]
        spaced = self.text[number.end : number.end + 1] == " "
        if word in ("이사", "공사"):  # 이사회, 이사장, 공사장, 공사 대금
            return False
        if len(word) == 1 and word in "이일사오조구영공삼육칠팔억경십륙":
            return unit.name in _SINO_UNITS and word not in "이사조억경"
        if len(word) == 1 and not spaced:
            return unit.name in _ATTACHED and word not in "만천백"
        if word in ("만", "천", "백"):
            return unit.name in ("KRW", "person") and spaced
        return True

    def _in_name(self, pos: int) -> bool:
        before = self.text[max(0, pos - 2) : pos]
        if before[-1:].isascii() and before[-1:].isalpha():
            return True
        return bool(re.fullmatch("[A-Za-z][-_.]", before))

    def _is_version(self, pos: int, number: Number, unit: Unit) -> bool:
        """Whether a bare number is the last part of a name: K-EXAONE 4.0, Qwen 2.5."""
        match = _NAME_BEFORE.search(self.text, max(0, pos - 26), pos)
        decimal = "." in self.text[pos : number.end]
        if match is None or unit.ordinal or (unit.name and not (decimal and is_count(unit.name))):
            return False
        word = match.group(1)
        capitals = sum(char.isupper() for char in word)
        return capitals > 1 or len(word) == 1 or (capitals == 1 and decimal)

    def _quantity(
        self,
        start: int,
        end: int,
        value: Fraction,
        unit: Unit | None = None,
        high: Fraction | None = None,
        bound: Bound = Bound.EXACT,
    ) -> Quantity:
        first, last = self.folded.span(start, end)
        name, ordinal = (unit.name, unit.ordinal) if unit else ("", False)
        if name == "place in order":
            name = ""
        return Quantity(value, name, first, last, self.original[first:last], high, bound, ordinal)
