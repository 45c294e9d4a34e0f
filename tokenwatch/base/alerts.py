"""What is remembered of alerts between two evaluations and over restarts.

Owns the values that the evaluator (alerts/evaluate.py) keeps in the ledger. Does not own alerts themselves
(base/snapshot.py). Times are milliseconds since 1970 UTC.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hold:
    """A condition with a past: holding since, begun as an alert, and perhaps over for a while."""

    since: int
    """First evaluation at which it held, without a break since."""
    started: int | None = None
    """When it became an alert; None while it has not held for long enough."""
    over: int | None = None
    """First evaluation at which it held no more; None while it holds."""


@dataclass(frozen=True, slots=True)
class Snooze:
    """A rule is held back until then, as far as it is about no more than ``level``."""

    until: int
    level: int = 0
