"""Month: a calendar month in the user's zone as money and tokens, with its forecast; and the calendar of tokens.

Owns "you pay" (plan fees and metered cost) and what the forecast is told. Does not own its days (spending.py), the
forecast's method (forecast.py), sums for reports (totals.py), or whether a source is missing: nothing in the ledger
tells that, so ``incomplete_since`` is left None for whoever knows.

Decisions
---------
*A question a day.* Context: the month is asked at every change of a ledger that may hold millions of records.
Decision: each day's sums are one question, for sums lie in the order of time; quarters of an hour are only asked for
to learn a day's hours. Consequence: the days take a third to a half of what their quarters would (23 instead of 50 ms
at 6,000 records a day), and a day is cut where it begins in its zone, of 23 hours or 25.

*Fees are those of the plans that hold in the month*; a plan without dates counts for past months too, because there
is no history of it. They count whole from the 1st. A month before the first record is unknown: no fees, no forecast,
and not "last month".

*A month that is over is its own forecast*: state normal, every percentile its total, the chance of passing the budget
0 or 1, no fan. ``today``, ``spent_today`` and ``listed_today`` are the present day's, whichever month is asked for.

*The future does not count.* Records from after today (a clock that was set back) wait until their day comes.
"""

from __future__ import annotations

from datetime import date, timedelta, tzinfo
from itertools import accumulate
from typing import Final

from tokenwatch.base.clock import Period, day_of, day_start, month_of
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import BudgetUse, DaySpend, Forecast, Month, Usual
from tokenwatch.insight.budgets import uses
from tokenwatch.insight.day_hours import share_ahead
from tokenwatch.insight.forecast import WINDOW, forecast, settled
from tokenwatch.insight.spending import Spending, days
from tokenwatch.ledger.queries import Queries

CALENDAR_WEEKS: Final = 16
_DAY: Final = timedelta(days=1)


def month(
    queries: Queries,
    first: date,
    today: date,
    now: int,
    zone: tzinfo,
    settings: Settings,
    seed: int,
) -> Month:
    """The month that ``first`` lies in, seen on ``today``, the day of ``now`` (milliseconds) in ``zone``.

    ``seed`` makes the forecast's draws; the same for the same month, so that it moves only with the facts.
    """
    return outlook(queries, first, today, now, zone, settings, seed)[0]


def outlook(
    queries: Queries,
    first: date,
    today: date,
    now: int,
    zone: tzinfo,
    settings: Settings,
    seed: int,
) -> tuple[Month, tuple[BudgetUse, ...]]:
    """As :func:`month`, with the budgets of the present, which need the same days."""
    start, lanes = settings.month_start, settings.lanes()
    period = month_of(first, start)
    before = month_of(period.first - _DAY, start)
    over, begun = period.last < today, period.first <= today
    spending = Spending(queries, zone, lanes, start)
    since = min(before.first, today - timedelta(days=WINDOW)) if begun and not over else before.first
    last = min(period.last, today)
    spending.ask(since, last)
    if over:
        spending.ask(today, today)
    shown = tuple(map(spending.of, days(period.first, last)))
    metered = sum(day.metered for day in shown)
    unknown = not spending.known(period.last)
    fees = lanes.fees(period) if begun and not (over and unknown) else 0
    projection, usual = Forecast(), Usual()
    if over and not unknown:
        projection = _settled(shown, fees, settings.budget)
    elif begun and not unknown:
        hours, costs = spending.hours(today)
        usual = spending.usual(today - timedelta(days=WINDOW), today, costs)
        projection = forecast(
            spending.past(since, today),
            today,
            period,
            spent_today=spending.of(today).metered,
            ahead=share_ahead(hours, now - day_start(today, zone)),
            fees=fees,
            budget=settings.budget,
            seed=seed,
        )
    found = Month(
        label=period.label,
        first=period.first,
        last=period.last,
        today=today,
        spent=fees + metered,
        fees=fees,
        metered=metered,
        listed=sum(day.listed for day in shown),
        spent_today=spending.of(today).metered,
        listed_today=spending.of(today).listed,
        budget=settings.budget,
        forecast=projection,
        days=shown,
        tokens=sum(day.tokens for day in shown),
        sessions=queries.session_count(*Period(period.first, last).bounds(zone)) if shown else 0,
        unpriced_requests=sum(spending.unpriced.get(day.day, 0) for day in shown),
        unpriced_paid=sum(spending.unpriced_paid.get(day.day, 0) for day in shown),
        unpriced_today=spending.unpriced_paid.get(today, 0),
        uncertain_requests=sum(spending.uncertain.get(day.day, 0) for day in shown),
        estimated_tokens=sum(spending.estimated.get(day.day, 0) for day in shown),
        last_month=lanes.fees(before) + spending.total(before, before.last) if spending.known(before.last) else None,
        extra=sum(day.extra for day in shown),
        usual=usual,
        restated=queries.restatements(period.label),
    )
    return found, uses(spending, settings, today) if begun and not over else ()


def calendar(queries: Queries, today: date, zone: tzinfo) -> tuple[tuple[date, int], ...]:
    """(day, tokens) of the last 16 weeks, the present one included, weeks beginning on Monday; only days with use."""
    monday = today - timedelta(days=today.weekday() + 7 * (CALENDAR_WEEKS - 1))
    earliest = queries.first_time()
    if earliest is None:
        return ()
    begin = day_of(earliest, zone)
    used = []
    for day in days(max(monday, begin), today):
        tokens = sum(entry.tokens.total for entry in queries.sums(*Period(day, day).bounds(zone)))
        if tokens:
            used.append((day, tokens))
    return tuple(used)


def _settled(shown: tuple[DaySpend, ...], fees: int, budget: int | None) -> Forecast:
    """The forecast of a month that is over."""
    sums = list(accumulate((day.metered for day in shown), initial=fees))[1:]
    passed = next((day.day for day, total in zip(shown, sums, strict=True) if budget and total > budget), None)
    return settled(sums[-1], budget, passed)
