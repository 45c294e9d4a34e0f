"""Own figures: what TokenWatch takes of the computer, for the faces that show it.

Owns the values. Does not own measuring (system/own_use.py) or what follows (engine/self_watch.py).
"""

from __future__ import annotations

import msgspec


class OwnFigures(msgspec.Struct, frozen=True):
    """``cpu_percent`` is of one core over the last minute, None before the first is over; sizes are bytes."""

    cpu_percent: float | None
    cpu_limit: float
    """Percent; 0: none."""
    memory: int
    open_files: int | None
    """None: the system does not tell."""
    ledger: int
    slower: float = 1.0
    """By how much everything that can wait is slower now, because the limit was passed."""
