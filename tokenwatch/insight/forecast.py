"""Forecast: what a month will cost, as a range, from what each day before today cost.

Owns the method and nothing else: plain numbers in, a :class:`Forecast` out. No clock, ledger or settings, so that it
can be asked for any day of the past. Does not own cutting days, fees (month.py) or a day's hours (day_hours.py).

Method: the rest of the month is drawn 400 times. A day to come is drawn from the days of its type (Monday to Friday,
or the weekend) among the last 56, those of 14 days more half as often, single days capped at their type's 95th
percentile; today counts by the part of it that is still ahead. Each draw is multiplied by a level factor. What is
spent plus the sorted draws gives the percentiles; "projected" is the median.

Decisions
---------
*An urn instead of resampling.* Context: drawing from a resampled pool costs as many random numbers as the pool has
days, and its 80 % band covered only 57 to 78 % of outcomes. Decision: every drawn day goes back together with a copy
that weighs what the newest day does (the predictive form of the Bayesian bootstrap; copies of 1.2 held 91 % on
regular days, more than the band says). Consequence: that a rate is uncertain is in the draws at no cost, and the
fewer and older the days it rests on, the wider the band.

*The level factor is measured.* Context: a standard deviation of at least 0.35 covered 92 to 100 % of outcomes on
usual or regular days, with a band up to twice as wide as need be. Decision: it is what sums of weeks vary beyond what
days vary within weeks (analysis of variance), and a part for ignorance that fades with the number of known days.

*"Pace changed" takes more than noise.* Context: 7 days outside half to double of the expectation are common without
any change: 17 % of the time on usual, 66 % on rare use. Decision: they must also be 1.64 standard deviations away,
which leaves 6 and 9 %. Then the half-life is 5 days and the level factor wider.

*One pseudo-day* of the mean over all days is in each urn, not two: those made a weekend that is always free cost a
fifth of a working day. Seven types of days were not tried: eight values each say less than forty.

*States.* Without a complete day nothing is projected. On fewer than 3 the range stands without a median (the design's
"first 3 days"); fewer than 14 are "low". Days before the first known one are not zero, they are left out.

*Measured* on made-up years (tests/insight/made_up_days.py; 24 of each kind, 10 months, forecasts after 3 to 25 days),
as weighted error of the median, of the month's pace carried on, and outcomes within the 80 % band:

    known before the month       none           14 days        60 days
    usual (spikes, weekends)     26  28  71 %   18  28  76 %   16  28  81 %
    regular                      11  13  92 %    7  13  87 %    6  13  87 %
    every day                    16  16  80 %   11  16  77 %   10  16  78 %
    rare                         62  65  53 %   45  65  66 %   40  65  74 %
    level wanders                28  29  70 %   19  29  72 %   18  29  76 %
    usual, doubled on day 9                     30  32  47 %   31  32  43 %
    the same, 6 days after it                   14  14  69 %   15  14  71 %
    usual, halved, 6 days after                 13  17  77 %   14  17  72 %

tests/insight/test_forecast_years.py holds the method to it. A forecast takes 1 to 6 ms.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate
from math import exp, log1p, sqrt
from random import Random
from typing import Final

from tokenwatch.base.clock import Period
from tokenwatch.base.snapshot import Forecast, ForecastState

DRAWS: Final = 400
WINDOW: Final = 56
"""Days that rates are taken from: whole weeks, so that each has as many days of a type as the next."""
MEDIAN_FROM: Final = 3
NORMAL_FROM: Final = 14
"""Complete days known, from which on a median is given, and from which on the state is normal."""

_WEEK: Final = 7
_HALF_LIFE: Final = 14.0
_HALF_LIFE_CHANGED: Final = 5.0
_CAPPED_FROM: Final = 8
_CAP: Final = 0.95
_PSEUDO_DAYS: Final = 1.0
_COPY: Final = 1.0
_IGNORANCE: Final = 2.0
"""Standard deviation of the level's logarithm before anything is known; falls with the number of days."""
_LEVEL_WEEKS: Final = 3
"""Weeks that are needed to see how much their level varies; from eight on it is believed entirely."""
_PACE: Final = (0.5, 2.0)
_PACE_NOISE: Final = 1.64
_PACE_WEEKS: Final = 3
_PACE_SPREAD: Final = 0.3

