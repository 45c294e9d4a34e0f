"""opencode's messages: from rows and documents to records and turns, also for agents that were made from it.

Owns what a message means, in every generation of the format, and which of several are copies. Does not own places
(opencode.py, kilo_code.py) or questions to their readers (opencode_reader.py).

Facts: a message of the assistant is one response; its row is written when it begins and changed until it ends. The
same message may stand in two tables of one database and in a file of an older version, always under its id. Counts
do not overlap, but in older versions reasoning is inside the output, which the total decides.

Decisions
---------
*The moment of a message's creation is its family.* Context: forking a session copies its messages under new ids, and
nothing links the copies; they keep their times and counts. A row's counts change while it is written. Decision: the
family is the moment of creation, which never changes, the variant the id; entries of *different* sessions that ended
at one time with equal counts are one response, of the session that is oldest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from tokenwatch.base.translation import mark
from tokenwatch.base.usage import Context, Rank, Record, identity
from tokenwatch.readers.arbitration import Disjoint, Logged, disjoint
from tokenwatch.readers.document import not_decoded
from tokenwatch.readers.entry import Entry, added
from tokenwatch.readers.jsonl import milliseconds, text
from tokenwatch.readers.protocol import (
    MALFORMED,
    Carry,
    Kind,
    LookUp,
    Part,
    Query,
    ReadResult,
    Row,
    TurnEvent,
    TurnKind,
)

_FIRST: Final = "messages"
_SECOND: Final = "session messages"
_SESSIONS: Final = ("sessions", "sessions of the second format")
_STEPS: Final = "parts of messages without counts"
_SESSION_COLUMNS: Final = ("id", "parent_id", "directory", "time_created")
_MESSAGE_COLUMNS: Final = ("id", "session_id", "time_created", "time_updated", "data")
_LOOK_UPS: Final = (
    LookUp(_SESSIONS[0], table="session", key="id", by="session_id", columns=_SESSION_COLUMNS),
    LookUp(_SESSIONS[1], table="session_v2", key="id", by="session_id", columns=_SESSION_COLUMNS),
)


def _tells_no_counts(row: Row) -> bool:
    """Whether a message's row is an answer without counts; decided without decoding it, for there are many."""
    data = row[4]
    return isinstance(data, str) and '"assistant"' in data and '"tokens"' not in data


QUERIES: Final = (
    Query(
        _FIRST,
        table="message",
        columns=_MESSAGE_COLUMNS,
        changed="time_updated",
        look_ups=(
            *_LOOK_UPS,
            LookUp(
                _STEPS,
                table="part",
                key="message_id",
                by="id",
                columns=("message_id", "id", "data"),
                only=_tells_no_counts,
            ),
        ),
    ),
    Query(
        _SECOND,
        table="session_message",
        columns=(*_MESSAGE_COLUMNS, "type"),
        changed="time_updated",
        look_ups=_LOOK_UPS,
    ),
)

_RECENT_MS: Final = 6 * 3_600_000
"""When a database is read whole, what happened longer before its last change tells nothing about now."""

_NO_COUNTS: Final = mark("answers without token counts")


class _Session(msgspec.Struct, frozen=True):
    parent: str = ""
    directory: str = ""
    created: int = 0


class _Message(msgspec.Struct, frozen=True):
    """``created``: milliseconds. ``role``: user, assistant or anything else."""

    id: str
    session: str
    role: str
    created: int
    updated: int
    data: Entry


def is_database(relative: str, name: str) -> bool:
    """``<name>.db`` or ``<name>-<channel>.db``, but no copy that somebody put aside."""
    if not relative.endswith(".db") or not relative.startswith(name):
        return False
    rest = relative[len(name) : -3]
    return (not rest or rest.startswith("-")) and not any(word in rest for word in ("backup", "bak", "old"))


def is_document(relative: str) -> bool:
    """``<session>/<message>.json`` below ``storage/message``."""
    return relative.endswith(".json") and relative.count("/") == 1


