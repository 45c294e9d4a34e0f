"""Flow: new tokens of the last day in steps of time, by agent, and how much of each is its busiest session's.

Owns what the charts of the last hours stack. Does not own averages (meter.py) or where records come from. Bounded:
what is older than a day is forgotten, and of sessions the least busy ones are counted together.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.snapshot import RateSeries

MINUTE_MS: Final = 60_000
DAY_MINUTES: Final = 24 * 60
MOST_SESSIONS: Final = 500
_OTHERS: Final = ""
"""Stands for sessions that are counted together."""

Row = tuple[int, ...]


class Flow:
    """Times are milliseconds since 1970 UTC. What lies after the present is counted once its time has come."""

    def __init__(self) -> None:
        self._minutes: dict[tuple[str, str], dict[int, int]] = {}
        self._pruned = 0

    def add(self, time: int, agent: str, session: str, new_tokens: int) -> None:
        """So many more new tokens of a session at that time."""
        if new_tokens <= 0:
            return
        key = (agent, session)
        if key not in self._minutes and len(self._minutes) >= MOST_SESSIONS:
            key = (agent, _OTHERS)
        row = self._minutes.setdefault(key, {})
        minute = time // MINUTE_MS
        row[minute] = row.get(minute, 0) + new_tokens

    def series(self, now: int, minutes: int, step: int = 1) -> RateSeries:
        """Tokens of the last ``minutes`` in steps of ``step`` minutes, oldest first; the last one is the present.

        Steps begin at whole multiples of themselves, so that a step's sum does not change once it is over.
        """
        self._prune(now)
        last = now // MINUTE_MS // step
        count = max(1, min(minutes, DAY_MINUTES) // step)
        first = last - count + 1
        present = now // MINUTE_MS
        rows: dict[str, list[int]] = {}
        busiest: dict[str, tuple[int, Row]] = {}
        several: set[str] = set()
        for (agent, _), by_minute in sorted(self._minutes.items()):
            values = [0] * count
            for minute, tokens in by_minute.items():
                place = minute // step - first
                if 0 <= place < count and minute <= present:
                    values[place] += tokens
            total = sum(values)
            if not total:
                continue
            if agent in rows:
                several.add(agent)
                rows[agent] = [one + other for one, other in zip(rows[agent], values, strict=True)]
            else:
                rows[agent] = values
            if total > busiest.get(agent, (0, ()))[0]:
                busiest[agent] = (total, tuple(values))
        return RateSeries(
            start=first * step * MINUTE_MS,
            rows=tuple((agent, tuple(values)) for agent, values in sorted(rows.items())),
            step=step * MINUTE_MS,
            parts=tuple((agent, busiest[agent][1]) for agent in sorted(several)),
        )

    def _prune(self, now: int) -> None:
        oldest = now // MINUTE_MS - DAY_MINUTES - 60
        if oldest - self._pruned < 60:  # once an hour is enough
            return
        self._pruned = oldest
        for key, row in list(self._minutes.items()):
            kept = {minute: tokens for minute, tokens in row.items() if minute > oldest}
            if kept:
                self._minutes[key] = kept
            else:
                del self._minutes[key]
