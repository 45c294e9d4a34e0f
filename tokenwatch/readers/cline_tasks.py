"""Tasks as Cline and the extensions made from it write them: from a document of messages to records and turns.

Owns the format of ``ui_messages.json``, for every extension that uses it. Does not own places or descriptions
(cline.py, roo_code.py, kilo_code.py).

Facts: the document is written anew as a whole. A message that says a request was started holds, as text of its
own, what the request used, once its response has ended. In Roo Code's present format, which names the protocol, the
input includes what was cached; else the counts do not overlap. When messages are cut away, one that says so holds the
sum of what they used.

Decisions
---------
*Cut messages count what is new in their sum.* Context: what was counted before it was cut stays counted, and the sum
of what was cut repeats it. Decision: the carry knows what the document held; a new sum counts as far as it exceeds
what vanished with it. Each way of seeing a sum is an entry, and the smallest counts, so that one who sees it for the
first time, or again without a carry, changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from tokenwatch.base.usage import Context, Record, identity
from tokenwatch.readers.document import not_decoded
from tokenwatch.readers.entry import Entry, entries_of, listed, without_cached
from tokenwatch.readers.protocol import Carry, Part, ReadResult, TurnEvent, TurnKind

FILE: Final = "ui_messages.json"
CUT: Final = 1
"""Mark of an entry that is the sum of what was cut."""

_STARTED: Final = "api_req_started"
_FINISHED: Final = "api_req_finished"
_USED: Final = frozenset((_STARTED, "subagent_usage"))
_SUM: Final = "deleted_api_reqs"
_CONDENSED: Final = "condense_context"
_WAITS: Final = frozenset(
    (
        "tool",
        "command",
        "followup",
        "plan_mode_respond",
        "browser_action_launch",
        "use_mcp_server",
        "use_mcp_tool",
        "use_subagents",
        "mistake_limit_reached",
        "api_req_failed",
        "resume_task",
    )
)
_FOLDER: Final = re.compile(r"Current (?:Working|Workspace) Directory \(([^)\n]{1,4096})\)")
_MODEL: Final = re.compile(r"<model>([^<>\n]{1,200})</model>")
_COUNTS: Final = ("tokensIn", "cacheReads", "cacheWrites", "tokensOut")

Counts = tuple[int, int, int, int]
"""Input, cache read, cache write, output; they do not overlap."""


class _Carry(msgspec.Struct, array_like=True):
    """``held``: what requests used, by time, when the document was read last. ``sums``: each sum of cut requests that
    stood there, and what of it counts, by time. Times are text."""

    held: dict[str, Counts] = {}
    sums: dict[str, tuple[Counts, Counts]] = {}


_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(_Carry).decode


def read(agent: str, part: Part, carry: Carry) -> ReadResult:
    """See ``protocol.Reader``."""
    messages = listed(part.data)
    if messages is None:
        return not_decoded(part.data, carry)
    reading = _Reading(agent, part, _unpack(carry) if carry else _Carry())
    for message in messages:
        reading.take(message)
    return ReadResult(reading.finish(), _pack(reading.carry))


class _Reading:
    """One version of a document."""

    def __init__(self, agent: str, part: Part, before: _Carry) -> None:
        self._agent = agent
        self._task = part.source.relative.split("/")[-2] if "/" in part.source.relative else ""
        self._modified = part.modified
        self._before = before
        self._model = self._provider = self._project = ""
        self._started: Entry | None = None
        self._cut: list[tuple[str, Counts, Context]] = []
        self.carry = _Carry({}, {})
        self.records: list[Record] = []

    def take(self, message: Entry) -> None:
        said = message.text("say")
        if message.text("type") != "say" or said not in (*_USED, _FINISHED, _SUM, _CONDENSED):
            return
        if said == _CONDENSED:
            cost = message.inside("contextCondense").dollars("cost")
            if cost:
                family = identity(self._agent, self._task, said, message.count("ts"))
                time = message.time("ts") or self._modified
                self.records.append(Record(self._context(), family, 0, time, cost_reported=cost, uncertain=True))
            return
        used = Entry.of(message.text("text").encode())
        if used is None:
            return
        if said == _FINISHED:
            if self._started is not None:
                self._add(self._started, used)  # very old versions told only here what a request used
            return
        self._look_at(message, used)
        if said == _SUM:
            self._cut.append((_key(message), _counts(used), self._context()))
            return
        self._started = message if said == _STARTED else self._started
        self._add(message, used)

    def finish(self) -> list[Record]:
        """The records. What vanished belongs to the sums that are new."""
        standing = {at for at, _, _ in self._cut}
        gone: Counts = (0, 0, 0, 0)
        for at, counts in self._before.held.items():
            gone = gone if at in self.carry.held else _plus(gone, counts)
        for at, (whole, _) in self._before.sums.items():
            gone = gone if at in standing else _plus(gone, whole)  # a later cut repeats an earlier one
        for at, whole, context in self._cut:
            known = self._before.sums.get(at)
            if known is not None and known[0] == whole:
                excess = known[1]
            else:
                excess, gone = _minus(whole, gone), _minus(gone, whole)
            self.carry.sums[at] = (whole, excess)
            family = identity(self._agent, self._task, _SUM, at)
            time = Entry({"ts": msgspec.Raw(at.encode())}).time("ts") or self._modified
            # Nothing is an entry as well: it tells others who see the sum that all of it was counted.
            self.records.append(_record(context, family, identity(*excess), time, excess, mark=CUT))
        return self.records

    def _add(self, message: Entry, used: Entry) -> None:
        counts = _counts(used)
        if not any(counts):
            return  # not ended yet, or broken off: what it used is not known
        at = _key(message)
        self.carry.held[at] = counts
        family = identity(self._agent, self._task, message.text("say"), at)
        time = message.time("ts") or self._modified
        self.records.append(_record(self._context(), family, 0, time, counts, cost=used.dollars("cost") or None))

    def _look_at(self, message: Entry, used: Entry) -> None:
        """Keep what the message tells of model and folder: in fields of its own, or in what the model was given."""
        info = message.inside("modelInfo")
        request = used.text("request")
        models, folders = _MODEL.findall(request), _FOLDER.findall(request)
        self._model = info.text("modelId") or (models[-1] if models else self._model)
        self._provider = info.text("providerId") or self._provider
        self._project = folders[-1] if folders else self._project

    def _context(self) -> Context:
        return Context(self._agent, self._task, self._model, project=self._project, provider=self._provider)


def settle(family: Sequence[Record]) -> Sequence[Record]:
    """Of the ways in which a sum of cut requests was seen, the smallest counts; nothing does not."""
    cut = [entry for entry in family if entry.mark == CUT]
    if not cut:
        return family
    least = min(cut, key=lambda entry: (entry.total, entry.output, entry.variant))
    return [least] if least.total else []


def turns(part: Part) -> Iterator[TurnEvent]:
    """See ``protocol.Reader``. Only the last message tells what a task does; an unfinished one is passed over."""
    messages = entries_of(part.data)
    last = next((message for message in reversed(messages) if not message.is_true("partial")), None)
    if last is None:
        return
    task = part.source.relative.split("/")[-2] if "/" in part.source.relative else ""
    common: dict[str, Any] = {"session": task, "time": last.time("ts") or part.modified}
    if last.text("type") == "ask":
        asked = last.text("ask")
        if asked in _WAITS:
            yield TurnEvent(TurnKind.ASKS, **common)
        elif asked in ("completion_result", "resume_completed_task"):
            yield TurnEvent(TurnKind.TURN_CLOSED, **common)
    elif last.text("type") == "say":
        yield TurnEvent(TurnKind.TURN_OPEN, **common)


def is_task(relative: str) -> bool:
    return relative.endswith(f"/{FILE}")


def _key(message: Entry) -> str:
    return str(message.value("ts"))[:32]


def _counts(used: Entry) -> Counts:
    given, read_, written, output = (used.count(name) for name in _COUNTS)
    if "apiProtocol" in used and given >= read_ + written:
        given, read_, written = without_cached(given, read_, written)
    return given, read_, written, output


def _record(
    context: Context, family: int, variant: int, time: int, counts: Counts, cost: int | None = None, mark: int = 0
) -> Record:
    given, read_, written, output = counts
    return Record(context, family, variant, time, given, read_, written, 0, output, cost_reported=cost, mark=mark)


def _plus(one: Counts, other: Counts) -> Counts:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]


def _minus(one: Counts, other: Counts) -> Counts:
    """What ``one`` has more, count by count."""
    return (
        max(0, one[0] - other[0]),
        max(0, one[1] - other[1]),
        max(0, one[2] - other[2]),
        max(0, one[3] - other[3]),
    )
