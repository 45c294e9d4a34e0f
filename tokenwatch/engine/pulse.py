"""Pulse: whether the engine's thread still comes round, as another thread sees it.

Owns since when it has been at one piece of work. Does not end that: no thread can be ended from outside. A disk that
does not answer, or a reader that never returns, would else leave figures that look right and stand still.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.translation import mark

PATIENCE_SECONDS: Final = 60.0
"""Pieces of work last a tenth of a second; bringing a large ledger to a new format or new prices lasts longer."""

REASON: Final = mark(
    "TokenWatch has been at one piece of work for over a minute, and the figures stand still until it is done. "
    "Usually a disk or a network folder does not answer."
)


class Pulse:
    """Written by the engine's thread; any other may ask. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._since: float | None = None

    def work(self, now: float) -> None:
        """A piece of work begins."""
        self._since = now

    def rest(self) -> None:
        """It is done, and others are waited for."""
        self._since = None

    def stands_still(self, now: float) -> bool:
        since = self._since
        return since is not None and now - since > PATIENCE_SECONDS
