"""Giving back: when the memory that work has left behind is given back to the system.

Owns when: once the work has ended and nothing else waits. Does not own how (system/heap.py, ledger). Else glibc would
keep what reading took at its peak for as long as the app runs: 8 MiB after an import of 1 GB. It takes 1 to 3 ms, and
what is given back must be asked for again by the next work; so it waits for the end of a burst, and for a minute at
least.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import TYPE_CHECKING, Final

from tokenwatch.system.heap import give_back

if TYPE_CHECKING:
    from tokenwatch.engine.books import Books

QUIET_SECONDS: Final = 2.0
"""After work, before it counts as ended: lines come in bursts."""

EVERY_SECONDS: Final = 60.0
"""At least between two times."""


def give_all_back(books: Books) -> None:
    """What the ledger's connections keep of its pages, 2 MiB each after a start, then all that is free."""
    for part in (books.queries, books.ledger):
        if part is not None:
            with books.excused():
                part.shrink()
    give_back()


class GivingBack:
    """Used by one thread; it says when it worked and when a turn of its ends. ``now`` is monotonic seconds."""

    def __init__(self, give: Callable[[], object] = give_back) -> None:
        self._give = give
        self._worked: float | None = None
        self._given = -inf
        self._busy = True

    def work(self, now: float) -> None:
        """Logs were looked for or read."""
        self._worked = now

    def turn(self, now: float, *, busy: bool) -> None:
        """Give back if it is time. ``busy``: something is pending, and the next turn follows because of that."""
        self._busy = busy
        if not busy and self.left(now) == 0.0:
            self._worked = None
            self._given = now
            self._give()

    def left(self, now: float) -> float:
        """Seconds until it is time for another turn because of this; infinite while there is no reason for one."""
        if self._worked is None or self._busy:
            return inf
        return max(0.0, self._worked + QUIET_SECONDS - now, self._given + EVERY_SECONDS - now)
