"""aider: where it may keep its analytics, how its processes look, and what their lines mean.

Owns all that bears on this agent. A Python script; the package manager that started it is no agent.

Facts: only the log of analytics, which is off until the user names a file for it, tells whole numbers: one line for
each answer. They are aider's own estimates wherever the answer came as a stream, which is the usual way, and the line
does not say so: all are marked as such. What was cached is not told. Names of models that it does not know are
left out. The history of a chat, in each project's folder, has rounded numbers for people; nothing is counted from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

import msgspec

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Context, Record, Signature, identity
from tokenwatch.readers.entry import Entry, lines
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import expanded
from tokenwatch.readers.protocol import MALFORMED, Carry, Kind, Part, ReadResult, Root

AGENT: Final = Agent(
    id="aider",
    name="aider",
    short_name="aider",
    letter="R",
    provider="",
    signature=Signature(
        programs=("aider",),
        not_arguments=(
            "--version",
            "--help",
            "-h",
            "--upgrade",
            "--install-main-branch",
            "--list-models",
            "--models",
            "--show-repo-map",
            "--gui",
            "--browser",
        ),
    ),
    unknown="Tokens are written only if AIDER_ANALYTICS_LOG names a file, and are mostly aider's own estimates.",
)

_VARIABLE: Final = "AIDER_ANALYTICS_LOG"
_NEEDLES: Final = (b'"message_send"',)


class _Carry(msgspec.Struct, array_like=True):
    last_time: int = 0


_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(_Carry).decode


class Aider(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        value = paths.variable(_VARIABLE).strip()
        if value:
            named = expanded(value, paths)
            yield Root(AGENT.id, named.parent, partial(_is_log, named.name), Kind.LINES, depth=0)
            return
        yield Root(AGENT.id, paths.home / ".aider", partial(_is_log, "analytics.jsonl"), Kind.LINES, depth=0)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        state = _unpack(carry) if carry else _Carry()
        records: list[Record] = []
        skipped: dict[str, int] = {}
        for _, line in lines(part.data, _NEEDLES):
            if line is None:
                skipped[MALFORMED] = skipped.get(MALFORMED, 0) + 1
            elif line.text("event") == "message_send":
                state.last_time = line.time("time") or state.last_time
                record = _record(line, state.last_time or part.modified)
                if record is not None:
                    records.append(record)
        return ReadResult(records, _pack(state), skipped=skipped)


READER: Final = Aider()


def _record(line: Entry, time: int) -> Record | None:
    """A line has no id: all that it says names it."""
    said = line.inside("properties")
    given, output = said.count("prompt_tokens"), said.count("completion_tokens")
    if not given and not output:
        return None
    model = said.text("main_model")
    cost, total = said.dollars("cost"), said.dollars("total_cost")
    # The sum of costs grows with each answer, also where times are whole seconds.
    family = identity(AGENT.id, time, model, given, output, -1 if total is None else total)
    context = Context(AGENT.id, "", model, estimated=1)
    return Record(context, family, 0, time, given, output=output, cost_reported=cost or None)


def _is_log(name: str, relative: str) -> bool:
    return relative == name
