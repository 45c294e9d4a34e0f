"""Month: a calendar month in the user's zone as money and tokens, with its forecast; and the calendar of tokens.

Owns "you pay" (plan fees and metered cost), the days it is made of, and what the forecast is told. Does not own the
forecast's method (forecast.py), sums for reports (totals.py), or whether a source is missing: nothing in the ledger
tells that, so ``incomplete_since`` is left None for whoever knows.

Decisions
---------
*A question a day.* Context: the month is asked at every change of a ledger that may hold millions of records.
Decision: each day's sums are one question, for sums lie in the order of time; quarters of an hour are only asked for
to learn a day's hours. Consequence: the days take a third to a half of what their quarters would (23 instead of 50 ms
at 6,000 records a day), and a day is cut where it begins in its zone, of 23 hours or 25.

*Fees are today's settings*, for past months too, because there is no history of them; only a plan's fee counts. They
count whole from the 1st. A month before the first record is unknown: no fees, no forecast, and not "last month".

*A month that is over is its own forecast*: state normal, every percentile its total, the chance of passing the budget
0 or 1, no fan. ``today``, ``spent_today`` and ``listed_today`` are the present day's, whichever month is asked for.

*The future does not count.* Records from after today (a clock that was set back) wait until their day comes.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from datetime import date, timedelta, tzinfo
from itertools import accumulate
from typing import Final

from tokenwatch.base.clock import Period, day_of, day_start, month_of
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import DaySpend, Forecast, Month
from tokenwatch.insight.day_hours import ACTIVE_DAYS, HOURS, USUAL_HOURS, hour_of, share_ahead, typical_hours
from tokenwatch.insight.forecast import WINDOW, forecast, settled
from tokenwatch.ledger.queries import Queries, Sum

CALENDAR_WEEKS: Final = 16
HOURS_WINDOW: Final = 28
"""Days before today from which the hours of a typical day are learnt."""

_DAY: Final = timedelta(days=1)


def month(queries: Queries, first: date, today: date, now: int, zone: tzinfo, settings: Settings, seed: int) -> Month:
    """The month that ``first`` lies in, as far as it has gone by ``today`` (the local day of ``now``, milliseconds).

    ``seed`` decides the forecast's draws: while it stays, the range moves only with the facts. Raises a
    :class:`LedgerError`.
    """
    period = month_of(first)
    before = month_of(period.first - _DAY)
    over, begun = period.last < today, period.first <= today
    spending = _Spending(queries, zone, settings)
    since = min(before.first, today - timedelta(days=WINDOW)) if begun and not over else before.first
    last = min(period.last, today)
    spending.ask(since, last)
    if over:
        spending.ask(today, today)
    days = tuple(map(spending.of, _days(period.first, last)))
    metered = sum(day.metered for day in days)
    unknown = not spending.known(period.last)
    fees = spending.fees if begun and not (over and unknown) else 0
    outlook = Forecast()
    if over and not unknown:
        outlook = _settled(days, fees, settings.budget)
    elif begun and not unknown:
        past = [spending.of(day).metered for day in _days(since, today - _DAY) if spending.known(day)]
        outlook = forecast(
            past,
            today,
            period,
            spent_today=spending.of(today).metered,
            ahead=share_ahead(_hours(spending, today), now - day_start(today, zone)),
            fees=fees,
            budget=settings.budget,
            seed=seed,
        )
    return Month(
        label=period.label,
        first=period.first,
        last=period.last,
        today=today,
        spent=fees + metered,
        fees=fees,
        metered=metered,
        listed=sum(day.listed for day in days),
        spent_today=spending.of(today).metered,
        listed_today=spending.of(today).listed,
        budget=settings.budget,
        forecast=outlook,
        days=days,
        tokens=sum(day.tokens for day in days),
        sessions=queries.session_count(*Period(period.first, last).bounds(zone)) if days else 0,
        unpriced_requests=sum(spending.unpriced.get(day.day, 0) for day in days),
        uncertain_requests=sum(spending.uncertain.get(day.day, 0) for day in days),
        last_month=spending.fees + sum(spending.of(day).metered for day in _days(before.first, before.last))
        if spending.known(before.last)
        else None,
    )


def calendar(queries: Queries, today: date, zone: tzinfo) -> tuple[tuple[date, int], ...]:
    """(day, tokens) of the last 16 weeks, the present one included, weeks beginning on Monday; only days with use."""
    monday = today - timedelta(days=today.weekday() + 7 * (CALENDAR_WEEKS - 1))
    begin = _first_day(queries, zone)
    if begin is None:
        return ()
    used = []
    for day in _days(max(monday, begin), today):
        tokens = sum(entry.tokens.total for entry in queries.sums(*Period(day, day).bounds(zone)))
        if tokens:
            used.append((day, tokens))
    return tuple(used)


class _Spending:
    """What each day cost, of the days that were asked for. Days before the first record are unknown."""

    def __init__(self, queries: Queries, zone: tzinfo, settings: Settings) -> None:
        self.queries = queries
        self.zone = zone
        self.plans = {agent for agent, billing in settings.billing if billing.mode == "plan"}
        self.fees = sum(billing.fee for _, billing in settings.billing if billing.mode == "plan")
        self.unpriced: dict[date, int] = {}
        self.uncertain: dict[date, int] = {}
        self._begin = _first_day(queries, zone)
        self._days: dict[date, DaySpend] = {}

    def known(self, day: date) -> bool:
        """Whether there was a record on this day or before it."""
        return self._begin is not None and self._begin <= day

    def ask(self, first: date, last: date) -> None:
        for day in _days(first, last):
            if self.known(day):
                sums = self.queries.sums(*Period(day, day).bounds(self.zone), by=("agent",))
                self._days[day] = self._spend(day, sorted(sums, key=lambda entry: entry.group))
                self.unpriced[day] = sum(entry.unpriced for entry in sums)
                self.uncertain[day] = sum(entry.uncertain for entry in sums)

    def of(self, day: date) -> DaySpend:
        return self._days.get(day) or DaySpend(day)

    def agents(self) -> set[str]:
        """Agents with any use on the days that were asked for."""
        return {agent for day in self._days.values() for agent, _ in day.by_agent_tokens}

    def _spend(self, day: date, sums: list[Sum]) -> DaySpend:
        listed = tuple((entry.group[0], entry.listed) for entry in sums)
        metered = tuple((agent, cost) for agent, cost in listed if agent not in self.plans)
        return DaySpend(
            day=day,
            metered=sum(cost for _, cost in metered),
            listed=sum(cost for _, cost in listed),
            tokens=sum(entry.tokens.total for entry in sums),
            by_agent=metered,
            listed_by_agent=listed,
            by_agent_tokens=tuple((entry.group[0], entry.tokens.total) for entry in sums),
        )


def _hours(spending: _Spending, today: date) -> tuple[float, ...]:
    """The shares of a typical day's hours in metered cost, from the last four weeks."""
    days = list(_days(today - timedelta(days=HOURS_WINDOW), today - _DAY))
    if sum(spending.of(day).metered > 0 for day in days) < ACTIVE_DAYS:
        return USUAL_HOURS
    used = spending.agents()
    metered = used - spending.plans
    bounds = Period(days[0], days[-1]).bounds(spending.zone)
    # Without a plan there is no need to look up each sum's agent.
    found = spending.queries.sums(*bounds, slots=True, agents=sorted(metered) if metered != used else ())
    starts = [day_start(day, spending.zone) for day in days]
    costs = [[0] * HOURS for _ in days]
    for entry in found:
        number = bisect(starts, entry.slot) - 1
        costs[number][hour_of(entry.slot - starts[number])] += entry.listed
    return typical_hours(costs)


def _settled(days: tuple[DaySpend, ...], fees: int, budget: int | None) -> Forecast:
    """The forecast of a month that is over."""
    sums = list(accumulate((day.metered for day in days), initial=fees))[1:]
    passed = next((day.day for day, total in zip(days, sums, strict=True) if budget and total > budget), None)
    return settled(sums[-1], budget, passed)


def _first_day(queries: Queries, zone: tzinfo) -> date | None:
    first = queries.first_time()
    return None if first is None else day_of(first, zone)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
