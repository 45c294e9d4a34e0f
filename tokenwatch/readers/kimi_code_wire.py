"""Kimi Code's wires: from lines to records and turns.

Owns what their lines mean. Does not own places (kimi_cli.py) or the wires of its predecessor (kimi_cli_wire.py).

Facts: every agent of a session has a wire of its own. A ``usage.record`` tells the tokens of one response, in counts
that do not overlap, with its time to the millisecond; the end of a step repeats them. The name of the model may be an
alias, which the request before it resolves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from tokenwatch.base.usage import Context, Rank, Record, identity
from tokenwatch.readers.entry import Entry, lines
from tokenwatch.readers.kimi_cli_wire import AGENT_ID
from tokenwatch.readers.protocol import MALFORMED, Carry, Part, ReadResult, TurnEvent, TurnKind

_USAGE: Final = b'"usage.record"'
_NEEDLES: Final = (_USAGE, b'"llm.request"', b'"profile.bind"', b'"config.update"')
_TURNS: Final = (b'"turn.', b'"context.append_loop_event"', b'"context.apply_compaction"')
_ENDS: Final = frozenset(("end_turn", "stop", "max_tokens", "length", "refusal"))
_MAIN: Final = "main"


class _Carry(msgspec.Struct, array_like=True):
    """``models``: the name behind an alias, as requests told it."""

    models: dict[str, str] = {}
    last_time: int = 0
    project: str = ""


_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(_Carry).decode
_MOST_ALIASES: Final = 64


def read(part: Part, carry: Carry) -> ReadResult:
    """See ``protocol.Reader``."""
    state = _unpack(carry) if carry else _Carry()
    records: list[Record] = []
    skipped: dict[str, int] = {}
    for begin, line in lines(part.data, _NEEDLES):
        if line is None:
            if _USAGE in part.data[begin : part.data.find(b"\n", begin)]:
                skipped[MALFORMED] = skipped.get(MALFORMED, 0) + 1
        elif line.text("type") == "llm.request":
            alias, model = line.text("alias", "modelAlias"), line.text("model")
            if alias and model and len(state.models) < _MOST_ALIASES:
                state.models[alias] = model
        elif line.text("type") in ("profile.bind", "config.update"):
            cwd = line.inside("environmentDisclosure").text("cwd") or line.text("cwd")
            state.project = cwd or state.project
        elif line.text("type") == "usage.record":
            record = _record(part, state, line, part.offset + begin)
            if record is not None:
                records.append(record)
    return ReadResult(records, _pack(state), skipped=skipped)


def turns(part: Part, carry: Carry) -> Iterator[TurnEvent]:
    """See ``protocol.Reader``."""
    session, agent_id = _names(part.source.relative)
    project = (_unpack(carry) if carry else _unpack(read(part, carry).carry)).project
    for _, line in lines(part.data, _TURNS):
        if line is not None:
            time = line.time("time") or part.modified
            yield from _events(line, {"session": session, "agent_id": agent_id, "project": project, "time": time})


def _record(part: Part, state: _Carry, line: Entry, offset: int) -> Record | None:
    usage = line.inside("usage")
    counts = [usage.count(name) for name in ("inputOther", "inputCacheRead", "inputCacheCreation", "output")]
    if not any(counts):
        return None
    session, agent_id = _names(part.source.relative)
    named = line.text("model")
    model = state.models.get(named, named)
    time = line.time("time")
    if time is None:
        # Nothing else names the response: its place in the session's log does.
        family = identity(AGENT_ID, "place", session, agent_id, offset)
        time = state.last_time or part.modified
    else:
        state.last_time = time
        # Without the session, because a fork repeats its parent's lines.
        family = identity(AGENT_ID, "usage", time, named, *counts)
    rank = Rank.SUB_AGENT if agent_id else Rank.MAIN
    context = Context(AGENT_ID, session, model, agent_id=agent_id, project=state.project, rank=rank)
    return Record(context, family, 0, time, counts[0], counts[1], counts[2], 0, counts[3])


def _events(line: Entry, common: dict[str, Any]) -> Iterator[TurnEvent]:
    match line.text("type"):
        case "turn.prompt" | "turn.steer":
            yield TurnEvent(TurnKind.PROMPT, **common)
        case "turn.cancel":
            yield TurnEvent(TurnKind.INTERRUPTED, **common)
        case "turn.ended":
            yield TurnEvent(TurnKind.TURN_CLOSED, **common)
        case "context.apply_compaction":
            yield TurnEvent(TurnKind.COMPACTED, **common)
        case "context.append_loop_event":
            event = line.inside("event")
            match event.text("type"):
                case "step.begin":
                    yield TurnEvent(TurnKind.TURN_OPEN, **common)
                case "tool.call":
                    ref, tool = event.text("toolCallId"), event.text("name")
                    yield TurnEvent(TurnKind.TOOL_OPEN, ref=ref, tool=tool, **common)
                case "tool.result":
                    yield TurnEvent(TurnKind.TOOL_CLOSED, ref=event.text("toolCallId"), **common)
                case "step.end" if event.text("finishReason") in _ENDS:
                    yield TurnEvent(TurnKind.TURN_CLOSED, **common)


def _names(relative: str) -> tuple[str, str]:
    """(session, sub-agent) by a wire's place: ``wd_*/<session>/agents/<agent>/wire.jsonl``."""
    folders = relative.split("/")[:-1]
    if len(folders) >= 3 and folders[-2] == "agents":
        return folders[-3], "" if folders[-1] == _MAIN else folders[-1]
    return (folders[-1] if folders else ""), ""


def is_wire(relative: str) -> bool:
    """Whether a wire is of this format: Kimi CLI keeps none in a folder ``agents``."""
    return relative.endswith("/wire.jsonl") and relative.split("/")[-3:-2] == ["agents"]
