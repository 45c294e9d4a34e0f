"""Geometry: the sums behind the charts, without Qt: axis steps, scales, stacks, running means, calendar squares.

Owns where a value lies. Does not own colours, painting or how a value is written.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import msgspec

WEEK: Final = 7


class Scale(msgspec.Struct, frozen=True):
    """A straight map from values ``low``..``high`` to places ``start``..``end`` (which may run backwards)."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        span = self.high - self.low
        return self.start + (self.end - self.start) * (value - self.low) / span if span else self.start

    def back(self, place: float) -> float:
        """The value at ``place``."""
        span = self.end - self.start
        return self.low + (self.high - self.low) * (place - self.start) / span if span else self.low


def ticks(highest: float, most: int = 5) -> tuple[int, ...]:
    """Round numbers from 0 on, at most ``most`` + 1, of which the last is at least ``highest`` (and at least 1)."""
    top = max(1.0, highest if math.isfinite(highest) else 1.0)
    step = 1
    while step * most < top:
        digits = 10 ** (len(str(step)) - 1)
        lead = step // digits
        step = {1: 2, 2: 5, 5: 10}[lead] * digits
    count = max(1, math.ceil(top / step))
    return tuple(step * number for number in range(count + 1))


def stack(rows: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], ...]:
    """The upper border of each row when rows lie on each other; the last one is the sum. Rows of equal length."""
    tops: list[tuple[float, ...]] = []
    below: tuple[float, ...] = ()
    for row in rows:
        below = tuple(a + b for a, b in zip(below, row, strict=True)) if tops else tuple(row)
        tops.append(below)
    return tuple(tops)


def running_mean(values: Sequence[float], count: int) -> tuple[float, ...]:
    """Each value's mean with the ``count`` - 1 values before it (fewer at the beginning)."""
    result = []
    total = 0.0
    for index, value in enumerate(values):
        total += value
        if index >= count:
            total -= values[index - count]
        result.append(max(0.0, total) / min(count, index + 1))
    return tuple(result)


def running_sum(values: Sequence[int], start: int = 0) -> tuple[int, ...]:
    result = []
    total = start
    for value in values:
        total += value
        result.append(total)
    return tuple(result)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> tuple[float, ...]:
    """Places near ``wanted`` (ascending) at least ``gap`` apart and within ``low``..``high`` as far as they fit."""
    places = list(wanted)
    for index in range(1, len(places)):
        places[index] = max(places[index], places[index - 1] + gap)
    if places and places[-1] > high:
        places[-1] = high
        for index in range(len(places) - 2, -1, -1):
            places[index] = min(places[index], places[index + 1] - gap)
    if places and places[0] < low:
        places[0] = low
        for index in range(1, len(places)):
            places[index] = max(places[index], places[index - 1] + gap)
    return tuple(places)


class Square(msgspec.Struct, frozen=True):
    """One day of the token calendar: its column (week) and row (Monday is 0), and 0..4 for how full it is."""

    day: date
    column: int
    row: int
    tokens: int
    level: int


def calendar_squares(used: Sequence[tuple[date, int]], today: date, weeks: int = 16) -> tuple[Square, ...]:
    """Every day of the last ``weeks`` weeks up to ``today``. Levels are quarters of the busiest day; 0 is none."""
    tokens = dict(used)
    first = today - timedelta(days=today.weekday() + WEEK * (weeks - 1))
    days = [first + timedelta(days=number) for number in range((today - first).days + 1)]
    most = max((tokens.get(day, 0) for day in days), default=0)
    squares = []
    for number, day in enumerate(days):
        count = tokens.get(day, 0)
        level = min(4, -(-count * 4 // most)) if most and count > 0 else 0
        squares.append(Square(day, number // WEEK, number % WEEK, count, level))
    return tuple(squares)


def weekend_spans(first: date, last: date) -> tuple[tuple[int, int], ...]:
    """Runs of Saturdays and Sundays within a month, as first and last day of the month (both included)."""
    spans: list[tuple[int, int]] = []
    for number in range(1, (last - first).days + 2):
        if (first + timedelta(days=number - 1)).weekday() >= 5:
            if spans and spans[-1][1] == number - 1:
                spans[-1] = (spans[-1][0], number)
            else:
                spans.append((number, number))
    return tuple(spans)


def handle_span(length: float, value: float, page: float, reach: float, least: float) -> tuple[float, float]:
    """Begin and length of a scroll bar's handle. ``reach`` is the highest value, ``page`` how much is in view."""
    whole = page + reach
    long = min(length, max(least, length * page / whole)) if whole > 0 else length
    return ((length - long) * value / reach if reach > 0 else 0.0), long


def busy_counts(spans: Sequence[Sequence[tuple[int, int]]], start: int, end: int, steps: int) -> tuple[int, ...]:
    """How many of ``spans`` (each the times of one session) hold each of ``steps`` moments from start to end."""
    if steps < 2 or end <= start:
        return ()
    moments = [start + (end - start) * step // (steps - 1) for step in range(steps)]
    return tuple(sum(any(a <= at <= b for a, b in row) for row in spans) for at in moments)
