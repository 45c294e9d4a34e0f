"""WorkBuddy: where it keeps its sessions, how its processes look, and its reader.

Owns places and the agent's description. Does not own the lines of a session (codebuddy_sessions.py). It is a
desktop program, whose process tells nothing of its sessions: only its logs show them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent
from tokenwatch.readers import codebuddy_sessions
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import homes
from tokenwatch.readers.protocol import Carry, Kind, Part, ReadResult, Root, TurnEvent

AGENT: Final = Agent(
    id="workbuddy",
    name="WorkBuddy",
    short_name="WorkBuddy",
    letter="W",
    provider="tencent",
)


class WorkBuddy(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        for home in homes(paths, "WORKBUDDY_HOME", default=paths.home / ".workbuddy"):
            yield Root(AGENT.id, home / "projects", codebuddy_sessions.is_session, Kind.LINES, depth=4)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        return codebuddy_sessions.read(AGENT.id, part, carry)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        return codebuddy_sessions.turns(part)


READER: Final = WorkBuddy()
