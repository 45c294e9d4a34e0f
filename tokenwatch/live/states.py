"""States: what a session is doing, from the turns in its log, its process and its checked claim.

Owns the rules of the state machine and the count of running agents. Pure: asks no clock and remembers nothing but
:class:`Turns`. Does not own which process belongs to which session (matching.py).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple, Protocol

import msgspec

from tokenwatch.base.snapshot import AgentCounts, Confidence, State
from tokenwatch.live.programs import ProcessInfo
from tokenwatch.readers.protocol import LiveClaim, TurnEvent, TurnKind

STARTING_MS: Final = 60_000
"""A process without any log is starting for so long, then idle: nobody has asked it anything."""

OPEN_QUIET_MS: Final = 10 * 60_000
CLOSED_QUIET_MS: Final = 5 * 60_000
"""How long a log without a process counts as an open session: in a turn, and after one."""

UNHEARD_QUIET_MS: Final = 2 * 60_000
"""The same of a turn of which nothing was heard since one began to look, while the agent's processes can be seen here
and none of them is left for it: it was probably killed before. In a container or on another computer it may only
think, and its next line shows it again."""

TOOL_QUIET_MS: Final = 60_000
"""A tool call unanswered for longer, for which no program was started, may be waiting for approval."""

SUB_AGENT_OPEN_MS: Final = 30 * 60_000
SUB_AGENT_QUIET_MS: Final = 120_000
COPIED_MS: Final = 30 * 60_000
"""A file that changed so long after the last thing it tells of was copied, restored or renamed; nobody works."""

QUESTION: Final = "question"
TOOL_OR_APPROVAL: Final = "tool or approval"

_START_SLACK_MS: Final = 2_000
_STALE_MS: Final = 60_000
_MOST_TOOLS: Final = 256
_TURNS_REMEMBERED: Final = 16
_MOST_SEEN: Final = 512


class Phase(StrEnum):
    """Where a log's last turn stands."""

    UNKNOWN = "unknown"
    OPEN = "open"
    ASKING = "asking"
    CLOSED = "closed"


class Call(NamedTuple):
    """An unanswered tool call: when it was made, the tool's name and the file's base name."""

    time: int
    tool: str = ""
    target: str = ""


