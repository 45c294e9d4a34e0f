"""Compose: from the parts' answers to the figures of one moment.

Owns how an open session and its use become one row, and the order of rows. Pure: it asks nobody and knows no SQL,
so the same parts always give the same figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Final

import msgspec
from msgspec.structs import replace

from tokenwatch.base.billing import Lanes
from tokenwatch.base.clock import day_of, to_datetime
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Confidence, Figures, Rate, RateSeries, Session, Snapshot, State, SubAgent
from tokenwatch.base.text import project_name
from tokenwatch.base.translation import mark, tr
from tokenwatch.base.usage import Agent, Tokens
from tokenwatch.insight.meter import Meter
from tokenwatch.insight.recent_use import KEPT_MS, RecentUse
from tokenwatch.insight.session_spend import SessionSpend
from tokenwatch.live.sessions import OpenSession, OpenSubAgent

LANES_MS: Final = 24 * 3_600_000
SERIES_MINUTES: Final = 70
"""An hour to be seen, and what its first minutes are averaged with."""
EMPTY_SERIES: Final = RateSeries()

_ORDER: Final = {State.WAITING: 0}


class Used(msgspec.Struct, frozen=True):
    """All tokens of one session and their listed cost (nano-dollars; None if any part has no price).

    ``own_`` are those without sub-agents; ``sub_agents`` has the use of each of these by its id.
    """

    tokens: Tokens = Tokens()
    cost: int | None = 0
    own_tokens: Tokens = Tokens()
    own_cost: int | None = 0
    sub_agents: Mapping[str, Used] = msgspec.field(default_factory=dict)

    def plus(self, other: Used) -> Used:
        """The tokens and cost of both."""
        cost = None if self.cost is None or other.cost is None else self.cost + other.cost
        return Used(self.tokens + other.tokens, cost)


UNKNOWN_USE: Final = Used(cost=None, own_cost=None)
"""Of a process whose session is not known, and while the ledger cannot be asked."""


def sessions(
    open_sessions: Sequence[OpenSession],
    agents: Mapping[str, Agent],
    used: Callable[[str, str], Used],
    recent: RecentUse,
    meter: Meter,
    settings: Settings,
    windows: Callable[[str], int | None],
    now: int,
    spend: SessionSpend | None = None,
) -> tuple[Session, ...]:
    """Rows of the open sessions: waiting first, then by token rate, then by last activity.

    ``used`` answers for (agent, session); ``windows`` gives a model's context window if it is known.
    """
    lanes = settings.lanes()
    rows = [
        _session(entry, agents, used, recent, meter, settings, lanes, windows, now, spend or SessionSpend())
        for entry in open_sessions
        if entry.state.open
    ]
    rows.sort(
        key=lambda row: (
            _ORDER.get(row.state, 1),
            -round(row.tokens_per_min, 3),
            -(row.last_activity or 0),
            row.agent,
            row.session,
        )
    )
    return tuple(rows)


def ended(
    open_sessions: Sequence[OpenSession],
    agents: Mapping[str, Agent],
    used: Callable[[str, str], Used],
    recent: RecentUse,
    meter: Meter,
    settings: Settings,
    windows: Callable[[str], int | None],
    now: int,
    spend: SessionSpend,
) -> tuple[Session, ...]:
    """Rows of the sessions that ended lately, in the order given."""
    return tuple(
        _session(entry, agents, used, recent, meter, settings, settings.lanes(), windows, now, spend)
        for entry in open_sessions
        if not entry.state.open
    )


def last_session(
    latest: tuple[str, str, str, str, int] | None,
    agents: Mapping[str, Agent],
    used: Callable[[str, str], Used],
    recent: RecentUse,
    lanes: Lanes,
    zone: tzinfo,
) -> Session | None:
    """The row of what was used last; ``latest`` as :meth:`Queries.latest_session` gives it."""
    if latest is None:
        return None
    agent, session, directory, model, at = latest
    last = recent.last(agent, session)
    use = used(agent, session)
    return Session(
        agent=agent,
        session=session,
        state=State.ENDED,
        confidence=Confidence.LOG_ONLY,
        agent_name=agents[agent].name if agent in agents else agent,
        project=project_name(directory),
        cwd=directory,
        model=model,
        tokens=use.tokens,
        cost=use.cost,
        in_plan=lanes.mode(agent, last.context.provider if last else "", day_of(at, zone)) == "plan",
        last_activity=last.time if last else at,
    )


def last_event(rate: Rate, rows: Sequence[Session], last: Session | None) -> int | None:
    """When anything was logged last: tokens, or a line of an open session that has used none yet."""
    of_rows = (row.last_activity for row in rows)
    before = (rate.last_event, last.last_activity if last is not None else None, *of_rows)
    return max((moment for moment in before if moment is not None), default=None)


def _session(
    entry: OpenSession,
    agents: Mapping[str, Agent],
    used: Callable[[str, str], Used],
    recent: RecentUse,
    meter: Meter,
    settings: Settings,
    lanes: Lanes,
    windows: Callable[[str], int | None],
    now: int,
    spend: SessionSpend,
) -> Session:
    agent = agents.get(entry.agent)
    use = used(entry.agent, entry.session) if entry.session else UNKNOWN_USE
    last = recent.last(entry.agent, entry.session) if entry.session else None
    main = recent.main(entry.agent, entry.session) if entry.session else None
    model = entry.model or (main.context.model if main else "") or (last.context.model if last else "")
    cwd = entry.cwd or (last.context.project if last else "")
    since = (
        spend.since(entry.agent, entry.session, entry.last_prompt_at, now - KEPT_MS)
        if entry.session and entry.last_prompt_at is not None
        else None
    )
    seen = [moment for moment in (entry.last_activity, last.time if last else None) if moment is not None]
    return Session(
        agent=entry.agent,
        session=entry.session,
        state=entry.state,
        confidence=entry.confidence,
        agent_name=agent.name if agent else entry.agent,
        pid=entry.pid,
        project=project_name(cwd),
        cwd=cwd,
        branch=entry.branch or (last.context.branch if last else ""),
        model=model,
        waiting_for=entry.waiting_for,
        since=entry.since,
        sub_agents=tuple(_sub_agent(sub, entry, use, used, meter, settings, now) for sub in entry.sub_agents),
        tokens=use.tokens,
        cost=use.cost,
        in_plan=lanes.mode(entry.agent, last.context.provider if last else "", to_datetime(now).date()) == "plan",
        tokens_per_min=meter.session_rate(entry.agent, entry.session, now) if entry.session else 0.0,
        context_tokens=main.tokens.prompt + main.output if main else None,
        context_window=entry.context_window or (windows(model) if model else None),
        started_at=entry.started_at,
        last_activity=max(seen) if seen else None,
        doing=entry.doing if settings.show_doing else None,
        own_tokens=use.own_tokens,
        own_cost=use.own_cost,
        finished_sub_agents=tuple(
            _sub_agent(sub, entry, use, used, meter, settings, now) for sub in entry.finished_sub_agents
        ),
        cache_expires_at=spend.cache_expires_at(entry.agent, entry.session),
        last_prompt_at=entry.last_prompt_at,
        last_turn_ms=entry.last_turn_ms,
        cost_since_prompt=since.cost if since else None,
        tokens_since_prompt=since.tokens if since else 0,
        log=entry.log,
        processes=entry.processes,
        signs=replace(
            entry.signs,
            polled=spend.polled(entry.agent, entry.session, entry.polls, now),
            cold_writes=spend.cold_writes(entry.agent, entry.session, now),
            largest_write=spend.largest_write(entry.agent, entry.session, now),
        ),
    )


def _sub_agent(
    sub: OpenSubAgent,
    entry: OpenSession,
    use: Used,
    used: Callable[[str, str], Used],
    meter: Meter,
    settings: Settings,
    now: int,
) -> SubAgent:
    own = use.sub_agents.get(sub.id)
    if own is None and sub.session and sub.session != entry.session:
        own = used(entry.agent, sub.session)  # a program of its own, with a log that names no parent
    return SubAgent(
        id=sub.id,
        name=sub.name,
        model=sub.model,
        tokens_per_min=meter.sub_agent_rate(entry.agent, entry.session, sub.id, now),
        cost=own.cost if own is not None else None,
        started_at=sub.started_at,
        kind=sub.kind,
        parent=sub.parent,
        state=sub.state,
        tokens=own.tokens if own is not None else Tokens(),
        doing=sub.doing if settings.show_doing else None,
        last_activity=sub.last_activity,
    )


MISTAKE: Final = mark("TokenWatch met a mistake of its own and begins again. Until then the figures stand still.")


def standing_still(latest: Snapshot | None, now: int, reason: str = MISTAKE) -> Snapshot:
    """The last figures, with the reason why they stand still."""
    latest = latest or Snapshot(Figures(at=now))
    others = tuple(entry for entry in latest.health if entry.part != "ledger")
    return replace(latest, new_alerts=(), health=(*others, Health("ledger", HealthState.FAILING, tr(reason))))
