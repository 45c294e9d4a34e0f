"""Open session: what a look at the running agents returns.

Owns the two values. Does not know how they are found.
"""

from __future__ import annotations

import msgspec

from tokenwatch.base.session import Confidence, Doing, Signs, State


class OpenSubAgent(msgspec.Struct, frozen=True):
    """A sub-agent, running or finished. ``parent`` is the sub-agent that started it, empty for the session.

    ``session`` is its own session, where it has one; times are milliseconds since 1970.
    """

    id: str
    name: str = ""
    model: str = ""
    started_at: int | None = None
    kind: str = ""
    parent: str = ""
    session: str = ""
    state: State = State.WORKING
    doing: Doing | None = None
    last_activity: int | None = None


class OpenSession(msgspec.Struct, frozen=True):
    """An open top-level session, or one that ended lately (``since`` is when, ``pid`` None).

    ``session`` is empty for a process whose session is not known.

    Times are milliseconds since 1970 UTC. Text is raw from logs and registries: whoever shows it cleans it first.
    """

    agent: str
    session: str
    state: State
    confidence: Confidence
    pid: int | None = None
    cwd: str = ""
    branch: str = ""
    model: str = ""
    waiting_for: str = ""
    since: int | None = None
    started_at: int | None = None
    last_activity: int | None = None
    context_window: int | None = None
    sub_agents: tuple[OpenSubAgent, ...] = ()
    """Those that run."""
    finished_sub_agents: tuple[OpenSubAgent, ...] = ()
    """Those that finished in the last minutes."""
    doing: Doing | None = None
    last_prompt_at: int | None = None
    last_turn_ms: int | None = None
    log: str = ""
    processes: int = 0
    signs: Signs = msgspec.field(default_factory=Signs)
    """Those that events tell of."""
    polls: tuple[int, ...] = ()
    """When it asked whether something is done, in the last half hour."""
