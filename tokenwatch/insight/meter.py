"""Meter: how fast tokens and money are used now, as exponential averages over event time.

Owns the averages of everything, of each agent, of each session and of each sub-agent. Does not own the courses of the
last hours (flow.py) or where records come from. Bounded, and cheap: an event is a few multiplications.

Each average goes r <- r * e^(-gap/tau) + x/tau at an event of x, like a system's load average. An event counts from
its own time, not from when it was read, so order and lateness change nothing and a backfill makes no spike. An event
from the future counts as happening at the first question after it came.
"""

from __future__ import annotations

from collections import OrderedDict
from math import exp
from typing import Final

import msgspec

from tokenwatch.base.snapshot import Rate

MINUTE_MS: Final = 60_000
SPANS: Final = (1, 5, 60)
"""Minutes over which is averaged."""

FORGOTTEN_MS: Final = 24 * 60 * MINUTE_MS
"""An older event is worth less than 10^-10 of itself in the longest average."""

MOST_LANES: Final = 4_000
_MOST_AGENTS: Final = 256
_AGENT_MS: Final = 5 * 60 * MINUTE_MS
"""So long after its last event less than a hundredth of an agent's hour is left."""

_MOST_PENDING: Final = 50_000
_LANE_SPAN: Final = 5
_NOTHING: Final = 1e-6

Lane = tuple[str, str, str]
"""(agent, session, sub-agent); without a sub-agent: the whole session."""


class _Event(msgspec.Struct, frozen=True):
    time: int
    agent: str
    session: str
    agent_id: str
    new_tokens: int
    listed: int
    metered: bool


class _Average(msgspec.Struct):
    """Units per minute as of ``at``, one value for each of ``spans`` (minutes)."""

    spans: tuple[int, ...]
    at: int = 0
    values: list[float] = msgspec.field(default_factory=list)

    def add(self, time: int, amount: float, now: int) -> None:
        """``time`` is not after ``now``, and ``now`` never goes back."""
        gap, age = now - self.at, now - time
        if not self.values:
            self.values = [0.0] * len(self.spans)
        values = self.values
        if gap:  # none, while events of hours are placed at once after a start
            for index, span in enumerate(self.spans):
                values[index] *= exp(-gap / (span * MINUTE_MS))
            self.at = now
        if amount:
            for index, span in enumerate(self.spans):
                values[index] += amount / span * exp(-age / (span * MINUTE_MS))

    def of(self, span: int, now: int) -> float:
        if not self.values:
            return 0.0
        value = self.values[self.spans.index(span)] * exp(-(now - self.at) / (span * MINUTE_MS))
        return value if value > _NOTHING else 0.0


class _Load(msgspec.Struct):
    """All averages of everything, or of one agent."""

    tokens: _Average = msgspec.field(default_factory=lambda: _Average(SPANS))
    cost: _Average = msgspec.field(default_factory=lambda: _Average(SPANS))
    metered: _Average = msgspec.field(default_factory=lambda: _Average(SPANS))
    last_event: int | None = None

    def add(self, event: _Event, time: int, now: int) -> None:
        if event.new_tokens or event.listed:
            self.last_event = time if self.last_event is None else max(self.last_event, time)
        if now - time > FORGOTTEN_MS:
            return
        self.tokens.add(time, event.new_tokens, now)
        if event.listed:
            self.cost.add(time, event.listed, now)
            if event.metered:
                self.metered.add(time, event.listed, now)

    def set_back(self, now: int) -> None:
        for average in (self.tokens, self.cost, self.metered):
            average.at = min(average.at, now)
        if self.last_event is not None:
            self.last_event = min(self.last_event, now)

    def rate(self, now: int) -> Rate:
        tokens, cost, metered = self.tokens, self.cost, self.metered
        return Rate(
            tokens_1m=tokens.of(1, now),
            tokens_5m=tokens.of(5, now),
            tokens_60m=tokens.of(60, now),
            cost_1m=cost.of(1, now) * 60,
            cost_5m=cost.of(5, now) * 60,
            cost_60m=cost.of(60, now) * 60,
            metered_5m=metered.of(5, now) * 60,
            metered_60m=metered.of(60, now) * 60,
            last_event=self.last_event,
        )


