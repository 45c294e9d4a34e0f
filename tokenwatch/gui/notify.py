"""Notifications: alerts on the desktop, through whatever service it has, never waiting on the Qt thread.

Owns which alerts are shown when (with pacing.py) and what follows a click. Does not own the services: on Linux
notify_freedesktop.py, elsewhere notify_native.py, each on a thread of its own. An alert that cannot be shown here
still stands in the window, and the health of "notifications" says why.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from tokenwatch.alerts.rule import OPEN, SNOOZE
from tokenwatch.base.clock import Clock
from tokenwatch.base.snapshot import Action, Alert, Snapshot
from tokenwatch.base.translation import tr
from tokenwatch.gui.notify_service import SNOOZE_HOUR, Service, chosen_action
from tokenwatch.gui.pacing import Notification, Pacing


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
    snooze_requested = Signal(str, str)
    """A rule and for how long, as :meth:`tokenwatch.engine.core.Core.snooze` takes them."""
    asked = Signal(str, str)
    """The verb of any other action (alerts/rule.py) and its value."""
    health_changed = Signal(object)
    """The Health of "notifications"."""
    _chosen = Signal(object, str)

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

    def test(self) -> None:
        """Show a message now, so that a person sees whether and how messages are shown here."""
        alert = Alert(
            "test", "test", tr("This is a test"), tr("Notifications of TokenWatch look like this."),
            actions=(Action(OPEN, tr("Open Alerts"), "alerts"), SNOOZE_HOUR),
        )  # fmt: skip
        if self._started:
            self._service.show(Notification(alert, "test", replaces=True))

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

    def _obey(self, alert: Alert, key: str) -> None:
        action = chosen_action(alert, key)
        if action is None:
            return
        if action.verb == SNOOZE:
            self.snooze_requested.emit(alert.rule, action.value)
        elif action.verb == OPEN:
            self.page_wanted.emit(action.value)
        else:
            self.asked.emit(action.verb, action.value)
