"""Copilot CLI's event logs: from lines to entries of sessions and turns.

Owns what lines of ``events.jsonl`` mean. Does not own places or the database (copilot_cli.py), or which of a
session's entries count (copilot_cli_family.py).

Facts: present versions write each response's tokens at once. Older ones tell at once only its output, and all tokens
by model when the session ends, as sums since its beginning; a session that is resumed goes on summing. What was read
from a cache or written to it is part of the input, reasoning is part of the output.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from tokenwatch.base.usage import Context, Rank, Record, identity
from tokenwatch.readers.copilot_cli_family import AGENT_ID, ANSWER, USED, family_of, sums
from tokenwatch.readers.entry import Entry, lines, without_cached
from tokenwatch.readers.protocol import MALFORMED, Carry, Part, ReadResult, TurnEvent, TurnKind

_ANSWERED: Final = b'"assistant.message"'
_SUMS: Final = b'"modelMetrics"'
_RECORD: Final = b'"session.usage_record"'
_TELLING: Final = (_ANSWERED, _SUMS, _RECORD)
_NEEDLES: Final = (
    *_TELLING,
    b'"session.start"',
    b'"session.resume"',
    b'"session.model_change"',
    b'"session.context_changed"',
)
_TURNS: Final = (
    b'"session.start"',
    b'"session.shutdown"',
    b'"session.compaction_complete"',
    b'"user.message"',
    b'"assistant.turn_start"',
    b'"assistant.message"',
    b'"assistant.turn_end"',
    b'"tool.execution_start"',
    b'"tool.execution_complete"',
    b'"permission.requested"',
    b'"permission.completed"',
    b'"user_input.requested"',
    b'"user_input.completed"',
    b'"elicitation.requested"',
    b'"elicitation.completed"',
    b'"abort"',
)
_AUTO: Final = "auto"
"""Not a model: the service chooses one for each response."""


class State(msgspec.Struct, array_like=True):
    """The carry: whose the log is, and the model that is set."""

    session: str = ""
    project: str = ""
    branch: str = ""
    model: str = ""
    last_time: int = 0
    begun: int = 0


_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(State).decode


def read(part: Part, carry: Carry) -> ReadResult:
    """See ``protocol.Reader``."""
    state = _unpack(carry) if carry else State()
    records: list[Record] = []
    skipped: dict[str, int] = {}
    for begin, event in lines(part.data, _NEEDLES):
        if event is None:
            line = part.data[begin : part.data.find(b"\n", begin)]
            if any(needle in line for needle in _TELLING):
                skipped[MALFORMED] = skipped.get(MALFORMED, 0) + 1
            continue
        time = event.time("timestamp")
        state.last_time = time or state.last_time
        time = state.last_time or part.modified
        data = event.inside("data")
        match event.text("type"):
            case "session.start" | "session.resume" | "session.context_changed":
                _begin(state, data)
                if event.text("type") == "session.start":
                    state.begun = state.begun or time
            case "session.model_change":
                state.model = data.text("newModel") or state.model
            case "assistant.message":
                record = _answer(part, state, event, data, time)
                if record is not None:
                    records.append(record)
            case "session.usage_record":
                records.append(_used(part, state, event, data.inside("usage"), time))
            case "session.shutdown" | "session.usage_checkpoint":
                models = data.inside("modelMetrics") or data.inside("accountingSnapshot", "modelMetrics")
                records += _sums(part, state, models, time)
    return ReadResult(records, _pack(state), skipped=skipped)


def _begin(state: State, data: Entry) -> None:
    state.session = state.session or data.text("sessionId")
    state.model = data.text("selectedModel") or state.model
    context = data.inside("context") or data
    state.project = context.text("cwd") or state.project
    state.branch = context.text("branch") or state.branch


def _answer(part: Part, state: State, event: Entry, data: Entry, time: int) -> Record | None:
    output = data.count("outputTokens")
    if not output:
        return None
    named = data.text("messageId") or event.text("id") or time
    model = data.text("model") or ("" if state.model == _AUTO else state.model)
    context = _context(part, state, model, event)
    variant = identity("answer", named)
    return Record(context, family_of(context.session), variant, time, output=output, uncertain=True, mark=ANSWER)


def _used(part: Part, state: State, event: Entry, usage: Entry, time: int) -> Record:
    """A response, with all its tokens. A session may be told what another one used: that names itself."""
    accounting = usage.inside("accounting")
    context = _context(part, state, usage.text("model"), event)
    source = accounting.text("sourceSessionId") or context.session
    named = accounting.count("sequence") or usage.text("apiCallId") or event.text("id") or time
    return _record(context, family_of(source), identity("used", named), time, usage, USED)


def _sums(part: Part, state: State, models: Entry, time: int) -> Iterator[Record]:
    for model in models:
        context = _context(part, state, model)
        record = _record(context, family_of(context.session), 0, time, models.inside(model, "usage"), 0)
        if record.total:
            yield sums(record, state.begun)


def _record(context: Context, family: int, variant: int, time: int, usage: Entry, mark: int) -> Record:
    given, read_, written = without_cached(
        usage.count("inputTokens"), usage.count("cacheReadTokens"), usage.count("cacheWriteTokens")
    )
    output = usage.count("outputTokens")
    return Record(
        context,
        family,
        variant,
        time,
        given,
        read_,
        written,
        0,
        output,
        min(usage.count("reasoningTokens"), output),
        uncertain=not (given or read_ or written or output),
        mark=mark,
    )


def _context(part: Part, state: State, model: str, event: Entry | None = None) -> Context:
    session = state.session or session_of(part.source.relative)
    agent_id = "" if event is None else event.text("agentId")
    rank = Rank.SUB_AGENT if agent_id else Rank.MAIN
    return Context(AGENT_ID, session, model, agent_id=agent_id, project=state.project, branch=state.branch, rank=rank)


def session_of(relative: str) -> str:
    """By a log's place: ``<session>/events.jsonl``, or of older versions ``<session>.jsonl``."""
    folders = relative.split("/")
    return folders[-2] if folders[-1] == "events.jsonl" and len(folders) > 1 else folders[-1].removesuffix(".jsonl")


