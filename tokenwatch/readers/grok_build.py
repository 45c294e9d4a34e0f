"""Grok Build: where it keeps its sessions, how its processes look, and what their updates mean.

Owns all that bears on this agent. Other programs are called grok: only its place tells it.

Facts: ``updates.jsonl`` is append-only. The end of a turn tells what all its requests used together; it may be
written again, then the last one holds. What was read from a cache or written to it is part of the input, reasoning is
part of the output. ``modelUsage`` divides the same tokens among models. A turn that was cancelled tells nothing.
Sessions of the first versions tell nothing either: they wrote only how large the conversation was. The call that
makes a title is written nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final
from urllib.parse import unquote

import msgspec

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Context, Rank, Record, Signature, identity
from tokenwatch.readers.entry import Entry, lines, without_cached
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import homes
from tokenwatch.readers.protocol import MALFORMED, Carry, Part, ReadResult, Root, TurnEvent, TurnKind

AGENT: Final = Agent(
    id="grok",
    name="Grok Build",
    short_name="Grok",
    letter="Z",
    provider="x-ai",
    signature=Signature(
        paths=(
            r"/\.grok/(.*/)?grok[^/]*$",
            r"/@xai-official/grok[^/]*/(.*/)?grok(-native)?(\.exe)?$",
        ),
        scripts=(r"/@xai-official/grok/(.*/)?[^/]+$",),
        not_arguments=(
            "login",
            "logout",
            "update",
            "mcp",
            "models",
            "inspect",
            "sessions",
            "export",
            "import",
            "setup",
            "completions",
            "help",
            "version",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
        hosts=(
            "acp",
            "agent stdio",
            "agent serve",
            "agent leader",
        ),
        relaunches=True,
    ),
    unknown="The call that makes a title is written nowhere, and the first versions wrote no counts.",
)

_NEEDLES: Final = (b'"turn_completed"',)
_TURNS: Final = (
    b'"turn_completed"',
    b'"user_message_chunk"',
    b'"tool_call"',
    b'"tool_call_update"',
    b'"pending_interaction"',
    b'"interaction_resolved"',
)
_ENDED: Final = frozenset(("completed", "failed"))
_UUID: Final = 36
_WHOLE: Final = 0
"""Variant of an entry whose tokens are not divided among models."""


class _Carry(msgspec.Struct, array_like=True):
    last_time: int = 0


_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(_Carry).decode


class GrokBuild(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        for home in homes(paths, "GROK_HOME", default=paths.home / ".grok"):
            yield Root(AGENT.id, home / "sessions", _is_updates)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        state = _unpack(carry) if carry else _Carry()
        records: list[Record] = []
        skipped: dict[str, int] = {}
        for _, line in lines(part.data, _NEEDLES):
            if line is None:
                skipped[MALFORMED] = skipped.get(MALFORMED, 0) + 1
            else:
                records += _records(part, state, line)
        return ReadResult(records, _pack(state), skipped=skipped)

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        """Of a turn that was told both whole and divided, the larger way counts, in doubt the divided one."""
        whole = [entry for entry in family if entry.variant == _WHOLE]
        parts = [entry for entry in family if entry.variant != _WHOLE]
        return whole if sum(entry.total for entry in whole) > sum(entry.total for entry in parts) else parts

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        project, session = _names(part.source.relative)
        for _, line in lines(part.data, _TURNS):
            if line is not None:
                params = line.inside("params")
                time = _time(line, params) or part.modified
                said = params.text("sessionId") or session
                yield from _events(params.inside("update"), {"session": said, "project": project, "time": time})


READER: Final = GrokBuild()


def _records(part: Part, state: _Carry, line: Entry) -> Iterator[Record]:
    params = line.inside("params")
    update = params.inside("update")
    usage = update.inside("usage")
    if update.text("sessionUpdate") != "turn_completed" or not usage:
        return
    time = _time(line, params)
    state.last_time = time or state.last_time
    time = state.last_time or part.modified
    project, folder = _names(part.source.relative)
    session, meta = params.text("sessionId") or folder, params.inside("_meta")
    origin = _origin(meta) or session
    rank = Rank.MAIN if origin == session else Rank.COPY
    prompt = update.text("prompt_id") or meta.text("promptId", "eventId") or time
    family = identity(AGENT.id, origin, prompt)

    def context(model: str) -> Context:
        return Context(AGENT.id, origin, model, project=project, rank=rank)

    divided = usage.inside("modelUsage")
    for model in divided:
        yield _record(context(model), family, identity(model), time, divided, model)
    if usage.count("inputTokens") or usage.count("outputTokens"):
        # One model's share of a turn may leave out what the turn's total has.
        model = next(iter(divided)) if sum(1 for _ in divided) == 1 else ""
        yield _record(context(model), family, _WHOLE, time, update, "usage")


def _origin(meta: Entry) -> str:
    """The session in which an event came about: a fork copies events and puts its own name on all but their ids."""
    session, _, number = meta.text("eventId").rpartition("-")
    return session if len(session) == _UUID and number.isdigit() else ""


def _record(context: Context, family: int, variant: int, time: int, holder: Entry, name: str) -> Record:
    usage = holder.inside(name)
    given, read, written = without_cached(
        usage.count("inputTokens"), usage.count("cachedReadTokens"), usage.count("cacheCreationTokens")
    )
    output = usage.count("outputTokens")
    reasoning = min(usage.count("reasoningTokens"), output)
    return Record(context, family, variant, time, given, read, written, 0, output, reasoning)


def _time(line: Entry, params: Entry) -> int | None:
    return params.inside("_meta").time("agentTimestampMs") or line.time("timestamp")


def _events(update: Entry, common: dict[str, Any]) -> Iterator[TurnEvent]:
    match update.text("sessionUpdate"):
        case "user_message_chunk":
            yield TurnEvent(TurnKind.PROMPT, **common)
        case "tool_call":
            ref, tool = update.text("toolCallId"), update.text("kind")
            yield TurnEvent(TurnKind.TOOL_OPEN, ref=ref, tool=tool, **common)
        case "tool_call_update" if update.text("status") in _ENDED:
            yield TurnEvent(TurnKind.TOOL_CLOSED, ref=update.text("toolCallId"), **common)
        case "pending_interaction":
            yield TurnEvent(TurnKind.ASKS, **common)
        case "interaction_resolved":
            yield TurnEvent(TurnKind.TOOL_CLOSED, **common)
        case "turn_completed":
            kind = TurnKind.INTERRUPTED if update.text("stop_reason") == "cancelled" else TurnKind.TURN_CLOSED
            yield TurnEvent(kind, **common)


def _names(relative: str) -> tuple[str, str]:
    """(project, session) by the place ``<project, encoded as in an address>/<session>/updates.jsonl``."""
    folders = relative.split("/")[:-1]
    project = unquote(folders[-2]) if len(folders) >= 2 else ""
    return (project if project.startswith(("/", "\\")) or project[1:2] == ":" else ""), folders[-1] if folders else ""


def _is_updates(relative: str) -> bool:
    return relative.endswith("/updates.jsonl")
