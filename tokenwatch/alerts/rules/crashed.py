"""The rule that tells that an agent's process ended in the middle of its work.

Owns the condition and its words. Does not own the state (live/states.py).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.rule import OPEN, Rule
from tokenwatch.alerts.session_alert import name_of
from tokenwatch.alerts.thresholds import CRASH_TOLD_FOR_MS
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Action, Alert, Figures, State
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr

ID: Final = "crashed"


def check(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    return tuple(
        Alert(
            key=f"{ID}/{row.agent}/{row.session}/{row.since}",
            rule=ID,
            title=tr("{agent} stopped in {project}", agent=plain(row.agent_name, 18), project=name_of(row)),
            body=tr("Its process ended in the middle of a turn."),
            at=row.since,
            replaces=f"{ID}/{row.agent}/{row.session}",
            actions=(Action(OPEN, mark("Open Live"), "live"),),
        )
        for row in figures.ended
        if row.state is State.CRASHED and row.since is not None and 0 <= figures.at - row.since <= CRASH_TOLD_FOR_MS
    )


def _details(figures: Figures, settings: Settings) -> str:
    return tr("its process ended in a turn")


RULE: Final = Rule(id=ID, words=mark("An agent crashed"), check=check, group="agents", details=_details)
