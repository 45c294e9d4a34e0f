"""Listeners: whoever is handed each snapshot, and the one that was handed out last.

Owns that list. Does not own snapshots or when there is one (engine.py, later.py, the demo).
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from tokenwatch.base.snapshot import Snapshot

log = logging.getLogger(__name__)


class Listeners:
    """Handed out by one thread at a time; :attr:`latest` may be asked for by any."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Snapshot], None]] = []
        self.latest: Snapshot | None = None

    def add(self, listener: Callable[[Snapshot], None]) -> None:
        self._listeners.append(listener)

    def hand_out(self, snapshot: Snapshot) -> None:
        """To each in turn; one that fails keeps it from no other."""
        self.latest = snapshot
        for listener in self._listeners:
            try:
                listener(snapshot)
            except Exception:
                log.exception("a face failed to take a snapshot")
