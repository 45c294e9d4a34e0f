"""The rule that tells that agents wait for a person.

Owns the condition and its words: all that wait are one message, told again when another one joins them, withdrawn
when nobody waits. Does not own the state (live/states.py). A guess is no reason to disturb.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.rule import GO, OPEN, Rule
from tokenwatch.alerts.session_alert import name_of
from tokenwatch.alerts.thresholds import WAITING_MS
from tokenwatch.base.format import duration
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Action, Alert, Confidence, Figures, Session, State
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr

ID: Final = "waiting"


def check(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    """One for each that waits, in the order in which they began to; all say the same."""
    rows = _rows(figures)
    if not rows:
        return ()
    first = rows[0]
    if len(rows) == 1:
        title = tr("{agent} waits for you in {project}", agent=plain(first.agent_name, 18), project=name_of(first))
        body = plain(first.waiting_for, 60) or tr("It goes on when you answer.")
    else:
        title = tr("{count} agents wait for you", count=len(rows))
        body = ", ".join(f"{name_of(row)} ({plain(row.agent_name, 18)})" for row in rows[:3])
        body += tr(" and {count} more.", count=len(rows) - 3) if len(rows) > 3 else "."
    assert first.since is not None
    if len(rows) > 1:
        body += tr(" Longest: {time}.", time=duration((figures.at - first.since) / 1000))
    actions = (
        (Action(GO, mark("Go to terminal"), f"{first.agent}/{first.session}"),)
        if len(rows) == 1 and first.pid is not None
        else (Action(OPEN, mark("Open Live"), "live"),)
    )
    return tuple(
        Alert(
            key=f"{ID}/{row.agent}/{row.session}/{row.since}",
            rule=ID,
            title=title,
            body=body,
            at=row.since or 0,
            replaces=ID,
            actions=actions,
        )
        for row in rows
    )


def _rows(figures: Figures) -> list[Session]:
    rows = [
        row
        for row in figures.sessions
        if row.state is State.WAITING
        and row.confidence is not Confidence.GUESS
        and row.since is not None
        and figures.at - row.since >= WAITING_MS
    ]
    return sorted(rows, key=lambda row: (row.since or 0, row.agent, row.session))


def _details(figures: Figures, settings: Settings) -> str:
    return tr("for {time}", time=duration(WAITING_MS / 1000))


def _stand(figures: Figures, settings: Settings) -> str:
    waiting = figures.counts.waiting
    return tr("{count} now", count=waiting) if waiting else tr("nobody now")


RULE: Final = Rule(
    id=ID, words=mark("An agent waits for you"), check=check, group="agents", details=_details, stand=_stand
)
