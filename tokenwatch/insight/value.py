"""Value: what a month's plans gave for their fees, and how its tokens were used, beside the months before.

Owns setting both against each other, and what the month would come to if it were paid in another way. Does not own
what was paid (spending.py) or the forecast's method (forecast.py). Money is nano-dollars.

*At API prices* is what the same use would have cost at the list price of its day. Nobody is billed that for use
inside a plan, and without the plan there might have been less of it: the two are never added.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta, tzinfo
from itertools import accumulate
from typing import TYPE_CHECKING, Final

import msgspec

from tokenwatch.base.billing import Plan
from tokenwatch.base.clock import Period, day_start, month_beside, month_of
from tokenwatch.base.plan_table import largest_below
from tokenwatch.base.settings import Settings
from tokenwatch.base.usage import Tokens
from tokenwatch.insight.day_hours import share_ahead
from tokenwatch.insight.forecast import WINDOW, forecast
from tokenwatch.insight.spending import Spending, days

if TYPE_CHECKING:
    from tokenwatch.ledger.queries import Queries

MONTHS: Final = 4
"""Of which the use of tokens is compared, the shown one included."""

_COUNTED: Final = 2
MOST_SWITCHES: Final = 2

_DAY: Final = timedelta(days=1)


class Worth(msgspec.Struct, frozen=True):
    """The question what the month that ``first`` lies in was worth."""

    first: date


class PlanValue(msgspec.Struct, frozen=True):
    """A plan of the month. ``fee`` is None if no rate of its currency is known."""

    plan: Plan
    fee: int | None
    days: tuple[int, ...]
    """What it covered on each day of the month up to today, at list prices."""
    without: int | None = None
    """The projected month if there were no such plan and its use were metered; None if there is no projection."""

    @property
    def total(self) -> int:
        return sum(self.days)

    @property
    def times(self) -> float | None:
        """How many times its fee it gave, at list prices."""
        return self.total / self.fee if self.fee else None

    def paid_back(self, first: date) -> date | None:
        """The first day, in a month that begins on ``first``, on which it had given its fee."""
        if not self.fee:
            return None
        sums = enumerate(accumulate(self.days))
        return next((first + timedelta(days=number) for number, total in sums if total >= (self.fee or 0)), None)


class Switch(msgspec.Struct, frozen=True):
    """A plan that is sold for an agent that is metered now, for less than that comes to.

    ``projected`` is the month if it covered all the agent's use.
    """

    plan: Plan
    projected: int


class MonthUse(msgspec.Struct, frozen=True):
    """How a month's tokens were used."""

    first: date
    tokens: Tokens
    listed: int
    sessions: int | None
    """Counted of the last two months only, for that takes longest; None of others."""

    @property
    def cache_hits(self) -> float | None:
        """The part of all input that came from a cache."""
        given = self.tokens
        total = given.input + given.cache_read + given.cache_write_5m + given.cache_write_1h
        return given.cache_read / total if total else None

    @property
    def new_tokens(self) -> int:
        """Tokens that were not read from a cache."""
        return self.tokens.total - self.tokens.cache_read


class Value(msgspec.Struct, frozen=True):
    """A month up to ``today``. ``known`` is false for one before the first record."""

    first: date
    last: date
    today: date
    known: bool
    fees: int = 0
    metered: int = 0
    listed: int = 0
    unpriced: int = 0
    """Requests without a price: ``listed`` is then the least."""
    unpriced_paid: int = 0
    """Those of them that are paid by use: what is paid is then the least, too."""
    plans: tuple[PlanValue, ...] = ()
    """Those that hold on any day of it, the dearest first."""
    months: tuple[MonthUse, ...] = ()
    """The last months with any use up to this one, oldest first."""
    as_now: int | None = None
    """What is paid at the month's end, as it is projected; None without a projection and of a month that is over."""
    all_metered: int | None = None
    """The same if there were no plans."""
    switches: tuple[Switch, ...] = ()
    """For the agents that cost most as metered, the dearest first."""

    @property
    def paid(self) -> int:
        return self.fees + self.metered

    @property
    def inside(self) -> int:
        """What plans covered, at list prices."""
        return sum(plan.total for plan in self.plans)

    @property
    def use(self) -> MonthUse | None:
        """The month's own use, if there is any."""
        return self.months[-1] if self.months and self.months[-1].first == self.first else None


