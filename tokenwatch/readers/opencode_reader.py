"""What the readers of opencode and of agents that were made from it have in common.

Owns which roots a folder of their data has, how the reader's questions are answered, and which words on the command
line make a process no session. Does not own what a message means (opencode_messages.py) or where data is kept: each
reader has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from tokenwatch.base.usage import Agent, Record
from tokenwatch.readers import opencode_calls, opencode_messages
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.protocol import Carry, Kind, LookUp, Part, Query, ReadResult, Root, Row, Source, TurnEvent

NO_SESSIONS: Final = (
    "attach",
    "auth",
    "providers",
    "login",
    "mcp",
    "models",
    "upgrade",
    "uninstall",
    "agent",
    "stats",
    "export",
    "import",
    "github",
    "debug",
    "session",
    "db",
    "completion",
    "plugin",
    "pr",
    "--version",
    "-v",
    "--help",
    "-h",
)
"""First words of a process that is no session; a terminal attached to a server is none either."""

HOSTS: Final = ("serve", "web", "acp")
"""First words of a server, which hosts many sessions."""


class MessageReader(LogReader):
    """A reader of such an agent's messages; see ``protocol.Reader``."""

    agent: Agent

    def roots_in(self, data: Path, name: str) -> Iterator[Root]:
        """Of a folder of data: its databases, called ``name``, and the documents of older versions."""
        is_database = partial(opencode_messages.is_database, name=name)
        yield Root(self.agent.id, data, is_database, Kind.DATABASE, depth=0)
        messages = data / "storage" / "message"
        yield Root(self.agent.id, messages, opencode_messages.is_document, Kind.DOCUMENT, depth=1)

    def queries(self, source: Source) -> Sequence[Query]:
        return opencode_messages.QUERIES

    def read(self, part: Part, carry: Carry) -> ReadResult:
        return opencode_messages.read(self.agent.id, part, carry)

    @property
    def call_look_up(self) -> LookUp:
        return opencode_calls.LOOK_UP

    def notes_calls(self, source: str) -> bool:
        return source.endswith(".db")

    def calls(self, rows: Sequence[Row]) -> Iterable[TurnEvent]:
        return opencode_calls.calls(rows)

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return opencode_messages.settle(family)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        return opencode_messages.turns(part)
