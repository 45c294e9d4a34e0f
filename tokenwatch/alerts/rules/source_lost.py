"""The rule that tells that an agent's logs cannot be read, so that its use is missing from every number.

Owns the condition and its words. Does not own health (engine/checkup.py).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.rule import FIX, MINUTE, Rule
from tokenwatch.alerts.words import agent_name
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Action, Alert, Figures
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr

ID: Final = "source-lost"


def check(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    return tuple(
        Alert(
            key=f"{ID}/{entry.part}",
            rule=ID,
            title=tr("{agent}’s logs cannot be read", agent=plain(agent_name(figures, entry.part), 18)),
            body=tr("{why} Numbers leave it out until this is fixed.", why=plain(entry.reason, 120)),
            at=entry.since or 0,
            actions=(Action(FIX, mark("How to fix"), entry.part),),
        )
        for entry in figures.lost
    )


def _stand(figures: Figures, settings: Settings) -> str:
    return ", ".join(agent_name(figures, entry.part) for entry in figures.lost[:3]) or tr("none")


def _details(figures: Figures, settings: Settings) -> str:
    return tr("any source, for 1 minute")


RULE: Final = Rule(
    id=ID,
    words=mark("Logs cannot be read"),
    check=check,
    group="limits",
    details=_details,
    stand=_stand,
    after=MINUTE,
    episodes=True,
)
