"""A moment that stands still while time passes: for figures that several faces and commands tell of one moment.

Owns a clock whose time of day is fixed, and commands that run in processes of their own by that clock.
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


_MAIN = """\
import sys
from tests.pinned_clock import PinnedClock
from tokenwatch.base import clock
clock.SystemClock = lambda: PinnedClock({now})
from tokenwatch.__main__ import main
sys.exit(main())
"""


def command_at(now: int, *arguments: str) -> list[str]:
    """``tokenwatch`` with ``arguments``, for whom it is ``now``; to be run where the package is."""
    return [sys.executable, "-c", _MAIN.format(now=now), *arguments]
