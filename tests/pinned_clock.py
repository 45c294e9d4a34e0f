"""Times of day other than the real one: a moment that stands still, and hours that pass in seconds.

Owns the two clocks, and programs that run in processes of their own by them.
"""

from __future__ import annotations

import sys

from tokenwatch.base.clock import SystemClock


class PinnedClock(SystemClock):
    """``now`` is always the same; intervals pass as they do."""

    def __init__(self, now: int) -> None:
        self._now = now

    def now(self) -> int:
        return self._now


class QuickClock(SystemClock):
    """``now`` begins at a moment and runs ``times`` as fast as it does; intervals pass as they do."""

    def __init__(self, begin: int, times: int) -> None:
        self._begin, self._times, self._started = begin, times, self.monotonic()

    def now(self) -> int:
        return self._begin + round((self.monotonic() - self._started) * 1000 * self._times)


_MAIN = """\
import sys
from tests.pinned_clock import PinnedClock, QuickClock
from tokenwatch.base import clock
clock.SystemClock = lambda: {clock}
from tokenwatch.__main__ import main
sys.exit(main())
"""


def command_at(now: int, *arguments: str) -> list[str]:
    """``tokenwatch`` with ``arguments``, for whom it is ``now``; to be run where the package is."""
    return [sys.executable, "-c", _MAIN.format(clock=f"PinnedClock({now})"), *arguments]


def program_in_a_hurry(begin: int, times: int) -> tuple[str, ...]:
    """``tokenwatch``, for whom it is ``begin`` when it starts, and time passes ``times`` as fast."""
    return sys.executable, "-c", _MAIN.format(clock=f"QuickClock({begin}, {times})")
