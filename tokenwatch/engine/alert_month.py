"""Alert month: how many alerts began this month, and of how many sessions a person wished to hear no more.

Owns asking the ledger for that only when it may have changed, and keeping what was muted. Does not own alerts
(alerts) or what the faces say of it.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import Final

from tokenwatch.base.snapshot import AlertCounts
from tokenwatch.engine.books import Books

ALWAYS: Final = 253_402_300_799_000
"""Until when something is held back for good: the last moment of the year 9999."""


class AlertMonth:
    def __init__(self) -> None:
        self._asked: tuple[object, object, int] | None = None
        self._counts = AlertCounts()

    def counts(self, books: Books, past: object, snoozed: object, zone: tzinfo) -> AlertCounts:
        """``past`` and ``snoozed`` are what the evaluator said: while they are the same, so are the counts."""
        since = books.month(zone).bounds(zone)[0]
        if books.ledger is None or self._asked == (past, snoozed, since):
            return self._counts
        with books.excused():
            self._counts = books.ledger.alerts.counts(since)
            self._asked = (past, snoozed, since)
        return self._counts

    @staticmethod
    def mute(books: Books, thing: str, now: int) -> None:
        """Keep that alerts of one thing were muted now."""
        if books.ledger is not None:
            books.ledger.alerts.keep_mute(thing, now)
