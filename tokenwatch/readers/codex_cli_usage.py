"""Codex's rollouts: from lines to records.

Owns which lines hold a response, what a file's thread is, and the marks of entries that may be copies of a parent's.
Does not own decoding (codex_cli_lines.py), the arithmetic of running totals (codex_cli_counts.py), limits
(codex_cli_limits.py) or which copies count (codex_cli_family.py).

Decisions
---------
*A running total is an identity.* Context: older versions give a response no id, and forks begin with their parent's
events, some with new times. Decision: the family of an event is its total and last counts, its variant the thread; an
event in a child that may be copied carries a mark, and the family decides once the parent is known.

*Usage records end the older events.* Context: newer versions write each response as a record with an id and then as
an event, too. Decision: from a file's first record on only records count.
"""

from __future__ import annotations

import logging
from struct import Struct
from typing import Final

import msgspec

from tokenwatch.base.digest import blake2b
from tokenwatch.base.limits import Quota
from tokenwatch.base.usage import STANDARD, Context, Rank, Record, identity
from tokenwatch.readers.codex_cli_counts import NONE, Counters, Counts
from tokenwatch.readers.codex_cli_family import BURST, FORKED, SPAWNED, SURE
from tokenwatch.readers.codex_cli_limits import quotas_of
from tokenwatch.readers.codex_cli_lines import (
    EVENT,
    TOKENS,
    TURN_CONTEXT,
    USAGE_RECORD,
    Info,
    Line,
    Meta,
    Payload,
    first_meta,
    lines,
)
from tokenwatch.readers.jsonl import milliseconds
from tokenwatch.readers.protocol import MALFORMED, Carry, Part, ReadResult

log = logging.getLogger(__name__)

_NUMBERS: Final = Struct("<10q")
_NO_LAST: Final[Counts] = (-1, -1, -1, -1, -1)

AGENT_ID: Final = "codex"
IMPORTED: Final = "external-import-turn-"
"""Turns that were imported from another agent: another provider billed them, or none."""

_FORK_MS: Final = 5_000
"""A copied history is written within so long after the fork, if its times are new."""

_STEP_MS: Final = 1_000
"""Copied lines follow each other within so long."""


class State(msgspec.Struct, array_like=True):
    """The carry of a rollout."""

    meta: Meta = Meta()
    model: str = ""
    tier: str = ""
    provider: str = ""
    cwd: str = ""
    imported: bool = False
    recorded: bool = False
    """A usage record was seen."""
    counters: Counters = msgspec.field(default_factory=Counters)
    counted: int = 0
    """Tokens counted from events so far."""
    last_time: int = 0
    copying: bool = True
    """The events so far may be copies of the parent's."""
    burst: bool = True
    copied_at: int = 0
    """Time of the last event that may be a copy."""
    doubted: Record | None = None
    """The first of them, if it looks like a thread's first response and only a second one can tell."""


_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(State).decode


def state_of(carry: Carry) -> State:
    return _unpack(carry) if carry else State()


def read(part: Part, carry: Carry) -> ReadResult:
    """See ``protocol.Reader``."""
    reading = _Reading(part, state_of(carry))
    reading.run()
    return ReadResult(reading.records, _pack(reading.state), skipped=reading.skipped, quotas=reading.quotas)


def thread_of(relative: str) -> str:
    """The thread as a rollout's name has it, for a file whose first line is lost: ``rollout-<time>-<id>.jsonl``."""
    stem = relative.rsplit("/", 1)[-1].removesuffix(".zst").removesuffix(".jsonl")
    return stem.split("_", 1)[0][-36:] if stem.startswith("rollout-") else stem


