"""Live book: what the engine remembers of the last day besides the rate, for the figures of this moment.

Owns one :class:`SessionSpend`, the recent minutes, the intervals of the last day and the time nobody looked. Does not
own how any of them is worked out (insight, live) or the snapshot (core.py). Used by one thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from tokenwatch.base.interval import Activeness, End, Interval
from tokenwatch.base.snapshot import Away, Lane, Peak, State
from tokenwatch.engine.books import Books
from tokenwatch.insight.agent_hours import Hours, hours_between, lanes, most_at_once
from tokenwatch.insight.recent_minutes import MINUTE_MS, RecentMinutes
from tokenwatch.insight.session_spend import SessionSpend
from tokenwatch.ledger.change import Change
from tokenwatch.ledger.queries import Queries
from tokenwatch.live.intervals import IntervalKeeper
from tokenwatch.live.sessions import OpenSession

KEPT_MS: Final = 25 * 3_600_000
AWAY_MS: Final = 30 * MINUTE_MS
"""A shorter time without an open face is not told of."""

_USUAL_MS: Final = 28 * 24 * 3_600_000
_USUAL_AGE_MS: Final = 3_600_000
_FEWEST_SLOTS: Final = 40
"""Active quarters of an hour: with fewer, what is usual is not known."""

_SLOTS_AN_HOUR: Final = 4
_USUAL_SHARE: Final = 0.95


class _Usual(msgspec.Struct):
    asked_at: int
    cost: int | None


class LiveBook:
    """Times are milliseconds since 1970 UTC."""

    def __init__(self) -> None:
        self.spend = SessionSpend()
        self.minutes = RecentMinutes()
        self._keeper = IntervalKeeper()
        self._intervals: dict[tuple[int, str, str, Activeness], Interval] = {}
        self._ends: set[End] = set()
        self._usual: _Usual | None = None
        self._left_at: int | None = None
        self._away: tuple[int, int] | None = None

    def recall(self, queries: Queries, now: int) -> None:
        """Begin again with the intervals of the last day; uses are then fed anew."""
        self.spend, self.minutes = SessionSpend(), RecentMinutes()
        for interval in queries.intervals(now - KEPT_MS, None):
            self._take(interval)
        self._usual = None

    def feed(self, session: str, change: Change) -> None:
        """``session`` as a person would name it."""
        record = change.record
        self.spend.add(session, record, change.new_tokens, change.cache_read, change.listed)
        self.minutes.add(record.time, change.new_tokens, change.listed)

    def look(self, sessions: Sequence[OpenSession], now: int) -> tuple[list[Interval], list[End]]:
        """What is open now, and what ended lately. Returns what the ledger is to keep."""
        kept = self._keeper.look([one for one in sessions if one.state.open], now)
        for interval in kept:
            self._take(interval)
        ends = {
            End(one.agent, one.session, one.since, one.state is State.CRASHED)
            for one in sessions
            if not one.state.open and one.since is not None
        }
        new = sorted(ends - self._ends, key=lambda end: (end.at, end.agent, end.session))
        self._ends = ends
        return kept, new

    def keep(self, books: Books, sessions: Sequence[OpenSession], now: int) -> None:
        """As :meth:`look`, and have the ledger keep it."""
        kept, ends = self.look(sessions, now)
        if books.ledger is not None and (kept or ends):
            with books.excused():
                books.ledger.intervals.keep(kept)
                if ends:
                    books.ledger.intervals.keep_ends(ends, now)

    def ends(self, books: Books, now: int) -> list[End]:
        """Sessions whose process was seen to end in the last day."""
        ends: list[End] = []
        if books.queries is not None:
            with books.excused():
                ends = books.queries.ends(now - KEPT_MS)
        return ends

    def _take(self, interval: Interval) -> None:
        key = (interval.start, interval.agent, interval.session, interval.kind)
        before = self._intervals.get(key)
        if before is None or before.end < interval.end:
            self._intervals[key] = interval

    def forget(self, now: int) -> None:
        self.spend.forget(now - KEPT_MS)
        self.minutes.forget(now)
        if len(self._intervals) > 1 and any(entry.end < now - KEPT_MS for entry in self._intervals.values()):
            self._intervals = {key: entry for key, entry in self._intervals.items() if entry.end >= now - KEPT_MS}

    # Figures

    def hours(self, since: int, until: int) -> Hours:
        return hours_between(self._intervals.values(), since, until)

    def peak(self, since: int, now: int) -> Peak:
        """The most since then, which is not longer ago than a day. Minutes that are not over yet end now."""
        working, working_at = most_at_once(self._intervals.values(), since)
        (tokens, tokens_at), (cost, cost_at) = self.minutes.peak(since)
        tokens_at, cost_at = (None if at is None else min(at, now) for at in (tokens_at, cost_at))
        return Peak(working, working_at, tokens, tokens_at, cost, cost_at)

    def lanes(self, heard: Iterable[Lane], since: int, names: Mapping[tuple[str, str], str]) -> tuple[Lane, ...]:
        return lanes(self._intervals.values(), heard, since, names)

    def usual_cost(self, books: Books, now: int) -> int | None:
        """Nano-dollars an hour that 95 % of active quarters of an hour stayed below. May ask the ledger."""
        queries = books.queries
        if queries is None or (self._usual is not None and 0 <= now - self._usual.asked_at < _USUAL_AGE_MS):
            return self._usual.cost if self._usual is not None else None
        with books.excused():
            slot = now // 900_000 * 900_000
            listed = sorted(
                entry.listed for entry in queries.sums(slot - _USUAL_MS, slot, slots=True) if entry.listed
            )
            known = len(listed) >= _FEWEST_SLOTS
            cost = listed[int(len(listed) * _USUAL_SHARE)] * _SLOTS_AN_HOUR if known else None
            self._usual = _Usual(now, cost)
        return self._usual.cost if self._usual is not None else None

    # Who looks

    def show(self, visible: bool, now: int) -> None:
        """A face was opened, or the last one closed."""
        if not visible:
            self._left_at, self._away = now, None
        elif self._left_at is not None:
            self._away = (self._left_at, now) if now - self._left_at >= AWAY_MS else None
            self._left_at = None

    def away(
        self, ended: Iterable[OpenSession], heard: Iterable[Lane], names: Mapping[tuple[str, str], str], now: int
    ) -> Away | None:
        """What happened in the time before the face was opened that is open now."""
        if self._away is None:
            return None
        since, until = max(self._away[0], now - KEPT_MS), self._away[1]
        hours = self.hours(since, until)
        tokens, listed = self.minutes.between(since, until)
        states = [one.state for one in ended if one.since is not None and since <= one.since <= until]
        return Away(
            since,
            until,
            working_ms=hours.working,
            waiting_ms=hours.waiting,
            tokens=tokens,
            listed=listed,
            finished=states.count(State.ENDED),
            crashed=states.count(State.CRASHED),
            sessions=_clipped(self.lanes(heard, since, names), until),
        )


def _clipped(found: Iterable[Lane], until: int) -> tuple[Lane, ...]:
    """Lanes as far as they lie before ``until``."""
    clipped = []
    for lane in found:
        busy, waiting = (
            tuple((start, min(end, until)) for start, end in spans if start < until)
            for spans in (lane.busy, lane.waiting)
        )
        if busy or waiting:
            clipped.append(Lane(lane.session, lane.agent, lane.project, busy, waiting))
    return tuple(clipped)
