"""Zed's own agent: where it keeps its threads, and its reader.

Owns places, the agent's description and what a thread means. It runs inside the editor, so it has no process of its
own; agents that Zed only hosts keep logs of their own, and are read there.

Facts: a row holds a whole thread, as JSON that may be compressed. Its running total is complete; the counts by
message are those of the last call that a message of the user led to, so with tools most calls are missing in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from sys import version_info
from typing import Any, Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Context, Rank, Record, identity
from tokenwatch.readers.entry import Entry, added
from tokenwatch.readers.jsonl import milliseconds, text
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import folders_of, xdg_data
from tokenwatch.readers.protocol import MALFORMED, Carry, Kind, Part, Query, ReadResult, Root, Row, Source
from tokenwatch.readers.running_total import differences, snapshot

AGENT: Final = Agent(
    id="zed",
    name="Zed",
    short_name="Zed",
    letter="Y",
    provider="",
    unknown="It writes sums of threads, not calls; very old ones only the last call of each question.",
)

_MOST: Final = 64 * 1024 * 1024
"""Of a thread, after it was decompressed."""

_THREADS: Final = "threads"
_COLUMNS: Final = ("id", "updated_at", "data_type", "data", "parent_id")
_QUERY: Final = Query(_THREADS, table="threads", columns=_COLUMNS, changed="updated_at")
_COUNTS: Final = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens", "output_tokens")


class Zed(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        for folder in _data(paths):
            yield Root(AGENT.id, folder / "threads", "threads.db".__eq__, Kind.DATABASE, depth=0)

    def queries(self, source: Source) -> Sequence[Query]:
        return (_QUERY,)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        records: list[Record] = []
        bad = 0
        for row in part.rows.get(_THREADS, ()):
            thread = _thread(row)
            if thread is None:
                bad += 1
            elif (record := _record(part, row, thread)) is not None:
                records.append(record)
        return ReadResult(records, skipped={MALFORMED: bad} if bad else {})

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return differences(family)


READER: Final = Zed()


def _data(paths: Paths) -> Iterator[Path]:
    if paths.platform == "darwin":
        yield paths.home / "Library" / "Application Support" / "Zed"
    elif paths.platform == "win32":
        yield (folders_of(paths, "LOCALAPPDATA") or [paths.home / "AppData" / "Local"])[0] / "Zed"
    else:
        yield xdg_data(paths) / "zed"
        yield paths.home / ".var" / "app" / "dev.zed.Zed" / "data" / "zed"


def _thread(row: Row) -> Entry | None:
    data = row[3].encode("utf-8", "replace") if isinstance(row[3], str) else row[3]
    if not isinstance(data, bytes):
        return None
    if row[2] == "zstd":
        data = _decompressed(data)
    return Entry.of(data)


def _decompressed(data: bytes) -> bytes:
    """Empty if it cannot be, or would be larger than any thread is."""
    if version_info >= (3, 14):
        from compression.zstd import ZstdDecompressor, ZstdError
    else:
        from backports.zstd import ZstdDecompressor, ZstdError

    decompressor = ZstdDecompressor()
    try:
        whole: bytes = decompressor.decompress(data, _MOST)
    except (ZstdError, EOFError):
        return b""
    return whole if decompressor.eof else b""


def _record(part: Part, row: Row, thread: Entry) -> Record | None:
    total = thread.inside("cumulative_token_usage")
    counts = [total.count(name) for name in _COUNTS]
    whole = any(counts)
    if not whole:
        counts = [added(*(usage.count(name) for usage in _of_requests(thread))) for name in _COUNTS]
    session, parent = text(row[0]), text(row[4])
    if not session or not any(counts):
        return None
    model = thread.inside("model")
    place = next(iter(thread.inside("initial_project_snapshot").entries("worktree_snapshots")), Entry({}))
    context = Context(
        AGENT.id,
        session,
        model.text("model"),
        parent_session=parent,
        agent_id=session if parent else "",
        project=place.text("worktree_path"),
        branch=place.inside("git_state").text("current_branch"),
        provider=model.text("provider"),
        rank=Rank.SUB_AGENT if parent else Rank.MAIN,
    )
    return snapshot(
        Record(
            context,
            identity(AGENT.id, "thread", session),
            0,
            milliseconds(row[1]) or thread.time("updated_at") or part.modified,
            input=counts[0],
            cache_read=counts[1],
            cache_write_5m=counts[2],
            output=counts[3],
            uncertain=not whole,
        )
    )


def _of_requests(thread: Entry) -> list[Entry]:
    """The counts by message: an object with messages' ids as names, once a list."""
    listed = thread.entries("request_token_usage")
    if listed:
        return listed
    named: Any = thread.inside("request_token_usage")
    return [named.inside(name) for name in named]
