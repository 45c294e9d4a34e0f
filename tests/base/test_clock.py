"""Time in milliseconds, and days and months cut in any zone."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.clock import (
    DAY_MS,
    FixedClock,
    Period,
    SystemClock,
    day_of,
    day_start,
    iso,
    month_beside,
    month_of,
    to_datetime,
    to_ms,
)

HOUR_MS = 3_600_000
zones = st.sampled_from(
    [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kathmandu",
        "America/Havana",
        "Asia/Beirut",
        "Pacific/Apia",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
        "Pacific/Kiritimati",
    ]
).map(ZoneInfo)
days = st.dates(date(2005, 1, 1), date(2099, 12, 30))
moments = st.integers(1_100_000_000_000, 4_100_000_000_000)


@given(moments, zones)
def test_moment_and_back_loses_nothing(ms, zone):
    assert to_ms(to_datetime(ms, zone)) == ms


@given(moments, zones)
def test_moment_lies_in_its_day(ms, zone):
    day = day_of(ms, zone)
    begin, end = Period(day, day).bounds(zone)
    assert begin <= ms < end


@given(days, zones)
def test_days_follow_each_other_without_gap(day, zone):
    following = day + timedelta(days=1)
    assert Period(day, day).bounds(zone)[1] == Period(following, following).bounds(zone)[0]


@given(days, zones)
def test_day_begins_with_its_first_instant(day, zone):
    assert day_of(day_start(day, zone) - 1, zone) < day


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2026, 3, 29), "Europe/Berlin", 23),
        (date(2026, 10, 25), "Europe/Berlin", 25),
        (date(2026, 10, 24), "Europe/Berlin", 24),
        (date(2018, 11, 4), "America/Sao_Paulo", 23),  # midnight itself does not exist
        (date(2011, 12, 30), "Pacific/Apia", 0),  # the day does not exist
        (date(2026, 4, 5), "Australia/Lord_Howe", 24.5),
    ],
)
def test_length_of_a_day(day, zone, hours):
    begin, end = Period(day, day).bounds(ZoneInfo(zone))
    assert end - begin == hours * HOUR_MS


@pytest.mark.parametrize(
    ("day", "last"),
    [(date(2026, 2, 10), 28), (date(2028, 2, 29), 29), (date(2026, 12, 31), 31), (date(2026, 4, 1), 30)],
)
def test_month_of_a_day(day, last):
    assert month_of(day) == Period(day.replace(day=1), day.replace(day=last))


def test_period_counts_both_ends():
    assert Period(date(2026, 11, 1), date(2026, 11, 30)).days == 30


def test_label_is_the_month():
    assert month_of(date(2026, 1, 31)).label == "2026-01"


def test_iso_is_utc_in_seconds():
    assert iso(to_ms(datetime(2026, 11, 23, 10, 50, 41, 999_000, UTC))) == "2026-11-23T10:50:41Z"


def test_fixed_clock_stands_until_it_is_moved():
    clock = FixedClock(1000)
    assert (clock.now(), clock.monotonic()) == (1000, 0.0)
    clock.advance(1.5)
    assert (clock.now(), clock.monotonic()) == (2500, 1.5)


def test_system_clock_tells_milliseconds():
    assert abs(SystemClock().now() - time.time() * 1000) < DAY_MS
    assert SystemClock().monotonic() <= SystemClock().monotonic()


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 28))
def test_months_beside_each_other_have_no_day_between(day: date, start: int) -> None:
    month = month_of(day, start)
    before, after = month_beside(month.first, -1), month_beside(month.first, 1)
    assert before.last + timedelta(days=1) == month.first
    assert month.last + timedelta(days=1) == after.first
    assert month_beside(before.first, 1) == month == month_beside(after.first, -1)
