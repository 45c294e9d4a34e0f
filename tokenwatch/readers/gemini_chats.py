"""Gemini CLI's chats: from messages to records and turns.

Owns what their lines and documents mean, also for agents that once began as copies of Gemini CLI. Does not own places
(gemini_cli.py).

Facts: a chat is a journal of lines; a message is appended again, under its id, whenever it changes, and ``$set`` may
repeat messages that were written before. Older versions write one document with all messages, and a resumed one
becomes a journal with the same ids, so both files stand side by side. Cached input is inside ``input``; thoughts and
the input of tools are in no other count.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from tokenwatch.base.usage import Context, Rank, Record, identity
from tokenwatch.readers.document import not_decoded
from tokenwatch.readers.entry import Entry, lines
from tokenwatch.readers.gemini_usage import Names
from tokenwatch.readers.protocol import MALFORMED, Carry, Kind, Part, ReadResult, Source, TurnEvent, TurnKind

_TOKENS: Final = Names("input", "output", "cached", "thoughts", "tool", "total", thoughts_inside=False)
_NEEDLES: Final = (b'"tokens"', b'"sessionId"')
_TURNS: Final = (b'"type"',)
_PENDING: Final = frozenset(("validating", "scheduled", "executing"))


class _Carry(msgspec.Struct, array_like=True, omit_defaults=True):
    session: str = ""
    project: str = ""
    last_time: int = 0


_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(_Carry).decode


def is_journal(relative: str) -> bool:
    """``<project>/chats/session-*.jsonl``, or one of a sub-agent in a folder named after the session above it."""
    return relative.endswith(".jsonl") and _is_chat(relative)


def is_document(relative: str) -> bool:
    return relative.endswith(".json") and _is_chat(relative)


def _is_chat(relative: str) -> bool:
    return "chats" in relative.split("/")[1:-1]


def read(agent_id: str, part: Part, carry: Carry) -> ReadResult:
    """See ``protocol.Reader``."""
    if part.source.kind is Kind.DOCUMENT:
        found = Entry.of(part.data)
        if found is None:
            return not_decoded(part.data, carry)
        project = _directory(found) or _named_beside(part)
        state = _Carry(found.text("sessionId"), project, found.time("startTime") or 0)
        return ReadResult(_of_messages(agent_id, part, state, found.entries("messages")))
    state = _unpack(carry) if carry else _Carry()
    records: list[Record] = []
    skipped: dict[str, int] = {}
    for _, line in lines(part.data, _NEEDLES):
        if line is None:
            skipped[MALFORMED] = skipped.get(MALFORMED, 0) + 1
        elif "sessionId" in line:
            state.session = line.text("sessionId")
            state.project = _directory(line) or state.project or _named_beside(part)
            state.last_time = line.time("startTime") or state.last_time
        elif "$set" in line:
            records += _of_messages(agent_id, part, state, line.inside("$set").entries("messages"))
        else:
            records += _of_messages(agent_id, part, state, [line])
    return ReadResult(records, _pack(state), skipped=skipped)


def turns(part: Part, carry: Carry) -> Iterator[TurnEvent]:
    """See ``protocol.Reader``. A tool that waits for approval says so."""
    if part.source.kind is Kind.DOCUMENT:
        found = Entry.of(part.data) or Entry({})
        session = found.text("sessionId") or _file_session(part)
        for message in found.entries("messages"):
            yield from _events(message, _common(part, session, message))
        return
    session = _unpack(carry).session if carry else ""
    for _, line in lines(part.data, (*_TURNS, b'"sessionId"')):
        if line is None:
            continue
        if "sessionId" in line:
            session = line.text("sessionId")
        elif "$set" not in line:
            yield from _events(line, _common(part, session or _file_session(part), line))


def _of_messages(agent_id: str, part: Part, state: _Carry, messages: list[Entry]) -> list[Record]:
    records = []
    for message in messages:
        time = message.time("timestamp")
        state.last_time = time or state.last_time
        record = _record(agent_id, part, state, message, time or state.last_time or part.modified)
        if record is not None:
            records.append(record)
    return records


def _record(agent_id: str, part: Part, state: _Carry, message: Entry, time: int) -> Record | None:
    tokens = message.inside("tokens")
    if not tokens:
        return None  # still being written, or given up
    counts = _TOKENS.read(tokens)
    if not (counts.input or counts.cache_read or counts.output):
        return None
    session = state.session or _file_session(part)
    parent = _parent(part.source.relative)
    context = Context(
        agent_id,
        session,
        message.text("model"),
        parent_session=parent,
        agent_id=session if parent else "",
        project=state.project,
        rank=Rank.SUB_AGENT if parent else Rank.MAIN,
        estimated=int(not counts.sure),
    )
    said = message.text("id")
    return Record(
        context,
        identity(agent_id, session, said or f"{time} {counts.output}"),
        0,
        time,
        input=counts.input,
        cache_read=counts.cache_read,
        output=counts.output,
        reasoning=counts.reasoning,
    )


def _events(message: Entry, common: dict[str, Any]) -> Iterator[TurnEvent]:
    match message.text("type"):
        case "user":
            yield TurnEvent(TurnKind.PROMPT, **common)
        case "gemini":
            calls = message.entries("toolCalls")
            for call in calls:
                kind = TurnKind.TOOL_CLOSED
                if call.text("status") == "awaiting_approval":
                    kind = TurnKind.ASKS
                elif call.text("status") in _PENDING:
                    kind = TurnKind.TOOL_OPEN
                yield TurnEvent(kind, ref=call.text("id"), tool=call.text("name"), **common)
            if not calls and "tokens" in message:
                yield TurnEvent(TurnKind.TURN_CLOSED, model=message.text("model"), **common)


def _common(part: Part, session: str, message: Entry) -> dict[str, Any]:
    parent = _parent(part.source.relative)
    return {
        "session": session,
        "time": message.time("timestamp") or part.modified,
        "agent_id": session if parent else "",
        "parent_session": parent,
        "project": _named_beside(part),
    }


def _directory(header: Entry) -> str:
    folders = header.value("directories")
    first = folders[0] if isinstance(folders, list) and folders else ""
    return first if isinstance(first, str) else ""


def _named_beside(part: Part) -> str:
    """The folder of work, which a file beside the chats names."""
    return part.beside.decode("utf-8", "replace").strip("\0\ufeff\r\n ")


def project_file(source: Source) -> Path | None:
    """``<project>/.project_root`` of ``<project>/chats/...``."""
    folder = next((above for above in Path(source.path).parents if above.name == "chats"), None)
    return None if folder is None else folder.parent / ".project_root"


def _file_session(part: Part) -> str:
    """Without its first line, a chat is told by its file's name."""
    return part.source.relative.rsplit("/", 1)[-1].split(".", 1)[0]


def _parent(relative: str) -> str:
    """The session above a sub-agent's: its folder in ``chats``."""
    folders = relative.split("/")[:-1]
    return folders[-1] if folders and folders[-1] != "chats" else ""