def turns(part: Part, carry: Carry) -> Iterator[TurnEvent]:
    """See ``protocol.Reader``. What sub-agents do within a session is told by events with an agent's id."""
    state = _unpack(carry) if carry else State()
    for _, event in lines(part.data, _TURNS):
        if event is None:
            continue
        data = event.inside("data")
        if event.text("type") == "session.start":
            _begin(state, data)
            continue
        common: dict[str, Any] = {
            "session": state.session or session_of(part.source.relative),
            "time": event.time("timestamp") or part.modified,
            "agent_id": event.text("agentId"),
            "project": state.project,
            "branch": state.branch,
        }
        yield from _events(event.text("type"), data, common)


def _events(kind: str, data: Entry, common: dict[str, Any]) -> Iterator[TurnEvent]:
    match kind:
        case "user.message":
            yield TurnEvent(TurnKind.PROMPT, **common)
        case "assistant.turn_start":
            yield TurnEvent(TurnKind.TURN_OPEN, **common)
        case "assistant.message" if not data.entries("toolRequests"):
            # The turn of a request ends after each tool; the person's ends with an answer that asks for none.
            yield TurnEvent(TurnKind.TURN_CLOSED, model=data.text("model"), **common)
        case "tool.execution_start":
            ref, tool = data.text("toolCallId"), data.text("toolName")
            yield TurnEvent(TurnKind.TOOL_OPEN, ref=ref, tool=tool, **common)
        case "tool.execution_complete":
            yield TurnEvent(TurnKind.TOOL_CLOSED, ref=data.text("toolCallId"), **common)
        case "permission.requested" | "user_input.requested" | "elicitation.requested":
            yield TurnEvent(TurnKind.ASKS, ref=data.text("requestId"), **common)
        case "permission.completed" | "user_input.completed" | "elicitation.completed":
            yield TurnEvent(TurnKind.TOOL_CLOSED, ref=data.text("requestId"), **common)
        case "abort" | "session.shutdown":
            yield TurnEvent(TurnKind.INTERRUPTED, **common)
        case "session.compaction_complete":
            yield TurnEvent(TurnKind.COMPACTED, **common)
