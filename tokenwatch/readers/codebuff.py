"""Codebuff: where it keeps its chats, how its processes look, and what a chat's document means.

Owns all that bears on this agent. It keeps no registry of what runs.

Facts: a chat's document is written anew as a whole. What an answer used may stand in several places of its message,
of which the first that has it counts, under names of several kinds; in one kind, OpenAI's, the prompt includes what
was cached. Often there are only credits, the unit that is billed: then the tokens are not known. A message's time may
lack its day; the chat's folder is named after the time when it began.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Context, Rank, Record, Signature, identity
from tokenwatch.readers.document import not_decoded
from tokenwatch.readers.entry import Entry, entries_of, listed, of_first, without_cached
from tokenwatch.readers.jsonl import milliseconds
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import folders_of
from tokenwatch.readers.protocol import Carry, Kind, Part, ReadResult, Root, TurnEvent, TurnKind

AGENT: Final = Agent(
    id="codebuff",
    name="Codebuff",
    short_name="Codebuff",
    letter="B",
    provider="codebuff",
    signature=Signature(
        programs=("codebuff",),
        paths=(r"/manicode(-[^/]+)?/codebuff(\.exe)?$",),
        scripts=(r"/codebuff/index\.js$",),
        not_arguments=(
            "login",
            "logout",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
        relaunches=True,
    ),
    unknown="Often only credits are written: then the tokens are not known.",
)

_FILE: Final = "chat-messages.json"
_CHANNELS: Final = ("manicode", "manicode-dev", "manicode-staging")
_PLACES: Final = (("usage",), ("codebuff", "usage"))
_INPUT: Final = ("inputTokens", "input_tokens")
_PROMPT: Final = ("promptTokens", "prompt_tokens")
_OUTPUT: Final = ("outputTokens", "output_tokens", "completionTokens", "completion_tokens")
_WRITTEN: Final = ("cacheCreationInputTokens", "cache_creation_input_tokens")
_READ: Final = ("cacheReadInputTokens", "cache_read_input_tokens")
_DETAILS: Final = ("prompt_tokens_details", "promptTokensDetails", "input_tokens_details")


class Codebuff(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        named = folders_of(paths, "CODEBUFF_DATA_DIR")
        # The same on every system; it does not follow the desktop's variable.
        for home in named or [paths.home / ".config" / channel for channel in _CHANNELS]:
            yield Root(AGENT.id, home / "projects", _is_chat, Kind.DOCUMENT, depth=3)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        messages = listed(part.data)
        if messages is None:
            return not_decoded(part.data, carry)
        return ReadResult(list(_records(part, messages)), carry)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        """Only the last message tells what a chat does."""
        messages = entries_of(part.data)
        if messages:
            session, project = _names(part.source.relative)
            kind = TurnKind.PROMPT if messages[-1].text("variant") == "user" else TurnKind.TURN_OPEN
            if messages[-1].is_true("isComplete"):
                kind = TurnKind.TURN_CLOSED
            yield TurnEvent(kind, session, part.modified, project=project)


READER: Final = Codebuff()


def _records(part: Part, messages: list[Entry]) -> Iterator[Record]:
    session, project = _names(part.source.relative)
    time = _begun(session) or part.modified
    for place, message in enumerate(messages):
        time = message.time("timestamp") or time
        usage = _usage(message.inside("metadata"))
        variant = message.text("variant")
        if not usage and (variant not in ("ai", "agent") or not message.value("credits")):
            continue
        agent_id = message.text("id") if variant == "agent" else ""
        given, read, written, output = _counts(usage)
        context = Context(
            AGENT.id,
            session,
            usage.text("model") or message.inside("metadata").text("model"),
            agent_id=agent_id,
            project=project,
            rank=Rank.SUB_AGENT if agent_id else Rank.MAIN,
        )
        yield Record(
            context,
            identity(AGENT.id, session, message.text("id") or place),
            0,
            time,
            given,
            read,
            written,
            0,
            output,
            uncertain=not (given or read or written or output),
        )


def _usage(metadata: Entry) -> Entry:
    """What the message used: the first place that tells it, never two of them together."""
    history = metadata.inside("runState", "sessionState", "mainAgentState").entries("messageHistory")
    latest = (entry.inside("providerOptions") for entry in reversed(history))
    return of_first(
        [
            *(metadata.inside(*place) for place in _PLACES),
            *(found for options in latest if (found := of_first(options.inside(*place) for place in _PLACES))),
        ]
    )


def _counts(usage: Entry) -> tuple[int, int, int, int]:
    """(input, cache read, cache write, output)"""
    output = usage.count(*_OUTPUT)
    details = of_first(usage.inside(name) for name in _DETAILS)
    if details:
        given = usage.count(*_PROMPT, *_INPUT)
        return (*without_cached(given, details.count("cached_tokens", "cachedTokens")), output)
    return usage.count(*_INPUT, *_PROMPT), usage.count(*_READ), usage.count(*_WRITTEN), output


def _begun(session: str) -> int | None:
    """Of ``2026-03-02T09-00-00.000Z``: a time with dashes where a file's name may have no colons."""
    day, _, clock = session.partition("T")
    found: Any = milliseconds(f"{day}T{clock.replace('-', ':')}")
    return found if isinstance(found, int) else None


def _names(relative: str) -> tuple[str, str]:
    """(session, project) by the place ``<project>/chats/<time>/chat-messages.json``: a name, not a whole path."""
    folders = relative.split("/")[:-1]
    return (folders[-1] if folders else ""), (folders[-3] if len(folders) >= 3 else "")


def _is_chat(relative: str) -> bool:
    return relative.endswith(f"/chats/{Path(relative).parent.name}/{_FILE}")
