"""Live explanations: which agents make the number of agents, and whose tokens make the token rate, as tables.

Owns the rows' words and their order. Does not own the figures, which all come from the snapshot that is shown, the
rules of counting (live/states.py, insight/meter.py), or how a table is shown.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.format import duration, rate, whole
from tokenwatch.base.health import HealthState
from tokenwatch.base.session import Confidence, Session, State
from tokenwatch.base.snapshot import Rate, Snapshot
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.session_text import LEAST_RATE, rate_text
from tokenwatch.gui.widgets.table import Table
from tokenwatch.gui.words import OWN_PARTS, state_words

_MOST_SESSIONS: Final = 200
"""More rows than this nobody reads; what is left out is said in one more, and the sums are of all."""

_KNOWN: Final = {
    Confidence.EXACT: mark("its status and process"),
    Confidence.LIKELY: mark("its process and log"),
    Confidence.LOG_ONLY: mark("its log only"),
    Confidence.GUESS: mark("a guess"),
}


def agents_table(snapshot: Snapshot, look: Look) -> Table | None:
    """Each session that is counted, as what, and how that is known; None while no number is shown."""
    figures = snapshot.figures
    if snapshot.paused_since is not None or figures.month is None or not figures.looked:
        return None
    counts, numerals = figures.counts, look.numerals
    counted = [session for session in figures.sessions if session.state.open]
    rows = [
        (
            _name(session, look),
            state_words(session, figures.at),
            _counted_as(session),
            tr(_KNOWN[session.confidence]),
            _number(len(session.sub_agents), look),
        )
        for session in counted[:_MOST_SESSIONS]
    ]
    if counts.open > len(rows):
        rows.append((tr("and {number} more sessions", number=counts.open - len(rows)), "", "", "", ""))
    by_state = (
        tr("{count} working", count=counts.working),
        tr("{count} waiting", count=counts.waiting),
        tr("{count} idle", count=counts.idle),
    )
    rows.append((tr("Together"), whole(counts.open, numerals), ", ".join(by_state), "", ""))
    if counts.sub_agents:
        apart = _number(counts.sub_agents, look)
        rows.append((tr("Sub-agents, which stand apart"), "", tr("not counted"), "", apart))
    if figures.ended:
        over = tr("not counted")
        rows.append((tr("ended lately"), whole(len(figures.ended), numerals), over, "", ""))
    rows += [(words, "", "", "", "") for words in _missing(snapshot, look)]
    headers = (tr("Session"), tr("State"), tr("Counted as"), tr("Known by"), tr("Sub-agents"))
    return Table(tr("Which agents are counted"), headers, tuple(rows))


def rate_table(snapshot: Snapshot, look: Look, *, cache_reads: bool) -> Table | None:
    """Each agent's averages, then its sessions'; None while no rate is shown. ``cache_reads``: whether they count."""
    figures = snapshot.figures
    if snapshot.paused_since is not None or figures.month is None:
        return None
    rows: list[tuple[str, ...]] = []
    for agent, flow in figures.agent_rates:
        if flow.tokens_60m >= LEAST_RATE or flow.tokens_5m >= LEAST_RATE:
            rows.append((look.agent_name(agent), *_averages(flow, figures.at, look)))
            used = [each for each in figures.sessions if each.agent == agent and each.tokens_per_min >= LEAST_RATE]
            for session in used[:_MOST_SESSIONS]:
                name = tr("of it {project}", project=_project(session))
                rows.append((name, "", rate_text(session.tokens_per_min, look.numerals), "", ""))
    rows.append((tr("Together"), *_averages(figures.rate, figures.at, look)))
    rows.append((tr("Averages in which newer tokens weigh more; the middle one is shown"), "", "", "", ""))
    rows.append((tr("Input, cache writes and output, sub-agents included"), "", tr("counted"), "", ""))
    rows.append((tr("Cache reads"), "", tr("counted") if cache_reads else tr("not counted"), "", ""))
    rows += [(words, "", "", "", "") for words in _missing(snapshot, look)]
    headers = (tr("Tokens per minute over"), tr("1 minute"), tr("5 minutes"), tr("60 minutes"), tr("Last token"))
    return Table(tr("Where the token rate comes from"), headers, tuple(rows))


def _averages(flow: Rate, now: int, look: Look) -> tuple[str, ...]:
    spans = (flow.tokens_1m, flow.tokens_5m, flow.tokens_60m)
    last = "" if flow.last_event is None else tr("{duration} ago", duration=_age(flow.last_event, now))
    return (*(rate(each, look.numerals) for each in spans), last)


def _age(then: int, now: int) -> str:
    return duration(max(0, now - then) / 1000)


def _counted_as(session: Session) -> str:
    """As ``live.states.counts`` adds up: whoever neither works nor waits is idle."""
    if session.state is State.WAITING:
        return tr("waiting")
    if session.state is State.WORKING or (session.state is State.BACKGROUND and session.sub_agents):
        return tr("working")
    return tr("idle")


def _number(count: int, look: Look) -> str:
    return f"+{whole(count, look.numerals)}" if count else ""


def _project(session: Session) -> str:
    return plain(session.project, 40) or tr("unknown")


def _name(session: Session, look: Look) -> str:
    return f"{_project(session)} · {plain(session.agent_name, 40) or look.agent_name(session.agent)}"


def _missing(snapshot: Snapshot, look: Look) -> list[str]:
    """Agents whose logs cannot be read: what they do is not in the number."""
    return [
        tr("missing: the logs of {agent} cannot be read", agent=look.agent_name(entry.part))
        for entry in snapshot.health
        if entry.state is HealthState.FAILING and entry.part not in OWN_PARTS
    ]
