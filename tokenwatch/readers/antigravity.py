"""Antigravity: where it keeps its conversations, how its program looks in a terminal, and its reader.

Owns places, the agent's description and what a row of its generations means. Does not own the wire format
(protobuf.py). Its editors' processes tell nothing about sessions; the program ``agy`` is one.

Facts: a conversation is a database of its own, with a row for each generation: a message of Protocol Buffers that its
maker does not describe. The numbers of fields are those that other readers found, and that stand in descriptions
within the program. Input, what was read from a cache and what was written to one do not overlap; the output is the
sum of its thoughts and its answer, which is the check that a row is of this form. Counts are called estimates all the
same. Conversations of older versions (``.pb``) are encrypted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import msgspec

from tokenwatch.base.paths import Paths
from tokenwatch.base.translation import mark
from tokenwatch.base.usage import Agent, Context, Record, Signature, identity
from tokenwatch.readers.jsonl import MAX_TIME, MIN_TIME, count, text
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.protobuf import Message
from tokenwatch.readers.protocol import MALFORMED, Carry, Kind, Part, Query, ReadResult, Root, Source

AGENT: Final = Agent(
    id="antigravity",
    name="Antigravity",
    short_name="Antigrav.",
    letter="V",
    provider="google",
    unknown="Its maker does not describe its counts, so they are estimates; older conversations are encrypted.",
    signature=Signature(
        programs=("agy",),
        not_arguments=(
            "help",
            "install",
            "plugin",
            "plugins",
            "update",
            "changelog",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
    ),
)

OTHER_FORM: Final = mark("generations of a form that is not known")

_APPS: Final = ("antigravity", "antigravity-cli", "antigravity-ide")
_FOLDERS: Final = ("conversations", "implicit")

_WHERE: Final = "conversation"
_GENERATIONS: Final = "generations"
_QUERIES: Final = (
    Query(_WHERE, table="trajectory_metadata_blob", columns=("data",), whole=True),
    # A row may be written again under its number, and nothing says when.
    Query(_GENERATIONS, table="gen_metadata", columns=("idx", "data"), whole=True),
)

_CHAT: Final = 1
_USAGE, _TIMES, _MODEL, _MODEL_NAME = 4, 9, 19, 21
_INPUT, _OUTPUT, _CACHE_WRITE, _CACHE_READ, _MESSAGE_ID, _THOUGHTS, _ANSWER, _RESPONSE_ID = 2, 3, 4, 5, 7, 9, 10, 11
_CREATED: Final = 4


class _Carry(msgspec.Struct, array_like=True):
    """What is known of the conversation as a whole. ``created``: milliseconds."""

    project: str = ""
    branch: str = ""
    created: int = 0


_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(_Carry).decode


class Antigravity(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        for folder in _FOLDERS:
            for app in _APPS:
                yield Root(AGENT.id, paths.home / ".gemini" / app / folder, _is_database, Kind.DATABASE, depth=0)

    def queries(self, source: Source) -> Sequence[Query]:
        return _QUERIES

    def read(self, part: Part, carry: Carry) -> ReadResult:
        state = _unpack(carry) if carry else _Carry()
        for (data,) in part.rows.get(_WHERE, ()):
            state = _conversation(data) or state
        skipped: dict[str, int] = {}
        records: list[Record] = []
        for number, data in part.rows.get(_GENERATIONS, ()):
            found = _record(part, state, number, data)
            if isinstance(found, Record):
                records.append(found)
            elif found:
                skipped[found] = skipped.get(found, 0) + 1
        return ReadResult(records, _pack(state), skipped=skipped)


READER: Final = Antigravity()


def _is_database(relative: str) -> bool:
    return relative.endswith(".db")


def _record(part: Part, state: _Carry, number: Any, data: Any) -> Record | str | None:
    """The record of a row, or why there is none; None for a generation without counts: it has begun, or failed."""
    if data is None or data == b"":
        return None
    message = Message.of(data) if isinstance(data, bytes) else None
    chat = message.inside(_CHAT) if message is not None else None
    usage = chat.inside(_USAGE) if chat is not None else None
    if chat is None or usage is None:
        return MALFORMED
    given, read, written = (count(usage.varint(field)) for field in (_INPUT, _CACHE_READ, _CACHE_WRITE))
    output, thoughts, answer = (count(usage.varint(field)) for field in (_OUTPUT, _THOUGHTS, _ANSWER))
    if _OUTPUT not in usage:
        output = thoughts + answer
    elif (_THOUGHTS in usage or _ANSWER in usage) and output != thoughts + answer:
        return OTHER_FORM
    if not (given or read or written or output):
        return None
    session = PurePosixPath(part.source.relative).stem
    called = text(usage.text(_RESPONSE_ID)) or text(usage.text(_MESSAGE_ID))
    context = Context(
        AGENT.id,
        session,
        text(chat.text(_MODEL)) or text(chat.text(_MODEL_NAME)),
        project=state.project,
        branch=state.branch,
        estimated=1,
    )
    return Record(
        context,
        identity(AGENT.id, "response", called) if called else identity(AGENT.id, session, count(number)),
        0,
        _time(chat.inside(_TIMES, _CREATED)) or state.created or part.modified,
        input=given,
        cache_read=read,
        cache_write_5m=written,
        output=output,
        reasoning=min(thoughts, output),
    )


def _conversation(data: Any) -> _Carry | None:
    """Of the workspaces the first names the project."""
    message = Message.of(data) if isinstance(data, bytes) else None
    if message is None:
        return None
    workspace = message.first(1)
    project = _path(text(workspace.text(1))) if workspace is not None else ""
    branch = text(workspace.text(4)) if workspace is not None else ""
    return _Carry(project, branch, _time(message.inside(2)) or 0)


def _path(uri: str) -> str:
    """The folder that a ``file://`` address names, as its system writes it; empty for any other address."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return ""
    if parts.scheme != "file":
        return ""
    path = text(unquote(parts.path, errors="replace"))
    return path[1:] if path[2:3] == ":" else path  # /C:/work


def _time(moment: Message | None) -> int | None:
    """A moment of seconds and nanoseconds, as milliseconds; None for an impossible one."""
    if moment is None:
        return None
    found = moment.varint(1) * 1000 + min(moment.varint(2), 999_999_999) // 1_000_000
    return found if MIN_TIME <= found <= MAX_TIME else None
