"""Rows of the settings' tables: budgets and plans, of which a file may hold any number.

Owns what a row may hold. Does not own single values (settings_values.py) or lines (settings.py). A mistake costs the
whole row, for half a plan is another plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from tokenwatch.base import settings_values as values
from tokenwatch.base.billing import DOLLARS, Basis, Budget, Mode, Plan, Span
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr

_BUDGET_KEYS: Final = ("id", "amount_usd", "period", "of", "agent", "project", "thresholds")
_PLAN_KEYS: Final = (
    "agent", "account", "name", "mode", "fee_month", "currency", "from", "until", "included_month_usd",
)  # fmt: skip


class Row:
    """One table of an array. ``refuse`` is told its number, from 1, and the first thing that is wrong with it."""

    def __init__(self, number: int, table: Mapping[str, Any], refuse: Callable[[int, str], None]) -> None:
        self._number, self._table, self._refuse = number, table, refuse
        self.good = True

    def know(self, keys: tuple[str, ...]) -> None:
        for key in self._table:
            if key not in keys:
                self.refuse(tr('"{key}" is not a setting of it', key=plain(key, 40)))

    def take(self, key: str, check: Callable[[Any], Any], default: Any) -> Any:
        if key not in self._table:
            return default
        try:
            return check(self._table[key])
        except values.Mistake as mistake:
            self.refuse(f"{key} {mistake}")
            return default

    def text(self, key: str) -> str:
        found: str = self.take(key, values.name, "")
        return found

    def refuse(self, why: str) -> None:
        if self.good:
            self._refuse(self._number, why)
        self.good = False


def budgets(rows: Iterable[Row]) -> tuple[Budget, ...]:
    found: list[Budget] = []
    for row in rows:
        row.know(_BUDGET_KEYS)
        budget = Budget(
            id=row.text("id") or f"budget{len(found) + 1}",
            amount=row.take("amount_usd", values.budget, None) or 0,
            span=row.take("period", values.one_of(Span), "month"),
            basis=row.take("of", values.one_of(Basis), "paid"),
            agent=row.text("agent"),
            project=row.text("project"),
            thresholds=row.take("thresholds", values.thresholds, ()),
        )
        if not budget.amount:
            row.refuse(tr("amount_usd must be set"))
        elif "/" in budget.id or any(budget.id == other.id for other in found):
            row.refuse(tr("id must be another one for each, without a stroke"))
        if row.good:
            found.append(budget)
    return tuple(found)


def plans(rows: Iterable[Row]) -> tuple[Plan, ...]:
    found = []
    for row in rows:
        row.know(_PLAN_KEYS)
        plan = Plan(
            agent=row.text("agent"),
            provider=row.text("account"),
            name=row.text("name"),
            mode=row.take("mode", values.one_of(Mode), "plan"),
            fee=row.take("fee_month", values.fee, 0),
            currency=row.take("currency", values.currency, DOLLARS),
            since=row.take("from", values.day, None),
            until=row.take("until", values.day, None),
            included=row.take("included_month_usd", values.fee, 0),
        )
        if not plan.agent:
            row.refuse(tr("agent must be the id of an agent"))
        elif plan.since and plan.until and plan.until <= plan.since:
            row.refuse(tr("until must be after from"))
        if row.good:
            found.append(plan)
    return tuple(found)
