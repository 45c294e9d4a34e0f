"""Claude Code's lines: from bytes to the few fields that bear on usage.

Owns the names and kinds of those fields and two ways of decoding them. Does not own what they mean
(claude_code_usage.py).

Decisions
---------
*Two decoders, one meaning.* Context: nine of ten bytes are content that nobody counts, and one line in thousands is
written oddly (a number as text, a field of another kind). Decision: a typed decoder, which skips what it is not asked
for, reads a line; one that it refuses is decoded loosely, field by field. Consequence: both give the same, to which a
property test holds them; the loose one alone would take three times as long.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, TypeVar

import msgspec

from tokenwatch.readers.jsonl import (
    MAX_COUNT,
    Fields,
    count,
    decoded,
    fields,
    hits,
    line_fields,
    object_fields,
    plain_value,
    text,
)

NEEDLE: Final = b'"usage"'

_Count = Annotated[int, msgspec.Meta(ge=0, le=MAX_COUNT)]
NOTHING: Final = msgspec.Raw()
T = TypeVar("T")


class Written(msgspec.Struct, gc=False):
    """Cache writes by how long they are kept."""

    ephemeral_5m_input_tokens: _Count = 0
    ephemeral_1h_input_tokens: _Count = 0


class Searches(msgspec.Struct, gc=False):
    web_search_requests: _Count = 0


class Usage(msgspec.Struct, gc=False):
    """``message.usage``: counts that do not overlap, except that the total of cache writes is also split."""

    input_tokens: _Count = 0
    cache_creation_input_tokens: _Count = 0
    cache_read_input_tokens: _Count = 0
    output_tokens: _Count = 0
    cache_creation: Written | None = None
    server_tool_use: Searches | None = None
    service_tier: str | None = None
    speed: str | None = None
    inference_geo: str | None = None
    iterations: msgspec.Raw = NOTHING


class Message(msgspec.Struct, gc=False):
    id: str | None = None
    model: str | None = None
    stop_reason: str | None = None
    usage: Usage | None = None


class Line(msgspec.Struct, gc=False):
    """A line of a transcript. ``data`` and ``toolUseResult`` are kept undecoded: they may hold anything."""

    type: str | None = None
    sessionId: str | None = None
    agentId: str | None = None
    isSidechain: bool | None = None
    isApiErrorMessage: bool | None = None
    requestId: str | None = None
    timestamp: str | None = None
    cwd: str | None = None
    gitBranch: str | None = None
    costUSD: msgspec.Raw = NOTHING
    message: Message | None = None
    data: msgspec.Raw = NOTHING
    toolUseResult: msgspec.Raw = NOTHING


class _Step(Usage, gc=False):
    type: str | None = None
    model: str | None = None


class _Kind(msgspec.Struct, gc=False):
    type: str | None = None


_line: Final = msgspec.json.Decoder(Line).decode
_steps: Final = msgspec.json.Decoder(list[msgspec.Raw]).decode
_kind: Final = msgspec.json.Decoder(_Kind).decode
_REFUSED: Final = (ValueError, RecursionError)


def lines(data: bytes) -> list[tuple[int, Line | None]]:
    """(begin, line) of every line that may hold usage, in order; None for one that is no JSON."""
    return decoded(data, (NEEDLE,), _line, loose_line)


def loose_line(found: Fields) -> Line:
    """As the typed decoder would have it, from values of any kind; what is of another kind is not there."""
    return Line(
        type=_text(found.get("type")),
        sessionId=_text(found.get("sessionId")),
        agentId=_text(found.get("agentId")),
        isSidechain=_switch(found.get("isSidechain")),
        isApiErrorMessage=_switch(found.get("isApiErrorMessage")),
        requestId=_text(found.get("requestId")),
        timestamp=_moment(found.get("timestamp")),
        cwd=_text(found.get("cwd")),
        gitBranch=_text(found.get("gitBranch")),
        costUSD=found.get("costUSD", NOTHING),
        message=_message(found.get("message")),
        data=found.get("data", NOTHING),
        toolUseResult=found.get("toolUseResult", NOTHING),
    )


def tells_copy(line: Line) -> tuple[Line | None, str, str]:
    """The line of a sub-agent that a ``progress`` line repeats, the sub-agent's id, and the repeated line's own."""
    data = fields(line.data)
    inner = fields(data.get("message"))
    if not inner:
        return None, "", ""
    return loose_line(inner), _text(data.get("agentId")) or "", _text(inner.get("uuid")) or ""


def finished(result: msgspec.Raw) -> tuple[str, Usage | None]:
    """The sub-agent whose end a tool's result tells, and the usage of its last response."""
    found = fields(result)
    return _text(found.get("agentId")) or "", _usage(found.get("usage"))


