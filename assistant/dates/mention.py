"""What a date in a text says, and which days that is."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time, timedelta

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Written:
    """A date as the text gives it; None where the text is silent.

    ``year_shift``, ``month_shift`` and ``week_shift`` count from the publication date ("next
    year" is 1, "last month" is -1). ``toward`` is 1 for "오는 25일", -1 for "지난 25일". ``part``
    is "early", "mid" or "late"; ``offset`` is ("months", 6) for "6개월 후", negative before, and
    ``within`` marks a period that ends there ("6개월 이내"). ``months`` is a run of months of a
    year, (7, 9) for the third quarter.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    year_shift: int | None = None
    month_shift: int | None = None
    week_shift: int | None = None
    toward: int = 0
    offset: tuple[str, int] | None = None
    within: bool = False
    months: tuple[int, int] | None = None
    time: time | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or time of day in a text; ``start``/``end`` count code points of that text.

    ``earliest`` and ``latest`` are the first and last day that the mention can mean, or None when
    it needs a publication date and none was given (and for a time of day alone). ``relative``:
    the days depend on the publication date. ``fuzzy``: no exact day, month or year is meant.
    """

    start: int
    end: int
    text: str
    written: Written
    earliest: date | None
    latest: date | None
    relative: bool
    fuzzy: bool

    def same_as(self, other: DateMention) -> bool:
        """Whether both mean the same days and the same time of day."""
        if self.written.time != other.written.time or self.fuzzy != other.fuzzy:
            return False
        if self.earliest and other.earliest:
            return (self.earliest, self.latest) == (other.earliest, other.latest)
        return self.written == other.written

    def says(self, other: DateMention) -> bool:
        """Whether this mention says all that ``other`` says: the same days, or more precisely."""
        if self.written.time != other.written.time:
            return False
        if self.earliest and self.latest and other.earliest and other.latest:
            if other.fuzzy and not self.fuzzy:
                return False
            return other.earliest <= self.earliest and self.latest <= other.latest
        return self.written == other.written


def days_of(written: Written, anchor: date | None) -> Span | None:
    """The first and last day that ``written`` can mean, published on ``anchor``.

    None where that cannot be said. Raises ValueError for a day that does not exist, such as
    30 February, and OverflowError beyond the calendar.
    """
    if written.time is not None:
        return None
    if written.year is None and anchor is None:
        return None
    base = anchor or date(written.year or 1, 1, 1)
    if written.offset is not None:
        return _offset_days(written, base)
    if written.week_shift is not None:
        monday = base - timedelta(days=base.weekday()) + timedelta(weeks=written.week_shift)
        return monday, monday + timedelta(days=6)
    return _calendar_days(written, base)


def shift_months(day: date, months: int) -> date:
    """``day`` moved by whole months, kept inside the shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _offset_days(written: Written, base: date) -> Span:
    unit, count = written.offset or ("days", 0)
    if unit in ("days", "weeks"):
        moved = base + timedelta(days=count * (7 if unit == "weeks" else 1))
        first = last = moved
    else:
        moved = shift_months(base, count * (12 if unit == "years" else 1))
        first, last = _month(moved.year, moved.month)
        if unit == "years":
            first, last = date(moved.year, 1, 1), date(moved.year, 12, 31)
    if written.within:
        return min(base, first), max(base, moved)
    return first, last


def _calendar_days(written: Written, base: date) -> Span:
    if written.months is not None:
        year = _year(written, base)
        return date(year, written.months[0], 1), _month(year, written.months[1])[1]
    if written.month is None and written.day is None and written.month_shift is None:
        return _part(date(_year(written, base), 1, 1), written.part, whole_year=True)
    year, month = _year_and_month(written, base)
    if written.day is None:
        return _part(date(year, month, 1), written.part, whole_year=False)
    return date(year, month, written.day), date(year, month, written.day)


def _year(written: Written, base: date) -> int:
    return written.year if written.year is not None else base.year + (written.year_shift or 0)


def _year_and_month(written: Written, base: date) -> tuple[int, int]:
    if written.month is None:
        moved = shift_months(base.replace(day=1), written.month_shift or 0)
        if written.day is not None and written.month_shift is None:
            moved = shift_months(moved, _step(written.day, base.day, written.toward))
        return moved.year, moved.month
    year = _year(written, base)
    if written.year is None and written.year_shift is None:
        day = written.day or (base.day if written.month == base.month else 1)
        year += _step(written.month * 100 + day, base.month * 100 + base.day, written.toward)
    return year, written.month


def _step(value: int, now: int, toward: int) -> int:
    """1 when "coming" points past the turn of the month or year, -1 for "last", else 0."""
    if toward > 0:
        return int(value < now)
    return -int(value > now) if toward < 0 else 0


def _month(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _part(first: date, part: str, *, whole_year: bool) -> Span:
    """The days of an early, middle or late part: ten days of a month, months of a year."""
    year, month = first.year, first.month
    if whole_year:
        months = {"early": (1, 2), "mid": (5, 8), "late": (11, 12)}.get(part, (1, 12))
        return date(year, months[0], 1), _month(year, months[1])[1]
    last = monthrange(year, month)[1]
    days = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(part, (1, last))
    return date(year, month, days[0]), date(year, month, days[1])
