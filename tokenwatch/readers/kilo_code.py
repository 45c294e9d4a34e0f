"""Kilo Code: where its program keeps messages and its extension kept tasks, how processes look, and its reader.

Owns places and the agent's description. Does not own what a message means (opencode_messages.py: the program was made
from opencode) or a task (cline_tasks.py: the extension was made from Roo Code, before it took over the program's
format). An editor is called kilo: path or script decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Record, Signature
from tokenwatch.readers import cline_tasks, opencode_messages
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import extension_folders, homes, xdg_data
from tokenwatch.readers.protocol import Carry, Kind, Part, Query, ReadResult, Root, Source, TurnEvent

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
        not_arguments=(
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
        ),
        hosts=(
            "serve",
            "web",
            "acp",
        ),
        relaunches=True,
    ),
)

_MESSAGES: Final = opencode_messages.Format(AGENT.id)


_EXTENSION: Final = "kilocode.kilo-code"


class KiloCode(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        for data in homes(paths, "KILO_DATA_DIR", default=xdg_data(paths) / "kilo"):
            yield Root(AGENT.id, data, _is_database, Kind.DATABASE, depth=0)
            yield Root(AGENT.id, data / "storage" / "message", opencode_messages.is_document, Kind.DOCUMENT, depth=1)
        for folder in extension_folders(paths, _EXTENSION):
            yield Root(AGENT.id, folder / "tasks", cline_tasks.is_task, Kind.DOCUMENT, depth=1)

    def queries(self, source: Source) -> Sequence[Query]:
        return opencode_messages.QUERIES

    def read(self, part: Part, carry: Carry) -> ReadResult:
        if cline_tasks.is_task(part.source.relative):
            return cline_tasks.read(AGENT.id, part, carry)
        return opencode_messages.read(_MESSAGES, part, carry)

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        if any(entry.mark == cline_tasks.CUT for entry in family):
            return cline_tasks.settle(family)
        return opencode_messages.settle(family)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        if cline_tasks.is_task(part.source.relative):
            return cline_tasks.turns(part)
        return opencode_messages.turns(part)


READER: Final = KiloCode()


def _is_database(relative: str) -> bool:
    return opencode_messages.is_database(relative, "kilo")
