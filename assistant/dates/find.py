"""Find the dates of a text and say which days they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time

from assistant.dates.mention import DateMention, Written, days_of
from assistant.dates.rules import (
    COUNT_WORDS,
    DAY_WORDS,
    MONTH_WORDS,
    MONTHS,
    PARTS,
    RULES,
    TOWARD,
    UNITS,
    WEEK_WORDS,
    YEAR_WORDS,
)
from assistant.folding import Folded, fold

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_PAST = frozenset({"전", "ago", "earlier"})
_WITHIN = frozenset({"이내", "안에", "내에", "within"})


def find_dates(text: str, anchor: date | None) -> list[DateMention]:
    """All dates and times of day in ``text``, in order, without overlap.

    ``anchor`` is the publication date that "4일", "12월 말" or "next month" are read from; without
    it such mentions stay unresolved. Durations ("3년간") are quantities, not dates; "6개월 후" is
    both.
    """
    folded = fold(text)
    return [_mention(text, folded, match, anchor) for match in _matches(folded.text)]


def calendar_spans(folded: Folded) -> list[tuple[int, int]]:
    """Folded spans that name a calendar day, month, year or time: their digits count nothing."""
    return [match.span() for match in _matches(folded.text) if "count" not in match.groupdict()]


def _matches(text: str) -> Iterator[re.Match[str]]:
    """The leftmost, then longest matches of all rules."""
    found = [match for rule in RULES for match in rule.finditer(text)]
    end = 0
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        if match.start() >= end:
            end = match.end()
            yield match


def _mention(text: str, folded: Folded, match: re.Match[str], anchor: date | None) -> DateMention:
    start, end = folded.span(*match.span())
    written = _written({name: value.lower() for name, value in match.groupdict().items() if value})
    days = _days(written, anchor)
    return DateMention(
        start=start,
        end=end,
        text=text[start:end],
        written=written,
        earliest=days[0] if days else None,
        latest=days[1] if days else None,
        relative=written.time is None and written.year is None,
        fuzzy=bool(written.part or (written.offset and written.offset[0] != "days")),
    )


def _days(written: Written, anchor: date | None) -> tuple[date, date] | None:
    try:
        return days_of(written, anchor)
    except (ValueError, OverflowError):  # a year before 1 or after 9999
        return None


def _written(groups: dict[str, str]) -> Written:
    if "hour" in groups:
        return Written(time=_time(groups))
    if "count" in groups:
        return _offset(groups)
    if "day_word" in groups:
        return Written(offset=("days", DAY_WORDS[groups["day_word"]]))
    if "week_word" in groups:
        return Written(week_shift=WEEK_WORDS[groups["week_word"]])
    return Written(
        year=_number(groups, "year"),
        month=MONTHS[groups["name"][:3]] if "name" in groups else _number(groups, "month"),
        day=_number(groups, "day"),
        part=PARTS[groups["part"]] if "part" in groups else "",
        year_shift=YEAR_WORDS.get(groups.get("year_word", "")),
        month_shift=MONTH_WORDS.get(groups.get("month_word", "")),
        toward=TOWARD.get(groups.get("toward", ""), 0),
        months=_months(groups),
    )


def _number(groups: dict[str, str], name: str) -> int | None:
    return int(groups[name]) if name in groups else None


def _months(groups: dict[str, str]) -> tuple[int, int] | None:
    if "quarter" in groups:
        quarter = groups["quarter"]
        last = 3 * (int(quarter) if quarter.isdigit() else _ORDINALS[quarter])
        return last - 2, last
    if "half" in groups:
        return (1, 6) if groups["half"] in ("상", "first") else (7, 12)
    return None


def _offset(groups: dict[str, str]) -> Written:
    count = groups["count"]
    number = int(count) if count.isdigit() else COUNT_WORDS[count]
    sign = -1 if groups["sense"] in _PAST else 1
    return Written(offset=(UNITS[groups["unit"]], sign * number), within=groups["sense"] in _WITHIN)


def _time(groups: dict[str, str]) -> time:
    hour = int(groups["hour"])
    noon = groups.get("noon", "").replace(".", "")
    if noon in ("오후", "저녁", "밤", "낮", "pm") and hour < 12 and not (noon == "낮" and hour > 9):
        hour += 12
    if noon in ("오전", "새벽", "am") and hour == 12:
        hour = 0
    return time(hour % 24, 30 if "half_hour" in groups else int(groups.get("minute", "0")))
