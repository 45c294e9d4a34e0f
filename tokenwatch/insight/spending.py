"""Spending: what each local day cost, as what is paid and at list prices, by how its use is billed.

Owns cutting the ledger's sums into days, which part of them is metered, and what is usual. Does not own months and
their forecast (month.py) or budgets (budgets.py).

*A plan with overage* covers so much at list prices from the begin of each month of spending; what its account uses
beyond that is metered, on the day it is used.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import date, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from tokenwatch.base.billing import Lanes, Plan
from tokenwatch.base.clock import Period, day_of, day_start, month_of
from tokenwatch.base.snapshot import DaySpend, Usual
from tokenwatch.insight.day_hours import ACTIVE_DAYS, HOURS, USUAL_HOURS, hour_of, typical_hours

if TYPE_CHECKING:
    from tokenwatch.ledger.queries import Queries, Sum

HOURS_WINDOW: Final = 28
"""Days before today from which the hours of a typical day are learnt."""

_USUAL_DAYS: Final = 5
_USUAL_HOURS: Final = 20
"""Days of today's type, and hours with use, that must be known before anything is called usual."""

_DAY: Final = timedelta(days=1)


class Spending:
    """Of the days that were asked for. Days before the first record are unknown."""

    def __init__(self, queries: Queries, zone: tzinfo, lanes: Lanes, start: int = 1) -> None:
        """``start``: the day on which months of spending begin."""
        self.queries = queries
        self.zone = zone
        self.lanes = lanes
        self.unpriced: dict[date, int] = {}
        self.unpriced_paid: dict[date, int] = {}
        """Of them those that no plan covers."""
        self.uncertain: dict[date, int] = {}
        self.estimated: dict[date, int] = {}
        self.inside: dict[date, dict[Plan, int]] = {}
        """What each plan covered of a day, at list prices."""
        self._start = start
        self._begin = _first_day(queries, zone)
        self._days: dict[date, DaySpend] = {}
        self._covered: dict[tuple[str, str, date], int] = {}
        """By agent, account and first day of the month: what was used so far of a plan with overage."""

    def known(self, day: date) -> bool:
        """Whether there was a record on this day or before it."""
        return self._begin is not None and self._begin <= day

    def ask(self, first: date, last: date) -> None:
        """Learn these days, in ascending order of calls; with an overage plan from their month's begin on."""
        by = ("agent", "provider") if self.lanes.by_account else ("agent",)
        if self.lanes.any_overage:
            first = month_of(first, self._start).first
        for day in days(first, last):
            if self.known(day) and day not in self._days:
                sums = self.queries.sums(*Period(day, day).bounds(self.zone), by=by)
                self._days[day] = self._spend(day, sorted(sums, key=lambda entry: entry.group))
                self.unpriced[day] = sum(entry.unpriced for entry in sums)
                self.uncertain[day] = sum(entry.uncertain for entry in sums)
                self.estimated[day] = sum(entry.estimated_tokens for entry in sums)

    def of(self, day: date) -> DaySpend:
        return self._days.get(day) or DaySpend(day)

    def total(self, period: Period, last: date) -> int:
        """Metered cost of a period up to ``last``."""
        return sum(self.of(day).metered for day in days(period.first, min(period.last, last)))

    def past(self, since: date, today: date) -> list[int]:
        """Metered cost of each complete known day from ``since`` on, oldest first."""
        return [self.of(day).metered for day in days(since, today - _DAY) if self.known(day)]

    def _spend(self, day: date, sums: Sequence[Sum]) -> DaySpend:
        metered: dict[str, int] = {}
        listed: dict[str, int] = {}
        tokens: dict[str, int] = {}
        inside: dict[Plan, int] = {}
        extra = unpriced = 0
        for entry in sums:
            agent, provider = entry.group[0], entry.group[1] if len(entry.group) > 1 else ""
            listed[agent] = listed.get(agent, 0) + entry.listed
            tokens[agent] = tokens.get(agent, 0) + entry.tokens.total
            plan = self.lanes.of(agent, provider, day)
            if plan.mode != "plan":
                unpriced += entry.unpriced
            if plan.mode == "overage":
                beyond = self._beyond(plan.agent, plan.provider, plan.included, day, entry.listed)
                extra += beyond
                metered[agent] = metered.get(agent, 0) + beyond
                inside[plan] = inside.get(plan, 0) + entry.listed - beyond
            elif plan.mode == "metered":
                metered[agent] = metered.get(agent, 0) + entry.listed
            else:
                inside[plan] = inside.get(plan, 0) + entry.listed
        self.unpriced_paid[day] = unpriced
        self.inside[day] = inside
        return DaySpend(
            day=day,
            metered=sum(metered.values()),
            listed=sum(listed.values()),
            tokens=sum(tokens.values()),
            by_agent=tuple(metered.items()),
            listed_by_agent=tuple(listed.items()),
            by_agent_tokens=tuple(tokens.items()),
            extra=extra,
        )

    def _beyond(self, agent: str, provider: str, included: int, day: date, listed: int) -> int:
        key = (agent, provider, month_of(day, self._start).first)
        before = self._covered.get(key, 0)
        self._covered[key] = before + listed
        return max(0, before + listed - included) - max(0, before - included)

    def hours(self, today: date) -> tuple[tuple[float, ...], tuple[int, ...]]:
        """The shares of a typical day's hours in metered cost, and the cost of each hour with any, ascending.

        Of the last four weeks; hours of a typical day are the usual ones while few days are known.
        """
        window = list(days(today - timedelta(days=HOURS_WINDOW), today - _DAY))
        active = sum(self.of(day).metered > 0 for day in window)
        if not active:
            return USUAL_HOURS, ()
        used = {agent for day in self._days.values() for agent, _ in day.by_agent_tokens}
        metered = {agent for day in self._days.values() for agent, _ in day.by_agent}
        bounds = Period(window[0], window[-1]).bounds(self.zone)
        # Without a plan there is no need to look up each sum's agent.
        found = self.queries.sums(*bounds, slots=True, agents=sorted(metered) if metered != used else ())
        starts = [day_start(day, self.zone) for day in window]
        costs = [[0] * HOURS for _ in window]
        for entry in found:
            number = bisect(starts, entry.slot) - 1
            costs[number][hour_of(entry.slot - starts[number])] += entry.listed
        spent = tuple(sorted(cost for day in costs for cost in day if cost > 0))
        return (typical_hours(costs) if active >= ACTIVE_DAYS else USUAL_HOURS), spent

    def usual(self, since: date, today: date, hours: Sequence[int]) -> Usual:
        """What is usual for a day like today and for an hour with use; ``hours`` as of :meth:`hours`."""
        like = sorted(
            self.of(day).metered
            for day in days(since, today - _DAY)
            if self.known(day) and (day.weekday() >= 5) == (today.weekday() >= 5)
        )
        day = dear_day = hour = dear_hour = None
        if len(like) >= _USUAL_DAYS:
            day, dear_day = sum(like) // len(like), like[(95 * len(like)) // 100]
        if len(hours) >= _USUAL_HOURS:
            hour, dear_hour = hours[len(hours) // 2], hours[(95 * len(hours)) // 100]
        return Usual(day, dear_day, hour, dear_hour)


def days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _first_day(queries: Queries, zone: tzinfo) -> date | None:
    first = queries.first_time()
    return None if first is None else day_of(first, zone)
