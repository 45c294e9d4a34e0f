"""Factory Droid: where it keeps its sessions, how its processes look, and what its files mean.

Owns all that bears on this agent. Another program is called droid: path or script decide. It keeps no registry of
what runs.

Facts: beside the transcript of a session, which tells no tokens, stands a document with the session's settings, and
in it the sum of its tokens without those of the sessions it called, which have documents of their own. Counts do not
overlap, but for the thinking, of which only the provider tells whether the output holds it. The model is today's; a
model that the user defined has an alias there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Context, Rank, Record, Signature, identity
from tokenwatch.readers.document import not_decoded
from tokenwatch.readers.entry import Entry, added, lines
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import folders_of
from tokenwatch.readers.protocol import Carry, Kind, Part, ReadResult, Root, TurnEvent, TurnKind
from tokenwatch.readers.running_total import differences, snapshot

AGENT: Final = Agent(
    id="droid",
    name="Factory Droid",
    short_name="Droid",
    letter="D",
    provider="factory",
    signature=Signature(
        paths=(
            r"/(\.local|\.factory)/(.*/)?bin/droid(\.exe)?$",
            r"/@factory/[^/]+/(.*/)?droid(\.exe)?$",
            r"/(Caskroom|Cellar)/droid/(.*/)?droid[^/]*$",
        ),
        scripts=(
            r"/@factory/cli/bin/droid$",
            r"/bin/droid$",
        ),
        not_arguments=(
            "daemon",
            "mcp",
            "plugin",
            "update",
            "search",
            "computer",
            "login",
            "logout",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
    ),
    unknown="It writes sums, not responses; whether the output holds the thinking is not known for every provider.",
)

_SETTINGS: Final = ".settings.json"
_SEPARATE: Final = frozenset(("google", "gemini", "vertex"))
"""Providers whose thinking stands beside the output, and is billed as such."""

_TURNS: Final = (b'"session_start"', b'"message"', b'"agent_turn_outcome"', b'"compaction_state"')
_ASKING_TOOL: Final = "AskUser"


_PLACE: Final = 2
"""Mark of an entry that tells the session's folder."""


class _Carry(msgspec.Struct, array_like=True):
    """Of a transcript: whose it is."""

    session: str = ""
    project: str = ""


_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(_Carry).decode


class Droid(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        named = [folder / "sessions" for folder in folders_of(paths, "FACTORY_DIR")]
        default = [paths.home / ".factory" / "sessions"]
        for folder in folders_of(paths, "DROID_SESSIONS_DIR") or named or default:
            yield Root(AGENT.id, folder, _is_settings, Kind.DOCUMENT, depth=3)
            yield Root(AGENT.id, folder, _is_transcript, depth=3)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        if part.source.kind is Kind.LINES:
            state = _state(part, carry)
            return ReadResult([_place(part, state)] if state.project and not carry else (), _pack(state))
        settings = Entry.of(part.data)
        if settings is None:
            return not_decoded(part.data, carry)
        record = _record(part, settings)
        return ReadResult([] if record is None else [record], carry)

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        # Single counts have been seen to go down while the others went on.
        counted = differences([entry for entry in family if entry.mark != _PLACE], each=True)
        project = max((entry.context.project for entry in family if entry.mark == _PLACE), default="")
        if not project:
            return counted
        contexts = {entry.context: msgspec.structs.replace(entry.context, project=project) for entry in counted}
        return [msgspec.structs.replace(entry, context=contexts[entry.context]) for entry in counted]

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        if part.source.kind is not Kind.LINES:
            return
        state = _state(part, carry)
        for _, line in lines(part.data, _TURNS):
            if line is not None:
                time = line.time("timestamp") or part.modified
                yield from _events(line, {"session": state.session, "project": state.project, "time": time})


READER: Final = Droid()


def _record(part: Part, settings: Entry) -> Record | None:
    """The sum of a session without those it called, as an entry of the session's family."""
    usage = settings.inside("tokenUsage")
    children = settings.inside("childInclusiveTokenUsageBySessionId")
    if not usage and not children:
        usage = settings.inside("inclusiveTokenUsage")  # old files have no other, and no children in it
    session = part.source.relative.rsplit("/", 1)[-1].removesuffix(_SETTINGS)
    provider = settings.text("providerLock")
    thinking, output = usage.count("thinkingTokens"), usage.count("outputTokens")
    if provider in _SEPARATE:
        output = added(output, thinking)
    parent = next(
        filter(None, (tag.inside("metadata").text("callingSessionId") for tag in settings.entries("tags"))), ""
    )
    context = Context(
        AGENT.id,
        session,
        settings.text("model"),
        parent_session=parent,
        agent_id=session if parent else "",
        provider=settings.text("apiProviderLock") or provider,
        rank=Rank.SUB_AGENT if parent else Rank.MAIN,
        # Whether the output holds the thinking is told by the provider only, and not by each.
        estimated=int(thinking > 0),
    )
    record = Record(
        context,
        identity(AGENT.id, "session", session),
        0,
        part.modified,
        usage.count("inputTokens"),
        usage.count("cacheReadTokens"),
        usage.count("cacheCreationTokens"),
        0,
        output,
        min(thinking, output),
    )
    return snapshot(record, begun=settings.time("providerLockTimestamp")) if record.total else None


def _place(part: Part, state: _Carry) -> Record:
    """What only the transcript tells, the folder, as an entry of the session's family that counts nothing."""
    context = Context(AGENT.id, state.session, "", project=state.project)
    family = identity(AGENT.id, "session", state.session)
    return Record(context, family, identity("place", state.project), part.modified, mark=_PLACE)


def _state(part: Part, carry: Carry) -> _Carry:
    """Whose transcript it is, by its first line or else by its name."""
    state = _unpack(carry) if carry else _Carry()
    if not state.session:
        state.session = part.source.relative.rsplit("/", 1)[-1].removesuffix(".jsonl")
        for _, line in lines(part.data, (b'"session_start"',)):
            if line is not None and line.text("type") == "session_start":
                state.session = line.text("id") or state.session
                state.project = line.text("cwd")
                break
    return state


def _events(line: Entry, common: dict[str, Any]) -> Iterator[TurnEvent]:
    match line.text("type"):
        case "agent_turn_outcome":
            yield TurnEvent(TurnKind.TURN_CLOSED, **common)
        case "compaction_state":
            yield TurnEvent(TurnKind.COMPACTED, **common)
        case "message":
            message = line.inside("message")
            blocks = message.entries("content")
            if message.text("role") == "assistant":
                yield from _said(blocks, message.text("modelId"), common)
            elif message.text("role") == "user":
                results = [block for block in blocks if block.text("type") == "tool_result"]
                for result in results:
                    yield TurnEvent(TurnKind.TOOL_CLOSED, ref=result.text("tool_use_id"), **common)
                if not results:
                    yield TurnEvent(TurnKind.PROMPT, **common)


def _said(blocks: Sequence[Entry], model: str, common: dict[str, Any]) -> Iterator[TurnEvent]:
    calls = [block for block in blocks if block.text("type") == "tool_use"]
    for call in calls:
        kind = TurnKind.ASKS if call.text("name") == _ASKING_TOOL else TurnKind.TOOL_OPEN
        yield TurnEvent(kind, ref=call.text("id"), tool=call.text("name"), model=model, **common)
    if not calls:
        yield TurnEvent(TurnKind.TURN_CLOSED, model=model, **common)


def _is_settings(relative: str) -> bool:
    return relative.endswith(_SETTINGS)


def _is_transcript(relative: str) -> bool:
    return relative.endswith(".jsonl")
