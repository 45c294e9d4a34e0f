"""Codex's turns: what a rollout tells of who is at work.

Owns the lines that open and close turns and tool calls, of a thread and of sub-agents, which are threads of their
own. Does not own states (live/states.py) and keeps no content: of a tool call its id and name, of words nothing.

Fact: that Codex waits for an approval is written nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from tokenwatch.readers.codex_cli_lines import Meta, first_meta
from tokenwatch.readers.codex_cli_usage import state_of, thread_of
from tokenwatch.readers.jsonl import fields, hits, milliseconds, plain_value, text
from tokenwatch.readers.protocol import Carry, Part, TurnEvent, TurnKind

_NEEDLES: Final = (b'"event_msg"', b'"response_item"', b'"turn_context"')
_CALLS: Final = frozenset(("function_call", "custom_tool_call", "local_shell_call"))
_RESULTS: Final = frozenset(("function_call_output", "custom_tool_call_output", "local_shell_call_output"))
_MACHINES: Final = frozenset(("exec", "automation", "schedule", "cron"))
"""Who may have started a turn in which nobody typed."""

_PATCHED: Final = re.compile(r"^\*\*\* (?:Add|Update|Delete) File: (.{1,400})$", re.MULTILINE)
_LOOKED_AT: Final = 4096
"""Characters of a patch in which the name of its first file is looked for."""

_NOTHING: Final = msgspec.Raw()


class _Payload(msgspec.Struct, gc=False):
    type: str | None = None
    turn_id: str | None = None
    call_id: str | None = None
    name: str | None = None
    model: str | None = None
    cwd: str | None = None
    reason: str | None = None
    model_context_window: int | None = None
    arguments: msgspec.Raw = _NOTHING
    input: msgspec.Raw = _NOTHING
    turn_attribution: msgspec.Raw = _NOTHING


class _Line(msgspec.Struct, gc=False):
    timestamp: str | None = None
    type: str | None = None
    payload: _Payload | None = None


_line: Final = msgspec.json.Decoder(_Line).decode
_REFUSED: Final = (ValueError, RecursionError)


def turns(part: Part, carry: Carry) -> Iterator[TurnEvent]:
    """See ``protocol.Reader``. Lines that are not understood tell nothing; workers of Codex itself are no agents."""
    state = state_of(carry)
    meta = state.meta if state.meta.thread else first_meta(part.data) or Meta()
    if meta.internal:
        return
    thread = meta.thread or thread_of(part.source.relative)
    common: dict[str, Any] = {
        "session": thread,
        "agent_id": meta.agent_id,
        "parent_session": meta.spawned_by,
        "project": state.cwd or meta.cwd,
        "branch": meta.branch,
        "model": state.model,
        "agent_name": meta.nickname,
    }
    typed = True
    view = memoryview(part.data)
    for begin, end in hits(part.data, _NEEDLES):
        try:
            line = _line(view[begin:end])
        except _REFUSED:
            continue
        payload = line.payload
        if payload is None:
            continue
        if line.type == "turn_context":
            common["model"] = payload.model or common["model"]
            common["project"] = payload.cwd or common["project"]
            continue
        found = (
            _event(payload) if line.type == "event_msg" else _call(payload) if line.type == "response_item" else None
        )
        if found is not None:
            kind, ref = found
            if kind is TurnKind.TURN_OPEN:
                typed = _trigger(payload) not in _MACHINES
            opens_tool = kind is TurnKind.TOOL_OPEN
            time = milliseconds(line.timestamp) if line.timestamp else None
            yield TurnEvent(
                kind,
                time=part.modified if time is None else time,
                ref=ref,
                tool=payload.name or "" if opens_tool else "",
                target=_target(payload) if opens_tool else "",
                call=hash((payload.name, bytes(payload.arguments), bytes(payload.input))) if opens_tool else 0,
                typed=typed,
                context_window=payload.model_context_window,
                **common,
            )


def _event(payload: _Payload) -> tuple[TurnKind, str] | None:
    turn = payload.turn_id or ""
    match payload.type:
        case "task_started" | "turn_started":
            return TurnKind.TURN_OPEN, turn
        case "task_complete" | "turn_complete":
            return TurnKind.TURN_CLOSED, turn
        case "turn_aborted":
            # A turn that another one replaced has ended by itself; the person stopped nothing.
            return (TurnKind.TURN_CLOSED if turn else TurnKind.INTERRUPTED), turn
        case "user_message":
            return TurnKind.PROMPT, ""
        case "context_compacted":
            return TurnKind.COMPACTED, ""
        case "error" | "stream_error":
            return TurnKind.FAILED, ""
    return None


def _call(payload: _Payload) -> tuple[TurnKind, str] | None:
    if payload.type in _CALLS:
        return TurnKind.TOOL_OPEN, payload.call_id or ""
    if payload.type in _RESULTS:
        return TurnKind.TOOL_CLOSED, payload.call_id or ""
    return None


def _trigger(payload: _Payload) -> str:
    return text(plain_value(fields(payload.turn_attribution).get("turn_trigger"))) if payload.turn_attribution else ""


def _target(payload: _Payload) -> str:
    """The base name of the first file that a patch is about."""
    patch = plain_value(payload.input) if payload.name == "apply_patch" and payload.input else None
    found = _PATCHED.search(patch[:_LOOKED_AT]) if isinstance(patch, str) else None
    return text(found[1]).strip().replace("\\", "/").rsplit("/", 1)[-1] if found else ""
