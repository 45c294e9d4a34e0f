"""Session facts: what of a session has no column - how its state is known, what was spent since a person typed, when
its prompt cache runs out, what its sub-agents did.

Owns their wording. Does not own where they stand: in the tool tip of a row and above the actions of its menu. Times
are times of day, so that nothing changes while nothing happens.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.session import Confidence, Session, State
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.short_numbers import money_short

_KNOWN: Final = {
    Confidence.EXACT: mark("Known from its own status and its process"),
    Confidence.LIKELY: mark("Known from its process and its log"),
    Confidence.LOG_ONLY: mark("Known from its log only: no process of it is seen here"),
    Confidence.GUESS: mark("A guess: no log is known that is certainly its own"),
}

_SINCE: Final = {
    State.STARTING: mark("Began at {when}"),
    State.WORKING: mark("At work since {when}"),
    State.WAITING: mark("Waits since {when}"),
    State.BACKGROUND: mark("Works in the background since {when}"),
    State.IDLE: mark("Rests since {when}"),
}


def facts(session: Session, now: int, look: Look) -> tuple[str, ...]:
    """One short sentence each, without a full stop; holds no text from logs."""
    return tuple(
        filter(
            None,
            (
                tr(_KNOWN[session.confidence]),
                _since(session, now, look),
                _processes(session),
                _typed(session, now, look),
                _cache(session, now, look),
                _finished(session),
            ),
        )
    )


def _processes(session: Session) -> str:
    return tr("{count} processes go on with this session", count=session.processes) if session.processes > 1 else ""


def _since(session: Session, now: int, look: Look) -> str:
    if session.since is None or session.state not in _SINCE:
        return ""
    return tr(_SINCE[session.state], when=look.when(session.since, now))


def _typed(session: Session, now: int, look: Look) -> str:
    if session.last_prompt_at is None:
        return ""
    when = look.when(session.last_prompt_at, now)
    if session.cost_since_prompt is None:
        return tr("You last typed at {when}", when=when)
    spent = money_short(session.cost_since_prompt, look.numerals)
    return tr("You last typed at {when}; since then {spent} at API prices", when=when, spent=spent)


def _cache(session: Session, now: int, look: Look) -> str:
    until = session.cache_expires_at
    if until is None:
        return ""
    when = look.when(until, now)
    return (
        tr("Prompt cache until {when}", when=when) if until > now else tr("Prompt cache ran out at {when}", when=when)
    )


def _finished(session: Session) -> str:
    count = len(session.finished_sub_agents)
    if count == 1:
        return tr("1 sub-agent finished lately")
    return tr("{count} sub-agents finished lately", count=count) if count else ""