def value(queries: Queries, first: date, today: date, now: int, zone: tzinfo, settings: Settings, seed: int) -> Value:
    """The month that ``first`` lies in, seen on ``today``, the day of ``now`` (milliseconds) in ``zone``.

    ``seed`` makes the forecasts' draws, as in month.py.
    """
    start, lanes = settings.month_start, settings.lanes()
    period = month_of(first, start)
    over, begun = period.last < today, period.first <= today
    last = min(period.last, today)
    spending = Spending(queries, zone, lanes, start)
    before = month_beside(period.first, -1)
    since = period.first if over or not begun else min(before.first, today - timedelta(days=WINDOW))
    spending.ask(since, last)
    if not begun or not spending.known(last):
        return Value(period.first, period.last, today, known=False)
    shown = tuple(days(period.first, last))
    plans = tuple(
        PlanValue(plan, lanes.dollars(plan), tuple(spending.inside.get(day, {}).get(plan, 0) for day in shown))
        for plan in lanes.plans(period)
    )
    found = Value(
        period.first,
        period.last,
        today,
        known=True,
        fees=lanes.fees(period),
        metered=sum(spending.of(day).metered for day in shown),
        listed=sum(spending.of(day).listed for day in shown),
        unpriced=sum(spending.unpriced.get(day, 0) for day in shown),
        unpriced_paid=sum(spending.unpriced_paid.get(day, 0) for day in shown),
        plans=tuple(sorted(plans, key=lambda plan: (-(plan.fee or 0), -plan.total))),
        months=tuple(_months(queries, period.first, last, zone)),
    )
    return found if over else _projected(found, spending, since, period, now, seed)


def _projected(found: Value, spending: Spending, since: date, period: Period, now: int, seed: int) -> Value:
    hours, _ = spending.hours(found.today)
    ahead = share_ahead(hours, now - day_start(found.today, spending.zone))
    known = [day for day in days(since, found.today - _DAY) if spending.known(day)]

    def projected(fees: int, more: tuple[Plan, ...] = (), less: str = "") -> int | None:
        """With what the plans ``more`` cover metered, and the agent ``less`` not."""

        def cost(day: date) -> int:
            inside, spent = spending.inside.get(day, {}), spending.of(day)
            covered = sum(amount for agent, amount in spent.by_agent if agent == less)
            return spent.metered - covered + sum(inside.get(plan, 0) for plan in more)

        return forecast(
            [cost(day) for day in known],
            found.today,
            period,
            spent_today=cost(found.today),
            ahead=ahead,
            fees=fees,
            budget=None,
            seed=seed,
        ).p50

    every = tuple(entry.plan for entry in found.plans)
    plans = tuple(
        msgspec.structs.replace(entry, without=projected(found.fees - (entry.fee or 0), (entry.plan,)))
        for entry in found.plans
    )
    as_now = projected(found.fees)
    switches = []
    for agent in _dearest(spending, days(period.first, found.today)):
        rest = projected(found.fees, less=agent)
        if as_now is not None and rest is not None:
            plan = largest_below(agent, as_now - rest)
            switches += [] if plan is None else [Switch(plan, rest + plan.fee)]
    return msgspec.structs.replace(
        found,
        plans=plans,
        as_now=as_now,
        all_metered=projected(0, every) if every else None,
        switches=tuple(switches),
    )


def _dearest(spending: Spending, shown: Iterable[date]) -> list[str]:
    """The agents that cost most as metered."""
    metered: dict[str, int] = {}
    for day in shown:
        for agent, amount in spending.of(day).by_agent:
            metered[agent] = metered.get(agent, 0) + amount
    used = [agent for agent, amount in metered.items() if amount > 0]
    return sorted(used, key=lambda agent: (-metered[agent], agent))[:MOST_SWITCHES]


def _months(queries: Queries, first: date, last: date, zone: tzinfo) -> Iterable[MonthUse]:
    periods = [Period(first, last)]
    while len(periods) < MONTHS:
        periods.append(month_beside(periods[-1].first, -1))
    for number, period in reversed(list(enumerate(periods))):
        bounds = period.bounds(zone)
        for entry in queries.sums(*bounds):  # one, or none
            sessions = queries.session_count(*bounds) if number < _COUNTED else None
            yield MonthUse(period.first, entry.tokens, entry.listed, sessions)
