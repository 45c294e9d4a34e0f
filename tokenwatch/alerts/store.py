"""What the evaluator needs remembered, which is the ledger's to keep.

Owns the protocol only. Does not own the statements (ledger/alert_log.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from tokenwatch.base.alerts import Hold, Snooze
from tokenwatch.base.snapshot import PastAlert


class AlertStore(Protocol):
    """Kept over restarts. Each may raise a :class:`LedgerError`."""

    def fired(self, prefix: str) -> Mapping[str, int]:
        """The marked keys that begin with ``prefix``, and when each was marked (milliseconds)."""

    def mark(self, keys: Sequence[str], at: int, begun: Sequence[PastAlert] = ()) -> None:
        """Keep ``keys`` as told at ``at`` and ``begun`` as what began, all or none; again changes nothing."""

    def settle(self, ended: Mapping[str, int], holds: Mapping[str, Hold | None]) -> None:
        """Keep when alerts ended, by key, and conditions with a past, by thing; None: forget it."""

    def holds(self) -> Mapping[str, Hold]:
        """Conditions with a past, by thing."""

    def snoozes(self) -> dict[str, Snooze]:
        """Snoozes by rule, also those that are over."""

    def snooze(self, rule: str, snooze: Snooze | None) -> None:
        """Keep or forget a rule's snooze."""

    def past(self, most: int) -> tuple[PastAlert, ...]:
        """The latest alerts that began, latest first."""

    def read(self) -> None:
        """All of them were looked at."""
