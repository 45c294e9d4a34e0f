"""Sessions: what is open now, from processes, registries and the turns in growing logs.

Owns what a look returns and what changes between two looks. Does not own the rules: which process belongs to which
log (matching.py), what a session does (states.py), what an agent's process looks like (programs.py).
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from tokenwatch.base.clock import Clock
from tokenwatch.base.interval import End
from tokenwatch.base.paths import Paths
from tokenwatch.base.snapshot import State
from tokenwatch.base.usage import Signature
from tokenwatch.live.matching import Instance, Link, instance, match
from tokenwatch.live.memory import Key, Known, Memory
from tokenwatch.live.open_session import OpenSession, OpenSubAgent
from tokenwatch.live.programs import ProcessInfo, Role
from tokenwatch.live.registry import Registry
from tokenwatch.live.running_calls import RunningCalls
from tokenwatch.live.showing import divided, nested_agent, parted, show
from tokenwatch.live.spawns import Spawns
from tokenwatch.live.states import Judged, Turns, judge
from tokenwatch.live.teams import Teams
from tokenwatch.readers.protocol import Reader, SubAgentFacts, TurnEvent

__all__ = ["LiveTracker", "OpenSession", "OpenSubAgent"]

log = logging.getLogger(__name__)

_SLEPT_SECONDS: Final = 30.0
"""Looks are at most ten seconds apart; a longer gap means that the computer slept."""

OVER_MS: Final = 12 * 3_600_000
MOST_OVER: Final = 50
_MOST_DESCRIBED: Final = 5_000
_PRECEDENCE: Final = (
    State.WAITING,
    State.WORKING,
    State.BACKGROUND,
    State.STARTING,
    State.IDLE,
    State.ENDED,
    State.CRASHED,
)
"""Of two processes on one session the one that matters more to the person is shown."""


class LiveTracker:
    """Fed with turn events of growing logs; each :meth:`tick` looks at processes and registries. One thread only."""

    def __init__(
        self,
        readers: Mapping[str, Reader],
        paths: Paths,
        clock: Clock,
        processes: Callable[[], Sequence[ProcessInfo]],
    ) -> None:
        self._agents = frozenset(readers)
        self._seeable = frozenset(name for name, reader in readers.items() if reader.agent.signature != Signature())
        """Agents whose processes would be recognised."""
        self._began: int | None = None
        """When the first look was."""
        self._teams = Teams(readers.values(), paths)
        self._spawns = Spawns(readers.values(), paths, clock.monotonic)
        self._calls = RunningCalls(readers.values(), clock.monotonic)
        self.asks_calls = True
        """Whether agents' databases are asked which tools run."""
        self._registries = [Registry(reader, paths) for reader in readers.values()]
        self._clock = clock
        self._processes = processes
        self._memory = Memory()
        self._looked_at: int | None = None
        self._seen: tuple[ProcessInfo, ...] | None = None
        """The agents' processes at the last look at them."""
        self._met: frozenset[Key] = frozenset()
        """Sessions that were known at that look."""
        self._fresh = True
        self._last: tuple[OpenSession, ...] = ()
        self._over: OrderedDict[Key, OpenSession] = OrderedDict()
        self._described: OrderedDict[str, None] = OrderedDict()

    @property
    def instances(self) -> tuple[Instance, ...]:
        """Agents' processes at the last look at them."""
        return tuple(instance(process) for process in self._seen or ())

    def watch_paths(self) -> tuple[Path, ...]:
        """The folders in which registry files stand now."""
        for registry in self._registries:
            registry.claims()
        return self.folders

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders in which registry files were found so far. For any thread."""
        return tuple(sorted({folder for registry in self._registries for folder in registry.folders}))

    def feed(self, agent_id: str, source: str, grew_at: int, events: Iterable[TurnEvent]) -> None:
        """A source grew at ``grew_at`` (ms) by these events, in the order of the log."""
        if agent_id in self._agents:
            self._memory.feed(agent_id, source, grew_at, events, self._clock.now())

    def wants(self, source: str) -> bool:
        """Whether nothing is known yet of a file beside this source."""
        return source not in self._described

    def described(self, source: str) -> None:
        """There is no file beside the source, or it was read."""
        self._described[source] = None
        if len(self._described) > _MOST_DESCRIBED:
            self._described.popitem(last=False)

    def describe(self, agent_id: str, facts: SubAgentFacts) -> None:
        """What a file beside its log says of a sub-agent that was fed before."""
        self._memory.describe(agent_id, facts)

    def recall_ends(self, ends: Iterable[End]) -> None:
        """These processes were seen to end, by an earlier run or another one: what was fed of them is over."""
        for end in ends:
            session = self._memory.find((end.agent, end.session))
            if session is not None and session.owner is None:
                session.ended_at = max(session.ended_at or 0, end.at)

    def tick(self, *, fresh: bool = True) -> tuple[OpenSession, ...]:
        """Look now. Opens no file but registries, and databases of agents whose sub-agents or tools run.

        Not ``fresh``: a log grew, so nothing is known to have happened to processes. Those of the last look will do,
        which is what costs most, unless a session is new.
        """
        now = self._clock.now()
        self._began = now if self._began is None else self._began
        slept = self._looked_at is not None and abs(now - self._looked_at) > _SLEPT_SECONDS * 1000
        self._looked_at = now
        if slept and self._last:
            # Nobody had time to write yet; what was true before the sleep is the best that is known.
            return self._last
        processes = self._look(fresh=fresh)
        pids = {process.pid for process in processes}
        claims = [claim for registry in self._registries for claim in registry.claims(pids)]
        if self._fresh:
            for agent, spawn in self._spawns.news(self._memory.spawning()):
                self._memory.spawned(agent, spawn)
        if self.asks_calls and self._calls.agents:
            for answer, events in self._calls.news(self._memory.answers(self._calls.agents), now):
                self._memory.feed(answer.agent, answer.source, 0, events, now)
        self._memory.join_sub_agents()
        links = match(processes, claims, self._memory.logs())
        self._last = self._open(links, now)
        self._forget_over(self._last, now)
        self._memory.forget(now)
        return self._last

    def _look(self, *, fresh: bool) -> tuple[ProcessInfo, ...]:
        known = frozenset(key for key, _ in self._memory.items())
        self._fresh = fresh or self._seen is None or not known <= self._met
        if self._fresh or self._seen is None:
            running = [process for process in self._processes() if process.agent in self._agents]
            self._seen = self._teams.placed(running)
            self._met = known
        return self._seen

    def _open(self, links: Sequence[Link], now: int) -> tuple[OpenSession, ...]:
        above = {link.process.pid: link.process.nested_in for link in links} | _teams(links)
        by_key: dict[Key, list[Link]] = {}
        nested: dict[int, list[Link]] = {}
        shown: list[OpenSession] = []
        for link in links:
            root = _root(link.process.pid, above)
            if root != link.process.pid:
                nested.setdefault(root, []).append(link)
            elif link.session:
                by_key.setdefault((link.process.agent, link.session), []).append(link)
        for link in links:
            if not link.session and _root(link.process.pid, above) == link.process.pid:
                shown.append(self._nameless(link, nested.get(link.process.pid, ()), now))
        for key, group in by_key.items():
            inner = [one for link in group for one in nested.get(link.process.pid, ())]
            shown.append(self._linked(key, group, inner, now))
        for group in nested.values():
            for link in group:
                if link.session:
                    self._own(self._memory.session((link.process.agent, link.session)), [link])
        owners = {instance(link.process) for link in links}
        # A host's sessions have no process of their own; one whose log is not known may have written any.
        free = {process.agent for process in self._seen or () if process.role is Role.HOST}
        free |= {link.process.agent for link in links if not link.session}
        linked = {(link.process.agent, link.session) for link in links}
        for key, session in self._memory.items():
            if key not in linked:
                entry = self._unlinked(key, session, owners, now, unseen=key[0] in self._seeable - free)
                if entry is not None:
                    shown.append(entry)
        return tuple(sorted(shown, key=lambda one: (one.agent, one.started_at or 0, one.session, one.pid or 0)))

    def _nameless(self, link: Link, nested: Sequence[Link], now: int) -> OpenSession:
        """A process whose session is not known counts all the same."""
        subs, finished = parted(self._nested(nested, now))
        judged = judge(Turns(), link.process, link.claim, now, sub_agents=len(subs), sure=link.sure)
        return OpenSession(
            agent=link.process.agent,
            session="",
            state=judged.state,
            confidence=judged.confidence,
            pid=link.process.pid,
            cwd=link.claim.cwd if link.claim is not None and link.claim.cwd else link.process.cwd,
            waiting_for=judged.waiting_for,
            since=judged.since,
            started_at=link.process.started_at,
            sub_agents=subs,
            finished_sub_agents=finished,
            processes=1,
        )

    def _linked(self, key: Key, links: Sequence[Link], nested: Sequence[Link], now: int) -> OpenSession:
        """A session with its process; two processes that go on with one session are one."""
        session = self._memory.session(key)
        self._own(session, links)
        subs, finished = divided(session, now, alive=True, nested=self._nested(nested, now))
        judged = [
            judge(session.main.turns, link.process, link.claim, now, sub_agents=len(subs), sure=link.sure)
            for link in links
        ]
        at = min(range(len(links)), key=lambda index: _PRECEDENCE.index(judged[index].state))
        shown = show(key, session, judged[at], links[at], subs, finished, now)
        return replace(shown, processes=len(links)) if len(links) != shown.processes else shown

    def _unlinked(
        self, key: Key, session: Known, owners: Collection[Instance], now: int, *, unseen: bool
    ) -> OpenSession | None:
        """A session without a process: it ended, or its process cannot be seen from here.

        ``unseen``: the agent's processes can be seen, and no one of them is without a session.
        """
        if session.owner is not None:
            session.missed += self._fresh
            if session.missed < 2 and session.owner not in owners:
                return session.shown  # one look can miss a process
            judged = judge(session.main.turns, None, None, now, gone=True)
            log.debug("a session of %s is over: %s", key[0], judged.state)
            self._remember_end(key, session, judged, now)
            session.owner, session.ended_at, session.shown = None, now, None
            return None
        if session.ended_at is not None:
            if session.heard_at < session.ended_at:
                return None
            session.ended_at = None
        unheard = unseen and self._began is not None and session.latest < self._began
        subs, finished = divided(session, now, alive=False, unheard=unheard)
        judged = judge(session.main.turns, None, None, now, sub_agents=len(subs), unheard=unheard)
        if not judged.state.open:
            session.shown = None
            return None
        return show(key, session, judged, None, subs, finished, now)

    def _remember_end(self, key: Key, session: Known, judged: Judged, now: int) -> None:
        last = session.shown
        if last is None:
            return
        self._over[key] = replace(
            last,
            state=judged.state,
            confidence=judged.confidence,
            pid=None,
            processes=0,
            since=now,
            waiting_for="",
            doing=None,
            sub_agents=(),
            finished_sub_agents=(),
        )
        self._over.move_to_end(key)
        if len(self._over) > MOST_OVER:
            self._over.popitem(last=False)

    @property
    def unsettled(self) -> bool:
        """Whether the next look decides something that this one saw first."""
        return self.missed or any(session.leaving is not None for _, session in self._memory.items())

    @property
    def missed(self) -> bool:
        """Whether a process was not found at the last look; the next one decides."""
        return any(session.owner is not None and session.missed > 0 for _, session in self._memory.items())

    @property
    def over(self) -> tuple[OpenSession, ...]:
        """Sessions whose process ended in the last hours and that nobody has gone on with, the latest first."""
        return tuple(reversed(self._over.values()))

    def _forget_over(self, shown: Iterable[OpenSession], now: int) -> None:
        for one in shown:
            self._over.pop((one.agent, one.session), None)
        for key in [key for key, one in self._over.items() if (one.since or 0) < now - OVER_MS]:
            del self._over[key]

    @staticmethod
    def _own(session: Known, links: Sequence[Link]) -> None:
        instances = [instance(link.process) for link in links]
        if session.owner not in instances:
            session.owner = instances[-1]
        session.missed, session.ended_at = 0, None

    def _nested(self, links: Sequence[Link], now: int) -> tuple[OpenSubAgent, ...]:
        """Sessions that a session started as programs of their own: its sub-agents."""
        return tuple(nested_agent(link, self._memory.find((link.process.agent, link.session)), now) for link in links)


def _teams(links: Sequence[Link]) -> dict[int, int | None]:
    """Processes that say which session they work for, and its process: members of a team, in panes of their own."""
    # After its conversation was cleared a lead is still known to its members by the old one.
    leads = {(link.claim.agent, link.claim.session): link.process.pid for link in links if link.claim is not None}
    leads |= {(link.process.agent, link.session): link.process.pid for link in links if link.session}
    return {
        link.process.pid: lead
        for link in links
        if link.process.parent_session
        and (lead := leads.get((link.process.agent, link.process.parent_session))) is not None
        and lead != link.process.pid
    }


def _root(pid: int, above: Mapping[int, int | None]) -> int:
    """The outermost session's process around this one."""
    for _ in range(len(above)):
        parent = above.get(pid)
        if parent is None or parent not in above:
            break
        pid = parent
    return pid
