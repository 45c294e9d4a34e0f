"""Time: a clock that is passed in, and periods cut in the user's time zone.

Owns reading the time, days and months. Does not own timers or sleeping.
Times are milliseconds since 1970 UTC; intervals are measured with the monotonic clock.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Protocol

import msgspec

DAY_MS = 86_400_000


class Clock(Protocol):
    def now(self) -> int:
        """Wall clock, milliseconds since 1970 UTC."""

    def monotonic(self) -> float:
        """Seconds that never go back; for intervals."""


class SystemClock:
    def now(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()


class FixedClock:
    """A clock for tests and the demo: stands still until it is moved."""

    def __init__(self, now: int) -> None:
        self._now = now
        self._monotonic = 0.0

    def now(self) -> int:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, seconds: float) -> None:
        self._now += round(seconds * 1000)
        self._monotonic += seconds


def to_datetime(ms: int, zone: tzinfo = UTC) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(zone)


def to_ms(moment: datetime) -> int:
    """An aware moment to milliseconds; exact for whole milliseconds."""
    return (moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def iso(ms: int) -> str:
    """``2026-11-23T10:50:41Z``: seconds, UTC."""
    return datetime.fromtimestamp(ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_of(ms: int, zone: tzinfo) -> date:
    return to_datetime(ms, zone).date()


def day_start(day: date, zone: tzinfo) -> int:
    """First instant of a local day. Days may have 23 or 25 hours."""
    return to_ms(datetime(day.year, day.month, day.day, tzinfo=zone))


class Period(msgspec.Struct, frozen=True):
    """Local days from ``first`` to ``last``, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def bounds(self, zone: tzinfo) -> tuple[int, int]:
        """Milliseconds: from the first instant to before the second."""
        return day_start(self.first, zone), day_start(self.last + timedelta(days=1), zone)

    @property
    def label(self) -> str:
        """``2026-11``, the month the period begins in."""
        return f"{self.first.year:04d}-{self.first.month:02d}"


def month_of(day: date, start: int = 1) -> Period:
    """The month that the day lies in; months begin on the day ``start``, 1 to 28."""
    first = day.replace(day=1)
    if day.day < start:
        first = (first - timedelta(days=1)).replace(day=1)
    following = (first + timedelta(days=32)).replace(day=start)
    return Period(first.replace(day=start), following - timedelta(days=1))


def month_beside(first: date, step: int) -> Period:
    """The month before (-1) or after (1) the one that begins on ``first``, and on the same day of the month."""
    start = first.day
    edge = first if step < 0 else month_of(first, start).last
    return month_of(edge + timedelta(days=step), start)


def week_of(day: date) -> Period:
    """From Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))
