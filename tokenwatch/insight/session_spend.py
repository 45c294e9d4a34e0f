"""Session spend: what each session used since a moment, what it wrote to the prompt cache, and when that runs out.

Owns the last day's uses of each session, one by one. Does not own sums of whole sessions (the ledger has them) or the
token rate (meter.py). Bounded: what is older than a day is forgotten.

Decisions
---------
*Columns, not tuples.* Context: a busy day is a hundred thousand uses, and as tuples of numbers each took 200 bytes.
Decision: every number stands in an array of its kind. Consequence: 33 bytes a use.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from typing import Final

import msgspec

from tokenwatch.base.usage import Record

MINUTE_MS: Final = 60_000
LARGE_WRITE: Final = 100_000
"""Tokens: so much written to the cache by one response is worth a word."""

COLD_MS: Final = 6 * 60 * MINUTE_MS
RECENT_WRITE_MS: Final = 10 * MINUTE_MS
POLLED_MS: Final = 30 * MINUTE_MS
_TTL_5M: Final = 5 * MINUTE_MS
_TTL_1H: Final = 60 * MINUTE_MS
"""How long the provider keeps what was written to its cache, counted from the last use (Anthropic documents it)."""

_NEAR_POLL_MS: Final = 10_000
"""A response and its tool call are written within this time."""

_MOST_SESSIONS: Final = 2_000
_MOST_USES: Final = 20_000

Session = tuple[str, str]
"""(agent id, session)"""


class Spent(msgspec.Struct, frozen=True):
    """New tokens and listed cost (nano-dollars; None if any part has no price)."""

    tokens: int = 0
    cost: int | None = 0


class _Uses:
    """By time: new tokens, all tokens, listed nano-dollars or -1 for unknown, and if the session itself used them."""

    __slots__ = ("every", "listed", "new", "own", "times")

    def __init__(self) -> None:
        self.times, self.new, self.every, self.listed = array("q"), array("q"), array("q"), array("q")
        self.own = bytearray()

    def add(self, time: int, new: int, every: int, listed: int, own: bool) -> None:
        at = bisect_right(self.times, time)
        self.times.insert(at, time)
        self.new.insert(at, new)
        self.every.insert(at, every)
        self.listed.insert(at, listed)
        self.own.insert(at, own)

    def forget_first(self, number: int) -> None:
        for column in (self.times, self.new, self.every, self.listed, self.own):
            del column[:number]


class _Lane(msgspec.Struct):
    """The session itself or one sub-agent: its last response, and how long its cache lives."""

    time: int = 0
    ttl: int = 0


class _Session(msgspec.Struct):
    uses: _Uses = msgspec.field(default_factory=_Uses)
    known_since: int = 0
    """Of what was used before it was more than is kept."""
    lanes: dict[str, _Lane] = msgspec.field(default_factory=dict)
    writes: OrderedDict[tuple[int, int], tuple[int, int, bool]] = msgspec.field(default_factory=OrderedDict)
    """Responses that wrote much: (time, tokens, after the cache had run out), by the record's identity."""
    asked: tuple[int, int, int, bool] | None = None
    """The last answer: from when, tokens, cost, all priced."""


