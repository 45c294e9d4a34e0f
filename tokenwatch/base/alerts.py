"""Alerts as values, and what is remembered of them between two evaluations and over restarts.

Owns what rules make and what the evaluator (alerts/evaluate.py) keeps in the ledger. Does not own when an alert
begins. Times are milliseconds since 1970 UTC.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Hold(msgspec.Struct, frozen=True):
    """A condition with a past: holding since, begun as an alert, and perhaps over for a while."""

    since: int
    """First evaluation at which it held, without a break since."""
    started: int | None = None
    """When it became an alert; None while it has not held for long enough."""
    over: int | None = None
    """First evaluation at which it held no more; None while it holds."""


class Snooze(msgspec.Struct, frozen=True):
    """A rule is held back until then, as far as it is about no more than ``level``."""

    until: int
    level: int = 0


class Urgency(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    CRITICAL = "critical"


class Action(msgspec.Struct, frozen=True):
    """What a person may do about an alert: a verb (see the list in ``alerts/rule.py``) with its value, and words.

    The words may be marked only, and are translated where they are shown.
    """

    verb: str
    words: str
    value: str = ""


class Alert(msgspec.Struct, frozen=True):
    """A rule's condition holds. ``key`` is unique per rule, subject, period and threshold."""

    key: str
    rule: str
    title: str
    body: str
    urgency: Urgency = Urgency.NORMAL
    at: int = 0
    """When it happened, milliseconds; as a rule gives it, 0 means: when it was noticed."""
    replaces: str = ""
    """Alerts with the same text here replace each other on the desktop."""
    actions: tuple[Action, ...] = ()
    """Two at most; a click on the message itself does the first."""
    passes_quiet: bool = False
    """Told also in quiet hours."""


class AlertCounts(msgspec.Struct, frozen=True):
    """Of a month."""

    begun: int = 0
    muted: int = 0
    """Sessions of which a person wished to hear no more of one rule."""


class PastAlert(msgspec.Struct, frozen=True):
    """An alert that began, as the ledger keeps it. ``ended`` is None while it holds, or if that was not seen."""

    alert: Alert
    ended: int | None = None
    told: bool = False
    """Whether the desktop was to show it; else it was held back."""
    read: bool = False
