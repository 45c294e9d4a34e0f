"""Claude Code's turns: what a transcript tells of who is at work and who is waited for.

Owns the lines that open and close turns and tool calls, of a session and of its sub-agents. Does not own states
(live/states.py) and keeps no content: of a tool call its id and name, of words nothing.

Facts: a permission dialog leaves no line; a question or a plan to approve is a tool call of its own; a sub-agent's
end is the result of the tool call that started it, or a notice of a task that ran in the background. Some versions
never write why a response stopped, so a turn of theirs is not seen to end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from tokenwatch.readers.jsonl import fields, hits, milliseconds, plain_value, text
from tokenwatch.readers.protocol import Part, TurnEvent, TurnKind

ASKING_TOOLS: Final = frozenset(("AskUserQuestion", "ExitPlanMode"))
_INTERRUPTED: Final = "[Request interrupted by user"
_ENDS: Final = frozenset(("end_turn", "stop_sequence", "max_tokens", "refusal"))
_NOTICES: Final = ("<task-notification", "<local-command-", "<system-reminder", "<bash-stdout", "<teammate-message")
"""How texts begin that stand where a person's words would, and that no person typed."""

_MACHINES: Final = frozenset(
    ("sdk", "system", "hook", "cron", "schedule", "scheduled", "loop", "notification", "agent")
)
_ENDED_TASK: Final = re.compile(r"<task-id>([\w-]{1,64})</task-id>")
_STILL_RUNS: Final = re.compile(r"<status>(running|pending|started)</status>")
_FILES: Final = {
    "Read": "file_path",
    "Edit": "file_path",
    "MultiEdit": "file_path",
    "Write": "file_path",
    "NotebookEdit": "notebook_path",
}
"""Tools that are about one file, and the argument that names it."""

_COMPACTION: Final = "acompact"
"""How the ids of workers that compact a conversation begin: billed, but no agents."""

_NEEDLES: Final = (b'"assistant"', b'"user"', b'"system"')
_NOTHING: Final = msgspec.Raw()


class _Block(msgspec.Struct, gc=False):
    type: str | None = None
    id: str | None = None
    name: str | None = None
    tool_use_id: str | None = None
    text: str | None = None
    input: msgspec.Raw = _NOTHING


class _Message(msgspec.Struct, gc=False):
    model: str | None = None
    stop_reason: str | None = None
    content: msgspec.Raw = _NOTHING


class _Line(msgspec.Struct, gc=False):
    type: str | None = None
    subtype: str | None = None
    sessionId: str | None = None
    agentId: str | None = None
    isSidechain: bool | None = None
    isMeta: bool | None = None
    isCompactSummary: bool | None = None
    isApiErrorMessage: bool | None = None
    promptSource: str | None = None
    entrypoint: str | None = None
    origin: msgspec.Raw = _NOTHING
    timestamp: str | None = None
    cwd: str | None = None
    gitBranch: str | None = None
    message: _Message | None = None
    toolUseResult: msgspec.Raw = _NOTHING


_line: Final = msgspec.json.Decoder(_Line).decode
_blocks: Final = msgspec.json.Decoder(list[_Block]).decode
_REFUSED: Final = (ValueError, RecursionError)


def turns(part: Part) -> Iterator[TurnEvent]:
    """See ``protocol.Reader``. Lines that are not understood tell nothing."""
    name = part.source.relative.rsplit("/", 1)[-1].removesuffix(".jsonl")
    agent_of_file = name.removeprefix("agent-") if name.startswith("agent-") else ""
    view = memoryview(part.data)
    for begin, end in hits(part.data, _NEEDLES):
        try:
            line = _line(view[begin:end])
        except _REFUSED:
            continue
        if line.isMeta or line.type not in ("assistant", "user", "system"):
            continue
        agent_id = line.agentId or agent_of_file
        session = line.sessionId or ("" if agent_of_file else name)
        side = bool(line.isSidechain or agent_id)
        time = milliseconds(line.timestamp) if line.timestamp else None
        if not session or agent_id.startswith(_COMPACTION) or (side and not agent_id):
            continue
        common = {
            "session": session,
            "time": part.modified if time is None else time,
            "project": line.cwd or "",
            "branch": line.gitBranch or "",
        }
        yield from _events(line, agent_id, common)


