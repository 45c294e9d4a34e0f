"""The rule that tells that a session has worked or spent for long since a person last typed something.

Owns the condition, its levels (each doubling of the money or the time) and its words. Does not own what was spent
since (insight/session_spend.py) or who typed (readers). A session whose last prompt is not known is not judged.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.rule import Rule
from tokenwatch.alerts.session_alert import AT_WORK, actions_of, name_of, thing_of
from tokenwatch.alerts.thresholds import MOST_DOUBLINGS, UNATTENDED_COST, UNATTENDED_MS
from tokenwatch.base.currency import numerals
from tokenwatch.base.format import duration, money
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Alert, Figures, Session

ID: Final = "unattended"


def check(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    return tuple(
        alert
        for row in figures.sessions
        if row.session and row.state in AT_WORK and row.last_prompt_at is not None
        for alert in _levels(row, figures, settings)
    )


def _levels(row: Session, figures: Figures, settings: Settings) -> list[Alert]:
    """One for each doubling that is passed."""
    thing = thing_of(ID, row)
    assert row.last_prompt_at is not None
    ago = duration((figures.at - row.last_prompt_at) / 1000)
    cost = row.cost_since_prompt
    spent = f"{money(cost, numerals(settings))} at API prices" if cost is not None else "an unknown amount"
    levels = []
    for level in range(1, MOST_DOUBLINGS):
        dear = cost is not None and cost > UNATTENDED_COST << (level - 1)
        long = row.signs.turns_ms > UNATTENDED_MS << (level - 1)
        if not (dear or long):
            break
        levels.append(
            Alert(
                key=f"{thing}/{row.last_prompt_at}/{level}",
                rule=ID,
                title=f"{name_of(row)} has worked alone for {duration(row.signs.turns_ms / 1000)}"
                if long
                else f"{name_of(row)} has spent {spent} alone",
                body=f"Nobody typed anything for {ago}; since then it used {spent}.",
                replaces=thing,
                actions=actions_of(row, thing),
            )
        )
    return levels


def _details(figures: Figures, settings: Settings) -> str:
    least = money(UNATTENDED_COST, numerals(settings))
    return f"more than {least} or an hour of turns since you typed, and each doubling"


def _stand(figures: Figures, settings: Settings) -> str:
    number = len({alert.replaces for alert in check(figures, settings)})
    return f"{number} session{'s' if number != 1 else ''}" if number else "none"


RULE: Final = Rule(
    id=ID, words="An agent works alone for long", check=check, group="agents", details=_details, stand=_stand
)
