"""The rule that tells that money runs away: spending far above the budget's pace, or far above what is usual.

Owns the conditions and their words. Does not own the windows (insight/burn.py). Burn is spending per time over the
budget's; each condition asks a long window, so that a moment is no alarm, and a short one, so that it ends with the
spending (multi-window burn rates, Google's SRE workbook, chapter "Alerting on SLOs"). Working on 22 days for 8 hours
burns four times the pace of a month, so the thresholds stay far above that.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from msgspec.structs import replace

from tokenwatch.alerts.rule import GO, HOUR, MINUTE, OPEN, SNOOZE, Rule
from tokenwatch.alerts.words import session_name
from tokenwatch.base.currency import numerals
from tokenwatch.base.format import money, money_set
from tokenwatch.base.money import NANO
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Action, Alert, Figures, Urgency
from tokenwatch.base.translation import mark, tr

ID: Final = "runaway"
FAST: Final = Fraction(72, 5)
"""14.4: two percent of a month's budget in an hour."""
SLOW: Final = Fraction(6)
"""Five percent of it in six hours."""

_LEAST: Final = NANO
"""Per hour; less is no runaway at any pace."""
_TIMES_USUAL: Final = 5


def check(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    return _at(figures, settings, Fraction(1))


def keep(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    """It goes on until spending is below half of what starts it."""
    return _at(figures, settings, Fraction(1, 2))


def _at(figures: Figures, settings: Settings, part: Fraction) -> tuple[Alert, ...]:
    month, burn = figures.month, figures.burn
    if month is None:
        return ()
    found = []
    if settings.budget:
        pace = Fraction(settings.budget, 24 * ((month.last - month.first).days + 1))
        if min(burn.hours_1, burn.minutes_5 * 12) >= part * max(FAST * pace, Fraction(_LEAST)):
            found.append("fast")
        if min(Fraction(burn.hours_6, 6), Fraction(burn.minutes_30 * 2)) >= part * max(SLOW * pace, Fraction(_LEAST)):
            found.append("slow")
    usual, dear = month.usual.hour, month.usual.dear_hour
    if usual is not None and dear is not None and burn.hours_1 > part * max(_TIMES_USUAL * usual, dear, _LEAST):
        found.append("usual")
    return (_alert(figures, settings, found[0]),) if found else ()


def _alert(figures: Figures, settings: Settings, why: str) -> Alert:
    month, burn, written = figures.month, figures.burn, numerals(settings)
    assert month is not None
    per_hour = burn.hours_6 // 6 if why == "slow" else burn.hours_1
    facts = []
    actions = (Action(OPEN, mark("Open Live"), "live"), Action(SNOOZE, mark("It is fine"), "day"))
    if burn.most is not None:
        agent, session = burn.most
        name = session_name(figures, agent, session)
        facts.append(tr("Most: {name}, {cost} in the last hour.", name=name, cost=money(burn.most_cost, written)))
        if any((row.agent, row.session) == burn.most for row in figures.sessions):
            actions = (
                replace(actions[0], verb=GO, words=mark("Go to terminal"), value=f"{agent}/{session}"),
                actions[1],
            )
    if settings.budget and month.spent < settings.budget and per_hour:
        left = (settings.budget - month.spent) // per_hour
        lasts = tr("less than an hour")
        if left >= 1:
            lasts = tr("{count} hours", count=left) if left < 72 else tr("{count} days", count=left // 24)
        budget = money_set(settings.budget, written)
        facts.append(tr("At this pace the budget of {budget} lasts {time}.", budget=budget, time=lasts))
    elif month.usual.hour is not None:
        facts.append(tr("A usual hour costs {cost}.", cost=money(month.usual.hour, written)))
    return Alert(
        key=f"{ID}/spending",
        rule=ID,
        title=tr("Spending {cost} an hour", cost=money(per_hour, written)),
        body=" ".join(facts),
        urgency=Urgency.NORMAL,
        at=figures.rate.last_event or 0,
        replaces=ID,
        actions=actions,
    )


def _details(figures: Figures, settings: Settings) -> str:
    return tr("far above the budget’s pace") if settings.budget else tr("far above a usual hour")


def _stand(figures: Figures, settings: Settings) -> str:
    return tr("{cost} in the last hour", cost=money(figures.burn.hours_1, numerals(settings)))


RULE: Final = Rule(
    id=ID,
    words=mark("Money runs away"),
    check=check,
    keep=keep,
    details=_details,
    stand=_stand,
    defaults=(("budget", Settings().budget),),
    clear=30 * MINUTE,
    episodes=True,
    again=2 * HOUR,
)
