"""Burn: what metered use cost in the last minutes and hours, and which session most of it.

Owns sums over windows that end now, of event time: what is read late counts when it happened. Does not judge them
(alerts). Bounded: a sum for each minute of the last six hours and each session in it.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.snapshot import Burn

_MINUTE_MS: Final = 60_000
_KEPT_MINUTES: Final = 360

Session = tuple[str, str]
"""(agent, session)"""


class BurnWindows:
    """Fed in any order; an event from the future counts when its time comes."""

    def __init__(self) -> None:
        self._minutes: dict[int, dict[Session, int]] = {}
        self._last: tuple[int, Burn] | None = None
        """What was told of this minute, until something is added."""

    def add(self, time: int, agent: str, session: str, cost: int) -> None:
        """So many more metered nano-dollars at that time (milliseconds)."""
        sessions = self._minutes.setdefault(time // _MINUTE_MS, {})
        sessions[(agent, session)] = sessions.get((agent, session), 0) + cost
        self._last = None

    def figures(self, now: int) -> Burn:
        present = now // _MINUTE_MS
        if self._last is not None and self._last[0] == present:
            return self._last[1]
        found = self._sums(present)
        self._last = present, found
        return found

    def _sums(self, present: int) -> Burn:
        old = [minute for minute in self._minutes if minute <= present - _KEPT_MINUTES]
        for minute in old:
            del self._minutes[minute]
        sums = dict.fromkeys((5, 30, 60, _KEPT_MINUTES), 0)
        hour: dict[Session, int] = {}
        for minute, sessions in self._minutes.items():
            if minute > present:
                continue
            cost = sum(sessions.values())
            for span in sums:
                if minute > present - span:
                    sums[span] += cost
            if minute > present - 60:
                for session, part in sessions.items():
                    hour[session] = hour.get(session, 0) + part
        most = max(hour, key=lambda session: (hour[session], session), default=None)
        return Burn(
            minutes_5=max(0, sums[5]),
            minutes_30=max(0, sums[30]),
            hours_1=max(0, sums[60]),
            hours_6=max(0, sums[_KEPT_MINUTES]),
            most=most,
            most_cost=hour[most] if most is not None else 0,
        )
