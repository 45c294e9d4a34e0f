"""Limits: what a provider allows a plan.

Owns the value of one reading. Does not own where it comes from (readers) or what follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quota:
    """A limit that a provider sets, as an agent's log reports it.

    ``window`` names its length: ``5h``, ``7d``. Times are milliseconds since 1970 UTC.
    """

    provider: str
    plan: str
    window: str
    used_percent: float
    resets_at: int | None
    as_of: int
