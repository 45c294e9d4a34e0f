"""The rule that tells that the month is heading over its budget.

Owns the condition (the median of the forecast at or above the budget, until it falls below 95 % of it) and its words.
Does not own the forecast (insight). Said at most once a day and twice a month, and not once the budget is passed.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.rule import DAY, MINUTE, NOT_THIS_MONTH, OPEN, Rule
from tokenwatch.alerts.words import agent_name, month_name
from tokenwatch.base.currency import numerals
from tokenwatch.base.format import money_forecast, money_range, money_set
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Action, Alert, Figures, ForecastState, Month
from tokenwatch.base.translation import mark, tr

ID: Final = "forecast"
_FROM_DAY: Final = 3
_STARTS, _CLEARS = 100, 95
"""Percent of the budget at which it starts, and below which it is over."""

_WEEK: Final = 7
_MANIFOLD: Final = 2


def check(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    return _at(figures, settings, _STARTS)


def keep(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    return _at(figures, settings, _CLEARS)


def _at(figures: Figures, settings: Settings, part: int) -> tuple[Alert, ...]:
    month, budget = figures.month, settings.budget
    if month is None or not budget or month.spent >= budget:
        return ()
    found = month.forecast
    early = (month.today - month.first).days + 1 < _FROM_DAY or found.state is ForecastState.TOO_EARLY
    if early or found.p50 is None or found.p10 is None or found.p90 is None or found.p50 * 100 < budget * part:
        return ()
    written = numerals(settings)
    width = money_range(found.p10, found.p90, written)
    facts = [tr("Budget {budget}, range {range}.", budget=money_set(budget, written), range=width)]
    if found.p10 >= budget:
        facts.append(tr("It will likely be passed."))
    facts.append(_cause(figures, month))
    return (
        Alert(
            key=f"{ID}/{month.label}/budget",
            rule=ID,
            title=tr(
                "{month} is heading for {amount}",
                month=month_name(month.first),
                amount=money_forecast(found.p50, written),
            ),
            body=" ".join(filter(None, facts)),
            replaces=ID,
            actions=(Action(OPEN, mark("See why"), "spend"), NOT_THIS_MONTH),
        ),
    )


def _cause(figures: Figures, month: Month) -> str:
    """The agent whose last week cost at least twice the week before, if both lie in the month."""
    whole = [day for day in month.days if day.day < month.today]
    if len(whole) < 2 * _WEEK:
        return ""
    recent, before = dict[str, int](), dict[str, int]()
    for sums, days in ((recent, whole[-_WEEK:]), (before, whole[-2 * _WEEK : -_WEEK])):
        for day in days:
            for agent, cost in day.by_agent:
                sums[agent] = sums.get(agent, 0) + cost
    grown = [
        (cost - before.get(agent, 0), agent)
        for agent, cost in recent.items()
        if cost >= _MANIFOLD * before.get(agent, 0) > 0
    ]
    return tr("{agent} doubled this week.", agent=agent_name(figures, max(grown)[1])) if grown else ""


def _details(figures: Figures, settings: Settings) -> str:
    return tr("for half an hour")


def _stand(figures: Figures, settings: Settings) -> str:
    month = figures.month
    if month is None or month.forecast.p50 is None:
        return tr("too early")
    return tr("projected {amount}", amount=money_forecast(month.forecast.p50, numerals(settings)))


RULE: Final = Rule(
    id=ID,
    words=mark("Projection passes the budget"),
    check=check,
    keep=keep,
    details=_details,
    stand=_stand,
    defaults=(("budget", Settings().budget),),
    after=30 * MINUTE,
    episodes=True,
    again=DAY,
    most=2,
)
