"""goose: where it keeps its sessions, how its processes look, and its reader.

Owns places, the agent's description and what a row of its sessions means. A migration tool has the same name: only
the subcommands of sessions count. Its desktop program runs goosed.

Facts: a row holds the running total of a session (``accumulated_*``) beside the counts of its last call. Its times
are UTC without a mark. Newer versions count cached input too, which is inside the input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Context, Rank, Record, Signature, identity
from tokenwatch.readers.entry import MOST_REPORTED, Entry, added, without_cached
from tokenwatch.readers.jsonl import count, milliseconds, text
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import folders_of, xdg_data
from tokenwatch.readers.protocol import Carry, Kind, Part, Query, ReadResult, Root, Row, Source
from tokenwatch.readers.running_total import differences, dollars, snapshot

AGENT: Final = Agent(
    id="goose",
    name="goose",
    short_name="goose",
    letter="E",
    provider="goose",
    unknown="It writes sums of sessions, not calls; older versions do not tell what was cached.",
    signature=Signature(
        programs=("goose",),
        uses=(
            "",
            "session",
            "s",
            "run",
            "r",
        ),
        not_arguments=(
            "session list",
            "session remove",
            "session export",
            "session import",
            "session diagnostics",
            "--version",
            "-V",
            "--help",
            "-h",
        ),
        hosts=(
            "acp",
            "web",
            "serve",
        ),
    ),
)

_SESSIONS: Final = "sessions"
_COLUMNS: Final = (
    "id",
    "session_type",
    "working_dir",
    "created_at",
    "updated_at",
    "total_tokens",
    "input_tokens",
    "output_tokens",
    "accumulated_total_tokens",
    "accumulated_input_tokens",
    "accumulated_output_tokens",
    "accumulated_cache_read_tokens",
    "accumulated_cache_write_tokens",
    "accumulated_cost",
    "provider_name",
    "model_config_json",
    "parent_session_id",
)
_QUERY: Final = Query(_SESSIONS, table="sessions", columns=_COLUMNS, changed="updated_at")


class Goose(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        for data in _data(paths):
            yield Root(AGENT.id, data / "sessions", "sessions.db".__eq__, Kind.DATABASE, depth=0)

    def queries(self, source: Source) -> Sequence[Query]:
        return (_QUERY,)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        rows = part.rows.get(_SESSIONS, ())
        return ReadResult([record for row in rows if (record := _record(part, row)) is not None])

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return differences(family)


READER: Final = Goose()


def _data(paths: Paths) -> Iterator[Any]:
    """The folder of data, which moved more than once and differs between systems."""
    named = folders_of(paths, "GOOSE_PATH_ROOT")
    if named:
        yield from (folder / "data" for folder in named)
        return
    if paths.platform == "win32":
        roaming = folders_of(paths, "APPDATA") or [paths.home / "AppData" / "Roaming"]
        yield roaming[0] / "Block" / "goose" / "data"
        return
    yield xdg_data(paths) / "goose"
    yield xdg_data(paths) / "Block" / "goose"
    if paths.platform == "darwin":
        support = paths.home / "Library" / "Application Support"
        yield support / "Block" / "goose"
        yield support / "goose"


def _record(part: Part, row: Row) -> Record | None:
    said = dict(zip(_COLUMNS, row, strict=True))
    sums = said["accumulated_input_tokens"] is not None or said["accumulated_output_tokens"] is not None
    before = "accumulated_" if sums else ""
    given, output = count(said[f"{before}input_tokens"]), count(said[f"{before}output_tokens"])
    rest = count(said[f"{before}total_tokens"]) - given - output
    cached = said["accumulated_cache_read_tokens"] is not None
    given, read, written = without_cached(
        given, count(said["accumulated_cache_read_tokens"]), count(said["accumulated_cache_write_tokens"])
    )
    output = added(output, max(0, rest))
    session, parent = text(said["id"]), text(said["parent_session_id"])
    if not session or not (given or read or written or output):
        return None
    model = said["model_config_json"]
    context = Context(
        AGENT.id,
        session,
        (Entry.of(model.encode()) or Entry({})).text("model_name") if isinstance(model, str) else "",
        parent_session=parent,
        agent_id=session if parent else "",
        project=text(said["working_dir"]),
        provider=text(said["provider_name"]),
        rank=Rank.SUB_AGENT if parent else Rank.MAIN,
        # How much of the input was cached, or what the rest of the total is, is not told.
        estimated=int(not cached or rest > 0),
    )
    return snapshot(
        Record(
            context,
            identity(AGENT.id, "session", session),
            0,
            _time(said["updated_at"]) or part.modified,
            input=given,
            cache_read=read,
            cache_write_5m=written,
            output=output,
            cost_reported=dollars(said["accumulated_cost"], MOST_REPORTED),
            uncertain=not sums,
        ),
        begun=_time(said["created_at"]),
    )


def _time(value: Any) -> int | None:
    if isinstance(value, str) and len(value) >= 19 and value[10:11] == " " and value[-1:] != "Z" and "+" not in value:
        value = f"{value.replace(' ', 'T', 1)}Z"
    return milliseconds(value)
