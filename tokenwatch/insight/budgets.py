"""Budgets: how much of each is used in its present period.

Owns which sums count for a budget. Does not own when that is worth telling (alerts) or months (month.py).

*Fees count in a month's budget of everything only*: a plan has no share of a week or a project. A budget of what is
paid is otherwise about metered use; of a project only what is metered by use itself, for nobody knows which project
used up what a plan with overage covers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tokenwatch.base.billing import Budget, Span
from tokenwatch.base.clock import Period, month_of, week_of
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import BudgetUse
from tokenwatch.base.text import in_project
from tokenwatch.insight.spending import Spending, days


def uses(spending: Spending, settings: Settings, today: date) -> tuple[BudgetUse, ...]:
    """Every budget with what is used of it; the days of its period must have been asked for."""
    return tuple(_uses(spending, settings, today))


def period_of(span: Span, day: date, start: int) -> tuple[Period, str]:
    """The period that a day lies in, and its label."""
    if span == "day":
        return Period(day, day), day.isoformat()
    if span == "week":
        year, week, _ = day.isocalendar()
        return week_of(day), f"{year:04d}-W{week:02d}"
    month = month_of(day, start)
    return month, month.label


def _uses(spending: Spending, settings: Settings, today: date) -> Iterator[BudgetUse]:
    if settings.budget:
        main = Budget("", settings.budget, thresholds=settings.thresholds)
        yield _use(spending, settings, main, today)
    for budget in settings.budgets:
        yield _use(spending, settings, budget, today)


def _use(spending: Spending, settings: Settings, budget: Budget, today: date) -> BudgetUse:
    period, label = period_of(budget.span, today, settings.month_start)
    spending.ask(period.first, today)
    return BudgetUse(
        id=budget.id,
        amount=budget.amount,
        used=_used(spending, budget, period, today),
        span=budget.span,
        label=label,
        first=period.first,
        last=period.last,
        basis=budget.basis,
        agent=budget.agent,
        project=budget.project,
        thresholds=budget.thresholds or settings.thresholds,
    )


def _used(spending: Spending, budget: Budget, period: Period, last: date) -> int:
    listed = budget.basis == "listed"
    if budget.project:
        return _of_project(spending, budget, Period(period.first, last))
    total = 0
    for each in map(spending.of, days(period.first, last)):
        if budget.agent:
            total += dict(each.listed_by_agent if listed else each.by_agent).get(budget.agent, 0)
        else:
            total += each.listed if listed else each.metered
    fees = not listed and budget.whole and budget.span == "month"
    return total + (spending.lanes.fees(period) if fees else 0)


def _of_project(spending: Spending, budget: Budget, period: Period) -> int:
    """Day by day where plans have dates, else at once."""
    lanes = spending.lanes
    parts = [Period(day, day) for day in days(period.first, period.last)] if lanes.dated else [period]
    total = 0
    for part in parts:
        found = spending.queries.sums(
            *part.bounds(spending.zone),
            by=("agent", "provider", "project"),
            agents=(budget.agent,) if budget.agent else (),
        )
        for entry in found:
            agent, provider, project = entry.group
            if in_project(project, budget.project) and (
                budget.basis == "listed" or lanes.mode(agent, provider, part.last) == "metered"
            ):
                total += entry.listed
    return total
