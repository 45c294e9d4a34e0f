"""The day's peak and the hours in use, from the minutes of the last day."""

from __future__ import annotations

import random

from tokenwatch.insight.recent_minutes import MINUTE_MS, RecentMinutes

NOW = 1_795_000_020_000 // MINUTE_MS * MINUTE_MS


def minutes(*uses: tuple[int, int, int]) -> RecentMinutes:
    """(minutes ago, tokens, nano-dollars)"""
    made = RecentMinutes()
    for ago, tokens, listed in uses:
        made.add(NOW - ago * MINUTE_MS, tokens, listed)
    return made


def test_nothing_was_used() -> None:
    assert minutes().peak(0) == ((0.0, None), (0.0, None))
    assert minutes().active_hours(NOW) == 0


def test_the_most_of_five_minutes_in_a_row() -> None:
    uses = [(30, 100, 1), (29, 400, 1), (20, 450, 2), (3, 10, 300)]
    expected = ((100.0, NOW - 28 * MINUTE_MS), (3600.0, NOW - 2 * MINUTE_MS))
    assert minutes(*uses).peak(NOW - 3_600_000) == expected
    random.Random(1).shuffle(uses)
    assert minutes(*uses).peak(NOW - 3_600_000) == expected


def test_only_what_came_since_counts() -> None:
    made = minutes((30, 5000, 0), (3, 10, 0))
    assert made.peak(NOW - 10 * MINUTE_MS)[0] == (2.0, NOW - 2 * MINUTE_MS)
    made.add(NOW, 40, 0)
    assert made.peak(NOW - 10 * MINUTE_MS)[0] == (10.0, NOW + MINUTE_MS)


def test_hours_in_use_and_sums_between_times() -> None:
    made = minutes((5, 1, 2), (50, 1, 2), (61, 1, 2), (60 * 23, 1, 2), (60 * 25, 1, 2))
    assert made.active_hours(NOW) == 3
    assert made.between(NOW - 55 * MINUTE_MS, NOW) == (2, 4)
    made.forget(NOW + 10 * 3_600_000)
    assert made.between(0, NOW) == (3, 6)
