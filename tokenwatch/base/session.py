"""Session: what is known at one moment of one open session and its sub-agents, as an unchangeable value.

Owns those values. Does not own how they are found (live, insight) or the figures they stand in (snapshot.py).
Money is nano-dollars, time milliseconds since 1970 UTC. None means "not known", never zero.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from tokenwatch.base.usage import Tokens


class State(StrEnum):
    """The state of a session."""

    STARTING = "starting"
    WORKING = "working"
    WAITING = "waiting"
    BACKGROUND = "background"
    IDLE = "idle"
    ENDED = "ended"
    CRASHED = "crashed"

    @property
    def open(self) -> bool:
        return self not in (State.ENDED, State.CRASHED)


class Confidence(StrEnum):
    """How a state is known."""

    EXACT = "exact"
    LIKELY = "likely"
    LOG_ONLY = "log-only"
    GUESS = "guess"


class Activity(StrEnum):
    """What a working session does at this moment, by the kind of tool it called."""

    THINKING = "thinking"
    """The model is at work; no tool is called."""
    READING = "reading"
    EDITING = "editing"
    SEARCHING = "searching"
    RUNNING = "running a command"
    FETCHING = "fetching from the web"
    DELEGATING = "delegating"
    PLANNING = "planning"
    OTHER = "using a tool"


class Doing(msgspec.Struct, frozen=True):
    """What goes on now. ``tool`` is the agent's name for it, ``target`` at most a file's base name. Never stored."""

    activity: Activity
    tool: str = ""
    target: str = ""
    since: int | None = None


class SubAgent(msgspec.Struct, frozen=True):
    """A sub-agent of a session, running or (state idle) finished. ``kind`` is what it was started as (Explore)."""

    id: str
    name: str = ""
    model: str = ""
    tokens_per_min: float = 0.0
    cost: int | None = None
    """Listed cost of this one alone; None if unknown or any part has no price."""
    started_at: int | None = None
    kind: str = ""
    parent: str = ""
    """The id of the sub-agent that started it; empty for one that the session itself started."""
    state: State = State.WORKING
    tokens: Tokens = Tokens()
    doing: Doing | None = None
    last_activity: int | None = None


class Signs(msgspec.Struct, frozen=True):
    """What the rules against runaway sessions look at, as of now. Times are milliseconds, money nano-dollars."""

    spawned: int = 0
    """Sub-agents started in the last ten minutes."""
    depth: int = 0
    """Of sub-agents that sub-agents started: 0 none, 1 those of the session, 2 theirs."""
    turns_ms: int = 0
    """Time in turns since a person last typed something."""
    compactions: int = 0
    """Of the conversation, in the last 30 minutes."""
    turns_between_compactions: int | None = None
    """Responses between the last two compactions; None if there were not two."""
    repeated: int = 0
    """How often in a row the same tool was called with the same arguments."""
    polled: float = 0.0
    """0..1: the part of the last 30 minutes' tokens that went into waiting for something."""
    cold_writes: int = 0
    """Responses in the last six hours that wrote at least 100,000 tokens to a cache that had run out."""
    largest_write: int = 0
    """Most tokens that one response of the last ten minutes wrote to the cache."""
    errors: int = 0
    """Requests that failed in the last five minutes."""


class Session(msgspec.Struct, frozen=True):
    """One open session with what it uses. ``project`` is for people, ``cwd`` the whole directory."""

    agent: str
    session: str
    state: State
    confidence: Confidence
    agent_name: str = ""
    pid: int | None = None
    project: str = "unknown"
    cwd: str = ""
    branch: str = ""
    model: str = ""
    waiting_for: str = ""
    since: int | None = None
    """When the present state began."""
    sub_agents: tuple[SubAgent, ...] = ()
    tokens: Tokens = Tokens()
    cost: int | None = 0
    """Listed cost of the whole session, sub-agents included; None if any part has no price."""
    in_plan: bool = False
    tokens_per_min: float = 0.0
    """New tokens, 5-minute average, sub-agents included."""
    context_tokens: int | None = None
    context_window: int | None = None
    started_at: int | None = None
    last_activity: int | None = None
    doing: Doing | None = None
    """None while it does not work, is not known, or the user switched it off."""
    own_tokens: Tokens = Tokens()
    """As ``tokens``, without sub-agents."""
    own_cost: int | None = 0
    """As ``cost``, without sub-agents."""
    finished_sub_agents: tuple[SubAgent, ...] = ()
    """Sub-agents that finished in the last minutes: idle, hence not in ``sub_agents`` and not counted."""
    cache_expires_at: int | None = None
    """When the provider forgets the prompt cache of the conversation, if nothing is asked until then."""
    last_prompt_at: int | None = None
    """When a person last typed something."""
    last_turn_ms: int | None = None
    """How long the last turn took that has ended."""
    cost_since_prompt: int | None = None
    """Listed cost since then, sub-agents included."""
    tokens_since_prompt: int = 0
    """New tokens since then."""
    log: str = ""
    """The path of its log; empty if none is known."""
    processes: int = 1
    """More than one: several processes go on with this one session. 0: log-only."""
    signs: Signs = Signs()

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other row: several processes of an agent may have no known session yet."""
        return self.agent, self.session or f"process {self.pid}"


class AgentCounts(msgspec.Struct, frozen=True):
    """Open top-level sessions by state; ``working`` counts background sessions with running sub-agents."""

    open: int = 0
    working: int = 0
    waiting: int = 0
    idle: int = 0
    sub_agents: int = 0
