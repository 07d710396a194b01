"""Dates: read against the day of publication, comparable across languages."""

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dates import DateMention, find_dates

PUBLISHED = date(2025, 8, 4)
DAYS = [
    ("4일", "2025-08-04", "2025-08-04"),
    ("오는 25일", "2025-08-25", "2025-08-25"),
    ("지난 25일", "2025-07-25", "2025-07-25"),
    ("8월 초", "2025-08-01", "2025-08-10"),
    ("12월 말", "2025-12-21", "2025-12-31"),
    ("end of December", "2025-12-21", "2025-12-31"),
    ("mid-December", "2025-12-11", "2025-12-20"),
    ("지난해 12월", "2024-12-01", "2024-12-31"),
    ("지난해", "2024-01-01", "2024-12-31"),
    ("내년 상반기", "2026-01-01", "2026-06-30"),
    ("6개월 후", "2026-02-01", "2026-02-28"),
    ("six months later", "2026-02-01", "2026-02-28"),
    ("3일 후", "2025-08-07", "2025-08-07"),
    ("Next month", "2025-09-01", "2025-09-30"),
    ("다음 달 3일", "2025-09-03", "2025-09-03"),
    ("August 4, 2025", "2025-08-04", "2025-08-04"),
    ("4 August 2025", "2025-08-04", "2025-08-04"),
    ("2025년 8월 4일", "2025-08-04", "2025-08-04"),
    ("2025-08-04", "2025-08-04", "2025-08-04"),
    ("2025. 8. 4", "2025-08-04", "2025-08-04"),
    ("Q3 2025", "2025-07-01", "2025-09-30"),
    ("3분기", "2025-07-01", "2025-09-30"),
    ("third quarter", "2025-07-01", "2025-09-30"),
    ("오는 2월", "2026-02-01", "2026-02-28"),
    ("어제", "2025-08-03", "2025-08-03"),
]
TIMES = [("오후 2시 30분", 14, 30), ("2:30 p.m.", 14, 30), ("14:30", 14, 30), ("오전 9시", 9, 0)]
NOT_DATES = [
    "3일간",
    "2시간",
    "1,024장",
    "15→10팀",
    "it may be",
    "May I",
    "6개월간",
    "5.12",
    "시장",
]
HOSTILE = ["1", "1,", " ", "년 ", "2025년", "2025-", "in ", "오는 ", "12월", "1:", "first half "]


def only(text: str, anchor: date | None = PUBLISHED) -> DateMention:
    found = find_dates(text, anchor)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(("text", "first", "last"), DAYS, ids=[row[0] for row in DAYS])
def test_days_are_resolved(text: str, first: str, last: str) -> None:
    found = only(text)
    assert (str(found.earliest), str(found.latest)) == (first, last)
    assert found.text == text


@pytest.mark.parametrize(("text", "hour", "minute"), TIMES)
def test_times_of_day(text: str, hour: int, minute: int) -> None:
    found = only(text).written.time
    assert found is not None
    assert (found.hour, found.minute) == (hour, minute)


@pytest.mark.parametrize("text", NOT_DATES)
def test_durations_and_counts_are_no_dates(text: str) -> None:
    assert find_dates(text, PUBLISHED) == []


def test_the_same_days_in_two_languages() -> None:
    assert only("12월 말").same_as(only("the end of December"))
    assert only("4일").same_as(only("August 4, 2025"))
    assert not only("12월 말").same_as(only("12월"))
    assert not only("12월 말").same_as(only("6개월 후"))


def test_a_date_says_what_is_less_precise_but_not_more() -> None:
    assert only("2025년 8월 4일").says(only("2025년 8월"))
    assert not only("8월").says(only("8월 4일"))
    assert not only("12월 말").says(only("12월 31일"))


def test_without_a_publication_date_relative_days_stay_open() -> None:
    found = only("12월 말", None)
    assert (found.earliest, found.latest, found.relative, found.fuzzy) == (None, None, True, True)
    assert found.same_as(only("late December", None))


def test_a_day_that_does_not_exist_is_not_resolved() -> None:
    assert only("2월 30일").earliest is None


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_offsets_point_into_the_original(form: str) -> None:
    text = unicodedata.normalize(form, "결과는 １２월 말에 나온다")  # type: ignore[arg-type]
    found = only(text)
    assert text[found.start : found.end] == found.text
    assert found.earliest == date(2025, 12, 21)


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_every_day_reads_back(day: date) -> None:
    korean = f"{day.year}년 {day.month}월 {day.day}일"
    for text in (day.isoformat(), korean, f"{day:%B} {day.day}, {day.year}"):
        assert (only(text).earliest, only(text).latest) == (day, day)


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_time_grows_with_length_only(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    start = time.process_time()
    find_dates(text, PUBLISHED)
    assert time.process_time() - start < 2.0
