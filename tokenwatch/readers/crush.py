"""Crush: where it keeps its sessions, how its processes look, and its reader.

Owns places, the agent's description and what a row of its sessions means.

Facts: each project has a database of its own; a list names the projects. The token columns of a session are those of
its *last* call and are written over by the next; only the cost adds up. So what is seen is a part of what was used:
each pair of counts that was seen is one call at least. A child's cost is added to its parent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Context, Rank, Record, Signature, identity
from tokenwatch.readers.document import decoded, mapping, objects
from tokenwatch.readers.entry import MOST_REPORTED
from tokenwatch.readers.jsonl import count, milliseconds, text
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import folders_of, small_file, xdg_data
from tokenwatch.readers.protocol import Carry, Kind, LookUp, Part, Query, ReadResult, Root, Source
from tokenwatch.readers.running_total import dollars, snapshot

AGENT: Final = Agent(
    id="crush",
    name="Crush",
    short_name="Crush",
    letter="H",
    provider="",
    unknown="It writes only a session's last call, so its tokens are an estimate; what it says it cost is kept.",
    signature=Signature(
        programs=("crush",),
        paths=(r"/@charmland/crush[^/]*/(.*/)?crush(\.exe)?$",),
        scripts=(r"/@charmland/crush/run-crush\.js$",),
        not_arguments=(
            "login",
            "logout",
            "logs",
            "dirs",
            "projects",
            "models",
            "schema",
            "session",
            "stats",
            "update-providers",
            "completion",
            "help",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
        hosts=(
            "server",
            "serve",
        ),
    ),
)

_SESSIONS: Final = "sessions"
_MESSAGES: Final = "messages"
_COLUMNS: Final = ("id", "parent_session_id", "prompt_tokens", "completion_tokens", "cost", "updated_at")
_QUERY: Final = Query(
    _SESSIONS,
    table="sessions",
    columns=_COLUMNS,
    changed="updated_at",
    look_ups=(LookUp(_MESSAGES, "messages", key="session_id", by="id", columns=("session_id", "model", "provider")),),
)


class Crush(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        for folder in dict.fromkeys((paths.home / ".crush", *_projects(paths))):
            yield Root(AGENT.id, folder, "crush.db".__eq__, Kind.DATABASE, depth=0)

    def queries(self, source: Source) -> Sequence[Query]:
        return (_QUERY,)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        return ReadResult(list(_records(part)))

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return _settled(family)


READER: Final = Crush()


def _projects(paths: Paths) -> Iterator[Path]:
    """The folders of data of all projects, by the list that Crush keeps of them."""
    named = folders_of(paths, "CRUSH_GLOBAL_DATA")
    if named:
        base = named[0]
    elif paths.platform == "win32":
        base = (folders_of(paths, "LOCALAPPDATA") or [paths.home / "AppData" / "Local"])[0] / "crush"
    else:
        base = xdg_data(paths) / "crush"
    for project in objects(mapping(decoded(small_file(base / "projects.json"))).get("projects")):
        path, folder = text(project.get("path")), text(project.get("data_dir"))
        place = Path(path) / folder  # an absolute one stands alone
        if folder and "\0" not in folder + path and place.is_absolute():
            yield place


def _records(part: Part) -> Iterator[Record]:
    models = {text(row[0]): (text(row[1]), text(row[2])) for row in part.rows.get(_MESSAGES, ()) if text(row[1])}
    project = _project(part.source.path)
    for row in part.rows.get(_SESSIONS, ()):
        said = dict(zip(_COLUMNS, row, strict=True))
        given, output = count(said["prompt_tokens"]), count(said["completion_tokens"])
        session, parent = text(said["id"]), text(said["parent_session_id"])
        if not session or not (given or output):
            continue
        model, provider = models.get(session, ("", ""))
        context = Context(
            AGENT.id,
            session,
            model,
            parent_session=parent,
            agent_id=session if parent else "",
            project=project,
            provider=provider,
            rank=Rank.SUB_AGENT if parent else Rank.MAIN,
            estimated=1,
        )
        yield snapshot(
            Record(
                context,
                identity(AGENT.id, "session", session),
                0,
                milliseconds(said["updated_at"]) or part.modified,
                input=given,
                output=output,
                cost_reported=None if parent else dollars(said["cost"], MOST_REPORTED),
            )
        )


def _settled(family: Sequence[Record]) -> list[Record]:
    """Each pair of counts is a call; what it cost is what the session's cost grew by. A row may change otherwise."""
    result: list[Record] = []
    before: Record | None = None
    for entry in sorted(family, key=lambda entry: (entry.time, entry.cost_reported or 0, entry.variant)):
        if before is None or (entry.input, entry.output) != (before.input, before.output):
            cost = entry.cost_reported
            if cost is not None and before is not None and before.cost_reported is not None:
                cost = max(0, cost - before.cost_reported)
            result.append(msgspec.structs.replace(entry, cost_reported=cost))
        before = entry
    return result


def _project(path: str) -> str:
    """A database stands in its project, in the folder ``.crush``; elsewhere the project is not told."""
    folder = Path(path).parent
    return str(folder.parent) if folder.name == ".crush" else ""
