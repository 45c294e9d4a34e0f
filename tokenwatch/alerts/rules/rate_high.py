"""The rule that tells that agents burn far more than they usually do, or never rest.

Owns both conditions and their words. Does not own the rate (insight/meter.py) or what is usual. While what is usual
is not known, nothing is unusual. Money that leaves a budget is another rule (runaway.py): this one counts plans, too.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.rule import OPEN, SNOOZE, Rule
from tokenwatch.alerts.session_alert import name_of
from tokenwatch.alerts.thresholds import (
    COOLDOWN_MS,
    RATE_HELD_MS,
    RATE_LEAST,
    RATE_TIMES_USUAL,
    ROUND_THE_CLOCK_ALONE_MS,
    ROUND_THE_CLOCK_HOURS,
)
from tokenwatch.base.currency import numerals
from tokenwatch.base.format import money
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Action, Alert, Figures, Urgency
from tokenwatch.base.translation import mark, tr

ID: Final = "rate-high"
_ACTIONS: Final = (Action(OPEN, mark("Open Live"), "live"), Action(SNOOZE, mark("It is fine"), "day"))


def check(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    return (*_unusual(figures, settings), *_round_the_clock(figures))


def _unusual(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    usual, rate = figures.usual_cost, figures.rate.cost_5m
    if usual is None or rate <= max(RATE_LEAST, RATE_TIMES_USUAL * usual):
        return ()
    written = numerals(settings)
    busiest = max(figures.sessions, key=lambda row: row.tokens_per_min, default=None)
    loud = busiest is not None and busiest.tokens_per_min
    most = tr(" Most tokens: {name}.", name=name_of(busiest)) if busiest is not None and loud else ""
    return (
        Alert(
            key=f"{ID}/all/rate",
            rule=ID,
            title=tr("Agents use {cost} an hour", cost=money(round(rate), written)),
            body=tr("At API prices; they rarely pass {cost}.", cost=money(usual, written)) + most,
            replaces=f"{ID}/rate",
            actions=_ACTIONS,
        ),
    )


def _round_the_clock(figures: Figures) -> tuple[Alert, ...]:
    prompts = [row.last_prompt_at for row in (*figures.sessions, *figures.ended)]
    known = [prompt for prompt in prompts if prompt is not None]
    # Of a session whose last prompt is not known somebody may have typed just now.
    if figures.active_hours < ROUND_THE_CLOCK_HOURS or not known or len(known) < len(prompts):
        return ()
    alone = figures.at - max(known)
    if alone < ROUND_THE_CLOCK_ALONE_MS:
        return ()
    return (
        Alert(
            key=f"{ID}/clock/rate",
            rule=ID,
            title=tr("Agents worked in {hours} of the last 24 hours", hours=figures.active_hours),
            body=tr("Nobody typed anything for {hours} hours.", hours=alone // 3_600_000),
            urgency=Urgency.LOW,
            replaces=f"{ID}/clock",
            actions=_ACTIONS,
        ),
    )


def _details(figures: Figures, settings: Settings) -> str:
    usual = figures.usual_cost
    least = RATE_LEAST if usual is None else max(RATE_LEAST, RATE_TIMES_USUAL * usual)
    return tr(
        "above {cost} an hour and {times} times the usual, for 10 minutes",
        cost=money(least, numerals(settings)),
        times=RATE_TIMES_USUAL,
    )


def _stand(figures: Figures, settings: Settings) -> str:
    return tr("{cost} an hour", cost=money(round(figures.rate.cost_5m), numerals(settings)))


RULE: Final = Rule(
    id=ID,
    words=mark("Agents use far more than usual"),
    check=check,
    group="agents",
    details=_details,
    stand=_stand,
    after=RATE_HELD_MS,
    clear=COOLDOWN_MS,
    episodes=True,
    again=6 * COOLDOWN_MS,
)
