"""Notifications: alerts on the desktop, through whatever service it has, never waiting on the Qt thread.

Owns which alerts are shown when (with pacing.py) and what follows a click. Does not own the services: on Linux
notify_freedesktop.py, elsewhere notify_native.py, each on a thread of its own. An alert that cannot be shown here
still stands in the window, and the health of "notifications" says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from tokenwatch.base.clock import Clock
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.base.text import plain
from tokenwatch.gui.pacing import Notification, Pacing

PART: Final = "notifications"
OPEN: Final = "default"
SNOOZE: Final = "snooze"
ACTIONS: Final = ((OPEN, "Open"), (SNOOZE, "Snooze 1 hour"))
"""(key, words). "default" is what freedesktop.org calls a click on the notification itself."""

TITLE_LIMIT: Final = 60
BODY_LIMIT: Final = 200

_PAGES: Final = (
    ("budget", "spend"), ("month", "spend"), ("forecast", "spend"), ("projection", "spend"), ("today", "spend"),
    ("spend", "spend"), ("quota", "limits"), ("limit", "limits"), ("waiting", "live"), ("finished", "live"),
    ("rate", "live"), ("loop", "live"), ("crash", "live"),
)  # fmt: skip

OnChosen = Callable[[str, str], None]
OnHealth = Callable[[Health], None]


class Service(Protocol):
    """Shows notifications. Every method returns at once; the callbacks come on a thread of the service.

    ``on_chosen`` is called with the rule of the alert and the key of the action.
    """

    def start(self, on_chosen: OnChosen, on_health: OnHealth) -> None: ...
    def show(self, notification: Notification) -> None: ...
    def withdraw(self, slot: str) -> None: ...
    def stop(self, timeout: float = 1.0) -> None: ...


def page_of(rule: str) -> str:
    """The id of the page that explains a rule's alerts."""
    return next((page for start, page in _PAGES if rule.startswith(start)), "alerts")


def unavailable(why: str) -> Health:
    """The health of a desktop without notifications."""
    reason = f"Notifications cannot be shown: {plain(why, 160)}. Alerts are listed in the window."
    return Health(PART, HealthState.DEGRADED, reason)


def service_for(platform: str, environment: Mapping[str, str]) -> Service:
    if platform.startswith("linux"):
        from tokenwatch.gui.notify_freedesktop import FreedesktopService

        return FreedesktopService(environment.get("DBUS_SESSION_BUS_ADDRESS", ""))
    from tokenwatch.gui.notify_native import NativeService

    return NativeService()


class Notifier(QObject):
    """Feed it every snapshot. Lives on the Qt thread."""

    page_wanted = Signal(str)
    """Id of the page that explains what was clicked."""
    snooze_requested = Signal()
    health_changed = Signal(object)
    """The Health of "notifications"."""
    _chosen = Signal(str, str)

    def __init__(self, service: Service, clock: Clock, *, enabled: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._clock = clock
        self._pacing = Pacing()
        self._enabled = False
        self._started = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self._next)
        self._chosen.connect(self._obey, Qt.ConnectionType.QueuedConnection)
        self.set_enabled(enabled)

    def set_enabled(self, enabled: bool) -> None:
        """The user's wish. While off, alerts are neither shown nor kept for later."""
        self._enabled = enabled
        if enabled and not self._started:
            self._started = True
            self._service.start(self._chosen.emit, self.health_changed.emit)
        if not enabled:
            self._pacing.clear()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show its new alerts, now or when their turn comes, and take away those that hold no more."""
        new = snapshot.new_alerts if self._enabled else ()
        for slot in self._pacing.offer(new, frozenset(alert.key for alert in snapshot.alerts)):
            self._service.withdraw(slot)
        self._next()

    def stop(self) -> None:
        self._timer.stop()
        if self._started:
            self._service.stop()

    def _next(self) -> None:
        notification = self._pacing.take(self._clock.monotonic())
        if notification is not None:
            if notification.withdraws:
                self._service.withdraw(notification.slot)
            self._service.show(notification)
        wait = self._pacing.wait(self._clock.monotonic())
        if wait is not None:
            self._timer.start(round(wait * 1000) + 50)

    def _obey(self, rule: str, action: str) -> None:
        if action == SNOOZE:
            self.snooze_requested.emit()
        else:
            self.page_wanted.emit(page_of(rule))
