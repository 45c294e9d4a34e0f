"""Cursor: where it keeps what its composers do, how its processes look, and its reader.

Owns places and the agent's description, and telling a composer's state. The command-line agent calls itself "agent"
as other programs do: only its place counts. The editor is no session.

Facts: Cursor writes no token counts: those of a bubble are zero, and a composer tells only how large its last prompt
was. Older versions wrote the size of a prompt without saying how much of it was cached, which cannot be billed. So it
is shown as activity, and its tokens are unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.entry import Entry
from tokenwatch.readers.jsonl import text
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import editor_folder
from tokenwatch.readers.protocol import (
    Carry,
    Kind,
    Part,
    Query,
    ReadResult,
    Root,
    Source,
    TurnEvent,
    TurnKind,
)

AGENT: Final = Agent(
    id="cursor",
    name="Cursor",
    short_name="Cursor",
    letter="U",
    provider="cursor",
    unknown="It writes no token counts: what its composers do is shown, what they use is not known.",
    signature=Signature(
        paths=(r"/cursor-agent/versions/[^/]+/(node|cursor-agent)(\.exe)?$",),
        scripts=(
            r"/cursor-agent/versions/[^/]+/index\.js$",
            r"/bin/cursor-agent$",
        ),
        not_arguments=(
            "login",
            "logout",
            "status",
            "whoami",
            "about",
            "models",
            "update",
            "upgrade",
            "mcp",
            "ls",
            "create-chat",
            "install-shell-integration",
            "uninstall-shell-integration",
            "generate-rule",
            "rule",
            "help",
            "worker-server",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
        hosts=("acp",),
    ),
)

_COMPOSERS: Final = "composers"
_PREFIX: Final = "composerData:"
_QUERY: Final = Query(
    _COMPOSERS,
    table="cursorDiskKV",
    columns=("key", "value"),
    where=(("key", ">=", _PREFIX), ("key", "<", "composerData;")),
)
_RECENT_MS: Final = 6 * 3_600_000
"""When all composers are read, what happened longer before the last change tells nothing about now."""

_KINDS: Final = {
    "generating": TurnKind.TURN_OPEN,
    "completed": TurnKind.TURN_CLOSED,
    "none": TurnKind.TURN_CLOSED,
    "aborted": TurnKind.INTERRUPTED,
}


class Cursor(LogReader):
    """The reader; see ``protocol.Reader``. It gives no records."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        folder = editor_folder(paths, "Cursor")
        yield Root(AGENT.id, folder / "User" / "globalStorage", "state.vscdb".__eq__, Kind.DATABASE, depth=0)

    def queries(self, source: Source) -> Sequence[Query]:
        return (_QUERY,)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        return ReadResult()

    def turns(self, part: Part, carry: Carry) -> Iterator[TurnEvent]:
        for key, value in part.rows.get(_COMPOSERS, ()):
            data = value.encode("utf-8", "replace") if isinstance(value, str) else value
            found = Entry.of(data) if isinstance(data, bytes) else None
            session = text(key).removeprefix(_PREFIX)
            if found is None or not session or "\n" in session:
                continue  # one with a line feed belongs to a tool of another
            kind = _KINDS.get(found.text("status"))
            time = found.time("lastUpdatedAt", "createdAt") or part.modified
            if kind is not None and time > part.modified - _RECENT_MS:
                yield TurnEvent(kind, session=session, time=time, ref=session)


READER: Final = Cursor()
