"""Continue: where its extension notes what it sent and got, and its reader.

Owns all that bears on this agent. It runs inside its editor: no process of its own shows it.

Fact: the counts are estimates of the extension, made with a tokenizer that may not be the model's; what was cached is
not known. They are marked as uncertain.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Context, Record, identity
from tokenwatch.readers.entry import Entry, lines
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import homes
from tokenwatch.readers.protocol import MALFORMED, Carry, Kind, Part, ReadResult, Root

AGENT: Final = Agent(
    id="continue",
    name="Continue",
    short_name="Continue",
    letter="C",
    provider="",
    unknown="Its counts are the extension's own estimates, and what was cached is not written.",
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

    def read(self, part: Part, carry: Carry) -> ReadResult:
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


READER: Final = Continue()


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
    context = Context(AGENT.id, line.text("sessionId"), model, provider=provider)
    return Record(context, identity(AGENT.id, *key), 0, time, given, output=output, uncertain=True)


def _is_log(relative: str) -> bool:
    return relative.rsplit("/", 1)[-1] in _NAMES
