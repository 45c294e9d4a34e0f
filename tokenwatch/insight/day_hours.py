"""Day hours: how much of a typical day's use is still ahead at some time of the day.

Owns the shape of a day, learnt from days that are over. Does not own amounts (forecast.py) or where hours come from
(month.py). Hours count from the local midnight as time passes, so that a day of 23 or 25 hours needs no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from tokenwatch.base.clock import DAY_MS

HOURS: Final = 24
ACTIVE_DAYS: Final = 10
"""Days with use before a person's own hours are believed."""

_HOUR_MS: Final = DAY_MS // HOURS
_USUAL: Final = range(9, 19)
USUAL_HOURS: Final = tuple(1 / len(_USUAL) if hour in _USUAL else 0.0 for hour in range(HOURS))
"""Evenly from 9 to 19 h, until more is known."""


def typical_hours(days: Iterable[Sequence[int]]) -> tuple[float, ...]:
    """The share of each hour (24, together 1) in a day's use. ``days``: the use in each hour of days that are over.

    Every day with any use counts alike, so that one expensive day does not decide.
    """
    sums, active = [0.0] * HOURS, 0
    for hours in days:
        total = sum(hours)
        if total <= 0:
            continue
        active += 1
        for hour, amount in enumerate(hours):
            sums[hour] += amount / total
    return tuple(share / active for share in sums) if active >= ACTIVE_DAYS else USUAL_HOURS


def hour_of(since_midnight: int) -> int:
    """The hour in which a time (milliseconds after the day's begin) lies; a 25th hour counts to the 24th."""
    return min(HOURS - 1, max(0, since_midnight // _HOUR_MS))


def share_ahead(shares: Sequence[float], since_midnight: int) -> float:
    """The part of a typical day's use, 1 to 0, that comes after this time (milliseconds after the day's begin)."""
    hour = hour_of(since_midnight)
    begun = min(1.0, max(0.0, since_midnight / _HOUR_MS - hour))
    return min(1.0, max(0.0, sum(shares[hour + 1 :]) + shares[hour] * (1 - begun)))
