"""Sessions as pi writes them, and the agents made from it: from lines to records and turns.

Owns the lines of that format, for every agent that uses it. Does not own places or descriptions (pi.py, omp.py,
openclaw.py).

Facts: a session is a tree of entries, and every branch of it was billed. A fork copies entries with their ids into a
new file. Ids of entries are short, so one counts only together with its time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from tokenwatch.base.usage import Context, Rank, Record, identity
from tokenwatch.readers.entry import Entry, lines
from tokenwatch.readers.protocol import MALFORMED, Carry, Part, ReadResult, TurnEvent, TurnKind

_USAGE: Final = b'"usage"'
_NEEDLES: Final = (_USAGE, b'"session"', b'"model_change"', b'"model-snapshot"')
_TURNS: Final = (b'"message"', b'"compaction"')
_ENDS: Final = frozenset(("stop", "length", "error"))
_FAILED: Final = frozenset(("error", "aborted"))


class State(msgspec.Struct, array_like=True):
    """The carry: what the header said, the model used last, and the time of the entry before."""

    session: str = ""
    parent: str = ""
    project: str = ""
    provider: str = ""
    model: str = ""
    last_time: int = 0
    begun: int = 0
    """When the file was begun; what a fork holds from before that is copied."""


_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(State).decode


def state_of(carry: Carry) -> State:
    return _unpack(carry) if carry else State()


class Format(msgspec.Struct, frozen=True):
    """What differs between the agents. ``mirrors``: models and providers of entries that copy others' words."""

    agent: str
    mirrors: frozenset[str] = frozenset()


def read(made: Format, part: Part, carry: Carry) -> ReadResult:
    """See ``protocol.Reader``."""
    state = state_of(carry)
    records: list[Record] = []
    skipped: dict[str, int] = {}
    contexts: dict[tuple[object, ...], Context] = {}
    for begin, entry in lines(part.data, _NEEDLES):
        if entry is None:
            if _USAGE in part.data[begin : part.data.find(b"\n", begin)]:
                skipped[MALFORMED] = skipped.get(MALFORMED, 0) + 1
            continue
        kind = entry.text("type")
        if kind == "session":
            _begin(state, entry)
        elif kind == "model_change":
            state.provider, state.model = entry.text("provider"), entry.text("modelId", "model")
        elif kind == "custom" and entry.text("customType") == "model-snapshot":
            found = entry.inside("data")
            state.provider = found.text("provider") or state.provider
            state.model = found.text("modelId", "model") or state.model
        else:
            record = _record(made, part, state, contexts, entry)
            if record is not None:
                records.append(record)
    return ReadResult(records, _pack(state), skipped=skipped)


def _begin(state: State, entry: Entry) -> None:
    state.session = entry.text("id") or state.session
    state.project = entry.text("cwd") or state.project
    # A fork names its parent's file, <time>_<id>.jsonl.
    parent = entry.text("parentSession").replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".jsonl")
    state.parent = parent.rsplit("_", 1)[-1]
    state.begun = entry.time("timestamp") or 0
    state.last_time = state.last_time or state.begun


def _record(
    made: Format, part: Part, state: State, contexts: dict[tuple[object, ...], Context], entry: Entry
) -> Record | None:
    message = entry.inside("message")
    usage = message.inside("usage")
    if message.text("role") != "assistant" or not usage:
        return None
    model = message.text("model") or state.model
    provider = message.text("provider") or state.provider
    if model in made.mirrors or provider in made.mirrors:
        return None
    state.model, state.provider = model, provider
    time = entry.time("timestamp") or message.time("timestamp")
    if time is None:
        time = state.last_time or part.modified
    else:
        state.last_time = time
    given, read_, written, output = (usage.count(name) for name in ("input", "cacheRead", "cacheWrite", "output"))
    nothing = not given + read_ + written + output
    if nothing and message.text("stopReason") in _FAILED:
        return None
    response, own = message.text("responseId"), entry.text("id")
    session, agent_id = names(part.source.relative, state)
    if response:
        family = identity(made.agent, "response", response)
    elif own:
        family = identity(made.agent, "entry", own, time)
    else:
        family = identity(made.agent, "counts", session, time, model, given, read_, written, output)
    copied = bool(state.parent) and time < state.begun
    key = (session, agent_id, model, provider, state.project, state.parent, copied)
    context = contexts.get(key)
    if context is None:
        context = contexts[key] = Context(
            agent=made.agent,
            session=session,
            model=model,
            parent_session=state.parent,
            agent_id=agent_id,
            project=state.project,
            provider=provider,
            rank=Rank.COPY if copied else Rank.SUB_AGENT if agent_id else Rank.MAIN,
        )
    # Agents price what they know; a cost of nothing for something is an unknown price or a plan.
    cost = usage.inside("cost").dollars("total") or None
    return Record(
        context,
        family,
        0,
        time,
        given,
        read_,
        written,
        0,
        output,
        min(usage.count("reasoning"), output),
        cost_reported=cost,
        uncertain=nothing,
    )


def names(relative: str, state: State) -> tuple[str, str]:
    """(session, sub-agent): by the header, else by the file's name ``<time>_<id>.jsonl``.

    A sub-agent's file stands in a folder that is named after its session's file.
    """
    *folders, name = relative.split("/")
    own = state.session or id_of(name)
    parent = id_of(folders[-1]) if folders and "_" in folders[-1] and not folders[-1].startswith("-") else ""
    return (parent, own) if parent else (own, "")


def id_of(name: str) -> str:
    """The session of a file or folder ``<time>_<id>``, whatever was added to its name."""
    return name.split(".jsonl", 1)[0].rsplit("_", 1)[-1]


def turns(made: Format, part: Part, carry: Carry) -> Iterator[TurnEvent]:
    """See ``protocol.Reader``: what opens and closes turns and tool calls; no content is kept."""
    state = state_of(carry)
    if not state.session:
        for _, entry in lines(part.data, (b'"session"',)):
            if entry is not None and entry.text("type") == "session":
                _begin(state, entry)
                break
    session, agent_id = names(part.source.relative, state)
    common: dict[str, Any] = {"session": session, "agent_id": agent_id, "project": state.project}
    for _, entry in lines(part.data, _TURNS):
        if entry is None:
            continue
        time = entry.time("timestamp") or part.modified
        if entry.text("type") == "compaction":
            yield TurnEvent(TurnKind.COMPACTED, time=time, **common)
        elif entry.text("type") == "message":
            yield from _events(entry.inside("message"), time, common)


def _events(message: Entry, time: int, common: dict[str, Any]) -> Iterator[TurnEvent]:
    match message.text("role"):
        case "user":
            yield TurnEvent(TurnKind.PROMPT, time=time, **common)
        case "toolResult":
            yield TurnEvent(TurnKind.TOOL_CLOSED, time=time, ref=message.text("toolCallId"), **common)
        case "assistant":
            model = message.text("model")
            calls = [block for block in message.entries("content") if block.text("type") == "toolCall"]
            for call in calls:
                ref, tool = call.text("id"), call.text("name")
                yield TurnEvent(TurnKind.TOOL_OPEN, time=time, ref=ref, tool=tool, model=model, **common)
            stop = message.text("stopReason")
            if stop == "aborted":
                yield TurnEvent(TurnKind.INTERRUPTED, time=time, **common)
            elif stop in _ENDS:
                yield TurnEvent(TurnKind.TURN_CLOSED, time=time, model=model, **common)
            elif not calls:
                yield TurnEvent(TurnKind.TURN_OPEN, time=time, model=model, **common)


def is_session(relative: str) -> bool:
    return relative.endswith(".jsonl")
