"""The rule that tells how much of the month's budget is used.

Owns the condition ("you pay" so far against the budget, at each threshold) and its words. Does not own what is
spent (insight) or whether a person was told (evaluate.py).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.rule import OPEN_SPEND, RAISE_BUDGET, REMIND, Rule, scope_of
from tokenwatch.base.format import money, money_forecast, money_range, money_set
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Action, Alert, Figures, Forecast, Month, Urgency
from tokenwatch.base.text import plain

ID: Final = "budget"

# Not from the standard library, whose names follow whatever locale another library sets.
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def check(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    """An alert for each threshold of the budget that the month's spending has reached, lowest first."""
    month, budget = figures.month, settings.budget
    if month is None or not budget:
        return ()
    (scope,) = scopes(figures, settings)
    return tuple(
        Alert(
            key=scope + str(threshold),
            rule=ID,
            title=_title(month, threshold),
            body=_body(figures, month, budget, threshold),
            urgency=Urgency.CRITICAL if threshold >= 100 else Urgency.NORMAL,
            replaces=ID,
            actions=_actions(threshold),
            passes_quiet=threshold >= 100,
        )
        for threshold in sorted(settings.thresholds)
        if month.spent * 100 >= budget * threshold
    )


def scopes(figures: Figures, settings: Settings) -> tuple[str, ...]:
    """The month and the budget; nothing while either is unknown."""
    if figures.month is None or not settings.budget:
        return ()
    return (scope_of(ID, figures.month.label, settings.budget),)


def _actions(threshold: int) -> tuple[Action, ...]:
    if threshold >= 100:
        return OPEN_SPEND, Action(RAISE_BUDGET, "Raise budget…")
    if threshold >= 80:
        nearer = threshold + 10 if threshold < 90 else 100
        if nearer < 100:
            return OPEN_SPEND, Action(REMIND, f"Remind at {nearer}%", str(nearer))
    return (OPEN_SPEND,)


def _title(month: Month, threshold: int) -> str:
    name = _MONTHS[month.first.month - 1]
    if threshold == 50:
        return f"Half the {name} budget used"
    if threshold == 100:
        return f"{name} budget used up"
    return f"{threshold}% of the {name} budget used"


def _body(figures: Figures, month: Month, budget: int, threshold: int) -> str:
    spent = ("≥ " if month.incomplete_since is not None else "") + money(month.spent)
    of_budget = "" if threshold == 100 else f" of {money_set(budget)}"
    facts = [f"{spent}{of_budget} on day {month.today.day}."]
    # Over the budget the cause helps more than a projection; below it the other way round.
    facts.append(_most_today(figures, month) if threshold >= 100 else _projected(month.forecast))
    if month.unpriced_requests:
        many = month.unpriced_requests != 1
        facts.append(f"{month.unpriced_requests} request{'s have' if many else ' has'} no price.")
    return " ".join(filter(None, facts))


def _projected(forecast: Forecast) -> str:
    if forecast.p10 is None or forecast.p90 is None:
        return ""
    width = money_range(forecast.p10, forecast.p90)
    if forecast.p50 is None:
        return f"Projected {width}."
    return f"Projected {money_forecast(forecast.p50)}, range {width}."


def _most_today(figures: Figures, month: Month) -> str:
    today = next((day for day in month.days if day.day == month.today), None)
    spending = [(cost, agent) for agent, cost in today.by_agent if cost > 0] if today else []
    if not spending:
        return ""
    cost, agent = max(spending)
    name = next((row.agent_name for row in figures.sessions if row.agent == agent and row.agent_name), agent)
    return f"Most today: {plain(name, 30)}, {money(cost)}."


RULE: Final = Rule(
    id=ID,
    words="Month passes a part of the budget",
    check=check,
    scopes=scopes,
    defaults=(("budget", Settings().budget), ("thresholds", Settings().thresholds)),
)
