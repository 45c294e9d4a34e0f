"""opencode: where it keeps its messages, how its processes look, and its reader.

Owns places and the agent's description. Does not own what it shares with agents that were made from it
(opencode_reader.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.opencode_reader import HOSTS, NO_SESSIONS, MessageReader
from tokenwatch.readers.places import expanded, homes, xdg_data
from tokenwatch.readers.protocol import Kind, Root

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
        not_arguments=NO_SESSIONS,
        hosts=HOSTS,
        relaunches=True,
    ),
)


class OpenCode(MessageReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        named = paths.variable("OPENCODE_DB").strip()
        if named and named != ":memory:":
            path = expanded(named, paths)
            folder = path.parent if path.is_absolute() else xdg_data(paths) / "opencode"
            yield Root(AGENT.id, folder, path.name.__eq__, Kind.DATABASE, depth=0)
        for data in homes(paths, "OPENCODE_DATA_DIR", default=xdg_data(paths) / "opencode"):
            yield from self.roots_in(data, "opencode")


READER: Final = OpenCode()
