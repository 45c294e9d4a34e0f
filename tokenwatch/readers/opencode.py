"""opencode: where it keeps its messages, how its processes look, and its reader.

Owns places and the agent's description. Does not own what a message means (opencode_messages.py). Servers host many
sessions; a terminal attached to one is no session of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Record, Signature
from tokenwatch.readers import opencode_messages
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import expanded, homes, xdg_data
from tokenwatch.readers.protocol import Carry, Kind, Part, Query, ReadResult, Root, Source, TurnEvent

AGENT: Final = Agent(
    id="opencode",
    name="opencode",
    short_name="opencode",
    letter="O",
    provider="opencode",
    unknown="The call that makes a session's title is written nowhere.",
    signature=Signature(
        programs=("opencode",),
        paths=(
            r"/opencode-(linux|darwin|windows)-[^/]+/bin/opencode(\.exe)?$",
            r"/opencode-ai/bin/\.?opencode(\.exe)?$",
            r"/\.opencode/bin/opencode(\.exe)?$",
        ),
        scripts=(r"/opencode-ai/bin/opencode[^/]*$",),
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


class OpenCode(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        named = paths.variable("OPENCODE_DB").strip()
        if named and named != ":memory:":
            path = expanded(named, paths)
            folder = path.parent if path.is_absolute() else xdg_data(paths) / "opencode"
            yield Root(AGENT.id, folder, path.name.__eq__, Kind.DATABASE, depth=0)
        for data in homes(paths, "OPENCODE_DATA_DIR", default=xdg_data(paths) / "opencode"):
            yield Root(AGENT.id, data, _is_database, Kind.DATABASE, depth=0)
            yield Root(AGENT.id, data / "storage" / "message", opencode_messages.is_document, Kind.DOCUMENT, depth=1)

    def queries(self, source: Source) -> Sequence[Query]:
        return opencode_messages.QUERIES

    def read(self, part: Part, carry: Carry) -> ReadResult:
        return opencode_messages.read(_MESSAGES, part, carry)

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return opencode_messages.settle(family)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        return opencode_messages.turns(part)


READER: Final = OpenCode()


def _is_database(relative: str) -> bool:
    return opencode_messages.is_database(relative, "opencode")
