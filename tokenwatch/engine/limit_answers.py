"""Limit answers: what the ledger says of limits and bills, asked for no more often than it changes.

Owns when these questions are asked again. Does not own what follows from the answers (insight/limits.py,
insight/reconcile.py). Asking raises a :class:`LedgerError`; the last answers then stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, timedelta
from typing import Final

from tokenwatch.base.bill import BillCheck
from tokenwatch.base.clock import day_of, month_of
from tokenwatch.base.limits import LimitWindow, Quota
from tokenwatch.base.settings import Settings
from tokenwatch.insight.limits import History, current, history, limits
from tokenwatch.insight.reconcile import Here, checks
from tokenwatch.ledger.queries import Queries

_HISTORY_AGE_MS: Final = 60_000
_RARELY_MS: Final = 300_000
_BILLS_AGE_MS: Final = 1_800_000
"""A month's days take some tenths of a second in a large ledger, and a bill changes a few times a day."""


class LimitAnswers:
    """Used by one thread. Empty until the first :meth:`ask`."""

    def __init__(self, makers: Mapping[str, str]) -> None:
        self._makers = makers
        self.latest: tuple[Quota, ...] = ()
        self.bills: tuple[BillCheck, ...] = ()
        self._history = History()
        self._changes: tuple[int, int] | None = None
        self._latest_at: int | None = None
        self._history_at: int | None = None
        self._bills_at: int | None = None

    def forget(self) -> None:
        """Whatever was asked before, the answer may be another now."""
        self._latest_at = self._history_at = self._bills_at = None

    def ask(self, queries: Queries, now: int, settings: Settings, changes: tuple[int, int] | None) -> None:
        """``changes``: how often readings of limits and bills were entered; None if another program enters them."""
        before, self._changes = self._changes, changes
        read = changes is None or before is None or changes[0] != before[0]
        if read or _older(_RARELY_MS, self._latest_at, now):
            self.latest = queries.quotas()
            self._latest_at = now
            if _older(_HISTORY_AGE_MS, self._history_at, now):
                planned = (agent for agent, billing in settings.billing if billing.mode == "plan")
                self._history = history(queries, now, planned)
                self._history_at = now
        billed = before is not None and changes is not None and changes[1] != before[1]
        if billed or _older(_BILLS_AGE_MS, self._bills_at, now):
            today = day_of(now, UTC)
            month = month_of(today)
            last = month_of(month.first - timedelta(days=1))
            about = Here(settings, self._makers, now)
            self.bills = tuple(
                check for period in (month, last) for check in checks(queries, period.first, period.last, about)
            )
            self._bills_at = now

    def quotas(self, now: int) -> tuple[Quota, ...]:
        """The readings that hold at this moment."""
        return current(self.latest, now)

    def limits(self, now: int) -> tuple[LimitWindow, ...]:
        """Every window as it stands at this moment."""
        return limits(self.latest, self._history, now)


def _older(age: int, asked_at: int | None, now: int) -> bool:
    return asked_at is None or not 0 <= now - asked_at < age