class _Reading:
    """One part of a rollout."""

    def __init__(self, part: Part, state: State) -> None:
        self._part = part
        self._contexts: dict[tuple[str, str, str, str], Context] = {}
        self.state = state
        self.records: list[Record] = []
        self.skipped: dict[str, int] = {}
        self.quotas: tuple[Quota, ...] = ()
        self._thread_of_variant = ""
        self._known_variant = 0
        self._limits = b""
        self._limits_at = 0

    def run(self) -> None:
        state = self.state
        if not state.meta.thread:
            found = first_meta(self._part.data)
            if found is not None and found.thread:
                state.meta = found
                state.copying = bool(found.parent)
        data = self._part.data
        for begin, line in lines(data):
            if line is None:
                # Of broken lines those that named tokens are missed; a broken text is not.
                text = data[begin : data.find(b"\n", begin)]
                if any(needle in text for needle in TOKENS):
                    self.skipped[MALFORMED] = self.skipped.get(MALFORMED, 0) + 1
                continue
            payload = line.payload
            if payload is None:
                continue
            if line.type == EVENT:
                if payload.type == "token_count":
                    self._take_event(line, payload)
                elif payload.thread_settings is not None:
                    settings = payload.thread_settings
                    # The turn's own word on its model comes before what the thread was set to.
                    state.model = state.model or settings.model or ""
                    state.tier = settings.service_tier or ""
                    state.provider = settings.model_provider_id or state.provider
            elif line.type == TURN_CONTEXT:
                state.model = payload.model or state.model
                state.cwd = payload.cwd or state.cwd
                if payload.turn_id is not None:
                    state.imported = payload.turn_id.startswith(IMPORTED)
            elif line.type == USAGE_RECORD:
                self._take_record(line, payload)
        if self._limits:
            self.quotas = quotas_of(self._limits, self._limits_at)

    def _take_record(self, line: Line, payload: Payload) -> None:
        state = self.state
        time = self._time(line.timestamp)
        usage = payload.usage
        if not state.recorded:
            state.recorded = True
            self._compare_with_events(payload)
        if usage is None or not payload.response_id or (payload.turn_id or "").startswith(IMPORTED):
            return
        own = self._thread()
        thread = payload.thread_id or own
        self._add(
            usage.counts(),
            identity(AGENT_ID, "response", payload.response_id),
            0,
            time,
            0,
            "" if thread == own else thread,
        )

    def _take_event(self, line: Line, payload: Payload) -> None:
        state = self.state
        time = self._time(line.timestamp)
        limits = bytes(payload.rate_limits)
        if limits and limits != b"null":
            self._limits, self._limits_at = limits, time
        info = payload.info
        if state.recorded or info is None:
            return
        total, last = _counts(info)
        added = state.counters.take(total, last)
        if line.ordinal is not None and line.ordinal < state.meta.own_from:
            return
        mark = self._mark(time, total, last) if state.copying else 0
        if added == NONE or state.imported:
            return
        thread = self._thread()
        state.counted += added[0] + added[3]
        if total is None:
            family = identity(AGENT_ID, "event", thread, time, *added)
        else:
            family = _family_of(total, last or _NO_LAST)
        self._add(added, family, self._variant(thread), time, mark, "")
        if mark and not mark & SURE:
            state.doubted = self.records[-1]

    def _mark(self, time: int, total: Counts | None, last: Counts | None) -> int:
        """What speaks for this event being a copy of the parent's; 0 from the first on that is the thread's own."""
        state = self.state
        forked_at = milliseconds(state.meta.time) or 0
        first = state.copied_at == 0
        follows = not first and abs(time - state.copied_at) <= _STEP_MS
        if not state.meta.parent or not (time <= forked_at + _FORK_MS or follows):
            state.copying = False
            return 0
        state.burst = state.burst and (follows or (first and abs(time - forked_at) <= _FORK_MS))
        state.copied_at = time
        mark = FORKED if state.meta.forked_from else SPAWNED
        if state.doubted is not None:
            doubted, state.doubted = state.doubted, None
            self.records.append(msgspec.structs.replace(doubted, mark=doubted.mark | SURE))
        return mark | (BURST if state.burst else 0) | (0 if first and total == last else SURE)

    def _add(self, counts: Counts, family: int, variant: int, time: int, mark: int, other_thread: str) -> None:
        given, cached, written, output, reasoning = counts
        cached = min(max(cached, 0), max(given, 0))
        written = min(max(written, 0), max(given, 0) - cached)
        self.records.append(
            Record(
                self._context(other_thread),
                family,
                variant,
                time,
                max(given, 0) - cached - written,
                cached,
                written,
                0,
                max(output, 0),
                min(max(reasoning, 0), max(output, 0)),
                mark=mark,
            )
        )

    def _variant(self, thread: str) -> int:
        if thread != self._thread_of_variant:
            self._thread_of_variant, self._known_variant = thread, identity(thread)
        return self._known_variant

    def _context(self, other_thread: str) -> Context:
        state = self.state
        key = (state.model, state.tier, state.cwd, other_thread)
        known = self._contexts.get(key)
        if known is None:
            meta = state.meta
            known = self._contexts[key] = Context(
                agent=AGENT_ID,
                session=other_thread or self._thread(),
                model=state.model,
                parent_session="" if other_thread else meta.parent,
                agent_id="" if other_thread else meta.agent_id,
                project=state.cwd or meta.cwd,
                branch=meta.branch,
                provider=state.provider or meta.provider,
                tier=state.tier or STANDARD,
                rank=Rank.COPY if other_thread else Rank.SUB_AGENT if meta.agent_id else Rank.MAIN,
            )
        return known

    def _thread(self) -> str:
        return self.state.meta.thread or thread_of(self._part.source.relative)

    def _time(self, timestamp: str | None) -> int:
        time = milliseconds(timestamp) if timestamp is not None else None
        if time is None:
            return self.state.last_time or milliseconds(self.state.meta.time) or self._part.modified
        self.state.last_time = time
        return time

    def _compare_with_events(self, payload: Payload) -> None:
        """In a file that an older version began, its events should come to where the first record begins."""
        state = self.state
        if not state.counted or state.meta.parent or payload.usage is None or payload.thread_token_usage is None:
            return
        thread, usage = payload.thread_token_usage, payload.usage
        before = thread.input_tokens + thread.output_tokens - usage.input_tokens - usage.output_tokens
        if before != state.counted:
            log.info("%s: events came to %d tokens, its record says %d", self._thread(), state.counted, before)


def _family_of(total: Counts, last: Counts) -> int:
    """As :func:`identity`, for numbers only and quicker."""
    digest = blake2b(_NUMBERS.pack(*total, *last), digest_size=8, person=b"codex total").digest()
    return int.from_bytes(digest, "big", signed=True)


def _counts(info: Info) -> tuple[Counts | None, Counts | None]:
    total, last = info.total_token_usage, info.last_token_usage
    return (None if total is None else total.counts()), (None if last is None else last.counts())
