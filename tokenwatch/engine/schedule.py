"""Schedule: when the engine scans, publishes and looks at processes.

Owns the intervals and the arithmetic of due times, on the monotonic clock. Does not wait and starts nothing.
"""

from __future__ import annotations

import sys
from typing import Final

import msgspec

from tokenwatch.base.clock import Clock
from tokenwatch.base.snapshot import Figures

SCAN_SECONDS: Final = 60.0
CALM_SCAN_SECONDS: Final = 300.0
POLL_SECONDS: Final = 5.0
LOST_SCAN_SECONDS: Final = 30
"""Between whole scans: when events can be had, when nothing happens at all, when no events can be had, and while an
agent's logs cannot be read.

Events are lost when there are many, so whoever hears of none and sees nobody at work has lost none."""

RETRY_SECONDS: Final = 5.0
"""After the ledger could not be written."""

LOOK_VISIBLE: Final = 2.0
LOOK_HIDDEN: Final = 10.0
LOOK_CALM: Final = 60.0
"""Between looks at processes: with an open face, without one, and without one while nobody works and the system
itself tells of begins and ends, at which they are looked at, too."""

GLANCE_VISIBLE: Final = 0.5
GLANCE_HIDDEN: Final = 1.5 if sys.platform == "linux" else 3.0
"""Between two times that it is asked whether any process began. Only Linux answers that in microseconds."""

LOOK_AGAIN: Final = 0.7
"""After a look that another one must confirm: work seems to be over."""

LOOK_MISSED: Final = 0.2
"""After a look at which a process was missed."""

BEAT_VISIBLE: Final = 2.0
BEAT_HIDDEN: Final = 15.0
BEAT_IDLE: Final = 60.0
"""Between snapshots when nothing changes but the time: rates fade, days turn. Idle: nobody works, no token flows."""

ASK_SECONDS: Final = 0.3
"""Between two times that the ledger is asked for the month while lines come; costlier than all other figures."""

GAP_HIDDEN: Final = 1.0
"""At least between two snapshots, or looks because of a log that grew, while there is only the icon to show them."""

_GAP_SECONDS: Final = 0.05
_MOST_GAP_SECONDS: Final = 1.0
_GAP_SHARE: Final = 10.0
_JUMP_SECONDS: Final = 5.0


class Due(msgspec.Struct):
    """A deadline that is renewed after each use; due at once until then."""

    at: float = 0.0

    def left(self, now: float) -> float:
        return max(0.0, self.at - now)

    def passed(self, now: float) -> bool:
        return now >= self.at

    def after(self, now: float, seconds: float) -> None:
        self.at = now + seconds

    def no_later(self, at: float) -> None:
        self.at = min(self.at, at)

    def soon(self) -> None:
        self.at = 0.0


class ScanDue(Due):
    """When everything is looked at again. ``scanned`` is when that was last done."""

    scanned: float = 0.0

    def done(self, now: float, *, polling: bool, busy: bool, lost: bool = False) -> None:
        """Everything was looked at; ``busy``: somebody is at work; ``lost``: an agent's logs cannot be read."""
        self.scanned = now
        usual = POLL_SECONDS if polling else SCAN_SECONDS if busy else CALM_SCAN_SECONDS
        self.after(now, min(usual, LOST_SCAN_SECONDS) if lost else usual)

    def stir(self) -> None:
        """Something happens: not later than a minute after the last time."""
        self.no_later(self.scanned + SCAN_SECONDS)


def beat_of(figures: Figures, *, visible: bool) -> float:
    """Seconds until the next snapshot if nothing comes. An icon alone shows neither waiting times nor faint rates."""
    if visible:
        return BEAT_VISIBLE if figures.counts.open or figures.rate.tokens_60m >= 1 else BEAT_IDLE
    return BEAT_HIDDEN if figures.counts.working or figures.rate.tokens_5m >= 1 else BEAT_IDLE


def look_every(*, visible: bool, unsettled: bool, slower: float, missed: bool = False, calm: bool = False) -> float:
    """Seconds between whole looks at processes; ``slower`` is the factor of self_watch.py.

    ``calm``: nobody works, and the system tells of what begins and ends.
    """
    usual = LOOK_VISIBLE if visible else LOOK_CALM if calm else LOOK_HIDDEN
    return slower * (LOOK_MISSED if missed else LOOK_AGAIN if unsettled else usual)


def glance_every(*, visible: bool, slower: float) -> float:
    """Seconds between two times that new processes are asked for."""
    return slower * (GLANCE_VISIBLE if visible else GLANCE_HIDDEN)


def gap(cost: float) -> float:
    """Seconds to wait after something that took ``cost``, so that it takes at most a tenth of the time.

    Never more than a second, for no figure should be older.
    """
    return min(_MOST_GAP_SECONDS, max(_GAP_SECONDS, cost * _GAP_SHARE))


class JumpWatch:
    """Notices sleep or a changed wall clock: the two clocks then moved differently."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = (clock.now() / 1000, clock.monotonic())

    def jumped(self) -> bool:
        wall, monotonic = self._clock.now() / 1000, self._clock.monotonic()
        drift = (wall - self._last[0]) - (monotonic - self._last[1])
        self._last = (wall, monotonic)
        return abs(drift) > _JUMP_SECONDS
