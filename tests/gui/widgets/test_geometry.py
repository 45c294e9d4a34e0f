"""The sums behind the charts hold for every input, not only for pretty ones."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.gui.widgets.geometry import (
    Scale,
    busy_counts,
    calendar_squares,
    handle_span,
    running_mean,
    running_sum,
    spread,
    stack,
    ticks,
    weekend_spans,
)

numbers = st.floats(0, 1e12)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-1e4, 1e4), st.floats(1, 1e4), st.floats(0, 1))
def test_scale_leads_there_and_back(low: float, start: float, end: float, span: float, part: float) -> None:
    scale = Scale(low, low + span, start, end)
    value = low + span * part
    place = scale.at(value)
    assert min(start, end) - 1e-3 <= place <= max(start, end) + 1e-3
    if abs(start - end) > 1:
        assert scale.back(place) == pytest.approx(value, abs=1e-3 * max(1.0, abs(low), span))


def test_scale_without_a_span_stays_at_its_start() -> None:
    assert Scale(5, 5, 10, 20).at(7) == 10
    assert Scale(5, 9, 10, 10).back(10) == 5


@given(numbers, st.integers(1, 8))
def test_ticks_are_even_round_steps_up_to_the_highest(highest: float, most: int) -> None:
    found = ticks(highest, most)
    step = found[1]
    assert found[0] == 0
    assert found[-1] >= highest
    assert len(found) <= most + 1
    assert {second - first for first, second in pairwise(found)} == {step}
    assert str(step).rstrip("0") in ("1", "2", "5")


@pytest.mark.parametrize("nonsense", [math.nan, math.inf, -5.0])
def test_ticks_of_nonsense_are_those_of_nothing(nonsense: float) -> None:
    assert ticks(nonsense) == (0, 1)


@pytest.mark.parametrize(
    ("highest", "found"), [(23_000, (0, 10_000, 20_000, 30_000)), (450, (0, 200, 400, 600)), (0, (0, 1))]
)
def test_ticks_that_people_like(highest: float, found: tuple[int, ...]) -> None:
    assert ticks(highest, 3) == found


@given(
    st.integers(1, 6).flatmap(lambda count: st.lists(st.lists(numbers, min_size=count, max_size=count), max_size=5))
)
def test_stack_ends_in_the_sum_and_never_goes_down(rows: list[list[float]]) -> None:
    tops = stack(rows)
    assert len(tops) == len(rows)
    for below, above in pairwise(tops):
        assert all(a <= b for a, b in zip(below, above, strict=True))
    if rows:
        sums = [sum(column) for column in zip(*rows, strict=True)]
        assert tops[-1] == pytest.approx(sums)


@given(st.lists(st.integers(0, 10**9), max_size=60), st.integers(1, 9))
def test_running_mean_is_the_mean_of_the_last_values(values: list[int], count: int) -> None:
    found = running_mean(values, count)
    for index, mean in enumerate(found):
        window = values[max(0, index - count + 1) : index + 1]
        assert mean == pytest.approx(sum(window) / len(window), abs=1e-3)
        assert mean >= 0


@given(st.lists(st.integers(-(10**15), 10**15)), st.integers(0, 10**15))
def test_running_sum_is_exact(values: list[int], start: int) -> None:
    assert running_sum(values, start) == tuple(start + sum(values[: n + 1]) for n in range(len(values)))


@given(st.lists(st.floats(0, 500), min_size=1, max_size=6), st.floats(1, 20))
def test_labels_are_spread_and_stay_within(wanted: list[float], gap: float) -> None:
    found = spread(sorted(wanted), gap, 0, 500)
    assert all(second - first >= gap - 1e-6 for first, second in pairwise(found))
    assert all(-1e-6 <= place <= 500 + 1e-6 for place in found)


def test_labels_that_are_apart_stay_where_they_are() -> None:
    assert spread([10, 50, 90], 15, 0, 100) == (10, 50, 90)


def test_labels_without_room_keep_their_gap() -> None:
    assert spread([5, 5, 5], 10, 0, 12) == (0, 10, 20)


@given(days, st.dictionaries(st.integers(0, 200), st.integers(0, 10**12), max_size=30), st.integers(1, 20))
def test_calendar_holds_every_day_once_up_to_today(today: date, ago: dict[int, int], weeks: int) -> None:
    used = [(today - timedelta(days=back), tokens) for back, tokens in ago.items()]
    squares = calendar_squares(used, today, weeks)
    assert squares[-1].day == today
    assert all(second.day - first.day == timedelta(days=1) for first, second in pairwise(squares))
    assert all(square.row == square.day.weekday() for square in squares)
    assert {square.column for square in squares} == set(range(weeks))
    most = max(square.tokens for square in squares)
    for square in squares:
        assert square.tokens == dict(used).get(square.day, 0)
        assert (square.level == 0) == (square.tokens == 0)
        assert 0 <= square.level <= 4
        if square.tokens == most and most:
            assert square.level == 4


@given(days)
def test_weekends_are_saturdays_and_sundays_of_the_month(day: date) -> None:
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    inside = {number for begin, end in weekend_spans(first, last) for number in range(begin, end + 1)}
    assert inside == {n for n in range(1, last.day + 1) if first.replace(day=n).weekday() >= 5}


@given(st.floats(20, 2000), st.integers(0, 10_000), st.integers(1, 500), st.integers(0, 10_000))
def test_handle_stays_on_its_bar_and_ends_where_the_scrolling_does(
    length: float, value: int, page: int, reach: int
) -> None:
    value = min(value, reach)
    begin, long = handle_span(length, value, page, reach, 28)
    assert 0 <= begin <= begin + long <= length + 1e-6
    assert long >= min(28, length)
    if reach:
        assert handle_span(length, 0, page, reach, 28)[0] == 0
        assert sum(handle_span(length, reach, page, reach, 28)) == pytest.approx(length)


def test_busy_sessions_are_counted_at_each_moment() -> None:
    spans = [[(0, 10), (20, 30)], [(5, 25)], []]
    assert busy_counts(spans, 0, 30, 4) == (1, 2, 2, 1)
    assert busy_counts(spans, 0, 30, 1) == ()
    assert busy_counts(spans, 30, 0, 5) == ()
