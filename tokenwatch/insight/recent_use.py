"""Recent use: what the last hours' records say of each session.

Owns each session's last model and context size, and the spans in which it was busy, for the lanes under the rate
chart. Does not own states (live) or sums over days (totals.py). Bounded: sessions are forgotten after a day.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Final

import msgspec

from tokenwatch.base.snapshot import Lane
from tokenwatch.base.usage import Record

KEPT_MS: Final = 25 * 3_600_000
_MOST_SESSIONS: Final = 2_000
_MOST_LEVELS: Final = 8
"""Of sub-agents that spawn sub-agents."""

_JOINED_MS: Final = 120_000
"""Responses closer together than this are one busy span; a response is taken to have lasted up to half of it."""

Session = tuple[str, str]
"""(agent id, session)"""


class _Use(msgspec.Struct):
    last: Record
    main: Record | None = None
    spans: list[list[int]] = msgspec.field(default_factory=list)


class RecentUse:
    """Fed with records in any order; a record that changed is simply fed again."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[Session, _Use] = OrderedDict()
        self._parents: OrderedDict[Session, str] = OrderedDict()
        """Sub-agents with sessions of their own, and the session that spawned them."""

    def add(self, record: Record) -> str:
        """Take the record in. Returns the session that a person would name: see :meth:`top`."""
        context = record.context
        if context.agent_id and context.parent_session:
            self._know((context.agent, context.session), context.parent_session)
        key = (record.agent, self.top(record.agent, record.session))
        self._take(key, record)
        return key[1]

    def top(self, agent: str, session: str) -> str:
        """A sub-agent with a session of its own belongs to the session that spawned it, as far as that is known."""
        for _ in range(_MOST_LEVELS):
            parent = self._parents.get((agent, session))
            if parent is None or parent == session:
                break
            session = parent
        return session

    def _know(self, child: Session, parent: str) -> None:
        if self._parents.get(child) == parent:
            return
        self._parents[child] = parent
        if len(self._parents) > _MOST_SESSIONS:
            self._parents.popitem(last=False)
        top = (child[0], self.top(*child))
        moved = self._sessions.pop(child, None) if top != child else None
        if moved is not None:
            # What it spawned was read before it.
            self._take(top, moved.last)
            for start, end in moved.spans:
                _extend(self._sessions[top].spans, start, end)

    def _take(self, key: Session, record: Record) -> None:
        use = self._sessions.get(key)
        if use is None:
            use = self._sessions[key] = _Use(record)
            if len(self._sessions) > _MOST_SESSIONS:
                self._sessions.popitem(last=False)
        else:
            self._sessions.move_to_end(key)
        if record.time >= use.last.time:
            use.last = record
        own = not record.context.agent_id and record.session == key[1]
        if own and (use.main is None or record.time >= use.main.time):
            use.main = record
        _extend(use.spans, record.time - _JOINED_MS // 2, record.time)

    def last(self, agent: str, session: str) -> Record | None:
        """The latest record of the session, sub-agents included."""
        use = self._sessions.get((agent, session))
        return None if use is None else use.last

    def main(self, agent: str, session: str) -> Record | None:
        """The latest record of the session itself, whose prompt is what its context holds."""
        use = self._sessions.get((agent, session))
        return None if use is None else use.main

    def lanes(self, since: int, names: dict[Session, str]) -> tuple[Lane, ...]:
        """Sessions that were busy after ``since`` (ms), latest first; ``names`` gives projects for people."""
        lanes = []
        for key, use in self._sessions.items():
            busy = tuple((max(since, start), end) for start, end in use.spans if end > since)
            if busy:
                lanes.append(Lane(session=key[1], agent=key[0], project=names.get(key, ""), busy=busy))
        return tuple(sorted(lanes, key=lambda lane: (-lane.busy[-1][1], lane.agent, lane.session)))

    def projects(self) -> Iterable[tuple[Session, str]]:
        """Working directory of each known session, as its latest record has it."""
        return ((key, use.last.context.project) for key, use in self._sessions.items())

    def forget(self, before: int) -> None:
        """Drop what ended before this time (ms)."""
        for key in [key for key, use in self._sessions.items() if use.last.time < before]:
            del self._sessions[key]
        for use in self._sessions.values():
            use.spans = [span for span in use.spans if span[1] >= before]


def _extend(spans: list[list[int]], start: int, end: int) -> None:
    """Add a span to ordered ones that do not touch, joining what lies close together."""
    low = len(spans)
    while low > 0 and spans[low - 1][1] + _JOINED_MS >= start:
        low -= 1
    high = low
    while high < len(spans) and spans[high][0] <= end + _JOINED_MS:
        start, end = min(start, spans[high][0]), max(end, spans[high][1])
        high += 1
    spans[low:high] = [[start, end]]