def _events(line: _Line, agent_id: str, common: dict[str, Any]) -> Iterator[TurnEvent]:
    if line.type == "system":
        kind = {"compact_boundary": TurnKind.COMPACTED, "api_error": TurnKind.FAILED}.get(line.subtype or "")
        if kind is not None:
            yield TurnEvent(kind, agent_id=agent_id, **common)
    elif line.message is None:
        return
    elif line.type == "assistant":
        if line.isApiErrorMessage:
            yield TurnEvent(TurnKind.FAILED, agent_id=agent_id, **common)
        yield from _said(line.message, agent_id, common)
    elif not line.isCompactSummary:
        yield from _heard(line, line.message, agent_id, common)


def _said(message: _Message, agent_id: str, common: dict[str, Any]) -> Iterator[TurnEvent]:
    """The model's side: tools it calls, questions it asks, and the end of its turn."""
    model = message.model if message.model and not message.model.startswith("<") else ""
    calls = [block for block in _content(message.content) if block.type == "tool_use"]
    for call in calls:
        kind = TurnKind.ASKS if call.name in ASKING_TOOLS and not agent_id else TurnKind.TOOL_OPEN
        yield TurnEvent(
            kind,
            agent_id=agent_id,
            ref=call.id or "",
            tool=call.name or "",
            model=model,
            target=_target(call),
            call=hash((call.name, bytes(call.input))),
            **common,
        )
    if calls:
        return
    kind = TurnKind.TURN_CLOSED if message.stop_reason in _ENDS else TurnKind.TURN_OPEN
    yield TurnEvent(kind, agent_id=agent_id, model=model, **common)


def _heard(line: _Line, message: _Message, agent_id: str, common: dict[str, Any]) -> Iterator[TurnEvent]:
    """The other side: a person's words, or what tools gave back."""
    blocks = _content(message.content)
    results = [block for block in blocks if block.type == "tool_result"]
    for result in results:
        yield TurnEvent(TurnKind.TOOL_CLOSED, agent_id=agent_id, ref=result.tool_use_id or "", **common)
    if results:
        ended = _ended_sub_agent(line.toolUseResult)
        if ended and not agent_id:
            yield TurnEvent(TurnKind.TURN_CLOSED, agent_id=ended, **common)
    words = [block.text or "" for block in blocks if block.type == "text"]
    if any(word.startswith(_INTERRUPTED) for word in words):
        yield TurnEvent(TurnKind.INTERRUPTED, agent_id=agent_id, **common)
    elif words and not results:
        notice = words[0].lstrip().startswith(_NOTICES)
        if notice and not agent_id and not _STILL_RUNS.search(words[0]):
            for task in _ENDED_TASK.findall(words[0]):
                yield TurnEvent(TurnKind.TURN_CLOSED, agent_id=task, **common)
        yield TurnEvent(TurnKind.PROMPT, agent_id=agent_id, typed=not notice and _typed(line), **common)


def _typed(line: _Line) -> bool:
    """Whether a person typed the prompt, as far as the line tells: not a schedule, a hook or another program."""
    origin = plain_value(fields(line.origin).get("kind")) if line.origin else None
    return not (
        (isinstance(origin, str) and origin != "human")
        or (line.promptSource or "") in _MACHINES
        or (line.entrypoint or "").startswith("sdk")
    )


def _target(call: _Block) -> str:
    """The base name of the file that a tool call is about."""
    argument = _FILES.get(call.name or "")
    if argument is None or not call.input:
        return ""
    path = text(plain_value(fields(call.input).get(argument)))
    return path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def _content(content: msgspec.Raw) -> list[_Block]:
    """A message's blocks; plain text is one block."""
    try:
        return _blocks(content)
    except _REFUSED:
        pass
    if not content or bytes(memoryview(content)[:1]) != b'"':
        return []
    return [_Block(type="text", text=text(plain_value(content)))]


def _ended_sub_agent(result: msgspec.Raw) -> str:
    """The sub-agent that a tool's result speaks of as ended; one that was sent to the background has not."""
    found = fields(result)
    if "agentId" not in found or not ("usage" in found or plain_value(found.get("status")) == "completed"):
        return ""
    return text(plain_value(found["agentId"]))
