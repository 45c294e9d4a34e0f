"""Memory: what is remembered of sessions between looks, from the turn events of their logs.

Owns how events of sessions and sub-agents are kept together, and how much is kept. Knows no process and judges no
state. Bounded: what was not heard of for half a day is forgotten; events are forgotten once they were taken in.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

import msgspec

from tokenwatch.base.snapshot import State
from tokenwatch.live.doing import DELEGATING_TOOLS
from tokenwatch.live.matching import Instance, Log
from tokenwatch.live.open_session import OpenSession
from tokenwatch.live.running_calls import Answer
from tokenwatch.live.signs import Run
from tokenwatch.live.states import Phase, Turns
from tokenwatch.readers.protocol import Spawn, SubAgentFacts, TurnEvent, TurnKind

KEPT_MS: Final = 12 * 3_600_000 + 30 * 60_000
MOST_SESSIONS: Final = 1_000
MOST_SUB_AGENTS: Final = 2_000
_SUB_AGENT_KEPT_MS: Final = 10 * 60_000
_MOST_SOURCES: Final = 2_000
_MOST_FOLDERS: Final = 8

Key = tuple[str, str]
"""(agent id, session)"""


class Voice(msgspec.Struct):
    """One that writes turns: a session itself, or one of its sub-agents."""

    turns: Turns = msgspec.field(default_factory=Turns)
    run: Run = msgspec.field(default_factory=Run)
    began: int = 0
    model: str = ""
    name: str = ""
    kind: str = ""
    parent: str = ""
    """The sub-agent that started this one; empty if the session did."""
    call: str = ""
    """The tool call that started it."""
    session: str = ""
    """A sub-agent's own session, where it has one."""


class Known(msgspec.Struct):
    """What is known of one top-level session."""

    main: Voice = msgspec.field(default_factory=Voice)
    subs: OrderedDict[str, Voice] = msgspec.field(default_factory=OrderedDict)
    folders: tuple[str, ...] = ()
    """Working directories it named, the latest last."""
    branch: str = ""
    context_window: int | None = None
    place: str = ""
    source: str = ""
    """The path of its log."""
    spawns: OrderedDict[str, str] = msgspec.field(default_factory=OrderedDict)
    """Tool calls that start sub-agents, and the sub-agent that made them ("" the session itself)."""
    interrupted: int = 0
    """When a person last stopped it, and with it its sub-agents."""
    owner: Instance | None = None
    missed: int = 0
    """Looks at which the owner was not found."""
    ended_at: int | None = None
    leaving: State | None = None
    shown: OpenSession | None = None

    @property
    def latest(self) -> int:
        return max([self.main.turns.active_at, *(sub.turns.active_at for sub in self.subs.values())])

    @property
    def heard_at(self) -> int:
        """The latest event. A log's file can change without any: whoever takes up a session may only touch it."""
        return max([self.main.turns.latest, *(sub.turns.latest for sub in self.subs.values())])

    def parent_of(self, sub: str) -> str:
        """The sub-agent that started this one; empty if the session did. Its call may be told of later than it."""
        voice = self.subs.get(sub)
        return "" if voice is None else voice.parent or self.spawns.get(voice.call, "")


