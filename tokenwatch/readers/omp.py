"""OMP (Oh My Pi): where it keeps its sessions, how its processes look, and its reader.

Owns places and the agent's description. Does not own the lines of a session (pi_sessions.py). A line with the title
may stand before the session's header, and sub-agents' files stand in a folder named after their session's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers import pi_sessions
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.protocol import Carry, Part, ReadResult, Root, TurnEvent

AGENT: Final = Agent(
    id="omp",
    name="Oh My Pi",
    short_name="OMP",
    letter="O",
    provider="",
    signature=Signature(
        programs=("omp",),
        scripts=(r"/@oh-my-pi/pi-coding-agent/(dist|src)/cli\.(js|ts)$",),
        not_arguments=("install", "remove", "update", "list", "config", "--version", "-v", "--help", "-h"),
    ),
)
_FORMAT: Final = pi_sessions.Format(AGENT.id)


class Omp(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        yield Root(AGENT.id, paths.home / ".omp" / "agent" / "sessions", pi_sessions.is_session)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        return pi_sessions.read(_FORMAT, part, carry)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        return pi_sessions.turns(_FORMAT, part, carry)


READER: Final = Omp()
