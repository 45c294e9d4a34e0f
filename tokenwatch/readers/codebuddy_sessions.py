"""Sessions as CodeBuddy and WorkBuddy write them: from lines to records and turns.

Owns the lines of that format. Does not own places or descriptions (codebuddy.py, workbuddy.py).

Facts: folders are laid out as Claude Code's, lines are not. One line of each request, a message or a call of a tool,
has its use as the provider told it; other lines of the request repeat its id. Names are OpenAI's: what was cached is
part of the prompt and thinking part of the completion, which the total confirms. A sub-agent's file stands in a
folder that is named after its session, and has a session of its own inside. Credits are the unit that is billed, not
money.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from tokenwatch.base.usage import Context, Rank, Record, identity
from tokenwatch.readers.entry import Entry, lines, without_cached
from tokenwatch.readers.protocol import MALFORMED, Carry, Part, ReadResult, TurnEvent, TurnKind

_USAGE: Final = b'"rawUsage"'
_TURNS: Final = (b'"message"', b'"function_call"', b'"function_call_result"')
_READ: Final = ("prompt_cache_hit_tokens", "cache_read_input_tokens", "cached_tokens")
_WRITTEN: Final = ("cache_creation_input_tokens", "prompt_cache_write_tokens")
_ASKING_TOOLS: Final = frozenset(("AskUserQuestion", "ExitPlanMode"))


class _Carry(msgspec.Struct, array_like=True):
    last_time: int = 0


_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(_Carry).decode


def read(agent: str, part: Part, carry: Carry) -> ReadResult:
    """See ``protocol.Reader``."""
    state = _unpack(carry) if carry else _Carry()
    records: list[Record] = []
    skipped: dict[str, int] = {}
    for _, line in lines(part.data, (_USAGE,)):
        if line is None:
            skipped[MALFORMED] = skipped.get(MALFORMED, 0) + 1
            continue
        state.last_time = line.time("timestamp") or state.last_time
        record = _record(agent, part, line, state.last_time or part.modified)
        if record is not None:
            records.append(record)
    return ReadResult(records, _pack(state), skipped=skipped)


def _record(agent: str, part: Part, line: Entry, time: int) -> Record | None:
    about = line.inside("providerData")
    usage = about.inside("rawUsage")
    given, read_, written = _prompt(usage)
    output = usage.count("completion_tokens")
    if not (given or read_ or written or output):
        return None
    named = about.text("messageId") or line.text("id")
    session, agent_id = names(part.source.relative, line)
    context = Context(
        agent,
        session,
        about.text("model"),
        agent_id=agent_id,
        project=line.text("cwd"),
        rank=Rank.SUB_AGENT if agent_id else Rank.MAIN,
    )
    family = identity(agent, "message", named) if named else identity(agent, session, time, given, read_, output)
    details = usage.inside("completion_tokens_details")
    reasoning = usage.count("completion_thinking_tokens") or details.count("reasoning_tokens")
    return Record(context, family, 0, time, given, read_, written, 0, output, min(reasoning, output))


def _prompt(usage: Entry) -> tuple[int, int, int]:
    """(input, cache read, cache write); the total tells if a provider leaves the cached part out of the prompt."""
    given, written = usage.count("prompt_tokens"), usage.count(*_WRITTEN)
    read_ = usage.count(*_READ) or usage.inside("prompt_tokens_details").count("cached_tokens")
    if usage.count("total_tokens") == given + read_ + written + usage.count("completion_tokens"):
        return given, read_, written
    return without_cached(given, read_, written)


def turns(part: Part) -> Iterator[TurnEvent]:
    """See ``protocol.Reader``. A turn ends with a message of the model that no call of a tool follows."""
    for _, line in lines(part.data, _TURNS):
        if line is not None:
            session, agent_id = names(part.source.relative, line)
            common: dict[str, Any] = {
                "session": session,
                "agent_id": agent_id,
                "time": line.time("timestamp") or part.modified,
                "project": line.text("cwd"),
            }
            yield from _events(line, common)


def _events(line: Entry, common: dict[str, Any]) -> Iterator[TurnEvent]:
    match line.text("type"):
        case "message" if line.text("role") == "user":
            yield TurnEvent(TurnKind.PROMPT, **common)
        case "message" if line.text("role") == "assistant":
            yield TurnEvent(TurnKind.TURN_CLOSED, model=line.inside("providerData").text("model"), **common)
        case "function_call":
            kind = TurnKind.ASKS if line.text("name") in _ASKING_TOOLS else TurnKind.TOOL_OPEN
            yield TurnEvent(kind, ref=line.text("callId"), tool=line.text("name"), **common)
        case "function_call_result":
            yield TurnEvent(TurnKind.TOOL_CLOSED, ref=line.text("callId"), **common)


def names(relative: str, line: Entry) -> tuple[str, str]:
    """(session, sub-agent): by the place ``<session>/subagents/agent-<id>.jsonl``, else by the line."""
    *folders, name = relative.split("/")
    stem = name.removesuffix(".jsonl")
    if folders[-1:] == ["subagents"] and len(folders) > 1:
        return folders[-2], stem.removeprefix("agent-")
    return line.text("sessionId") or stem, ""


def is_session(relative: str) -> bool:
    return relative.endswith(".jsonl")
