"""Health: the state of a part, with a reason a person understands.

Owns the three states and the value that carries them. Does not decide anybody's health.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class HealthState(StrEnum):
    FINE = "fine"
    DEGRADED = "degraded"
    FAILING = "failing"


class Health(msgspec.Struct, frozen=True):
    """``part`` is an agent's id or one of ledger, tray, notifications, settings, pricing, watcher."""

    part: str
    state: HealthState = HealthState.FINE
    reason: str = ""
    """Plain text: the fact, why, what to do. Empty when fine."""
    since: int | None = None
    """Milliseconds since 1970 of the first failure, if known."""
