"""pi: where it keeps its sessions, how its processes look, and its reader.

Owns places and the agent's description. Does not own the lines of a session (pi_sessions.py). pi keeps no registry
of what runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers import pi_sessions
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import homes
from tokenwatch.readers.protocol import Carry, Part, ReadResult, Root, TurnEvent

AGENT: Final = Agent(
    id="pi",
    name="pi",
    short_name="pi",
    letter="π",
    provider="",
    signature=Signature(
        scripts=(r"/@(mariozechner|earendil-works)/pi-coding-agent/dist/cli\.js$", r"/\.?bin/pi$"),
        titles=("pi",),
        not_arguments=(
            "install",
            "remove",
            "uninstall",
            "update",
            "list",
            "config",
            "--version",
            "-v",
            "--help",
            "-h",
            "--export",
            "--list-models",
        ),
        hosts=("--mode rpc",),
    ),
)
_FORMAT: Final = pi_sessions.Format(AGENT.id)


class Pi(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        default = paths.home / ".pi" / "agent"
        for home in homes(paths, "PI_CODING_AGENT_DIR", "PI_AGENT_DIR", default=default):
            yield Root(AGENT.id, home / "sessions", pi_sessions.is_session)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        return pi_sessions.read(_FORMAT, part, carry)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        return pi_sessions.turns(_FORMAT, part, carry)


READER: Final = Pi()
