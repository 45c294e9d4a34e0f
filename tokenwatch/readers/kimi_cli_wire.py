"""Kimi CLI's wires: from lines to records and turns.

Owns what their lines mean. Does not own places (kimi_cli.py) or the wires of its successor (kimi_code_wire.py).

Facts: a wire is append-only; each step of a turn ends with a ``StatusUpdate`` that tells its tokens, in counts that
do not overlap. A fork copies lines as they are, so a session is no part of an identity. The parent's wire repeats
what its sub-agents' own wires say; older versions gave sub-agents none. Which model answered is not in the log.

Decisions
---------
*A copy in the parent's wire is an entry of lower rank.* Context: whether a sub-agent's own wire exists is not known
when the parent's is read, and the two tell times of their own. Decision: entries that name one message are one
response, which the better ranked attributes. Where no message is named the family is the counts, and a copy counts
unless another entry of the family was written within seconds of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from tokenwatch.base.usage import Context, Rank, Record, identity
from tokenwatch.readers.entry import Entry, lines
from tokenwatch.readers.protocol import MALFORMED, Carry, Part, ReadResult, TurnEvent, TurnKind

AGENT_ID: Final = "kimi"
_USAGE: Final = b'"token_usage"'
_NEEDLES: Final = (_USAGE,)
_TURNS: Final = (
    b'"TurnBegin"',
    b'"TurnEnd"',
    b'"StepBegin"',
    b'"StepInterrupted"',
    b'"ToolCall"',
    b'"ToolResult"',
    b'"ApprovalRequest"',
    b'"ApprovalResponse"',
    b'"QuestionRequest"',
    b'"QuestionResponse"',
    b'"CompactionEnd"',
)


_COPY_MS: Final = 5_000
"""The parent's copy of a line is written within so long of it."""


class _Carry(msgspec.Struct, array_like=True):
    last_time: int = 0


_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(_Carry).decode


def read(part: Part, carry: Carry) -> ReadResult:
    """See ``protocol.Reader``."""
    state = _unpack(carry) if carry else _Carry()
    records: list[Record] = []
    skipped: dict[str, int] = {}
    for _, line in lines(part.data, _NEEDLES):
        if line is None:
            skipped[MALFORMED] = skipped.get(MALFORMED, 0) + 1
            continue
        time = line.time("timestamp")
        if time is not None:
            state.last_time = time
        record = _record(part, line.inside("message"), time or state.last_time or part.modified)
        if record is not None:
            records.append(record)
    return ReadResult(records, _pack(state), skipped=skipped)


def settle(family: Sequence[Record]) -> Sequence[Record]:
    """All entries but the parent's copies of what a sub-agent's own wire says."""
    own = [entry.time for entry in family if entry.context.rank != Rank.COPY]
    return [
        entry
        for entry in family
        if entry.context.rank != Rank.COPY or not any(abs(entry.time - time) <= _COPY_MS for time in own)
    ]


def turns(part: Part) -> Iterator[TurnEvent]:
    """See ``protocol.Reader``. That an approval or an answer is waited for is written while it is."""
    session, agent_id = _names(part.source.relative)
    for _, line in lines(part.data, _TURNS):
        if line is not None:
            time = line.time("timestamp") or part.modified
            yield from _events(line.inside("message"), {"session": session, "agent_id": agent_id, "time": time})


def _record(part: Part, message: Entry, time: int) -> Record | None:
    session, agent_id = _names(part.source.relative)
    rank = Rank.SUB_AGENT if agent_id else Rank.MAIN
    if message.text("type") == "SubagentEvent":
        payload = message.inside("payload")
        agent_id, rank = payload.text("agent_id", "task_tool_call_id", "parent_tool_call_id"), Rank.COPY
        message = payload.inside("event")
    if message.text("type") != "StatusUpdate":
        return None
    payload = message.inside("payload")
    usage = payload.inside("token_usage")
    counts = [usage.count(name) for name in ("input_other", "input_cache_read", "input_cache_creation", "output")]
    if not any(counts):
        return None  # a change of state only
    said = payload.text("message_id")
    context = Context(AGENT_ID, session, "", agent_id=agent_id, rank=rank)
    if said:
        family, variant = identity(AGENT_ID, "message", said), 0
    else:
        family, variant = identity(AGENT_ID, "counts", *counts), identity(time)
    return Record(context, family, variant, time, counts[0], counts[1], counts[2], 0, counts[3])


def _events(message: Entry, common: dict[str, Any]) -> Iterator[TurnEvent]:
    payload = message.inside("payload")
    match message.text("type"):
        case "TurnBegin":
            yield TurnEvent(TurnKind.PROMPT, **common)
        case "StepBegin":
            yield TurnEvent(TurnKind.TURN_OPEN, **common)
        case "TurnEnd":
            yield TurnEvent(TurnKind.TURN_CLOSED, **common)
        case "StepInterrupted":
            yield TurnEvent(TurnKind.INTERRUPTED, **common)
        case "ToolCall":
            tool = payload.inside("function").text("name")
            yield TurnEvent(TurnKind.TOOL_OPEN, ref=payload.text("id"), tool=tool, **common)
        case "ToolResult":
            yield TurnEvent(TurnKind.TOOL_CLOSED, ref=payload.text("tool_call_id"), **common)
        case "ApprovalRequest" | "QuestionRequest":
            yield TurnEvent(TurnKind.ASKS, ref=payload.text("id"), **common)
        case "ApprovalResponse" | "QuestionResponse" | "ApprovalRequestResolved":
            yield TurnEvent(TurnKind.TOOL_CLOSED, ref=payload.text("request_id"), **common)
        case "CompactionEnd":
            yield TurnEvent(TurnKind.COMPACTED, **common)


def _names(relative: str) -> tuple[str, str]:
    """(session, sub-agent) by a wire's place: ``<folder's hash>/<session>[/subagents/<sub-agent>]/wire.jsonl``."""
    folders = relative.split("/")[:-1]
    if "subagents" in folders[1:]:
        at = folders.index("subagents", 1)
        return folders[at - 1], "/".join(folders[at + 1 :])
    return (folders[-1] if folders else ""), ""