def read(agent_id: str, part: Part, carry: Carry) -> ReadResult:
    """See ``protocol.Reader``."""
    if part.source.kind is Kind.DOCUMENT:
        found = Entry.of(part.data)
        if found is None:
            return not_decoded(part.data, carry)
    records: list[Record] = []
    skipped: dict[str, int] = {}
    sessions, steps = _sessions(part), _steps(part)
    for message in _messages(part):
        if message is None:
            skipped[MALFORMED] = skipped.get(MALFORMED, 0) + 1
            continue
        if message.role != "assistant":
            continue
        told = [message.data] if "tokens" in message.data else steps.get(message.id, ())
        if not told:
            if "time" in message.data and "completed" in message.data.inside("time") and "error" not in message.data:
                skipped[_NO_COUNTS] = skipped.get(_NO_COUNTS, 0) + 1
            continue
        record = _record(agent_id, message, told, sessions.get(message.session, _Session()))
        if record is not None:
            records.append(record)
    return ReadResult(records, carry, skipped=skipped)


def settle(family: Sequence[Record]) -> Sequence[Record]:
    """All but copies in other sessions: of equal ones those of the oldest session count."""
    if len(family) == 1:
        return family
    equal: dict[tuple[int, ...], dict[str, list[Record]]] = {}
    for entry in family:
        counts = (entry.input, entry.cache_read, entry.cache_write_5m, entry.output, entry.reasoning)
        sessions = equal.setdefault((entry.mark, *counts), {})
        sessions.setdefault(entry.session, []).append(entry)
    result: list[Record] = []
    for sessions in equal.values():
        most = max(len(entries) for entries in sessions.values())
        first = min(
            (entries for entries in sessions.values() if len(entries) == most),
            key=lambda entries: (entries[0].context.origin or 1 << 62, entries[0].session),
        )
        result += first
    return result


def turns(part: Part) -> Iterator[TurnEvent]:
    """See ``protocol.Reader``. That a permission is waited for is written nowhere."""
    sessions = _sessions(part)
    recent = [message for message in _messages(part) if message and message.updated > part.modified - _RECENT_MS]
    for message in sorted(recent, key=lambda message: (message.updated, message.created)):
        session = sessions.get(message.session, _Session())
        common: dict[str, Any] = {
            "session": message.session,
            "agent_id": message.session if session.parent else "",
            "parent_session": session.parent,
            "project": _project(message.data, session),
        }
        if message.role == "user":
            yield TurnEvent(TurnKind.PROMPT, time=message.created, **common)
        elif message.role == "assistant":
            yield from _answer(message, common)


def _answer(message: _Message, common: dict[str, Any]) -> Iterator[TurnEvent]:
    data = message.data
    model, _ = _model(data)
    if "error" in data:
        yield TurnEvent(TurnKind.INTERRUPTED, time=message.updated, ref=message.id, **common)
    elif "completed" not in data.inside("time"):
        yield TurnEvent(TurnKind.TURN_OPEN, time=message.created, ref=message.id, model=model, **common)
    elif data.text("finish") not in ("tool-calls", "unknown"):
        yield TurnEvent(TurnKind.TURN_CLOSED, time=message.updated, ref=message.id, model=model, **common)


def _record(agent_id: str, message: _Message, told: Sequence[Entry], session: _Session) -> Record | None:
    """``told``: what holds the counts, the message itself or its steps."""
    data = message.data
    model, provider = _model(data)
    counts = _added([_counts(entry.inside("tokens"), provider) for entry in told])
    if not (counts.input or counts.cache_read or counts.cache_write or counts.output):
        return None  # it has just begun, or failed
    completed = data.inside("time").time("completed")
    context = Context(
        agent_id,
        message.session,
        model,
        parent_session=session.parent,
        agent_id=message.session if session.parent else "",
        project=_project(data, session),
        provider=provider,
        rank=Rank.SUB_AGENT if session.parent else Rank.MAIN,
        origin=session.created,
        # Of several steps it is not known how large each request was, which may decide the price.
        estimated=int(not counts.sure or len(told) > 1),
    )
    return Record(
        context,
        identity(agent_id, "created", message.created),
        identity(message.id or message.session),
        message.created,
        input=counts.input,
        cache_read=counts.cache_read,
        cache_write_5m=counts.cache_write,
        output=counts.output,
        reasoning=counts.reasoning,
        cost_reported=sum(entry.dollars("cost") or 0 for entry in told) or None,
        final=completed is not None,
        mark=-(completed or 0),
    )


