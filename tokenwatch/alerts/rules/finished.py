"""The rule that tells that an agent finished after long work.

Owns the condition and its words. Does not own how long a turn took (live/states.py).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.rule import GO, OPEN, Rule
from tokenwatch.alerts.session_alert import name_of
from tokenwatch.alerts.thresholds import LONG_TURN_MS, TOLD_FOR_MS
from tokenwatch.base.currency import numerals
from tokenwatch.base.format import duration, money
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Action, Alert, Figures, Session, State, Urgency
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr

ID: Final = "finished"
_AT_ONCE_MS: Final = 60_000
"""A program that ends later than this after its last line had finished before."""


def check(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    rows = [row for row in figures.sessions if row.state is State.IDLE]
    rows += [
        row
        for row in figures.ended
        if row.state is State.ENDED and (row.since or 0) - (row.last_activity or 0) <= _AT_ONCE_MS
    ]
    return tuple(_alert(row, settings) for row in rows if _is_news(row, figures.at))


def _is_news(row: Session, now: int) -> bool:
    return (
        (row.last_turn_ms or 0) >= LONG_TURN_MS
        and row.last_activity is not None
        and 0 <= now - row.last_activity <= TOLD_FOR_MS
        and bool(row.session)
    )


def _alert(row: Session, settings: Settings) -> Alert:
    thing = f"{ID}/{row.agent}/{row.session}"
    long = duration((row.last_turn_ms or 0) / 1000)
    body = tr("After {long}.", long=long)
    if row.cost_since_prompt:
        cost = money(row.cost_since_prompt, numerals(settings))
        body = tr("After {long}, {cost} at API prices.", long=long, cost=cost)
    return Alert(
        key=f"{thing}/{row.last_prompt_at}/{row.last_turn_ms}",  # which turn it was, however often it is seen
        rule=ID,
        title=tr("{agent} finished in {project}", agent=plain(row.agent_name, 18), project=name_of(row)),
        body=body,
        urgency=Urgency.LOW,
        at=row.last_activity or 0,
        replaces=thing,
        actions=(
            Action(GO, mark("Go to terminal"), f"{row.agent}/{row.session}")
            if row.pid is not None
            else Action(OPEN, mark("Open Live"), "live"),
        ),
    )


def _details(figures: Figures, settings: Settings) -> str:
    return tr("after {long} of work or more", long=duration(LONG_TURN_MS / 1000))


RULE: Final = Rule(id=ID, words=mark("An agent finished"), check=check, group="agents", details=_details)
