"""Throttle: many requests, few deeds - the first at once, then at most one in each interval.

Owns the waiting, with one timer that runs only while something may follow. Does not own the deed, which is
whatever is connected to :attr:`Throttle.fired`.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal


class Throttle(QObject):
    """A request that comes too soon is kept and fires when the interval ends; no request is ever lost."""

    fired = Signal()

    def __init__(self, interval_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval_ms)
        # A coarse timer may be early by 5%; a precise one is not, and it runs only after a request.
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._rested)

    @property
    def resting(self) -> bool:
        """Whether a request would wait."""
        return self._timer.isActive()

    def request(self) -> None:
        """Fire now, or as soon as the interval since the last time has passed."""
        if self._timer.isActive():
            self._waiting = True
            return
        self._fire()

    def stop(self) -> None:
        """Forget what waits. A later request fires at once."""
        self._waiting = False
        self._timer.stop()

    def _rested(self) -> None:
        if self._waiting:
            self._fire()

    def _fire(self) -> None:
        self._waiting = False
        self._timer.start()
        self.fired.emit()
