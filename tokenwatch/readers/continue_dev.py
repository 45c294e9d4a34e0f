"""Continue: where its extension notes what it sent and got and its program keeps sessions, and its reader.

Owns all that bears on this agent. The extension runs inside its editor: no process of its own shows it.

Facts: the counts in the extension's log are estimates, made with a tokenizer that may not be the model's; what was
cached is not told. They are marked as such. The program's sessions, documents that are written anew as a whole,
have each answer's use as the provider told it, but neither time nor id: among equal answers of a session their number
tells them apart, and the file's time is theirs. A fork begins with its parent's answers; a session's sum is of its
own ones. A session of the extension has no sum and is left out, because its log tells the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Context, Record, Signature, identity
from tokenwatch.readers.document import not_decoded
from tokenwatch.readers.entry import Entry, lines, without_cached
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import homes
from tokenwatch.readers.protocol import MALFORMED, Carry, Kind, Part, ReadResult, Root, TurnEvent, TurnKind

AGENT: Final = Agent(
    id="continue",
    name="Continue",
    short_name="Continue",
    letter="C",
    provider="",
    signature=Signature(
        scripts=(r"/@continuedev/cli/(.*/)?cn\.js$", r"/\.?bin/cn$"),
        not_arguments=("login", "logout", "ls", "remote", "checks", "--version", "-v", "--help", "-h"),
        hosts=("serve",),
    ),
    unknown="The extension's counts are its own estimates, without what was cached; its program's are exact.",
)

_NAMES: Final = frozenset(("tokensGenerated.jsonl", "tokens_generated.jsonl"))
_NEEDLES: Final = (b'"promptTokens"', b'"generatedTokens"')


class _Carry(msgspec.Struct, array_like=True):
    last_time: int = 0


_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(_Carry).decode


class Continue(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        for home in homes(paths, "CONTINUE_GLOBAL_DIR", default=paths.home / ".continue"):
            yield Root(AGENT.id, home / "dev_data", _is_log, Kind.LINES, depth=2)
            yield Root(AGENT.id, home / "sessions", _is_session, Kind.DOCUMENT, depth=0)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        if part.source.kind is Kind.DOCUMENT:
            document = Entry.of(part.data)
            return not_decoded(part.data, carry) if document is None else ReadResult(list(_answers(part, document)))
        state = _unpack(carry) if carry else _Carry()
        records: list[Record] = []
        skipped: dict[str, int] = {}
        for begin, line in lines(part.data, _NEEDLES):
            if line is None:
                skipped[MALFORMED] = skipped.get(MALFORMED, 0) + 1
            else:
                record = _record(part, state, line, part.offset + begin)
                if record is not None:
                    records.append(record)
        return ReadResult(records, _pack(state), skipped=skipped)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        """Only a session's last message tells what it does."""
        document = Entry.of(part.data) if part.source.kind is Kind.DOCUMENT else None
        history = [] if document is None else document.entries("history")
        if document is not None and history:
            last = history[-1].inside("message")
            kind = TurnKind.PROMPT if last.text("role") == "user" else TurnKind.TURN_OPEN
            if last.text("role") == "assistant" and not last.entries("toolCalls"):
                kind = TurnKind.TURN_CLOSED
            session, project = _session(part, document), document.text("workspaceDirectory")
            yield TurnEvent(kind, session, part.modified, project=project)


READER: Final = Continue()


def _answers(part: Part, document: Entry) -> Iterator[Record]:
    whole = document.inside("usage")
    if not whole:
        return
    session, project = _session(part, document), document.text("workspaceDirectory")
    seen: Counter[tuple[str | int, ...]] = Counter()
    for usage in _own([item.inside("message", "usage") for item in document.entries("history")], whole):
        details = usage.inside("prompt_tokens_details")
        read, written = details.count("cached_tokens"), details.count("cache_write_tokens")
        given, read, written = without_cached(usage.count("prompt_tokens"), read, written)
        output = usage.count("completion_tokens")
        if not (given or read or written or output):
            continue
        model = usage.text("model")
        said: tuple[str | int, ...] = (model, given, read, written, output)
        seen[said] += 1
        reasoning = min(usage.inside("completion_tokens_details").count("reasoning_tokens"), output)
        context = Context(AGENT.id, session, model, project=project)
        family = identity(AGENT.id, "answer", session, *said, seen[said])
        yield Record(context, family, 0, part.modified, given, read, written, 0, output, reasoning)


def _own(answers: list[Entry], whole: Entry) -> list[Entry]:
    """The last answers that the session's sum has room for; what stands before them is its parent's."""
    prompts, outputs = whole.count("promptTokens"), whole.count("completionTokens")
    own: list[Entry] = []
    for usage in reversed(answers):
        prompts -= usage.count("prompt_tokens")
        outputs -= usage.count("completion_tokens")
        if prompts < 0 or outputs < 0:
            break
        own.append(usage)
    return own[::-1]


def _session(part: Part, document: Entry) -> str:
    return document.text("sessionId") or part.source.relative.rsplit("/", 1)[-1].removesuffix(".json")


def _record(part: Part, state: _Carry, line: Entry, offset: int) -> Record | None:
    given, output = line.count("promptTokens"), line.count("generatedTokens")
    if not given and not output:
        return None
    model, provider = line.text("model"), line.text("provider")
    named = line.text("eventId", "id")
    time = line.time("timestamp")
    if time is None:
        key: tuple[str | int, ...] = ("place", part.source.relative.rsplit("/", 1)[-1], offset, given, output)
        time = state.last_time or part.modified
    else:
        state.last_time = time
        # The newer folder of a version repeats nothing, but a copy of the log does.
        key = ("event", named) if named else ("time", time, model, given, output)
    context = Context(AGENT.id, line.text("sessionId"), model, provider=provider, estimated=1)
    return Record(context, identity(AGENT.id, *key), 0, time, given, output=output)


def _is_session(relative: str) -> bool:
    return relative.endswith(".json") and relative != "sessions.json"


def _is_log(relative: str) -> bool:
    return relative.rsplit("/", 1)[-1] in _NAMES
