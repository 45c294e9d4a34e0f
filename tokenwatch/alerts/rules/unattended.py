"""The rule that tells that a session has worked or spent for long since a person last typed something.

Owns the condition, its levels (each doubling of the money or the time) and its words. Does not own what was spent
since (insight/session_spend.py) or who typed (readers). A session whose last prompt is not known is not judged.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.rule import Rule
from tokenwatch.alerts.session_alert import AT_WORK, actions_of, name_of, sessions_words, thing_of
from tokenwatch.alerts.thresholds import MOST_DOUBLINGS, UNATTENDED_COST, UNATTENDED_MS
from tokenwatch.base.currency import numerals
from tokenwatch.base.format import duration, money
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Alert, Figures, Session
from tokenwatch.base.translation import mark, tr

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
    spent = tr("an unknown amount")
    if cost is not None:
        spent = tr("{cost} at API prices", cost=money(cost, numerals(settings)))
    turns = duration(row.signs.turns_ms / 1000)
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
                title=tr("{name} has worked alone for {time}", name=name_of(row), time=turns)
                if long
                else tr("{name} has spent {amount} alone", name=name_of(row), amount=spent),
                body=tr("Nobody typed anything for {time}; since then it used {amount}.", time=ago, amount=spent),
                replaces=thing,
                actions=actions_of(row, thing),
            )
        )
    return levels


def _details(figures: Figures, settings: Settings) -> str:
    least = money(UNATTENDED_COST, numerals(settings))
    return tr("more than {least} or an hour of turns since you typed, and each doubling", least=least)


def _stand(figures: Figures, settings: Settings) -> str:
    number = len({alert.replaces for alert in check(figures, settings)})
    return sessions_words(number)


RULE: Final = Rule(
    id=ID, words=mark("An agent works alone for long"), check=check, group="agents", details=_details, stand=_stand
)
