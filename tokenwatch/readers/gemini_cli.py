"""Gemini CLI: where it keeps its chats, how its processes look, and its reader.

Owns places and the agent's description. Does not own the lines of a chat (gemini_chats.py). A light parent starts the
agent again with more memory: both are one.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers import gemini_chats
from tokenwatch.readers.gemini_command_line import HOSTS, NO_SESSIONS
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import folders_of
from tokenwatch.readers.protocol import Carry, Kind, Part, ReadResult, Root, Source, TurnEvent

AGENT: Final = Agent(
    id="gemini-cli",
    name="Gemini CLI",
    short_name="Gemini",
    letter="G",
    provider="google",
    unknown="Calls of its router, for summaries and for compression are written nowhere.",
    signature=Signature(
        programs=("gemini",),
        scripts=(r"/@google/gemini-cli/(bundle|dist)/[^/]+\.js$",),
        not_arguments=(*NO_SESSIONS, "extension", "skill", "gemma", "--list-sessions", "--delete-session"),
        hosts=HOSTS,
        relaunches=True,
    ),
)

_DEPTH: Final = 3
"""``<project>/chats/<session above>``."""


class GeminiCli(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        # The agent's own variable takes the place of the home folder, the other readers' names its data.
        bases = [folder / ".gemini" for folder in folders_of(paths, "GEMINI_CLI_HOME")]
        bases = bases or folders_of(paths, "GEMINI_DATA_DIR") or [paths.home / ".gemini"]
        for base in bases:
            yield Root(AGENT.id, base / "tmp", gemini_chats.is_journal, depth=_DEPTH)
            yield Root(AGENT.id, base / "tmp", gemini_chats.is_document, Kind.DOCUMENT, depth=_DEPTH)

    def file_beside(self, source: Source) -> Path | None:
        return gemini_chats.project_file(source)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        return gemini_chats.read(AGENT.id, part, carry)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        return gemini_chats.turns(part, carry)


READER: Final = GeminiCli()