def is_special(iterations: msgspec.Raw) -> bool:
    """Whether there may be steps that the totals leave out."""
    written = bytes(iterations)
    return b"advisor" in written or b"compaction" in written


def steps(iterations: msgspec.Raw) -> list[tuple[str, str, Usage]]:
    """(kind, model, usage) of each step of a response that its totals leave out; an empty model is the same one.

    Steps of kind ``message`` are in the totals. Advice of another model and compactions are not.
    """
    if not is_special(iterations):
        return []
    try:
        found = _steps(iterations)
    except _REFUSED:
        return []
    result = []
    for raw in found:
        step = fields(raw)
        kind = {"advisor_message": "advisor", "compaction": "compaction"}.get(_text(step.get("type")) or "")
        if kind is not None:
            result.append((kind, _text(step.get("model")) or "", _usage(raw) or Usage()))
    return result


def user_records(data: bytes, begin: int, end: int) -> int:
    """How many lines in ``data[begin:end]`` are records of a person's words or a tool's result."""
    found = 0
    part = data[begin:end]
    for start, stop in hits(part, (b'"user"',)):
        line = part[start:stop]
        try:
            kind = _kind(line).type
        except _REFUSED:
            kind = _text((line_fields(line) or {}).get("type"))
        found += kind == "user"
    return found


def id_of_line(line: bytes) -> str:
    """The line's own id, asked for only where nothing else names a response."""
    return _text((line_fields(line) or {}).get("uuid")) or ""


def _message(value: msgspec.Raw | None) -> Message | None:
    found = object_fields(value)
    if found is None:
        return None
    return Message(
        id=_text(found.get("id")),
        model=_text(found.get("model")),
        stop_reason=_text(found.get("stop_reason")),
        usage=_usage(found.get("usage")),
    )


def _usage(value: msgspec.Raw | None) -> Usage | None:
    found = object_fields(value)
    if found is None:
        return None
    written = fields(found.get("cache_creation"))
    searches = fields(found.get("server_tool_use"))
    return Usage(
        input_tokens=_number(found.get("input_tokens")),
        cache_creation_input_tokens=_number(found.get("cache_creation_input_tokens")),
        cache_read_input_tokens=_number(found.get("cache_read_input_tokens")),
        output_tokens=_number(found.get("output_tokens")),
        cache_creation=Written(
            _number(written.get("ephemeral_5m_input_tokens")), _number(written.get("ephemeral_1h_input_tokens"))
        ),
        server_tool_use=Searches(_number(searches.get("web_search_requests"))),
        service_tier=_text(found.get("service_tier")),
        speed=_text(found.get("speed")),
        inference_geo=_text(found.get("inference_geo")),
        iterations=found.get("iterations", NOTHING),
    )


def _number(value: msgspec.Raw | None) -> int:
    return count(plain_value(value))


def _text(value: msgspec.Raw | None) -> str | None:
    found = plain_value(value)
    return text(found) if isinstance(found, str) else None


def _switch(value: msgspec.Raw | None) -> bool | None:
    return True if plain_value(value) is True else None


def _moment(value: msgspec.Raw | None) -> str | None:
    """Text; a bare number, which older writers may have used, as text."""
    found: Any = plain_value(value)
    if isinstance(found, int | float) and not isinstance(found, bool):
        return str(found)
    return text(found) if isinstance(found, str) else None