def _added(counts: Sequence[Disjoint]) -> Disjoint:
    if len(counts) == 1:
        return counts[0]
    return Disjoint(
        added(*(one.input for one in counts)),
        added(*(one.cache_read for one in counts)),
        added(*(one.cache_write for one in counts)),
        added(*(one.output for one in counts)),
        added(*(one.reasoning for one in counts)),
        all(one.sure for one in counts),
    )


def _counts(tokens: Entry, provider: str) -> Disjoint:
    cache = tokens.inside("cache")
    reasoning, output = tokens.count("reasoning"), tokens.count("output")
    return disjoint(
        Logged(
            input=tokens.count("input"),
            output=output,
            cache_read=cache.count("read"),
            cache_write=cache.count("write"),
            reasoning=reasoning,
            total=tokens.count("total"),
        ),
        cache_inside=False,
        reasoning_inside=not provider.startswith("google") and reasoning <= output,
    )


def _messages(part: Part) -> Iterator[_Message | None]:
    """None for one that cannot be read."""
    if part.source.kind is Kind.DOCUMENT:
        data = Entry.of(part.data)
        if data is not None:
            times = data.inside("time")
            folder, _, name = part.source.relative.rpartition("/")
            created = times.time("created") or part.modified
            yield _Message(
                id=data.text("id") or name.removesuffix(".json"),
                session=data.text("sessionID") or folder.rsplit("/", 1)[-1],
                role=data.text("role"),
                created=created,
                updated=times.time("completed") or created,
                data=data,
            )
    for row in part.rows.get(_FIRST, ()):
        yield _of_row(part, row, "")
    for row in part.rows.get(_SECOND, ()):
        yield _of_row(part, row, text(row[5]))


def _of_row(part: Part, row: Row, kind: str) -> _Message | None:
    data = row[4]
    found = Entry.of(data.encode("utf-8", "replace") if isinstance(data, str) else data) if _is_bytes(data) else None
    if found is None:
        return None
    times = found.inside("time")
    created = times.time("created") or milliseconds(row[2]) or part.modified
    return _Message(
        id=text(row[0]),
        session=text(row[1]),
        role=kind or found.text("role"),
        created=created,
        updated=milliseconds(row[3]) or created,
        data=found,
    )


def _steps(part: Part) -> Mapping[str, list[Entry]]:
    """The finished steps of messages that tell no counts, by message; each step once."""
    found: dict[str, dict[str, Entry]] = {}
    for message, own, data in part.rows.get(_STEPS, ()):
        step = (
            Entry.of(data.encode("utf-8", "replace")) if isinstance(data, str) and '"step-finish"' in data else None
        )
        if step is not None and step.text("type") == "step-finish" and "tokens" in step:
            found.setdefault(text(message), {})[text(own)] = step
    return {message: list(steps.values()) for message, steps in found.items()}


def _is_bytes(value: Any) -> bool:
    return isinstance(value, str | bytes)


def _sessions(part: Part) -> Mapping[str, _Session]:
    return {
        text(row[0]): _Session(text(row[1]), text(row[2]), milliseconds(row[3]) or 0)
        for name in _SESSIONS
        for row in part.rows.get(name, ())
    }


def _model(data: Entry) -> tuple[str, str]:
    """(model, provider), as either generation writes them."""
    model = data.inside("model")
    return data.text("modelID") or model.text("id", "modelID"), data.text("providerID") or model.text("providerID")


def _project(data: Entry, session: _Session) -> str:
    """The project's root; without version control that is the file system's, and says nothing."""
    path = data.inside("path")
    root = path.text("root")
    return (root if root.strip("/\\") else "") or path.text("cwd") or session.directory
