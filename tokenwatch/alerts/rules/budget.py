"""The rule that tells how much of a budget is used: of the month's, and of every other one.

Owns the condition (what is used against the budget, at each threshold) and its words. Does not own what is used
(insight) or whether a person was told (evaluate.py).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.rule import OPEN_SPEND, RAISE_BUDGET, REMIND, Rule, scope_of
from tokenwatch.alerts.words import agent_name, month_name
from tokenwatch.base.currency import numerals
from tokenwatch.base.format import money, money_forecast, money_range, money_set, percent
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Action, Alert, BudgetUse, Figures, Forecast, Month, Urgency
from tokenwatch.base.text import plain, project_name
from tokenwatch.base.translation import mark, tr

ID: Final = "budget"

_SPANS: Final = {"month": mark("this month"), "week": mark("this week"), "day": mark("today")}


def check(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    """An alert for each threshold that the use of a budget has reached, lowest first, one budget after another."""
    return tuple(
        Alert(
            key=_scope(use) + str(threshold),
            rule=ID,
            title=_title(figures, settings, use, threshold),
            body=_body(figures, settings, use, threshold),
            urgency=Urgency.CRITICAL if threshold >= 100 else Urgency.NORMAL,
            at=figures.rate.last_event or 0,
            replaces=_name(use),
            actions=_actions(use, threshold),
            passes_quiet=threshold >= 100,
        )
        for use in uses(figures, settings)
        for threshold in sorted(use.thresholds)
        if use.used * 100 >= use.amount * threshold
    )


def scopes(figures: Figures, settings: Settings) -> tuple[str, ...]:
    """Each budget's period and amount; nothing while either is unknown."""
    return tuple(map(_scope, uses(figures, settings)))


def uses(figures: Figures, settings: Settings) -> tuple[BudgetUse, ...]:
    """The month's budget as the month stands, then the others."""
    month = figures.month
    if month is None:
        return ()
    main: tuple[BudgetUse, ...] = ()
    if settings.budget:
        main = (
            BudgetUse(
                "", settings.budget, month.spent, "month", month.label, month.first, month.last,
                thresholds=settings.thresholds,
            ),
        )  # fmt: skip
    return main + tuple(use for use in figures.budgets if use.id)


def _name(use: BudgetUse) -> str:
    return f"{ID}:{use.id}" if use.id else ID


def _scope(use: BudgetUse) -> str:
    return scope_of(_name(use), use.label, use.amount)


def _actions(use: BudgetUse, threshold: int) -> tuple[Action, ...]:
    if threshold >= 100:
        return OPEN_SPEND, Action(RAISE_BUDGET, mark("Raise budget…"), use.id)
    nearer = threshold + 10 if threshold < 90 else 95
    if use.id or threshold < 80 or nearer <= threshold:
        return (OPEN_SPEND,)
    return OPEN_SPEND, Action(REMIND, tr("Remind at {percent}%", percent=nearer), str(nearer))


_TITLES: Final = {
    "name": (
        mark("Half {name}’s budget used"), mark("{name}’s budget used up"),
        mark("{percent}% of {name}’s budget used"),
    ),
    "month": (
        mark("Half the {name} budget used"), mark("{name} budget used up"),
        mark("{percent}% of the {name} budget used"),
    ),
    "week": (
        mark("Half this week’s budget used"), mark("This week’s budget used up"),
        mark("{percent}% of this week’s budget used"),
    ),
    "day": (
        mark("Half today’s budget used"), mark("Today passed {name}"), mark("{percent}% of today’s budget used"),
    ),
}  # fmt: skip
"""At half of a budget, at all of it, at another percentage."""


def _title(figures: Figures, settings: Settings, use: BudgetUse, threshold: int) -> str:
    kind, name = use.span, ""
    if use.agent or use.project:
        kind = "name"
        name = plain(project_name(use.project) if use.project else agent_name(figures, use.agent), 16)
        name = name[:1].upper() + name[1:] if threshold == 100 else name
    elif use.span == "month":
        name = month_name(use.first)
    elif use.span == "day":
        name = money_set(use.amount, numerals(settings))
    half, whole, other = _TITLES[kind]
    return tr(half if threshold == 50 else whole if threshold == 100 else other, name=name, percent=threshold)


def _body(figures: Figures, settings: Settings, use: BudgetUse, threshold: int) -> str:
    month, written = figures.month, numerals(settings)
    assert month is not None
    whole_month = not use.id
    least = month.spent_is_least if whole_month else month.incomplete_since is not None
    parts = [("≥ " if least else "") + money(use.used, written)]
    if threshold != 100:
        parts.append(tr("of {budget}", budget=money_set(use.amount, written)))
    if use.basis == "listed":
        parts.append(tr("at list prices"))
    day = (month.today - use.first).days + 1
    parts.append(tr("on day {number}", number=day) if whole_month else tr(_SPANS[use.span]))
    facts = [" ".join(parts) + "."]
    if whole_month:
        # Over the budget the cause helps more than a projection; below it the other way round.
        facts.append(
            _most_today(figures, settings, month) if threshold >= 100 else _projected(month.forecast, settings)
        )
    elif use.span == "day" and month.usual.day is not None and not (use.agent or use.project):
        facts.append(tr("A usual day is {cost}.", cost=money(month.usual.day, written)))
    if month.unpriced_requests and whole_month:
        many = tr("{count} requests have no price.", count=month.unpriced_requests)
        facts.append(many if month.unpriced_requests != 1 else tr("1 request has no price."))
    return " ".join(filter(None, facts))


def _projected(forecast: Forecast, settings: Settings) -> str:
    written = numerals(settings)
    if forecast.p10 is None or forecast.p90 is None:
        return ""
    width = money_range(forecast.p10, forecast.p90, written)
    if forecast.p50 is None:
        return tr("Projected {range}.", range=width)
    return tr("Projected {amount}, range {range}.", amount=money_forecast(forecast.p50, written), range=width)


def _most_today(figures: Figures, settings: Settings, month: Month) -> str:
    today = next((day for day in month.days if day.day == month.today), None)
    spending = [(cost, agent) for agent, cost in today.by_agent if cost > 0] if today else []
    if not spending:
        return ""
    cost, agent = max(spending)
    name, amount = agent_name(figures, agent), money(cost, numerals(settings))
    return tr("Most today: {agent}, {cost}.", agent=name, cost=amount)


def _details(figures: Figures, settings: Settings) -> str:
    if not settings.budget:
        number = len(settings.budgets)
        return tr("of {count} budgets", count=number) if number else tr("once a budget is set")
    return tr("of {budget}", budget=money_set(settings.budget, numerals(settings)))


def _stand(figures: Figures, settings: Settings) -> str:
    return ", ".join(percent(use.used / use.amount) for use in uses(figures, settings)[:3])


RULE: Final = Rule(
    id=ID,
    words=mark("A budget passes its marks"),
    check=check,
    scopes=scopes,
    details=_details,
    stand=_stand,
    defaults=(("budget", Settings().budget), ("thresholds", Settings().thresholds)),
)