class Meter:
    """Not safe for several threads. Times are milliseconds since 1970 UTC."""

    def __init__(self) -> None:
        self._now: int | None = None
        self._pending: list[_Event] = []
        """Events not yet placed, because it is not known whether they lie in the future."""
        self._whole = _Load()
        self._agents: dict[str, _Load] = {}
        self._lanes: OrderedDict[Lane, _Average] = OrderedDict()

    def add(
        self,
        time_ms: int,
        agent: str,
        session: str,
        agent_id: str,
        new_tokens: int,
        listed: int | None,
        metered: bool,
    ) -> None:
        """So many more tokens (without cache reads) and nano-dollars at that time; None: not priced."""
        event = _Event(time_ms, agent, session, agent_id, max(0, new_tokens), max(0, listed or 0), metered)
        if self._now is not None and time_ms <= self._now:
            self._place(event, self._now)
            return
        self._pending.append(event)
        if len(self._pending) > 2 * _MOST_PENDING:
            # The oldest weigh least.
            self._pending.sort(key=lambda one: one.time)
            del self._pending[:_MOST_PENDING]

    def rate(self, now: int) -> Rate:
        """Tokens per minute and nano-dollars per hour."""
        return self._whole.rate(self._advance(now))

    def agent_rates(self, now: int) -> tuple[tuple[str, Rate], ...]:
        """(agent id, rate) of those whose hour is not nothing, the fastest first."""
        now = self._advance(now)
        rates = [
            (agent, load.rate(now))
            for agent, load in self._agents.items()
            if load.last_event is not None and now - load.last_event <= _AGENT_MS
        ]
        return tuple(sorted(rates, key=lambda entry: (-entry[1].tokens_5m, -entry[1].tokens_60m, entry[0])))

    def session_rate(self, agent: str, session: str, now: int) -> float:
        """New tokens per minute over 5 minutes, sub-agents included."""
        return self._lane_rate((agent, session, ""), now)

    def sub_agent_rate(self, agent: str, session: str, agent_id: str, now: int) -> float:
        """New tokens per minute over 5 minutes of one sub-agent."""
        return self._lane_rate((agent, session, agent_id), now) if agent_id else 0.0

    def _lane_rate(self, lane: Lane, now: int) -> float:
        now = self._advance(now)
        average = self._lanes.get(lane)
        return 0.0 if average is None else average.of(_LANE_SPAN, now)

    def _advance(self, now: int) -> int:
        """The time goes on to ``now``: place what came since the last question."""
        if self._now is not None and now < self._now:
            self._set_back(now)
        self._now = now
        if self._pending:
            pending, self._pending = self._pending, []
            for event in pending:
                self._place(event, now)
        return now

    def _set_back(self, now: int) -> None:
        """The clock was set back: what was just now stays just now, or the rates would stand still until then."""
        for load in (self._whole, *self._agents.values()):
            load.set_back(now)
        for average in self._lanes.values():
            average.at = min(average.at, now)

    def _place(self, event: _Event, now: int) -> None:
        time = min(event.time, now)
        self._whole.add(event, time, now)
        if event.agent not in self._agents and len(self._agents) < _MOST_AGENTS:
            self._agents[event.agent] = _Load()
        if event.agent in self._agents:
            self._agents[event.agent].add(event, time, now)
        if now - time > FORGOTTEN_MS or not event.new_tokens:
            return
        self._lane((event.agent, event.session, "")).add(time, event.new_tokens, now)
        if event.agent_id:
            self._lane((event.agent, event.session, event.agent_id)).add(time, event.new_tokens, now)

    def _lane(self, lane: Lane) -> _Average:
        average = self._lanes.get(lane)
        if average is None:
            average = self._lanes[lane] = _Average((_LANE_SPAN,))
            if len(self._lanes) > MOST_LANES:
                self._lanes.popitem(last=False)
        else:
            self._lanes.move_to_end(lane)
        return average
