"""Hermes: where it keeps its sessions, how its processes look, and its reader.

Owns places, the agent's description and what a row of its sessions means. Other programs are called hermes: only a
script of that name in a folder of programs counts.

Facts: a row holds the running total of a session; cached input is not in its input, reasoning is in its output. When
a session is compacted, a child goes on with counts of its own. A row tells when the session began and ended, not when
it changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Context, Record, Signature, identity
from tokenwatch.readers.entry import MOST_REPORTED
from tokenwatch.readers.jsonl import count, milliseconds, text
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import homes
from tokenwatch.readers.protocol import Carry, Kind, Part, Query, ReadResult, Root, Row, Source
from tokenwatch.readers.running_total import differences, dollars, snapshot

AGENT: Final = Agent(
    id="hermes",
    name="Hermes",
    short_name="Hermes",
    letter="M",
    provider="",
    unknown="It writes sums of sessions, not calls, and not when they changed.",
    signature=Signature(
        scripts=(r"/bin/hermes$",),
        uses=(
            "",
            "chat",
        ),
        not_arguments=(
            "--version",
            "--help",
            "-h",
        ),
        hosts=(
            "gateway",
            "acp",
        ),
    ),
)

_SESSIONS: Final = "sessions"
_COLUMNS: Final = (
    "id",
    "parent_session_id",
    "model",
    "billing_provider",
    "cwd",
    "started_at",
    "ended_at",
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
    "estimated_cost_usd",
    "actual_cost_usd",
)
_QUERY: Final = Query(_SESSIONS, table="sessions", columns=_COLUMNS, whole=True)


class Hermes(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        for home in homes(paths, "HERMES_HOME", default=paths.home / ".hermes"):
            yield Root(AGENT.id, home, "state.db".__eq__, Kind.DATABASE, depth=0)
            yield Root(AGENT.id, home / "profiles", _is_profile, Kind.DATABASE, depth=1)

    def queries(self, source: Source) -> Sequence[Query]:
        return (_QUERY,)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        rows = part.rows.get(_SESSIONS, ())
        return ReadResult([record for row in rows if (record := _record(part, row)) is not None])

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return differences(family)


READER: Final = Hermes()


def _is_profile(relative: str) -> bool:
    """``<profile>/state.db``"""
    return relative.count("/") == 1 and relative.endswith("/state.db")


def _record(part: Part, row: Row) -> Record | None:
    said = dict(zip(_COLUMNS, row, strict=True))
    given, output = count(said["input_tokens"]), count(said["output_tokens"])
    read, written = count(said["cache_read_tokens"]), count(said["cache_write_tokens"])
    session = text(said["id"])
    if not session or not (given or output or read or written):
        return None
    context = Context(
        AGENT.id,
        session,
        text(said["model"]),
        parent_session=text(said["parent_session_id"]),
        project=text(said["cwd"]),
        provider=text(said["billing_provider"]),
    )
    actual = dollars(said["actual_cost_usd"], MOST_REPORTED)
    begun, ended = milliseconds(said["started_at"]), milliseconds(said["ended_at"])
    return snapshot(
        Record(
            context,
            identity(AGENT.id, "session", session),
            0,
            ended or max(part.modified, begun or 0),
            input=given,
            cache_read=read,
            cache_write_5m=written,
            output=output,
            reasoning=min(count(said["reasoning_tokens"]), output),
            cost_reported=actual if actual is not None else dollars(said["estimated_cost_usd"], MOST_REPORTED),
        ),
        begun=begun,
    )
