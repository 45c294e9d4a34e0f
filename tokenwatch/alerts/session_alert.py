"""Session alert: the form that the rules against runaway sessions share - one thing for each rule and session.

Owns keys, cooldown, the step of money after which it is told again, mute, and the actions. Does not own any
condition.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tokenwatch.alerts.rule import GO, MUTE, Check, Rule, Words
from tokenwatch.alerts.thresholds import COOLDOWN_MS, STEP
from tokenwatch.base.currency import numerals
from tokenwatch.base.format import money
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Action, Alert, Figures, Session, State, Urgency
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr

Condition = Callable[[Session], tuple[str, str] | None]
"""Title (without the project) and body if it holds, else None."""

AT_WORK: Final = (State.WORKING, State.BACKGROUND)


def thing_of(rule: str, row: Session) -> str:
    """What stands for the rule about this session; of the ids no slash is kept, which would divide it."""
    return "/".join((rule, row.agent.replace("/", "_"), row.session.replace("/", "_")))


def name_of(row: Session) -> str:
    return plain(row.project, 24)


def actions_of(row: Session, thing: str) -> tuple[Action, ...]:
    go = (Action(GO, mark("Go to terminal"), f"{row.agent}/{row.session}"),) if row.pid is not None else ()
    return (*go, Action(MUTE, mark("Expected, mute this"), thing))


def session_rule(
    rule: str, words: str, condition: Condition, *, details: Callable[[], str], urgency: Urgency = Urgency.NORMAL
) -> Rule:
    """A rule that asks each working session one question."""

    def check(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
        found = []
        for row in figures.sessions:
            said = condition(row) if row.session and row.state in AT_WORK else None
            if said is None:
                continue
            thing = thing_of(rule, row)
            cost = money(row.cost, numerals(settings)) if row.cost else ""
            spent = tr(" This session: {cost} at API prices.", cost=cost) if cost else ""
            found.append(
                Alert(
                    key=f"{thing}/{(row.cost or 0) // STEP}",
                    rule=rule,
                    title=f"{name_of(row)}: {said[0]}",
                    body=f"{said[1]}{spent}",
                    urgency=urgency,
                    replaces=thing,
                    actions=actions_of(row, thing),
                )
            )
        return tuple(found)

    return Rule(
        id=rule,
        words=words,
        check=check,
        group="agents",
        details=_always(details),
        stand=_standing(check),
        clear=COOLDOWN_MS,
        episodes=True,
        again=COOLDOWN_MS,
    )


def sessions_words(number: int) -> str:
    return tr("none") if not number else tr("1 session") if number == 1 else tr("{count} sessions", count=number)


def _always(text: Callable[[], str]) -> Words:
    def words(figures: Figures, settings: Settings) -> str:
        return text()

    return words


def _standing(check: Check) -> Words:
    def words(figures: Figures, settings: Settings) -> str:
        number = len(check(figures, settings))
        return sessions_words(number)

    return words