class SessionSpend:
    """Fed with changes in any order. Not safe for several threads."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[Session, _Session] = OrderedDict()

    def add(self, session: str, record: Record, new_tokens: int, more: int, listed: int | None) -> None:
        """``session`` as a person would name it; so many new tokens, other tokens and nano-dollars came with it."""
        key = (record.agent, session)
        known = self._sessions.get(key)
        if known is None:
            known = self._sessions[key] = _Session()
            if len(self._sessions) > _MOST_SESSIONS:
                self._sessions.popitem(last=False)
        else:
            self._sessions.move_to_end(key)
        own = not record.context.agent_id and record.session == session
        known.uses.add(record.time, new_tokens, new_tokens + more, -1 if listed is None else listed, own)
        if known.asked is not None and record.time >= known.asked[0]:
            since, tokens, cost, priced = known.asked
            known.asked = (since, tokens + new_tokens, cost + max(0, listed or 0), priced and listed is not None)
        if len(known.uses.times) > _MOST_USES:
            known.known_since = known.uses.times[_MOST_USES // 10 - 1] + 1
            known.uses.forget_first(_MOST_USES // 10)
        self._note_cache(known, record, own)

    @staticmethod
    def _note_cache(known: _Session, record: Record, own: bool) -> None:
        name = "" if own else record.context.agent_id or record.session
        lane = known.lanes.setdefault(name, _Lane())
        identity = (record.family, record.variant)
        written = record.cache_write_5m + record.cache_write_1h
        if written >= LARGE_WRITE:
            before = known.writes.get(identity)
            cold = before[2] if before else bool(lane.ttl) and record.time - lane.time > lane.ttl
            known.writes[identity] = (record.time, written, cold)
            if len(known.writes) > 256:
                known.writes.popitem(last=False)
        if record.time >= lane.time:
            lane.time = record.time
            lane.ttl = _TTL_1H if record.cache_write_1h else _TTL_5M if record.cache_write_5m else lane.ttl

    def since(self, agent: str, session: str, at: int, known_since: int) -> Spent | None:
        """What was used from ``at`` on, sub-agents included; None if that is longer ago than anything is kept."""
        if at < known_since:
            return None
        known = self._sessions.get((agent, session))
        if known is None:
            return Spent()
        if known.asked is None or known.asked[0] != at:
            if at < known.known_since:
                return None
            cut = bisect_left(known.uses.times, at)
            costs = known.uses.listed[cut:]
            known.asked = (
                at,
                sum(known.uses.new[cut:]),
                sum(max(0, cost) for cost in costs),
                min(costs, default=0) >= 0,
            )
        _, tokens, cost, priced = known.asked
        return Spent(tokens, cost if priced else None)

    def cache_expires_at(self, agent: str, session: str) -> int | None:
        """When the prompt cache of the session's own conversation runs out; None if it is not known to have one."""
        known = self._sessions.get((agent, session))
        lane = known.lanes.get("") if known is not None else None
        return lane.time + lane.ttl if lane is not None and lane.ttl else None

    def cold_writes(self, agent: str, session: str, now: int) -> int:
        """Responses of the last hours that wrote much to a cache which had run out."""
        known = self._sessions.get((agent, session))
        if known is None:
            return 0
        return sum(cold and now - COLD_MS < time <= now for time, _, cold in known.writes.values())

    def largest_write(self, agent: str, session: str, now: int) -> int:
        """Most tokens that one response of the last minutes wrote, if that was much."""
        known = self._sessions.get((agent, session))
        if known is None:
            return 0
        recent = [size for time, size, _ in known.writes.values() if now - RECENT_WRITE_MS < time <= now]
        return max(recent, default=0)

    def polled(self, agent: str, session: str, polls: tuple[int, ...], now: int) -> float:
        """0..1: the part of the last half hour's tokens that the session itself used to ask if something is done."""
        known = self._sessions.get((agent, session))
        if known is None or not polls:
            return 0.0
        kept = known.uses
        cut = bisect_left(kept.times, now - POLLED_MS)
        columns = (kept.times[cut:], kept.every[cut:], kept.own[cut:])
        uses = [(time, every) for time, every, own in zip(*columns, strict=True) if own]
        total = sum(every for _, every in uses)
        if not total:
            return 0.0
        ordered = sorted(polls)
        spent = 0
        for time, every in uses:
            at = bisect_left(ordered, time - _NEAR_POLL_MS)
            if at < len(ordered) and ordered[at] <= time + _NEAR_POLL_MS:
                spent += every
        return spent / total

    def forget(self, before: int) -> None:
        """Drop what was used before this time (ms)."""
        for key, known in list(self._sessions.items()):
            cut = bisect_left(known.uses.times, before)
            if cut:
                known.uses.forget_first(cut)
            if not known.uses.times:
                del self._sessions[key]
