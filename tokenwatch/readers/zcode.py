"""ZCode: where it keeps its database, how its processes look, and what its rows mean.

Owns all that bears on this agent. It keeps no registry of what runs.

Facts: one row for each call, also for one that failed, with times in milliseconds. What was read from a cache or
written to it is part of the input. Whether reasoning is part of the output, the row's own total tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Context, Record, Signature, identity
from tokenwatch.readers.entry import added, without_cached
from tokenwatch.readers.jsonl import count, milliseconds, text
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import expanded
from tokenwatch.readers.protocol import Carry, Kind, LookUp, Part, Query, ReadResult, Root, Source

AGENT: Final = Agent(
    id="zcode",
    name="ZCode",
    short_name="ZCode",
    letter="Z",
    provider="zai",
    signature=Signature(
        programs=("zcode",),
        scripts=(r"/zcode\.cjs$",),
        not_arguments=("login", "logout", "--prepare-storage", "--version", "-v", "--help", "-h"),
    ),
)

_CALLS: Final = "calls"
_SESSIONS: Final = "sessions"
_QUERY: Final = Query(
    name=_CALLS,
    table="model_usage",
    columns=(
        "id",
        "session_id",
        "provider_id",
        "model_id",
        "started_at",
        "input_tokens",
        "cache_read_input_tokens",
        "cache_creation_input_tokens",
        "output_tokens",
        "reasoning_tokens",
        "computed_total_tokens",
    ),
    changed="completed_at",
    look_ups=(
        LookUp(_SESSIONS, table="session", key="id", by="session_id", columns=("id", "directory", "parent_id")),
    ),
)


class ZCode(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        for variable in ("ZCODE_SESSION_DB_PATH", "ZCODE_SESSION_DB"):
            value = paths.variable(variable).strip()
            if value:
                named = expanded(value, paths)
                yield Root(AGENT.id, named.parent, named.name.__eq__, Kind.DATABASE, depth=0)
                return
        yield Root(AGENT.id, paths.home / ".zcode" / "cli" / "db", _is_database, Kind.DATABASE, depth=0)

    def queries(self, source: Source) -> Sequence[Query]:
        return (_QUERY,)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        return ReadResult(list(_records(part)))


READER: Final = ZCode()


def _records(part: Part) -> Iterator[Record]:
    places = {row[0]: (text(row[1]), text(row[2])) for row in part.rows.get(_SESSIONS, ())}
    for row in part.rows.get(_CALLS, ()):
        whole, output, reasoning = count(row[5]), count(row[8]), count(row[9])
        given, read, written = without_cached(whole, count(row[6]), count(row[7]))
        if reasoning and count(row[10]) == whole + output + reasoning:
            output = added(output, reasoning)
        if not (given or read or written or output):
            continue  # failed before it used anything, or not ended
        session = text(row[1])
        project, parent = places.get(row[1], ("", ""))
        context = Context(
            AGENT.id, session, text(row[3]), parent_session=parent, project=project, provider=text(row[2])
        )
        time = milliseconds(row[4]) or part.modified
        family = identity(AGENT.id, "call", text(row[0]) or count(row[0]))
        yield Record(context, family, 0, time, given, read, written, 0, output, min(reasoning, output))


def _is_database(relative: str) -> bool:
    return Path(relative).name == "db.sqlite"
