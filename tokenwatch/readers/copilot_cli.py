"""Copilot CLI: where it keeps its logs, how its processes look, and its reader.

Owns places, the agent's description and the rows of its database. Does not own the event logs (copilot_cli_events.py)
or which of a session's entries count (copilot_cli_family.py). Another well-known program is called copilot: path or
script decide. Its process may be named MainThread. It keeps no registry of what runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Context, Rank, Record, Signature, identity
from tokenwatch.readers import copilot_cli_events, copilot_cli_family
from tokenwatch.readers.copilot_cli_family import AGENT_ID, family_of
from tokenwatch.readers.entry import without_cached
from tokenwatch.readers.jsonl import count, milliseconds, text
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import homes
from tokenwatch.readers.protocol import (
    Carry,
    Kind,
    LookUp,
    Part,
    Query,
    ReadResult,
    Root,
    Row,
    Source,
    TurnEvent,
)

AGENT: Final = Agent(
    id=AGENT_ID,
    name="Copilot CLI",
    short_name="Copilot",
    letter="P",
    provider="github-copilot",
    signature=Signature(
        paths=(
            r"/@github/copilot(-[^/]+)?/(.*/)?copilot(\.exe)?$",
            r"/\.copilot/(.*/)?copilot(\.exe)?$",
            r"/(Caskroom|Cellar)/copilot-cli[^/]*/(.*/)?copilot$",
            r"/GitHub\.Copilot[^/]*/copilot\.exe$",
        ),
        scripts=(
            r"/@github/copilot(-[^/]+)?/(.*/)?[^/]+\.js$",
            r"/\.copilot/pkg/.*/index\.js$",
            r"/bin/copilot$",
        ),
        not_arguments=(
            "mcp",
            "plugin",
            "login",
            "logout",
            "update",
            "init",
            "help",
            "version",
            "completion",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
        hosts=(
            "--acp",
            "--server",
            "--headless",
        ),
        relaunches=True,
    ),
    unknown="Of a session of an older version only the output is known until it ends.",
)

_STORE: Final = "session-store.db"
_ROWS: Final = "usage"
_SESSIONS: Final = "sessions"
_QUERY: Final = Query(
    name=_ROWS,
    table="assistant_usage_events",
    columns=(
        "id",
        "session_id",
        "model",
        "input_tokens",
        "cache_read_tokens",
        "cache_write_tokens",
        "output_tokens",
        "reasoning_tokens",
        "created_at",
        "agent_id",
    ),
    look_ups=(LookUp(_SESSIONS, table="sessions", key="id", by="session_id", columns=("id", "cwd", "branch")),),
)


class CopilotCli(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        folders = homes(paths, "COPILOT_HOME", default=paths.home / ".copilot")
        state = paths.variable("XDG_STATE_HOME")
        if state and not paths.variable("COPILOT_HOME"):
            folders.append(Path(state) / ".copilot")
        for home in folders:
            yield Root(AGENT.id, home, _is_store, Kind.DATABASE, depth=0)
            yield Root(AGENT.id, home / "session-state", _is_log, depth=1)
            yield Root(AGENT.id, home / "history-session-state", _is_log, depth=1)

    def queries(self, source: Source) -> Sequence[Query]:
        return (_QUERY,)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        if part.source.kind is Kind.DATABASE:
            return ReadResult(list(_records(part)))
        return copilot_cli_events.read(part, carry)

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return copilot_cli_family.settle(family)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        return () if part.source.kind is Kind.DATABASE else copilot_cli_events.turns(part, carry)


READER: Final = CopilotCli()


def _records(part: Part) -> Iterator[Record]:
    """One for each row: a response, with all its tokens."""
    places = {row[0]: (text(row[1]), text(row[2])) for row in part.rows.get(_SESSIONS, ())}
    for row in part.rows.get(_ROWS, ()):
        number, session, model, agent_id = row[0], text(row[1]), text(row[2]), text(row[9])
        given, read, written = without_cached(*(count(value) for value in row[3:6]))
        output = count(row[6])
        if not session or not (given or read or written or output):
            continue
        project, branch = places.get(row[1], ("", ""))
        yield Record(
            Context(
                AGENT_ID,
                session,
                model,
                agent_id=agent_id,
                project=project,
                branch=branch,
                rank=Rank.SUB_AGENT if agent_id else Rank.MAIN,
            ),
            family_of(session),
            identity("row", number),
            _time(row[8]) or part.modified,
            given,
            read,
            written,
            0,
            output,
            min(count(row[7]), output),
            uncertain=_is_unknown(row),
        )


def _is_unknown(row: Row) -> bool:
    return row[3] is None or row[6] is None


def _time(value: Any) -> int | None:
    """The database's own times are UTC without a mark."""
    found = milliseconds(value)
    return milliseconds(f"{value}+00:00") if found is None and isinstance(value, str) else found


def _is_store(relative: str) -> bool:
    return relative == _STORE


def _is_log(relative: str) -> bool:
    folders = relative.split("/")
    return relative.endswith(".jsonl") and (len(folders) == 1 or folders[-1] == "events.jsonl")
