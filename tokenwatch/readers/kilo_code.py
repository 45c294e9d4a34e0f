"""Kilo Code: where its program keeps messages and its extension kept tasks, how processes look, and its reader.

Owns places and the agent's description. Does not own what a message means (opencode_reader.py: the program was made
from opencode) or a task (cline_tasks.py: the extension was made from Roo Code, before it took over the program's
format). An editor is called kilo: path or script decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Record, Signature
from tokenwatch.readers import cline_tasks
from tokenwatch.readers.opencode_reader import HOSTS, NO_SESSIONS, MessageReader
from tokenwatch.readers.places import extension_folders, homes, xdg_data
from tokenwatch.readers.protocol import Carry, Kind, Part, ReadResult, Root, TurnEvent

AGENT: Final = Agent(
    id="kilo-code",
    name="Kilo Code",
    short_name="Kilo",
    letter="L",
    provider="kilocode",
    unknown="The call of its command line that makes a session's title is written nowhere.",
    signature=Signature(
        programs=("kilocode",),
        paths=(r"/@kilocode/cli[^/]*/bin/\.?kilo(code)?(\.exe)?$",),
        scripts=(
            r"/@kilocode/cli/(.*/)?(kilo(code)?|index\.js)$",
            r"/bin/kilo$",
        ),
        not_arguments=NO_SESSIONS,
        hosts=HOSTS,
        relaunches=True,
    ),
)

_EXTENSION: Final = "kilocode.kilo-code"


class KiloCode(MessageReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        for data in homes(paths, "KILO_DATA_DIR", default=xdg_data(paths) / "kilo"):
            yield from self.roots_in(data, "kilo")
        for folder in extension_folders(paths, _EXTENSION):
            yield Root(AGENT.id, folder / "tasks", cline_tasks.is_task, Kind.DOCUMENT, depth=1)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        if cline_tasks.is_task(part.source.relative):
            return cline_tasks.read(AGENT.id, part, carry)
        return super().read(part, carry)

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        if any(entry.mark == cline_tasks.CUT for entry in family):
            return cline_tasks.settle(family)
        return super().settle(family, known)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        if cline_tasks.is_task(part.source.relative):
            return cline_tasks.turns(part)
        return super().turns(part, carry)


READER: Final = KiloCode()