class Turns(msgspec.Struct):
    """What the log of one session, or of one of its sub-agents, says. Bounded; holds no content."""

    phase: Phase = Phase.UNKNOWN
    since: int | None = None
    """When the phase began."""
    latest: int = 0
    """Time of the latest event."""
    grew_at: int = 0
    """When the log last grew, as far as known; not before ``latest``."""
    tools: dict[str, Call] = msgspec.field(default_factory=dict)
    """Unanswered tool calls by their reference."""
    lasted: int | None = None
    """How long the last turn took, questions to the person included; None while none was seen whole."""
    _opened: int | None = None
    _turn: str = ""
    _asked: str = ""
    _earlier: deque[str] = msgspec.field(default_factory=lambda: deque(maxlen=_TURNS_REMEMBERED))
    _seen: dict[int, int] = msgspec.field(default_factory=dict)
    """Hashes of the events of the last minute, and their times."""

    def take(self, event: TurnEvent, now: int) -> bool:
        """Go on by one event, in the order of the log. False if it is old news: a log that is read again."""
        time = min(event.time, now)
        if (time < self.latest - _STALE_MS and self.latest <= now) or self._knows(event):
            return False
        self.latest = max(min(self.latest, now), time)
        self.grew_at = max(self.grew_at, self.latest)
        if self.phase is Phase.CLOSED and self.since is not None and time < self.since <= now:
            return True  # of the turn that is over: another log told of its end first
        match event.kind:
            case TurnKind.PROMPT:
                if self.phase is not Phase.OPEN:
                    self.tools.clear()
                self._go(Phase.OPEN, time)
            case TurnKind.TURN_OPEN:
                if event.ref in self._earlier and event.ref:
                    return True
                if event.ref and event.ref != self._turn:
                    self._earlier.append(self._turn)
                    self._turn = event.ref
                self._go(Phase.OPEN, time)
            case TurnKind.TOOL_OPEN:
                if len(self.tools) < _MOST_TOOLS:
                    self.tools[event.ref] = Call(time, event.tool, event.target)
                if self.phase is not Phase.ASKING:
                    self._go(Phase.OPEN, time)
            case TurnKind.TOOL_CLOSED:
                self.tools.pop(event.ref, None)
                answered = self.phase is Phase.ASKING and self._asked in ("", event.ref)
                if answered or self.phase is Phase.UNKNOWN:
                    self._go(Phase.OPEN, time)
            case TurnKind.ASKS:
                self.tools.pop(event.ref, None)
                self._asked = event.ref
                self._go(Phase.ASKING, time)
            case TurnKind.TURN_CLOSED:
                # The end of an earlier turn says nothing of the present one.
                if not event.ref or event.ref not in self._earlier:
                    self.close(time)
            case TurnKind.INTERRUPTED:
                self.close(time)
            case TurnKind.COMPACTED | TurnKind.FAILED:
                pass
        return True

    def _knows(self, event: TurnEvent) -> bool:
        """Whether it was taken before; from now on it is known. Documents are read as a whole at each change."""
        mark = hash((event.kind, event.ref, event.tool, event.call, event.time))
        if mark in self._seen:
            return True
        if len(self._seen) >= _MOST_SEEN:
            since = self.latest - _STALE_MS
            kept = [(seen, time) for seen, time in self._seen.items() if time >= since]
            self._seen = dict(kept[-_MOST_SEEN // 2 :])
        self._seen[mark] = event.time
        return False

    def _go(self, phase: Phase, time: int) -> None:
        if phase is self.phase:
            return
        if phase is Phase.CLOSED:
            self.lasted = time - self._opened if self._opened is not None else None
            self._opened = None
        elif self.phase in (Phase.CLOSED, Phase.UNKNOWN):
            self._opened = time
        self.phase, self.since = phase, time

    def close(self, time: int) -> None:
        """The turn is over; the next event of a turn opens it again."""
        self.tools.clear()
        self._go(Phase.CLOSED, time)

    @property
    def answer(self) -> str:
        """The reference of the turn that was opened last; empty if its log gives none."""
        return self._turn

    @property
    def active_at(self) -> int:
        """When somebody last worked on it, as far as known: when it grew, unless it was only copied then."""
        return self.grew_at if self.grew_at - self.latest <= COPIED_MS else self.latest

    @property
    def oldest_tool(self) -> int | None:
        return min((call.time for call in self.tools.values()), default=None)

    @property
    def newest_tool(self) -> Call | None:
        return max(self.tools.values(), key=lambda call: call.time, default=None)


class Judged(msgspec.Struct, frozen=True):
    """A state, how it is known, since when (ms), and what the session waits for."""

    state: State
    confidence: Confidence
    since: int | None = None
    waiting_for: str = ""


def judge(
    turns: Turns,
    process: ProcessInfo | None,
    claim: LiveClaim | None,
    now: int,
    *,
    sub_agents: int = 0,
    sure: bool = True,
    gone: bool = False,
    unheard: bool = False,
) -> Judged:
    """The state of a session at ``now``.

    ``claim`` must have been checked against ``process``. ``sub_agents`` of it run. ``sure``: whether log and process
    certainly belong together. ``gone``: the session had a process, and it ended. ``unheard``: see
    :data:`UNHEARD_QUIET_MS`.
    """
    if process is None:
        return _ended(turns) if gone else _log_only(turns, now, sub_agents, open_quiet(unheard=unheard))
    if claim is not None:
        told = _claimed(turns, claim, sub_agents)
        if told is not None:
            return told
    known = Confidence.LIKELY if sure else Confidence.GUESS
    phase = turns.phase
    if phase in (Phase.OPEN, Phase.ASKING) and turns.latest < process.started_at - _START_SLACK_MS:
        # An earlier process was killed in this turn; this one has gone on with the session and waits at its prompt.
        # That its file is newer says nothing: Claude Code 2.1 sets the time of a log it takes up and writes nothing.
        phase = Phase.CLOSED
    if phase is Phase.UNKNOWN:
        return _silent(process, claim, now, sub_agents)
    if phase is Phase.ASKING:
        return Judged(State.WAITING, known, turns.since, QUESTION)
    if phase is Phase.CLOSED:
        return Judged(State.BACKGROUND if sub_agents else State.IDLE, known, turns.since)
    tool = turns.oldest_tool
    if tool is not None:
        started = process.newest_child is not None and process.newest_child >= tool - _START_SLACK_MS
        if now - tool > TOOL_QUIET_MS and not started and not sub_agents and now - turns.grew_at > TOOL_QUIET_MS:
            return Judged(State.WAITING, Confidence.GUESS, tool, TOOL_OR_APPROVAL)
    elif now - turns.grew_at > OPEN_QUIET_MS and not sub_agents:
        return Judged(State.IDLE, Confidence.GUESS, turns.grew_at)
    return Judged(State.WORKING, known, turns.since)


def _claimed(turns: Turns, claim: LiveClaim, sub_agents: int) -> Judged | None:
    """By what the agent itself says; None if it says nothing that is understood.

    How old the status is never counts against it: it is written when it changes, and a turn may be long.
    """
    since = claim.status_since if claim.status_since is not None else turns.since
    if claim.status == "busy":
        return Judged(State.WORKING, Confidence.EXACT, since)
    if claim.status == "waiting":
        return Judged(State.WAITING, Confidence.EXACT, since, claim.waiting_for)
    if claim.status == "shell":
        return Judged(State.BACKGROUND, Confidence.EXACT, since)
    if claim.status == "idle":
        if turns.phase is Phase.ASKING:
            return Judged(State.WAITING, Confidence.EXACT, turns.since, QUESTION)  # it calls a question idle
        return Judged(State.BACKGROUND if sub_agents else State.IDLE, Confidence.EXACT, since)
    return None


def _silent(process: ProcessInfo, claim: LiveClaim | None, now: int, sub_agents: int) -> Judged:
    """A process of which no log is known."""
    known = Confidence.LIKELY if claim is not None else Confidence.GUESS
    if sub_agents:
        return Judged(State.BACKGROUND, known, process.started_at)
    young = now - process.started_at < STARTING_MS
    return Judged(State.STARTING if young else State.IDLE, known, process.started_at)


def open_quiet(*, unheard: bool) -> int:
    """How long a log without a process counts as one in a turn."""
    return UNHEARD_QUIET_MS if unheard else OPEN_QUIET_MS


def _log_only(turns: Turns, now: int, sub_agents: int, quiet: int) -> Judged:
    """A log that grew without a visible process: in a container, on another system, or hosted by another program."""
    if turns.phase is Phase.ASKING and now - turns.active_at <= OPEN_QUIET_MS:
        return Judged(State.WAITING, Confidence.LOG_ONLY, turns.since, QUESTION)  # whoever asks is silent
    if turns.phase is Phase.OPEN and now - turns.active_at <= quiet:
        return Judged(State.WORKING, Confidence.LOG_ONLY, turns.since)
    if sub_agents:
        return Judged(State.BACKGROUND, Confidence.LOG_ONLY, turns.since)
    # After a turn only events tell of activity: titles and copies change the file as well.
    if turns.phase is Phase.CLOSED and now - turns.latest <= CLOSED_QUIET_MS:
        return Judged(State.IDLE, Confidence.LOG_ONLY, turns.since)
    return Judged(State.ENDED, Confidence.LOG_ONLY, turns.latest or None)


def _ended(turns: Turns) -> Judged:
    in_turn = turns.phase in (Phase.OPEN, Phase.ASKING)
    return Judged(State.CRASHED if in_turn else State.ENDED, Confidence.LIKELY, turns.latest or None)


def sub_agent_runs(turns: Turns, now: int, *, alive: bool, unheard: bool = False) -> bool:
    """Whether a sub-agent was started, has not finished, and its log grows. ``alive``: its session lives.

    ``unheard``: see :data:`UNHEARD_QUIET_MS`.
    """
    if turns.phase is Phase.CLOSED:
        return False
    quiet = now - turns.active_at
    if turns.phase is Phase.UNKNOWN:
        return quiet <= SUB_AGENT_QUIET_MS
    return quiet <= (SUB_AGENT_OPEN_MS if alive else open_quiet(unheard=unheard))


class Counted(Protocol):
    """What is counted: an open session."""

    @property
    def state(self) -> State: ...

    @property
    def sub_agents(self) -> tuple[object, ...]: ...


def counts(sessions: Sequence[Counted]) -> AgentCounts:
    """Open sessions by what they do. Working are those in a turn, or in the background with running sub-agents.

    Whoever neither works nor waits is idle, so the three add up to ``open``. Sub-agents are never added in.
    """
    shown = [session for session in sessions if session.state.open]
    working = sum(
        session.state is State.WORKING or (session.state is State.BACKGROUND and bool(session.sub_agents))
        for session in shown
    )
    waiting = sum(session.state is State.WAITING for session in shown)
    return AgentCounts(
        open=len(shown),
        working=working,
        waiting=waiting,
        idle=len(shown) - working - waiting,
        sub_agents=sum(len(session.sub_agents) for session in shown),
    )
