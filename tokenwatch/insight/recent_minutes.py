"""Recent minutes: tokens and cost of each minute of the last day, for the day's peak and the hours in use.

Owns those sums. Does not own the rate of this moment (meter.py). A peak is the most that five minutes in a row
brought, so that the order of reading changes nothing.
"""

from __future__ import annotations

from typing import Final

MINUTE_MS: Final = 60_000
_HOUR: Final = 60
_SPAN: Final = 5
KEPT_MINUTES: Final = 25 * _HOUR


class RecentMinutes:
    """Times are milliseconds. Not safe for several threads."""

    def __init__(self) -> None:
        self._minutes: dict[int, tuple[int, int]] = {}
        self._peak: tuple[int, tuple[float, int | None], tuple[float, int | None]] | None = None
        """The last answer: from when, and what."""

    def add(self, time: int, tokens: int, listed: int | None) -> None:
        self._peak = None
        minute = time // MINUTE_MS
        before = self._minutes.get(minute, (0, 0))
        self._minutes[minute] = (before[0] + tokens, before[1] + (listed or 0))

    def peak(self, since: int) -> tuple[tuple[float, int | None], tuple[float, int | None]]:
        """Most tokens a minute and nano-dollars an hour over five minutes from ``since`` on; each with its end."""
        if self._peak is None or self._peak[0] != since:
            self._peak = (since, *self._find_peak(since))
        return self._peak[1:]

    def _find_peak(self, since: int) -> tuple[tuple[float, int | None], tuple[float, int | None]]:
        best: list[tuple[float, int | None]] = [(0.0, None), (0.0, None)]
        first = -(-since // MINUTE_MS)
        for minute in sorted(self._minutes):
            if minute < first:
                continue
            span = [self._minutes.get(minute - ago, (0, 0)) for ago in range(min(_SPAN, minute - first + 1))]
            for index, factor in ((0, 1.0), (1, 60.0)):
                value = sum(entry[index] for entry in span) * factor / _SPAN
                if value > best[index][0]:
                    best[index] = (value, (minute + 1) * MINUTE_MS)
        return best[0], best[1]

    def between(self, since: int, until: int) -> tuple[int, int]:
        """Tokens and nano-dollars of the minutes that began in that time."""
        found = [sums for minute, sums in self._minutes.items() if since <= minute * MINUTE_MS < until]
        return sum(sums[0] for sums in found), sum(sums[1] for sums in found)

    def active_hours(self, now: int) -> int:
        """Of the last 24 hours, those in which any tokens were used."""
        last = now // MINUTE_MS
        return len({(last - minute) // _HOUR for minute in self._minutes if 0 <= last - minute < 24 * _HOUR})

    def forget(self, now: int) -> None:
        first = now // MINUTE_MS - KEPT_MINUTES
        if any(minute < first for minute in self._minutes):
            self._minutes = {minute: sums for minute, sums in self._minutes.items() if minute >= first}
