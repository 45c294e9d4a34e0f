"""Cline: where its extension keeps tasks and its program sessions, how its processes look, and its reader.

Owns places and the agent's description. Does not own a task's document (cline_tasks.py) or a session's
(cline_sessions.py). The extension runs inside its editor: only its logs show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Record, Signature
from tokenwatch.readers import cline_sessions, cline_tasks
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import expanded, extension_folders
from tokenwatch.readers.protocol import Carry, Kind, Part, ReadResult, Root, TurnEvent

AGENT: Final = Agent(
    id=cline_sessions.AGENT_ID,
    name="Cline",
    short_name="Cline",
    letter="N",
    provider="cline",
    signature=Signature(
        programs=("cline",),
        scripts=(r"/cline/(bin|dist)/[^/]+$",),
        not_arguments=(
            "auth",
            "config",
            "mcp",
            "history",
            "logs",
            "version",
            "doctor",
            "update",
            "instance",
            "instances",
            "help",
            "hub",
            "--cline-hub-daemon",
            "kanban",
            "dev",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
        hosts=("--acp",),
        relaunches=True,
    ),
    unknown="Older versions write which model answered only where its instructions name it.",
)
_EXTENSION: Final = "saoudrizwan.claude-dev"


class Cline(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        for folder in extension_folders(paths, _EXTENSION):
            yield Root(AGENT.id, folder / "tasks", cline_tasks.is_task, Kind.DOCUMENT, depth=1)
        yield Root(AGENT.id, _data(paths) / "tasks", cline_tasks.is_task, Kind.DOCUMENT, depth=1)
        yield Root(AGENT.id, _sessions(paths), cline_sessions.is_session, Kind.DOCUMENT, depth=1)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        if cline_tasks.is_task(part.source.relative):
            return cline_tasks.read(AGENT.id, part, carry)
        return cline_sessions.read(part, carry)

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return cline_sessions.settle(cline_tasks.settle(family))

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        if cline_tasks.is_task(part.source.relative):
            return cline_tasks.turns(part)
        return cline_sessions.turns(part)


READER: Final = Cline()


def _data(paths: Paths) -> Path:
    for variable, inner in (("CLINE_DATA_DIR", ""), ("CLINE_DIR", "data")):
        value = paths.variable(variable).strip()
        if value:
            return expanded(value, paths) / inner
    return paths.home / ".cline" / "data"


def _sessions(paths: Paths) -> Path:
    value = paths.variable("CLINE_SESSION_DATA_DIR").strip()
    return expanded(value, paths) if value else _data(paths) / "sessions"
