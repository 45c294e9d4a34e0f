"""Resuming: a pause that ends by itself at a moment that a person chose.

Owns the wait. Does not own pausing or resuming (engine): it only asks for it, and forgets when somebody was quicker.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from tokenwatch.base.snapshot import Snapshot

_MOST_MS: Final = 3_600_000
"""Looked at again at least so often, for a computer that slept has lost the time of its timers."""


class Resuming(QObject):
    """Snapshots tell the time, which in the demo is not the clock's."""

    due_changed = Signal(object)
    """The moment in milliseconds, or None."""

    def __init__(self, resume: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._resume = resume
        self._due: int | None = None
        self._now = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self._end)

    def wait_until(self, moment: int) -> None:
        """Resume then."""
        self._set(moment)

    def follow(self, snapshot: Snapshot) -> None:
        """The present time, and whether the pause is over already."""
        self._now = snapshot.figures.at
        if self._due is None:
            return
        if snapshot.paused_since is None:
            self._set(None)
        elif self._now >= self._due:
            self._end()

    def _set(self, due: int | None) -> None:
        self._due = due
        if due is None:
            self._timer.stop()
        else:
            self._timer.start(max(0, min(due - self._now, _MOST_MS)))
        self.due_changed.emit(due)

    def _end(self) -> None:
        if self._due is not None:
            self._set(None)
            self._resume()
