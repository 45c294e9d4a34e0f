"""Cline's sessions, as its program writes them: from a pair of documents to records and turns.

Owns what ``<session>.messages.json`` and ``<session>.json`` mean. Does not own places (cline.py) or the tasks of the
extension (cline_tasks.py).

Facts: both are written anew as a whole. Each answer tells its tokens, of which the input includes what was cached.
The other document names the folder and holds the session's sum, which counts only if no answer tells anything; a
second sum includes sub-agents, which have sessions of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from tokenwatch.base.usage import Context, Rank, Record, identity
from tokenwatch.readers.document import not_decoded
from tokenwatch.readers.entry import Entry, without_cached
from tokenwatch.readers.protocol import Carry, Part, ReadResult, TurnEvent, TurnKind
from tokenwatch.readers.running_total import differences, snapshot

AGENT_ID: Final = "cline"

ANSWER: Final = 2
SUM: Final = 3
"""Marks of a session's entries."""

_MESSAGES: Final = ".messages.json"
_LEAD: Final = "lead"
_ASKING_TOOLS: Final = frozenset(("ask_question", "ask_followup_question"))


def read(part: Part, carry: Carry) -> ReadResult:
    """See ``protocol.Reader``."""
    document = Entry.of(part.data)
    if document is None:
        return not_decoded(part.data, carry)
    if part.source.relative.endswith(_MESSAGES):
        return ReadResult(list(_answers(part, document)), carry)
    record = _sum(part, document)
    return ReadResult([] if record is None else [record], carry)


def _answers(part: Part, document: Entry) -> Iterator[Record]:
    session = _session(part, document)
    agent = document.text("agent")
    agent_id = "" if agent == _LEAD else agent
    time = document.time("updated_at") or part.modified
    for place, message in enumerate(document.entries("messages")):
        metrics = message.inside("metrics")
        counts = _counts(metrics)
        if message.text("role") != "assistant" or not any(counts):
            continue
        given, read_, written, output = counts
        model = message.inside("modelInfo")
        context = Context(
            AGENT_ID,
            session,
            model.text("id"),
            agent_id=agent_id,
            provider=model.text("provider"),
            rank=Rank.SUB_AGENT if agent_id else Rank.MAIN,
        )
        yield Record(
            context,
            identity(AGENT_ID, "session", session),
            identity("answer", message.text("id") or place),
            message.time("ts") or time,
            given,
            read_,
            written,
            0,
            output,
            cost_reported=metrics.dollars("cost") or None,
            mark=ANSWER,
        )


def _sum(part: Part, document: Entry) -> Record | None:
    """The session's sum. Without tokens it is an entry as well: it tells the folder."""
    session = _session(part, document)
    if not document.text("session_id", "sessionId"):
        return None
    given, read_, written, output = _counts(document.inside("metadata", "usage") or document.inside("usage"))
    context = Context(
        AGENT_ID,
        session,
        document.text("model"),
        project=document.text("cwd", "workspace_root"),
        provider=document.text("provider"),
    )
    time = document.time("ended_at", "started_at") or part.modified
    record = Record(context, identity(AGENT_ID, "session", session), 0, time, given, read_, written, 0, output)
    return msgspec.structs.replace(snapshot(record, begun=document.time("started_at")), mark=SUM)


def _counts(usage: Entry) -> tuple[int, int, int, int]:
    """(input, cache read, cache write, output)"""
    given, read_, written = (usage.count(name) for name in ("inputTokens", "cacheReadTokens", "cacheWriteTokens"))
    if given >= read_ + written:  # some providers leave the cached part out
        given, read_, written = without_cached(given, read_, written)
    return given, read_, written, usage.count("outputTokens")


def settle(family: Sequence[Record]) -> Sequence[Record]:
    """A session's answers, in the folder that its other document names; its sum if there are none."""
    sums = [entry for entry in family if entry.mark == SUM]
    if not sums:
        return family
    answers = [entry for entry in family if entry.mark == ANSWER]
    if not answers:
        return differences(sums)
    project = max(entry.context.project for entry in sums)
    contexts = {entry.context: msgspec.structs.replace(entry.context, project=project) for entry in answers}
    return [msgspec.structs.replace(entry, context=contexts[entry.context]) for entry in answers]


def turns(part: Part) -> Iterator[TurnEvent]:
    """See ``protocol.Reader``. Only the last message tells what a session does."""
    document = Entry.of(part.data)
    if document is None or not part.source.relative.endswith(_MESSAGES):
        return
    messages = document.entries("messages")
    if not messages:
        return
    last, agent = messages[-1], document.text("agent")
    common: dict[str, Any] = {
        "session": _session(part, document),
        "agent_id": "" if agent == _LEAD else agent,
        "time": last.time("ts") or part.modified,
        "model": last.inside("modelInfo").text("id"),
    }
    if last.text("role") == "user":
        yield TurnEvent(TurnKind.PROMPT, **common)
        return
    calls = [block for block in last.entries("content") if block.text("type") == "tool_use"]
    for call in calls:
        kind = TurnKind.ASKS if call.text("name") in _ASKING_TOOLS else TurnKind.TURN_OPEN
        yield TurnEvent(kind, ref=call.text("id") if kind is TurnKind.ASKS else "", **common)
    if not calls:
        yield TurnEvent(TurnKind.TURN_CLOSED, **common)


def _session(part: Part, document: Entry) -> str:
    name = part.source.relative.rsplit("/", 1)[-1]
    return document.text("sessionId", "session_id") or name.removesuffix(_MESSAGES).removesuffix(".json")


def is_session(relative: str) -> bool:
    """``<session>/<session>.json`` and the messages beside it."""
    *folders, name = relative.split("/")
    return bool(folders) and (name.endswith(_MESSAGES) or name == f"{folders[-1]}.json")
