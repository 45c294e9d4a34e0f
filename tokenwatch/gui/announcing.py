"""Announcing: what a screen reader says by itself - who waits, that a budget is used up, that logs cannot be read.

Owns which alerts are said. Does not own alerts, nor notifications (notify.py). Rates are never announced.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from tokenwatch.base.snapshot import Snapshot, Urgency
from tokenwatch.base.text import plain

_RULES: Final = frozenset({"waiting", "source-lost"})
_BUDGET: Final = "budget"
"""Said when it is used up, which is what makes it urgent; not at each of its marks."""


def announcements(snapshot: Snapshot) -> tuple[str, ...]:
    """What to say of the alerts that are new in ``snapshot``."""
    return tuple(
        plain(alert.title, 120)
        for alert in snapshot.new_alerts
        if alert.rule in _RULES or (alert.rule == _BUDGET and alert.urgency is Urgency.CRITICAL)
    )


def announce(surface: QWidget, snapshot: Snapshot) -> None:
    """Politely: after what is being said. Without a screen reader nothing happens."""
    if not snapshot.new_alerts or not QAccessible.isActive():
        return
    for words in announcements(snapshot):
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(surface, words))
