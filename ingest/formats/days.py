"""The day a page was published, from the many ways in which pages write it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_KOREA = timezone(timedelta(hours=9))
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:\d{2}){0,3}(?:[+Z].*)?$")
_NUMBERS = re.compile(r"(?<!\d)(\d{4})\s?[-./년]\s?(\d{1,2})\s?[-./월]\s?(\d{1,2})(?!\d)")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?,?\s+(\d{4})")
_EARLIEST = 1980


def day_of(value: object, korean: bool = True) -> date | None:
    """The day in a date or time as pages write it; None where there is none.

    A time with an offset of zero on a ``korean`` page is one that a program moved to UTC: its day
    is the one in Korea.
    """
    text = str(value or "").strip()[:80]
    moment = _iso(text) or _mail(text)
    if moment:
        moved = korean and moment.utcoffset() == timedelta(0)
        return _sane(moment.astimezone(_KOREA).date() if moved else moment.date())
    found = _COMPACT.match(text) or _NUMBERS.search(text)
    if found:
        return _made(*map(int, found.groups()[:3]))
    first = _MONTH_FIRST.search(text)
    if first and first[1].lower() in _MONTHS:
        return _made(int(first[3]), _MONTHS.index(first[1].lower()) + 1, int(first[2]))
    then = _DAY_FIRST.search(text)
    if then and then[2].lower() in _MONTHS:
        return _made(int(then[3]), _MONTHS.index(then[2].lower()) + 1, int(then[1]))
    return None


def _iso(text: str) -> datetime | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}[T ]\d", text):
        return None
    try:
        return datetime.fromisoformat(text.replace(" +", "+"))
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    """``Mon, 04 Aug 2025 14:30:00 +0900``, as feeds write it."""
    if not re.match(r"(?:[A-Za-z]{3},\s*)?\d{1,2} [A-Za-z]{3} \d{4} \d", text):
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return _sane(date(year, month, day))
    except ValueError:
        return None


def _sane(day: date) -> date | None:
    """A day that an article on the web may have: not before the web, not after tomorrow."""
    tomorrow = datetime.now(UTC).date() + timedelta(days=2)
    return day if date(_EARLIEST, 1, 1) <= day <= tomorrow else None