class Memory:
    """Sessions by (agent, session), sub-agents with the session that a person would name."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[Key, Known] = OrderedDict()
        self._parents: OrderedDict[Key, str] = OrderedDict()
        """Sub-agents that have a session of their own, and the session that started them."""
        self._writers: OrderedDict[str, tuple[Key, str]] = OrderedDict()
        """Who wrote to a source last."""

    def find(self, key: Key) -> Known | None:
        return self._sessions.get(key)

    def items(self) -> Iterator[tuple[Key, Known]]:
        return iter(self._sessions.items())

    def __len__(self) -> int:
        return len(self._sessions)

    def logs(self) -> list[Log]:
        return [_log(key, session) for key, session in self._sessions.items()]

    def feed(self, agent: str, source: str, grew_at: int, events: Iterable[TurnEvent], now: int) -> None:
        """A source grew at ``grew_at`` (ms) by these events, in the order of the log."""
        writer: tuple[Key, str] | None = None
        for event in events:
            writer = self._take(agent, source, event, now) or writer
        if writer is not None:
            self._writers[source] = writer
            self._writers.move_to_end(source)
            if len(self._writers) > _MOST_SOURCES:
                self._writers.popitem(last=False)
        key, sub = writer or self._writers.get(source, (("", ""), ""))
        session = self._sessions.get(key)
        if session is not None:
            voice = session.subs.get(sub) if sub else session.main
            if voice is not None:
                voice.turns.grew_at = max(voice.turns.grew_at, min(grew_at, now))

    def _take(self, agent: str, source: str, event: TurnEvent, now: int) -> tuple[Key, str] | None:
        if not event.session:
            return None
        sub = event.agent_id or (event.session if (agent, event.session) in self._parents else "")
        if sub and event.parent_session and event.parent_session != event.session:
            self._set_parent((agent, event.session), event.parent_session)
        key = (agent, self._top(agent, event.session))
        session = self.session(key)
        voice = session.main
        if sub:
            voice = session.subs.setdefault(sub, Voice())
            session.subs.move_to_end(sub)
            _shorten(session.subs)
            _introduce(voice, event, session)
        in_turn = voice.turns.phase is Phase.OPEN
        if not voice.turns.take(event, now):
            return key, sub
        time = min(event.time, now)
        voice.run.take(event, time, in_turn)
        if event.kind is TurnKind.TOOL_OPEN and event.tool.lower() in DELEGATING_TOOLS:
            session.spawns[event.ref] = sub
            _shorten(session.spawns)
        voice.began = min(voice.began, time) if voice.began else time
        voice.model = event.model or voice.model
        if not sub and event.kind is TurnKind.INTERRUPTED:
            session.interrupted = max(session.interrupted, time)
            for other in session.subs.values():
                other.turns.close(time)
        if sub:
            if time < session.interrupted:
                voice.turns.close(session.interrupted)
            return key, sub
        if event.project:
            others = tuple(folder for folder in session.folders if folder != event.project)
            session.folders = (*others, event.project)[-_MOST_FOLDERS:]
        session.branch = event.branch or session.branch
        session.context_window = event.context_window or session.context_window
        session.place = source.replace("\\", "/").rpartition("/")[0]
        session.source = source
        return key, sub

    def describe(self, agent: str, facts: SubAgentFacts) -> None:
        """What a file beside its log says of a sub-agent."""
        session = self._sessions.get((agent, self._top(agent, facts.session)))
        voice = session.subs.get(facts.agent_id) if session is not None else None
        if session is not None and voice is not None:
            voice.kind = facts.kind or voice.kind
            voice.parent, voice.call = facts.parent or voice.parent, facts.call

    def answers(self, agents: Collection[str]) -> list[Answer]:
        """The answers that these agents are writing now."""
        return [
            Answer(agent, session.source, name or key, voice.turns.answer)
            for (agent, key), session in self._sessions.items()
            if agent in agents
            for name, voice in (("", session.main), *session.subs.items())
            if voice.turns.phase is Phase.OPEN and voice.turns.answer
        ]

    def spawning(self) -> set[str]:
        """Agents with sub-agents that seem to run."""
        return {
            agent
            for (agent, _), session in self._sessions.items()
            if any(sub.turns.phase is not Phase.CLOSED for sub in session.subs.values())
        }

    def spawned(self, agent: str, spawn: Spawn) -> None:
        """What the agent's own database says of a sub-agent that has a session of its own."""
        key = (agent, spawn.child)
        if key not in self._parents and ((agent, spawn.parent) in self._sessions or key in self._sessions):
            self._set_parent(key, spawn.parent)
            alone = self._sessions.pop(key, None)
            if alone is not None:
                home = self.session((agent, self._top(*key)))
                alone.main.session = spawn.child
                home.subs.setdefault(spawn.child, alone.main)
                for name, voice in alone.subs.items():
                    home.subs.setdefault(name, voice)
                _shorten(home.subs)
        session = self._sessions.get((agent, self._top(*key)))
        sub = session.subs.get(spawn.child) if session is not None else None
        if sub is not None and spawn.over:
            sub.turns.close(sub.turns.latest)

    def session(self, key: Key) -> Known:
        """The session, remembered from now on."""
        session = self._sessions.get(key)
        if session is None:
            session = self._sessions[key] = Known()
            if len(self._sessions) > MOST_SESSIONS:
                del self._sessions[min((one for one in self._sessions if one != key), key=self._worth)]
        return session

    def _set_parent(self, key: Key, parent: str) -> None:
        self._parents[key] = parent
        if len(self._parents) > MOST_SUB_AGENTS:
            self._parents.popitem(last=False)

    def _worth(self, key: Key) -> tuple[bool, int]:
        session = self._sessions[key]
        return session.owner is not None, session.latest

    def _top(self, agent: str, session: str) -> str:
        """The session a person would name."""
        for _ in range(8):
            parent = self._parents.get((agent, session))
            if parent is None or parent == session:
                break
            session = parent
        return session

    def join_sub_agents(self) -> None:
        """Sub-agents whose parent turned out to be a sub-agent itself move to the session at the top."""
        for key in [key for key in self._sessions if key in self._parents]:
            top = self._top(*key)
            if top != key[1]:
                session = self._sessions.pop(key)
                home = self.session((key[0], top))
                for name, voice in session.subs.items():
                    home.subs.setdefault(name, voice)
                    if not voice.parent and key[1] in home.subs and key[1] != name:
                        voice.parent = key[1]
                _shorten(home.subs)

    def forget(self, now: int) -> None:
        for key, session in list(self._sessions.items()):
            if session.owner is None and session.latest < now - KEPT_MS:
                del self._sessions[key]
                continue
            for name, sub in list(session.subs.items()):
                if sub.turns.phase is Phase.CLOSED and sub.turns.active_at < now - _SUB_AGENT_KEPT_MS:
                    del session.subs[name]


def _log(key: Key, session: Known) -> Log:
    return Log(
        agent=key[0],
        session=key[1],
        folders=frozenset(session.folders),
        began=session.main.began,
        latest=session.main.turns.grew_at,
        place=session.place,
        owner=session.owner,
        ended=session.ended_at is not None,
    )


def _introduce(voice: Voice, event: TurnEvent, session: Known) -> None:
    voice.name = event.agent_name or voice.name
    voice.kind = event.agent_kind or voice.kind
    if event.parent_session and event.parent_session != event.session:
        voice.session = event.session
        if event.parent_session in session.subs and event.parent_session != event.agent_id:
            voice.parent = event.parent_session


def _shorten(ordered: OrderedDict[str, Any]) -> None:
    while len(ordered) > MOST_SUB_AGENTS:
        ordered.popitem(last=False)
