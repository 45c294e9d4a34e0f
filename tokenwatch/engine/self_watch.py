"""Self-watch: TokenWatch looks less often before it becomes a burden itself.

Owns how much slower, from what the process used, and saying so. Does not own measuring (system/own_use.py) or what
is done less often (engine.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.own_figures import OwnFigures
from tokenwatch.base.translation import tr
from tokenwatch.system.own_use import OwnUse

WINDOW_SECONDS: Final = 60.0
"""Over which use is judged: a short burst, as of a first import, is no burden."""
MOST: Final = 16.0
PART: Final = "own use"


class SelfWatch:
    """``limit`` gives the percentage of one core that may be used; 0: never slower."""

    def __init__(self, use: Callable[[], OwnUse], limit: Callable[[], float]) -> None:
        self._use, self._limit = use, limit
        self._from: tuple[float, float] | None = None
        self._percent: float | None = None
        self._factor = 1.0
        self._measured: OwnUse | None = None

    @property
    def percent(self) -> float | None:
        """Of one core, over the last window; None before the first is over."""
        return self._percent

    @property
    def slower(self) -> float:
        """The factor as it was last found; any thread may ask."""
        return self._factor

    @property
    def figures(self) -> OwnFigures | None:
        """As last measured; None before that."""
        use = self._measured
        if use is None:
            return None
        return OwnFigures(self._percent, self._limit(), use.memory, use.open_files, use.ledger, self._factor)

    def factor(self, now: float, reported: dict[str, Health]) -> float:
        """By how much everything that can wait is to be slower: 1 to 16. ``now`` is monotonic seconds.

        Puts into ``reported`` why. A window over the limit doubles the factor, one below half of it halves it.
        """
        if self._from is None:
            self._from = (now, self._measure())
        elif now - self._from[0] >= WINDOW_SECONDS:
            used = self._measure()
            self._percent = 100 * (used - self._from[1]) / (now - self._from[0])
            self._from = (now, used)
            self._judge(reported)
        return self._factor

    def _measure(self) -> float:
        self._measured = self._use()
        return self._measured.cpu_seconds

    def _judge(self, reported: dict[str, Health]) -> None:
        limit, percent = self._limit(), self._percent or 0.0
        before = self._factor
        if limit and percent > limit:
            self._factor = min(MOST, before * 2)
        elif not limit or percent < limit / 2:
            self._factor = max(1.0, before / 2)
        if self._factor > 1:
            why = tr(
                "TokenWatch used {percent}% of a processor core for a minute, and its limit is {limit}%, so "
                "its figures follow more slowly. The setting own_cpu_percent changes the limit.",
                percent=f"{percent:.1f}",
                limit=f"{limit:g}",
            )
            reported[PART] = Health(PART, HealthState.DEGRADED, why)
        elif before > 1:
            reported[PART] = Health(PART)
