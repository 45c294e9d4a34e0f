"""Icon state: what of a snapshot the tray icon shows, and nothing else.

Owns the thresholds of gauge and flow dots. Does not own shapes or colours (icon_drawing.py). Two snapshots with
equal :class:`IconState` look the same, so the icon is neither drawn nor sent again.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import msgspec

from tokenwatch.base.health import HealthState
from tokenwatch.base.session import AgentCounts
from tokenwatch.base.settings import Digit
from tokenwatch.base.snapshot import Month, Snapshot
from tokenwatch.gui.words import OWN_PARTS

GAUGE_STEPS: Final = 120
"""The arc of the largest size is about 120 px long, so a finer step would not be seen."""

_FLOW_STEPS: Final = (10_000.0, 50_000.0)
_HYSTERESIS: Final = 0.9
_QUIET_MS: Final = 5 * 60_000
"""After the last event nothing flows any more, though the average still fades."""


class Level(IntEnum):
    """How much of the budget is spent."""

    UNKNOWN = 0
    UNDER = 1
    NEAR = 2
    OVER = 3


class IconState(msgspec.Struct, frozen=True):
    """All that the icon shows; nothing else changes it."""

    working: int = 0
    """0 to 10; 10 stands for ten or more."""
    gauge: int = 0
    """Spent part of the budget, in steps of 1/120."""
    level: Level = Level.UNKNOWN
    flow: int = 0
    """0 to 3 dots."""
    waiting: bool = False
    one_unreadable: bool = False
    none_readable: bool = False
    paused: bool = False


def icon_state(snapshot: Snapshot, before: IconState | None = None, digit: Digit = "working") -> IconState:
    """What the icon shows of ``snapshot``; ``before`` gives flow dots their hysteresis; ``digit``: whom it counts."""
    figures = snapshot.figures
    failing = [entry.part for entry in snapshot.health if entry.state is HealthState.FAILING]
    unreadable = [part for part in failing if part not in OWN_PARTS]
    if unreadable and not snapshot.sources:
        return IconState(none_readable=True)
    if snapshot.paused_since is not None:
        return IconState(paused=True)
    gauge, level = _gauge(figures.month)
    rate = figures.rate
    quiet = rate.last_event is None or figures.at - rate.last_event > _QUIET_MS
    return IconState(
        working=min(10, _number(figures.counts, digit)),
        gauge=gauge,
        level=level,
        flow=0 if quiet else _flow(rate.tokens_5m, before.flow if before else 0),
        waiting=figures.counts.waiting > 0,
        one_unreadable=bool(unreadable) or "ledger" in failing,
    )


def _number(counts: AgentCounts, digit: Digit) -> int:
    if digit == "open":
        return counts.open
    return counts.working + (counts.sub_agents if digit == "sub_agents" else 0)


def _gauge(month: Month | None) -> tuple[int, Level]:
    if month is None:
        return 0, Level.UNKNOWN
    whole = month.budget or month.last_month
    if not whole:
        return 0, Level.UNKNOWN
    steps = min(GAUGE_STEPS, max(0, month.spent * GAUGE_STEPS // whole))
    if not month.budget:  # last month is no limit, so passing it is no reason to warn
        return steps, Level.UNDER
    if month.spent > month.budget:
        return GAUGE_STEPS, Level.OVER
    return steps, Level.NEAR if month.spent * 5 >= month.budget * 4 else Level.UNDER


def _flow(tokens_per_min: float, before: int) -> int:
    if tokens_per_min < 0.5:
        return 0
    dots = 1
    for number, step in enumerate(_FLOW_STEPS, 2):
        if tokens_per_min >= (step * _HYSTERESIS if before >= number else step):
            dots = number
    return dots
