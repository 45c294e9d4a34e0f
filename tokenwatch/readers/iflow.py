"""iFlow CLI: where it keeps its sessions, how its processes look, and what their lines mean.

Owns all that bears on this agent. It keeps no registry of what runs.

Facts: it is made from Gemini CLI, but its lines are shaped as Claude Code's: an answer has a message with a use,
whose input and output are all that is told. Whether anything was cached is not known, so the input is priced as if
nothing was. A line's own id names an answer, and a session's is also its file's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Context, Record, Signature, identity
from tokenwatch.readers.entry import Entry, lines
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.protocol import MALFORMED, Carry, Kind, Part, ReadResult, Root, TurnEvent, TurnKind

AGENT: Final = Agent(
    id="iflow",
    name="iFlow CLI",
    short_name="iFlow",
    letter="F",
    provider="iflow",
    signature=Signature(
        programs=("iflow",),
        scripts=(r"/@iflow-ai/iflow-cli/(.*/)?[^/]+\.m?js$",),
        not_arguments=("mcp", "agent", "workflow", "commands", "--version", "-v", "--help", "-h"),
        hosts=("--experimental-acp",),
        relaunches=True,
    ),
    unknown="What was read from a cache is not written.",
)

_USAGE: Final = b'"usage"'
_TURNS: Final = (b'"assistant"', b'"user"')


class _Carry(msgspec.Struct, array_like=True):
    last_time: int = 0


_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(_Carry).decode


class IFlow(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        yield Root(AGENT.id, paths.home / ".iflow" / "projects", _is_session, Kind.LINES, depth=1)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        state = _unpack(carry) if carry else _Carry()
        records: list[Record] = []
        skipped: dict[str, int] = {}
        for _, line in lines(part.data, (_USAGE,)):
            if line is None:
                skipped[MALFORMED] = skipped.get(MALFORMED, 0) + 1
                continue
            state.last_time = line.time("timestamp") or state.last_time
            record = _record(part, line, state.last_time or part.modified)
            if record is not None:
                records.append(record)
        return ReadResult(records, _pack(state), skipped=skipped)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        for _, line in lines(part.data, _TURNS):
            if line is not None:
                yield from _events(line, _common(part, line))


READER: Final = IFlow()


def _record(part: Part, line: Entry, time: int) -> Record | None:
    message = line.inside("message")
    usage = message.inside("usage")
    given, output = usage.count("input_tokens"), usage.count("output_tokens")
    if line.text("type") != "assistant" or not (given or output):
        return None
    session = _session(part, line)
    named = line.text("uuid") or message.text("id")
    family = identity(AGENT.id, "answer", named) if named else identity(AGENT.id, session, time, given, output)
    context = Context(
        AGENT.id,
        session,
        message.text("model"),
        project=line.text("cwd"),
        branch=line.text("gitBranch"),
        estimated=1,
    )
    return Record(context, family, 0, time, given, output=output)


def _common(part: Part, line: Entry) -> dict[str, Any]:
    time = line.time("timestamp") or part.modified
    return {
        "session": _session(part, line),
        "time": time,
        "project": line.text("cwd"),
        "branch": line.text("gitBranch"),
    }


def _events(line: Entry, common: dict[str, Any]) -> Iterator[TurnEvent]:
    message = line.inside("message")
    blocks = message.entries("content")
    if line.text("type") == "assistant":
        calls = [block for block in blocks if block.text("type") == "tool_use"]
        for call in calls:
            yield TurnEvent(TurnKind.TOOL_OPEN, ref=call.text("id"), tool=call.text("name"), **common)
        if not calls:
            yield TurnEvent(TurnKind.TURN_CLOSED, model=message.text("model"), **common)
    elif line.text("type") == "user":
        results = [block for block in blocks if block.text("type") == "tool_result"]
        for result in results:
            yield TurnEvent(TurnKind.TOOL_CLOSED, ref=result.text("tool_use_id"), **common)
        if not results:
            yield TurnEvent(TurnKind.PROMPT, **common)


def _session(part: Part, line: Entry) -> str:
    return line.text("sessionId") or part.source.relative.rsplit("/", 1)[-1].removesuffix(".jsonl")


def _is_session(relative: str) -> bool:
    return relative.endswith(".jsonl") and relative.rsplit("/", 1)[-1].startswith("session-")
