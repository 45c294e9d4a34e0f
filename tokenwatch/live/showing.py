"""Showing: from what is remembered of a session to what a look returns of it.

Owns the making of open sessions and sub-agents, and that work ends only when two looks agree. Does not own the state
machine (states.py) or what is remembered (memory.py).
"""

from __future__ import annotations

from collections.abc import Iterable

from tokenwatch.base.session import State
from tokenwatch.live.doing import doing_of
from tokenwatch.live.matching import Link
from tokenwatch.live.memory import Key, Known
from tokenwatch.live.open_session import OpenSession, OpenSubAgent
from tokenwatch.live.signs import POLLED_MS
from tokenwatch.live.states import Judged, Phase, judge, sub_agent_runs

Divided = tuple[tuple[OpenSubAgent, ...], tuple[OpenSubAgent, ...]]
"""Those that run, and those that finished in the last minutes."""


def show(
    key: Key,
    session: Known,
    judged: Judged,
    link: Link | None,
    running: tuple[OpenSubAgent, ...],
    finished: tuple[OpenSubAgent, ...],
    now: int,
) -> OpenSession:
    before = session.shown
    if before is not None and before.state is State.WORKING and judged.state not in (State.WORKING, State.WAITING):
        # Out of work only when two looks agree: between two turns there is a moment of rest.
        if session.leaving is not judged.state:
            session.leaving = judged.state
            judged = Judged(before.state, before.confidence, before.since, before.waiting_for)
        else:
            session.leaving = None
    else:
        session.leaving = None
    process = link.process if link is not None else None
    claim = link.claim if link is not None else None
    main = session.main
    session.shown = OpenSession(
        agent=key[0],
        session=key[1],
        state=judged.state,
        confidence=judged.confidence,
        pid=process.pid if process is not None else None,
        cwd=(claim.cwd if claim is not None else "")
        or (process.cwd if process is not None else "")
        or (session.folders[-1] if session.folders else ""),
        branch=session.branch,
        model=main.model,
        waiting_for=judged.waiting_for,
        since=judged.since,
        started_at=process.started_at if process is not None else main.began or None,
        last_activity=session.latest or None,
        context_window=session.context_window,
        sub_agents=running,
        finished_sub_agents=finished,
        doing=doing_of(main.turns) if judged.state is State.WORKING else None,
        last_prompt_at=main.run.last_prompt,
        last_turn_ms=main.turns.lasted,
        log=session.source,
        processes=0 if process is None else 1,
        signs=main.run.signs(
            now,
            main.turns.phase is Phase.OPEN and judged.state in (State.WORKING, State.BACKGROUND),
            [sub.began for sub in session.subs.values()],
            max((_depth(session, one.id) for one in running), default=0),
        ),
        polls=tuple(time for time in main.run.polls if time > now - POLLED_MS),
    )
    return session.shown


def divided(
    session: Known, now: int, *, alive: bool, nested: Iterable[OpenSubAgent] = (), unheard: bool = False
) -> Divided:
    """The sub-agents of a session. Long silence is believed only while the session itself waits for them."""
    alive = alive and session.main.turns.phase is not Phase.CLOSED
    running, finished = parted(nested)
    for name, sub in session.subs.items():
        runs = sub_agent_runs(sub.turns, now, alive=alive, unheard=unheard)
        if runs:
            running = (*running, _sub_agent(name, session, State.WORKING))
        elif sub.turns.phase is Phase.CLOSED:
            finished = (*finished, _sub_agent(name, session, State.IDLE))
    return running, finished


def parted(agents: Iterable[OpenSubAgent]) -> Divided:
    every = tuple(agents)
    return (
        tuple(one for one in every if one.state is not State.IDLE),
        tuple(one for one in every if one.state is State.IDLE),
    )


def nested_agent(link: Link, session: Known | None, now: int) -> OpenSubAgent:
    """A session that another started as a program of its own. It is idle when its own turn is over."""
    process = link.process
    state, doing, latest = State.WORKING, None, None
    if session is not None:
        judged = judge(session.main.turns, process, link.claim, now, sure=link.sure)
        state = State.IDLE if judged.state is State.IDLE else State.WORKING
        doing, latest = doing_of(session.main.turns), session.latest or None
    return OpenSubAgent(
        id=link.session or f"process {process.pid}",
        name=process.member,
        kind=process.kind,
        model=session.main.model if session is not None else "",
        started_at=process.started_at,
        session=link.session,
        state=state,
        doing=doing,
        last_activity=latest,
    )


def _sub_agent(name: str, session: Known, state: State) -> OpenSubAgent:
    sub = session.subs[name]
    return OpenSubAgent(
        id=name,
        name=sub.name,
        model=sub.model,
        started_at=sub.began or None,
        kind=sub.kind,
        parent=session.parent_of(name),
        session=sub.session,
        state=state,
        doing=doing_of(sub.turns) if state is State.WORKING else None,
        last_activity=sub.turns.active_at or None,
    )


def _depth(session: Known, name: str) -> int:
    """1 for a sub-agent of the session, 2 for one that such a one started."""
    depth = 1
    seen = {name}
    while (parent := session.parent_of(name)) and parent not in seen:
        seen.add(parent)
        name, depth = parent, depth + 1
    return depth
