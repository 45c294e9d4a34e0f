"""Roo Code: where its extension keeps tasks, and its reader.

Owns places and the agent's description. Does not own a task's document (cline_tasks.py). It runs inside its editor:
no process of its own shows it, only its logs do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Record
from tokenwatch.readers import cline_tasks
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import extension_folders
from tokenwatch.readers.protocol import Carry, Kind, Part, ReadResult, Root, TurnEvent

AGENT: Final = Agent(
    id="roo-code",
    name="Roo Code",
    short_name="Roo",
    letter="R",
    provider="",
    unknown="Which model answered is written only where its instructions name it.",
)
_EXTENSION: Final = "rooveterinaryinc.roo-cline"


class RooCode(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        for folder in extension_folders(paths, _EXTENSION):
            yield Root(AGENT.id, folder / "tasks", cline_tasks.is_task, Kind.DOCUMENT, depth=1)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        return cline_tasks.read(AGENT.id, part, carry)

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return cline_tasks.settle(family)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        return cline_tasks.turns(part)


READER: Final = RooCode()