_TYPES: Final = (False, True)


class _Days:
    """The last days before today, newest first: what each cost (capped), and whether it lies in a weekend."""

    def __init__(self, past: Sequence[int], today: date) -> None:
        newest_first = [max(0, amount) for amount in past[: -WINDOW - 1 : -1]]
        self.weekend = [_is_weekend(today - timedelta(days=age)) for age in range(1, len(newest_first) + 1)]
        second = sorted(newest_first)[-2:][0]
        caps = {weekend: _cap(_of(weekend, newest_first, self.weekend), second) for weekend in _TYPES}
        self.cost = [min(amount, caps[weekend]) for amount, weekend in zip(newest_first, self.weekend, strict=True)]
        self.weeks = len(self.cost) // _WEEK

    def of_type(self, weekend: bool, first: int = 0, end: int | None = None) -> list[int]:
        return _of(weekend, self.cost[first:end], self.weekend[first:end])


def forecast(
    past: Sequence[int],
    today: date,
    month: Period,
    *,
    spent_today: int,
    ahead: float,
    fees: int,
    budget: int | None,
    seed: int,
) -> Forecast:
    """The month's cost at its end, as it is seen on ``today``, a day of ``month``. Money is nano-dollars.

    ``past``: metered cost of each complete day that is known, oldest first and without gaps; the last one is
    yesterday. ``spent_today``: metered so far; ``ahead``: the part of a typical day's use that is still to come, 0..1
    (a day that has not begun: 0 and 1.0). ``fees``: of the whole month, counted from its first day on. The same
    arguments always give the same result.
    """
    if not past:
        return Forecast()
    days = _Days(past, today)
    changed = _pace_changed(days)
    gone = (today - month.first).days
    spent = fees + sum(max(0, amount) for amount in past[-gone:] if gone) + max(0, spent_today)
    left = (month.last - today).days + 1
    rests = _draw(days, changed, today, left, min(1.0, max(0.0, ahead)), Random(seed))  # noqa: S311 - no secret
    fan = [_percentiles(today + timedelta(days=number), spent, rest) for number, rest in enumerate(rests)]
    _, p10, p25, p50, p75, p90 = fan[-1]
    return Forecast(
        state=_state(len(past), changed),
        p10=p10,
        p25=p25,
        p50=p50 if len(past) >= MEDIAN_FROM else None,
        p75=p75,
        p90=p90,
        chance_over_budget=sum(spent + int(rest) > budget for rest in rests[-1]) / DRAWS if budget else None,
        earliest_over=next((day for day, *_, high in fan if high > budget), None) if budget else None,
        fan=tuple(fan),
    )


def settled(total: int, budget: int | None, over_on: date | None) -> Forecast:
    """Of a month that is over: exactly its total. ``over_on``: the day on which it passed the budget, if it did."""
    over = bool(budget) and total > (budget or 0)
    return Forecast(
        ForecastState.NORMAL, total, total, total, total, total,
        chance_over_budget=float(over) if budget else None,
        earliest_over=over_on if over else None,
    )  # fmt: skip


def _state(known: int, changed: bool) -> ForecastState:
    if changed:
        return ForecastState.PACE_CHANGED
    return ForecastState.LOW if known < NORMAL_FROM else ForecastState.NORMAL


def _pace_changed(days: _Days) -> bool:
    """Whether the last 7 days fit neither the days before them nor their scatter."""
    if days.weeks < _PACE_WEEKS:
        return False
    expected = scatter = 0.0
    for weekend in _TYPES:
        before, count = days.of_type(weekend, _WEEK), 2 if weekend else 5
        mean = sum(before) / len(before)
        expected += count * mean
        variance = sum((cost - mean) ** 2 for cost in before) / (len(before) - 1)
        scatter += (count + count * count / len(before)) * variance
    recent = sum(days.cost[:_WEEK])
    low, high = _PACE
    return not low * expected <= recent <= high * expected and abs(recent - expected) > _PACE_NOISE * sqrt(scatter)


