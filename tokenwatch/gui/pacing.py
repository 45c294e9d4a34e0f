"""Pacing: which notification may be shown when - at most one a minute, and the newest word on each matter.

Owns the queue of notifications that wait and which earlier one each replaces. Does not own how they are shown
(notify.py). Knows no clock: the time comes with every call, in seconds of the monotonic clock.
"""

from __future__ import annotations

from typing import Final

import msgspec

from tokenwatch.base.snapshot import Alert, Urgency

GAP_SECONDS: Final = 60.0
SAME_KIND_SECONDS: Final = 600.0

_ORDER: Final = {Urgency.CRITICAL: 0, Urgency.NORMAL: 1, Urgency.LOW: 2}


class Notification(msgspec.Struct, frozen=True):
    """An alert to show in ``slot``. What stands in the slot already is replaced if ``replaces``.

    ``withdraws``: what stands there is true no longer and has to go first, for it is not replaced.
    """

    alert: Alert
    slot: str
    replaces: bool
    withdraws: bool = False


class Pacing:
    def __init__(self) -> None:
        self._waiting: dict[str, Alert] = {}
        """By slot, in the order of coming."""
        self._shown: dict[str, tuple[str, float]] = {}
        """Slot -> (key of the alert, when) of what is or was on the desktop."""
        self._over: set[str] = set()
        """Keys of shown alerts that hold no more."""
        self._seen: set[str] = set()
        """Keys of shown or waiting alerts that once held: only those can cease to."""
        self._last: float | None = None

    def offer(self, new: tuple[Alert, ...], holding: frozenset[str]) -> tuple[str, ...]:
        """Take new alerts; forget those that hold no more, and give the slots whose notification is to go.

        ``holding``: keys of all alerts that hold now. Where a newer one waits for its turn, the former stays until
        then: a notification that is withdrawn cannot be replaced in its place.
        """
        for alert in new:
            slot = slot_of(alert)
            self._waiting.pop(slot, None)  # so that the newer one takes its turn by its own time
            self._waiting[slot] = alert
        known = {alert.key for alert in self._waiting.values()} | {key for key, _ in self._shown.values()}
        self._seen = (self._seen | holding) & known
        over = self._seen - holding
        self._waiting = {slot: alert for slot, alert in self._waiting.items() if alert.key not in over}
        self._over = {key for key, _ in self._shown.values() if key in over}
        gone = tuple(slot for slot, (key, _) in self._shown.items() if key in over and slot not in self._waiting)
        for slot in gone:
            del self._shown[slot]
        return gone

    def wait(self, now: float) -> float | None:
        """Seconds until the next may be shown; None if none waits."""
        if not self._waiting:
            return None
        return 0.0 if self._last is None else max(0.0, self._last + GAP_SECONDS - now)

    def take(self, now: float) -> Notification | None:
        """The next one, if it may be shown now: the most urgent, then the oldest."""
        if self.wait(now) != 0.0:
            return None
        slot = min(self._waiting, key=lambda each: _ORDER[self._waiting[each].urgency])
        alert = self._waiting.pop(slot)
        before = self._shown.get(slot)
        replaces = before is not None and (bool(alert.replaces) or now - before[1] <= SAME_KIND_SECONDS)
        withdraws = before is not None and not replaces and before[0] in self._over
        self._shown[slot] = (alert.key, now)
        self._last = now
        return Notification(alert, slot, replaces, withdraws)

    def clear(self) -> None:
        """Drop what waits; what is shown stays."""
        self._waiting.clear()


def slot_of(alert: Alert) -> str:
    """Alerts of one slot stand in one place on the desktop."""
    return alert.replaces or alert.rule
