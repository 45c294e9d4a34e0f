"""Qwen Code's chats: from lines to records and turns.

Owns what their lines mean. Does not own places (qwen_code.py) or the older documents (gemini_chats.py).

Facts: an ``assistant`` line tells a response and its usage; current versions write an event ``api_response`` as well,
one for every call, also for calls in the background that have no other line. Names of fields are Gemini's; with most
back ends the cached part is inside the prompt and thoughts are inside the candidates, which the total decides.

Decisions
---------
*Event and line are one family.* Context: the two name nothing in common, and a file may begin before events existed.
Decision: the family of both is the model and the counts; of a family as many entries count as there are events or
lines, whichever are more, events first. Consequence: neither the order of lines nor a copy of the file matters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from tokenwatch.base.usage import Context, Record, identity
from tokenwatch.readers.arbitration import Disjoint
from tokenwatch.readers.entry import Entry, lines
from tokenwatch.readers.gemini_usage import Names
from tokenwatch.readers.protocol import MALFORMED, Carry, Part, ReadResult, TurnEvent, TurnKind

AGENT_ID: Final = "qwen-code"
_EVENT: Final = "qwen-code.api_response"
_NEEDLES: Final = (b'"usageMetadata"', b'"qwen-code.api_response"')
_TURNS: Final = (b'"assistant"', b'"user"', b'"tool_result"', b'"chat_compression"')
_EVENT_COUNTS: Final = Names(
    "input_token_count",
    "output_token_count",
    "cached_content_token_count",
    "thoughts_token_count",
    "tool_token_count",
    "total_token_count",
    thoughts_inside=True,
)
_LINE_COUNTS: Final = Names(
    "promptTokenCount",
    "candidatesTokenCount",
    "cachedContentTokenCount",
    "thoughtsTokenCount",
    "toolUsePromptTokenCount",
    "totalTokenCount",
    thoughts_inside=True,
)
_LINE: Final = -1
"""The mark of an entry that stands for the line of a response; of events it is 0."""


class _Carry(msgspec.Struct, array_like=True):
    last_time: int = 0


_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(_Carry).decode


def is_chat(relative: str) -> bool:
    """``<folder's slug>/chats/<session>.jsonl``"""
    return relative.endswith(".jsonl") and "chats" in relative.split("/")[1:-1]


def read(part: Part, carry: Carry) -> ReadResult:
    """See ``protocol.Reader``."""
    state = _unpack(carry) if carry else _Carry()
    records: list[Record] = []
    skipped: dict[str, int] = {}
    for _, line in lines(part.data, _NEEDLES):
        if line is None:
            skipped[MALFORMED] = skipped.get(MALFORMED, 0) + 1
            continue
        state.last_time = line.time("timestamp") or state.last_time
        time = state.last_time or part.modified
        event = line.inside("systemPayload", "uiEvent")
        if event.text("event.name") == _EVENT:
            record = _of_event(part, line, event, event.time("event.timestamp") or time)
        else:
            record = _of_line(part, line, line.inside("usageMetadata"), time)
        if record is not None:
            records.append(record)
    return ReadResult(records, _pack(state), skipped=skipped)


def settle(family: Sequence[Record]) -> Sequence[Record]:
    """All events, and lines only as far as there are more of them."""
    events = [entry for entry in family if entry.mark != _LINE]
    said = sorted((entry for entry in family if entry.mark == _LINE), key=lambda entry: (entry.time, entry.variant))
    return events + said[: max(0, len(said) - len(events))]


def turns(part: Part) -> Iterator[TurnEvent]:
    """See ``protocol.Reader``."""
    for _, line in lines(part.data, _TURNS):
        if line is None:
            continue
        common: dict[str, Any] = {
            "session": _session(part, line),
            "time": line.time("timestamp") or part.modified,
            "project": line.text("cwd"),
            "branch": line.text("gitBranch"),
        }
        match line.text("type"):
            case "user":
                yield TurnEvent(TurnKind.PROMPT, **common)
            case "assistant":
                yield from _answer(line, common)
            case "tool_result":
                yield TurnEvent(TurnKind.TOOL_CLOSED, ref=line.inside("toolCallResult").text("callId"), **common)
                yield TurnEvent(TurnKind.PROMPT, **common)
            case "system" if line.text("subtype") == "chat_compression":
                yield TurnEvent(TurnKind.COMPACTED, **common)


def _answer(line: Entry, common: dict[str, Any]) -> Iterator[TurnEvent]:
    calls = [call for part in line.inside("message").entries("parts") if (call := part.inside("functionCall"))]
    for call in calls:
        yield TurnEvent(TurnKind.TOOL_OPEN, ref=call.text("id"), tool=call.text("name"), **common)
    if not calls:
        yield TurnEvent(TurnKind.TURN_CLOSED, model=line.text("model"), **common)


def _of_event(part: Part, line: Entry, event: Entry, time: int) -> Record | None:
    counts = _EVENT_COUNTS.read(event)
    said = event.text("response_id")
    variant = identity("event", said) if said else identity("event", line.text("uuid"), time)
    return _record(part, line, event.text("model"), event.text("subagent_name"), counts, variant, time, 0)


def _of_line(part: Part, line: Entry, usage: Entry, time: int) -> Record | None:
    counts = _LINE_COUNTS.read(usage)
    said = line.text("uuid")
    variant = identity("line", said) if said else identity("line", _session(part, line), time)
    return _record(part, line, line.text("model"), "", counts, variant, time, _LINE)


def _record(
    part: Part, line: Entry, model: str, sub_agent: str, counts: Disjoint, variant: int, time: int, mark: int
) -> Record | None:
    parts = (counts.input, counts.cache_read, counts.output, counts.reasoning)
    if not any(parts):
        return None
    context = Context(
        AGENT_ID,
        _session(part, line),
        model,
        agent_id=sub_agent,
        project=line.text("cwd"),
        branch=line.text("gitBranch"),
        estimated=int(not counts.sure),
    )
    return Record(
        context,
        identity(AGENT_ID, model, *parts),
        variant,
        time,
        input=counts.input,
        cache_read=counts.cache_read,
        output=counts.output,
        reasoning=counts.reasoning,
        mark=mark,
    )


def _session(part: Part, line: Entry) -> str:
    return line.text("sessionId") or part.source.relative.rsplit("/", 1)[-1].removesuffix(".jsonl")