def _level_spread(days: _Days, changed: bool) -> float:
    """Standard deviation of the logarithm of the factor between the level of the known days and of those to come."""
    variance = (_IGNORANCE / (1 + len(days.cost))) ** 2 + (_PACE_SPREAD**2 if changed else 0.0)
    if days.weeks >= _LEVEL_WEEKS:
        sums = [sum(days.cost[first : first + _WEEK]) for first in range(0, days.weeks * _WEEK, _WEEK)]
        mean = sum(sums) / len(sums)
        within = 0.0
        for weekend in _TYPES:
            squares = freedom = 0.0
            for first in range(0, days.weeks * _WEEK, _WEEK):
                costs = days.of_type(weekend, first, first + _WEEK)
                middle = sum(costs) / len(costs)
                squares += sum((cost - middle) ** 2 for cost in costs)
                freedom += len(costs) - 1
            within += (2 if weekend else 5) * squares / freedom
        between = sum((total - mean) ** 2 for total in sums) / (len(sums) - 1)
        if mean > 0 and between > within:
            belief = 2 * days.weeks / (days.weeks + WINDOW // _WEEK)
            variance += log1p(belief * (between - within) / mean**2)
    return sqrt(variance)


def _draw(days: _Days, changed: bool, today: date, left: int, ahead: float, random: Random) -> list[list[float]]:
    """For each of the days left, from today on: the cost from now to its end in every draw, in ascending order."""
    half_life = _HALF_LIFE_CHANGED if changed else _HALF_LIFE
    weights = [0.5 ** (age / half_life) for age in range(1, len(days.cost) + 1)]
    total = sum(weights)
    urns = [
        list(
            accumulate(
                (weight if of == weekend else 0.0) + _PSEUDO_DAYS * weight / total
                for weight, of in zip(weights, days.weekend, strict=True)
            )
        )
        for weekend in _TYPES
    ]
    types = [_is_weekend(today + timedelta(days=number)) for number in range(left)]
    spread, costs, last, uniform = _level_spread(days, changed), days.cost, len(days.cost) - 1, random.random
    ends: list[list[float]] = [[] for _ in types]
    steps = [(end.append, weekend) for end, weekend in zip(ends, types, strict=True)]
    deviation = 0.0
    for number in range(DRAWS):
        # In pairs of opposites, so that chance moves the median less.
        deviation = -deviation if number % 2 else random.gauss(0.0, spread)
        level = exp(deviation)
        copies: tuple[list[int], list[int]] = ([], [])
        rest, part = 0.0, ahead * level
        for append, weekend in steps:
            urn, copied = urns[weekend], copies[weekend]
            mass = urn[-1]
            place = uniform() * (mass + _COPY * len(copied))
            cost = costs[bisect(urn, place, 0, last)] if place < mass else copied[int((place - mass) / _COPY)]
            copied.append(cost)
            rest += part * cost
            append(rest)
            part = level
    for end in ends:
        end.sort()
    return ends


def _percentiles(day: date, spent: int, rests: Sequence[float]) -> tuple[date, int, int, int, int, int]:
    """The day, then p10, p25, p50, p75, p90 on top of what is spent. One draw in ten reaches p90 or lies above."""
    size = len(rests)
    tenth, quarter, half = size // 10, size // 4, size // 2
    return (
        day,
        spent + int(rests[tenth - 1]),
        spent + int(rests[quarter - 1]),
        spent + int((rests[half - 1] + rests[half]) / 2),
        spent + int(rests[size - quarter]),
        spent + int(rests[size - tenth]),
    )


def _cap(costs: Sequence[int], second: int) -> int:
    """The most that a day of this type counts for; ``second`` is the second dearest of all days.

    Of fewer than 21 days the 95th percentile is the largest, so that a dear day also counts no more than twice the
    next one of its type, or the second dearest of all if that is more.
    """
    ordered = sorted(costs)
    if len(ordered) < _CAPPED_FROM:
        return ordered[-1] if ordered else 0
    return min(ordered[int(_CAP * len(ordered))], max(2 * ordered[-2], second))


def _of(weekend: bool, costs: Sequence[int], types: Sequence[bool]) -> list[int]:
    return [cost for cost, of in zip(costs, types, strict=True) if of == weekend]


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5
