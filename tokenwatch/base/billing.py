"""Billing: how use is paid - by use, by a flat plan, or by a plan with overage - for each agent and account, by day.

Owns plans with their dates, budgets, and which mode holds on a day. Does not own reading them (base/settings.py) or
adding money up (insight). An account is what an agent bills through: the provider that its records name. Money is
nano-dollars.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, Literal

import msgspec

from tokenwatch.base.clock import Period

Mode = Literal["metered", "plan", "overage"]
"""``overage``: a plan that covers so much at list prices each month, and what is beyond is metered."""

Span = Literal["month", "week", "day"]
Basis = Literal["paid", "listed"]

DOLLARS: Final = "USD"


class Billing(msgspec.Struct, frozen=True):
    """How an agent's use is paid now, without dates. ``fee`` is per month; ``included`` is for "overage"."""

    mode: Mode = "metered"
    fee: int = 0
    included: int = 0


class Plan(msgspec.Struct, frozen=True):
    """A row of the table of plans: from ``since`` on, before ``until``; None for always."""

    agent: str
    provider: str = ""
    """Empty for all accounts of the agent."""
    name: str = ""
    mode: Mode = "plan"
    fee: int = 0
    """Nano-units of ``currency`` a month."""
    currency: str = DOLLARS
    since: date | None = None
    until: date | None = None
    included: int = 0
    """Nano-dollars at list prices a month that a plan with overage covers."""

    def covers(self, first: date, last: date) -> bool:
        """Whether it holds on any day from the first to the last."""
        return (self.since is None or self.since <= last) and (self.until is None or first < self.until)


class Budget(msgspec.Struct, frozen=True):
    """A limit that a person sets for each month, week or day, of everything, a project or an agent.

    ``paid``: of plans' fees and metered use, for the whole month; of metered use otherwise. ``listed``: of everything
    at list prices. ``thresholds`` empty: those of the settings.
    """

    id: str
    amount: int
    span: Span = "month"
    basis: Basis = "paid"
    agent: str = ""
    project: str = ""
    thresholds: tuple[int, ...] = ()

    @property
    def whole(self) -> bool:
        return not (self.agent or self.project)


class Lanes:
    """Which mode holds for an agent and account on a day, and the fees of a period. Cheap to ask again."""

    def __init__(self, billing: Iterable[tuple[str, Billing]], plans: Iterable[Plan], rates: dict[str, int]) -> None:
        """``rates``: nano-units of a currency for a dollar."""
        self._billing = dict(billing)
        self._plans = tuple(plans)
        self._rates = rates
        self._known: dict[tuple[str, str, date], Plan] = {}
        self.dated = any(plan.since or plan.until for plan in self._plans)
        """Whether a mode may change from one day to another."""

    @property
    def any_overage(self) -> bool:
        modes = [plan.mode for plan in self._plans] + [billing.mode for billing in self._billing.values()]
        return "overage" in modes

    @property
    def by_account(self) -> bool:
        """Whether accounts of one agent may be billed in different ways."""
        return any(plan.provider for plan in self._plans) or any("/" in account for account in self._billing)

    @property
    def unconverted(self) -> tuple[Plan, ...]:
        """Plans whose fee counts nothing, because no rate of their currency is known."""
        return tuple(plan for plan in self._plans if plan.fee and self.dollars(plan) is None)

    def of(self, agent: str, provider: str, day: date) -> Plan:
        """What holds: the row of this account before that of all accounts, a later row before an earlier one."""
        key = (agent, provider, day)
        if key not in self._known:
            if len(self._known) > 10_000:  # logs decide how many there are
                self._known.clear()
            self._known[key] = self._find(agent, provider, day)
        return self._known[key]

    def mode(self, agent: str, provider: str, day: date) -> Mode:
        return self.of(agent, provider, day).mode

    def plans(self, period: Period) -> tuple[Plan, ...]:
        """Every plan that holds on any day of the period, dated ones first."""
        dated = [plan for plan in self._plans if plan.covers(period.first, period.last)]
        replaced = {_account(plan.agent, plan.provider) for plan in dated}
        undated = [_undated(*entry) for entry in self._billing.items() if entry[0] not in replaced]
        return tuple(plan for plan in (*dated, *undated) if plan.mode != "metered")

    def fees(self, period: Period) -> int:
        """The fees of every plan that holds on any day of the period, in nano-dollars, whole."""
        return sum(self.dollars(plan) or 0 for plan in self.plans(period))

    def dollars(self, plan: Plan) -> int | None:
        """A plan's fee in nano-dollars; None if no rate of its currency is known."""
        if plan.currency == DOLLARS:
            return plan.fee
        rate = self._rates.get(plan.currency)
        return None if not rate else (plan.fee * 10**9 + rate // 2) // rate

    def _find(self, agent: str, provider: str, day: date) -> Plan:
        fitting = [
            plan
            for plan in self._plans
            if plan.agent == agent and plan.provider in ("", provider) and plan.covers(day, day)
        ]
        if fitting:
            return max(fitting, key=lambda plan: (bool(plan.provider), plan.since or date.min))
        for account in (_account(agent, provider), agent):
            if account in self._billing:
                return _undated(account, self._billing[account])
        return Plan(agent, mode="metered")


def _undated(account: str, billing: Billing) -> Plan:
    agent, _, provider = account.partition("/")
    return Plan(agent, provider, mode=billing.mode, fee=billing.fee, included=billing.included)


def _account(agent: str, provider: str) -> str:
    return f"{agent}/{provider}" if provider else agent
