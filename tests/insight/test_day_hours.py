"""How much of a day is ahead, by the hours a person works."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.insight.day_hours import ACTIVE_DAYS, HOURS, USUAL_HOURS, hour_of, share_ahead, typical_hours

HOUR_MS = 3_600_000

days = st.lists(st.lists(st.integers(0, 10**13), min_size=HOURS, max_size=HOURS), max_size=30)


def used_at(**hours: int) -> list[int]:
    """``used_at(h8=3, h22=1)``"""
    return [hours.get(f"h{hour}", 0) for hour in range(HOURS)]


@given(days)
def test_shares_are_a_whole_day(found) -> None:
    shares = typical_hours(found)
    assert len(shares) == HOURS
    assert all(share >= 0 for share in shares)
    assert abs(sum(shares) - 1) < 1e-9


@given(days, st.integers(0, 25 * HOUR_MS), st.integers(0, 25 * HOUR_MS))
def test_less_and_less_of_a_day_is_ahead(found, one, other) -> None:
    shares = typical_hours(found)
    early, late = share_ahead(shares, min(one, other)), share_ahead(shares, max(one, other))
    assert 1 >= early >= late - 1e-12 >= -1e-12


@given(days)
def test_all_is_ahead_at_midnight_and_nothing_at_the_next(found) -> None:
    shares = typical_hours(found)
    assert share_ahead(shares, 0) == pytest.approx(1)
    for end in (23 * HOUR_MS + HOUR_MS, 25 * HOUR_MS):
        assert share_ahead(shares, end) == 0


def test_until_ten_active_days_are_known_a_day_is_nine_to_seven() -> None:
    night = [used_at(h23=5)] * (ACTIVE_DAYS - 1)
    assert typical_hours(night) == USUAL_HOURS
    assert typical_hours([*night, used_at()]) == USUAL_HOURS, "a day without use teaches nothing"
    assert typical_hours([*night, used_at(h23=1)])[23] == 1


def test_the_usual_day_by_the_clock() -> None:
    assert share_ahead(USUAL_HOURS, 9 * HOUR_MS) == pytest.approx(1)
    assert share_ahead(USUAL_HOURS, 14 * HOUR_MS) == pytest.approx(0.5)
    assert share_ahead(USUAL_HOURS, 14 * HOUR_MS + HOUR_MS // 2) == pytest.approx(0.45)
    assert share_ahead(USUAL_HOURS, 19 * HOUR_MS) == pytest.approx(0)


def test_one_expensive_day_does_not_decide() -> None:
    found = typical_hours([used_at(h8=10)] * 9 + [used_at(h20=10**12)])
    assert found[8] == pytest.approx(0.9) and found[20] == pytest.approx(0.1)


def test_the_hour_before_and_after_a_day_belong_to_it() -> None:
    assert hour_of(-1) == 0
    assert hour_of(24 * HOUR_MS + 5) == HOURS - 1
    assert share_ahead(USUAL_HOURS, -5) == pytest.approx(1)
