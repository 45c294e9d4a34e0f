"""Open session: what a look at the running agents returns.

Owns the two values. Does not know how they are found.
"""

from __future__ import annotations

from dataclasses import dataclass

from tokenwatch.base.snapshot import Confidence, State


@dataclass(frozen=True, slots=True)
class OpenSubAgent:
    """A running sub-agent. ``started_at`` is milliseconds since 1970."""

    id: str
    name: str = ""
    model: str = ""
    started_at: int | None = None


@dataclass(frozen=True, slots=True)
class OpenSession:
    """An open top-level session; ``session`` is empty for a process whose session is not known.

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
